"""What a patron typed, understood forgivingly: :func:`parse` never raises and never asks for better grammar.

Words in any order must all be found. ``"several words"`` is a phrase, ``-word`` leaves out, ``hist*`` begins with,
``tittel:sult`` looks in one field. A quote left open is no quote, a colon after an unknown word is no field, and an
ISBN is known in any dress. The tree is all that adapters see; they never parse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from allmenning.discovery import analysis
from allmenning.kernel import identifiers
from allmenning.kernel import text as texts

#: The longest query that is read, in characters and in words; the rest of a pasted page is let go.
LONGEST_TEXT = 1_000
MOST_WORDS = 32

#: Field prefixes in the languages of the screens, folded → the field the index knows.
FIELDS = {
    "tittel": "title", "title": "title",
    "forfatter": "creator", "forfattar": "creator", "author": "creator", "creator": "creator",
    "emne": "subject", "emneord": "subject", "subject": "subject",
    "serie": "series", "series": "series",
    "isbn": "isbn",
    "ar": "year", "year": "year", "utgitt": "year",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Everything:
    """No words at all: every work."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Something was typed, but nothing that can be looked for (``???``)."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word in any form of it; ``field`` is ``""`` for everywhere, else title, creator, subject or series."""

    text: str  # folded: what is compared
    written: str = ""  # lower case with its own letters: what a dictionary of forms needs
    field: str = ""
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words, next to each other in this order, each exactly as written."""

    words: tuple[str, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Isbn:
    """An edition's ISBN-13, without hyphens."""

    number: str


@dataclass(frozen=True, slots=True)
class Years:
    """An edition published from ``first`` to ``last``, both included; ``None`` is open."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


Node = Everything | Nothing | Word | Phrase | Isbn | Years | And | Or | Not

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″〝〞＂", '"') | dict.fromkeys("−‐‑", "-") | {"＊": "*", "：": ":"})
#: Full-width digits, as East Asian keyboards write them.
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
#: Between the groups of an ISBN stand blanks, hyphens or, pasted from print, dashes.
_ISBN = re.compile(
    r"(?<![\w-])(?:urn:)?(?:isbn(?:-?1[03])?[ :]*)?((?:97[89][ –—-]?)?\d(?:[ –—-]?\d){8}[ –—-]?[\dx])(?!\w)",
    re.IGNORECASE,
)
_PIECE = re.compile(r'(?:(?P<minus>-)(?=\S))?(?:(?P<field>[^\W\d_]+): *)?(?:"(?P<phrase>[^"]*)"|(?P<plain>[^\s"]+))')
_YEARS = re.compile(r"(?P<first>\d{1,4})?(?P<dash>-|–|\.\.+)?(?P<last>\d{1,4})?")


def parse(text: str) -> Node:
    """Read what was typed. Any text gives a tree: blank is :class:`Everything`, only signs is :class:`Nothing`."""
    typed = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).translate(_QUOTES).translate(_DIGITS).replace("\0", " ")
    if not typed.strip():
        return Everything()
    if typed.count('"') % 2:
        head, _, tail = typed.rpartition('"')
        typed = f"{head} {tail}"
    parts: list[Node] = []
    for part in _parts(typed):
        if part not in parts and len(parts) < MOST_WORDS:
            parts.append(part)
    if not parts:
        return Nothing()
    if all(isinstance(part, Not) for part in parts):
        parts.insert(0, Everything())
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _parts(typed: str) -> Iterator[Node]:
    """The pieces in the order they were typed, ISBNs taken out as they stand, hyphens, blanks and all."""
    at = 0
    for found in _ISBN.finditer(typed):
        number = identifiers.isbn13(re.sub("[–—]", "-", found[1]))
        if number is None or typed.count('"', 0, found.start()) % 2:
            continue
        yield from _pieces(typed[at : found.start()])
        yield Isbn(number)
        at = found.end()
    yield from _pieces(typed[at:])


def _pieces(typed: str) -> Iterator[Node]:
    for piece in _PIECE.finditer(typed):
        prefix = piece["field"] or ""
        field = FIELDS.get(texts.fold(prefix), "") if prefix else ""
        nodes: list[Node] = []
        if prefix and not field:  # «Krig:fred», «http://…»: plain words
            nodes += _words(prefix, "")
        if piece["phrase"] is not None:
            nodes += _phrase(piece["phrase"], field)
        else:
            nodes += _plain(piece["plain"], field)
        if not piece["minus"]:
            yield from nodes
        elif nodes:
            yield Not(nodes[0] if len(nodes) == 1 else _together(nodes))


def _plain(chunk: str, field: str) -> list[Node]:
    if field == "year":
        years = _years(chunk)
        return [years] if years else _words(chunk, "")
    if field == "isbn":
        number = identifiers.isbn13(chunk)
        return [Isbn(number)] if number else _words(chunk.replace("-", ""), "")
    return _words(chunk, field)


def _phrase(chunk: str, field: str) -> list[Node]:
    if field in ("year", "isbn"):
        return _plain(chunk.strip(), field)
    number = identifiers.isbn13(chunk)
    if number:
        return [Isbn(number)]
    words = tuple(texts.words(chunk))[:MOST_WORDS]
    if len(words) > 1:
        return [Phrase(words, field)]
    return _words(chunk, field)


def _words(chunk: str, field: str) -> list[Node]:
    """Every word of the chunk; a star right after a word makes it a beginning."""
    found: list[Node] = []
    for piece in chunk.replace("*", "* ").split():
        words = analysis.aligned(piece)
        for number, (folded, written) in enumerate(words, start=1):
            begins = piece.endswith("*") and number == len(words)
            found.append(Word(folded, written, field, prefix=begins))
    return found


def _together(nodes: list[Node]) -> Node:
    """What a minus before «e-bok» leaves out: the words side by side."""
    words = [node for node in nodes if isinstance(node, Word)]
    if len(words) == len(nodes) and not any(word.prefix for word in words):
        return Phrase(tuple(word.text for word in words), words[0].field)
    return And(tuple(nodes))


def _years(chunk: str) -> Years | None:
    """``1999``, ``1990-1999``, ``1990-``, ``-1950`` and the same with two dots."""
    match = _YEARS.fullmatch(chunk.strip())
    if match is None or not (match["first"] or match["last"]):
        return None
    first = int(match["first"]) if match["first"] else None
    last = int(match["last"]) if match["last"] else None
    if match["dash"] is None:
        return Years(first, first)
    return Years(last, first) if first is not None and last is not None and first > last else Years(first, last)
