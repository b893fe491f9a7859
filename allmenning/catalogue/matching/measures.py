"""Extent, height, part and edition numbers, read from what catalogues write."""

from __future__ import annotations

import re

from allmenning.catalogue.describe.grouped import Grouped
from allmenning.catalogue.matching.numerals import number_of

_PAGES = re.compile(r"\d+")
_PLATES = re.compile(
    r"\[?\d+\]?\s*(?:l(?:eaves)?|p|pages|s|bl)?\.?\s*(?:of plates|of col\. plates|plates|pl\.|plansjer)", re.IGNORECASE
)
_VOLUMES = re.compile(
    r"^\W*(?:(\d+)\s*)?(?:v|vol|vols|volumes?|b|bd|bind|t|tomes?|osaa|delar?|pts?|parts?|hefter?|deler?)\b",
    re.IGNORECASE,
)
_UNITS = re.compile(
    r"(?<![a-z])(?:p|pp|pages?|s|sider?|sidor|leaves|l|bl|blad|ff?|sivua|c|с|стр|pagings?|unpaged|upag)(?![a-z])\.?",
    re.IGNORECASE,
)
_CM = re.compile(r"(\d{1,2})(?:[.,/½ ]\S*)?\s*-?\s*cm", re.IGNORECASE)
_PART_WORDS = frozenset((
    "v", "vol", "volume", "volumes", "b", "bd", "bind", "band", "del", "part", "pt", "pts", "t", "tome", "tom",
    "tomus", "bok", "book", "bk", "no", "nr", "number", "nummer", "osa", "kniga", "chast", "hefte", "heft", "teil",
    "series", "serie", "deel", "cz", "issue", "episode", "sesong", "season", "disc", "cd", "section", "sect",
    "supplement", "suppl", "and", "og", "the", "den", "det",
))  # fmt: skip
_EDITION_WORDS = frozenset((
    "ed", "edition", "editions", "edn", "utg", "utgave", "utgava", "upplaga", "uppl", "aufl", "auflage", "edit",
    "edicion", "edizione", "painos", "izd", "izdanie", "udg", "udgave", "the", "a", "of", "and", "og", "with", "new",
    "ny", "pub", "published", "thus",
))  # fmt: skip
_PRINTING = frozenset((
    "opplag", "oppl", "opl", "oplag", "print", "printing", "impression", "impr", "thousand", "tryck", "tr", "druck",
    "issue", "reprint", "repr", "tusen", "opptr", "opptrykk",
))  # fmt: skip


def part_numbers(text: str) -> tuple[str, ...]:
    """Folded part designation → the numbers it holds: ``bind 2`` → ``("2",)``, ``vol iii part b`` → ``("3", "b")``."""
    found: list[str] = []
    for word in text.split():
        number = number_of(word)
        if number is not None:
            found.append(str(number))
        elif word not in _PART_WORDS:
            found.append(word)
    return tuple(found[:4])


def numbers_in(*texts: str) -> tuple[int, ...]:
    """Arabic numbers, and roman ones of two letters or more, in folded text; sorted, without repeats."""
    found: set[int] = set()
    for text in texts:
        for word in text.split():
            if word[:1].isdigit() or (len(word) > 1 and not word.strip("ivx")):
                number = number_of(word)
                if number is None and word[:1].isdigit():
                    number = int(_PAGES.findall(word)[0][:9])
                if number is not None:
                    found.add(number)
    return tuple(sorted(found)[:8])


def pages_and_volumes(extent: str) -> tuple[tuple[int, ...], int]:
    """``xix, 437 p.`` → ``((437,), 0)``; ``3 v.`` → ``((), 3)``; an open or unnumbered set → volumes -1."""
    if not extent:
        return (), 0
    volumes = 0
    said = _VOLUMES.match(extent)
    inner = extent
    if said is not None:
        volumes = int(said[1][:4]) if said[1] else -1
        volumes = 0 if volumes == 1 else volumes
        inner = extent[said.end() :]
    if not _UNITS.search(inner) and said is not None:
        return (), volumes
    text = _PLATES.sub(" ", inner)
    if not _UNITS.search(text):
        text = inner
    return tuple(sorted({int(each) for each in _PAGES.findall(text) if len(each) < 5}, reverse=True)[:4]), volumes


def height(by: Grouped) -> int:
    """Whole centimetres of the back, from 300 $c (or $a where all stands in one subfield); 0 where none is given."""
    for field in by.all("300"):
        for code, text in field.subfields:
            if code in "ca":
                found = _CM.search(text)
                if found is not None:
                    return int(found[1])
    return 0


def editions(text: str) -> tuple[int, str]:
    """A folded edition statement → its number and its telling words; printings (``2 opplag``) are no edition."""
    if not text:
        return 0, ""
    number = 0
    telling: list[str] = []
    tokens = text.split()
    for at, word in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        if word in _PRINTING:
            continue
        value = number_of(word)
        if value is not None:
            if following not in _PRINTING and not number and value < 200:
                number = value
        elif word not in _EDITION_WORDS:
            telling.append(word)
    return number, " ".join(telling)
