"""Extent, height, part and edition numbers, read from what catalogues write."""

from __future__ import annotations

import re
from functools import lru_cache

from allmenning.catalogue.describe.grouped import Grouped
from allmenning.catalogue.matching.numerals import number_of

_NUMBER = re.compile(r"\d+")
_PLATES = re.compile(
    r"\[?\d+\]?\s*(?:l(?:eaves)?|p|pages|s|bl)?\.?\s*(?:of plates|of col\. plates|plates|pl\.|plansjer)", re.IGNORECASE
)
_VOLUMES = re.compile(
    r"^\W*(?:(\d+)\s*)?(?:v|vol|vols|volumes?|b|bd|bind|t|tomes?|osaa|delar?|pts?|parts?|hefter?|deler?)\b",
    re.IGNORECASE,
)
#: Numbers that lead up to a word for pages or leaves: «[4], xix, 437 p.», «p. 236-246», «526 s.».
_PAGED = re.compile(
    r"(?:(?<![a-z])(?:pp?|s|pages|с|л)\.?\s*[\[(]?\d+(?:\s*[-–,]\s*\[?\d+\]?)*"
    r"|(?:[\[(]?(?:\d+|[ivxlcdm]+)(?:-\d+)?[\])]?[,+\s]*(?:(?:unnumbered|numb\.|unummererte|i\.\s?e\.|pdf)\s*)?)+"
    r"(?:pp?|pages?|s|sider?|sidor|leaves|l|ll|bl|blad|ff?|sivua|c|с|стр|л|numb)(?![a-zа-я]))",
    re.IGNORECASE,
)
_HOURS = re.compile(r"(\d{1,3})\s*(?:t|timer?|hrs?|hours?|h|std|tuntia)\b", re.IGNORECASE)
_PLAYED = re.compile(r"cd|dvd|mp3|lyd|audio|disc|plate|fil|video|sound|äänit", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,4})\s*(?:min|minutt|minutter|minutes?|мин)\b", re.IGNORECASE)
_CM = re.compile(r"(\d{1,2})(?:[.,/½ ]\S*)?\s*-?\s*cm", re.IGNORECASE)
PART_WORDS = frozenset((
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
#: Numbers in words are never negative.
_NO_FIGURE = -1
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
        elif word not in PART_WORDS:
            found.append(word)
    return tuple(found[:4])


def numbers_in(*texts: str) -> tuple[int, ...]:
    """Arabic numbers, and roman ones of two letters or more, in folded text; sorted, without repeats."""
    found: set[int] = set()
    for text in texts:
        words = text.split()
        if text.isascii():
            words = [word for word in words if word[0] in "0123456789ivx"]
        found.update(map(_figure, words))
    found.discard(_NO_FIGURE)
    return tuple(sorted(found)[:8])


@lru_cache(maxsize=20_000)
def _figure(word: str) -> int:
    number = None
    if word[:1].isdecimal() or (len(word) > 1 and not word.strip("ivx")):
        number = number_of(word)
        if number is None and word[:1].isdecimal():
            number = int(_NUMBER.findall(word)[0][:9])
    return _NO_FIGURE if number is None else number


@lru_cache(maxsize=20_000)
def pages_and_volumes(extent: str) -> tuple[tuple[int, ...], int]:
    """``xix, 437 p.`` → ``((437,), 0)``; ``3 v.`` → ``((), 3)``; an open or unnumbered set → volumes -1.

    Playing time counts as pages do: ``1 CD (7 t, 30 min)`` → ``((450,), 0)``. Largest number first.
    """
    minutes = _minutes(extent)
    if minutes:
        return (minutes,), 0
    volumes = 0
    said = _VOLUMES.match(extent)
    inner = extent
    if said is not None:
        volumes = int(said[1][:4]) if said[1] else -1
        volumes = 0 if volumes == 1 else volumes
        inner = extent[said.end() :]
    text = _PLATES.sub(" ", inner)
    found = {int(each) for stretch in _PAGED.findall(text) for each in _NUMBER.findall(stretch) if len(each) < 5}
    if not found and said is None and extent.strip("[] .").isdigit():
        found = {int(extent.strip("[] .")[:4])}
    return tuple(sorted(found, reverse=True)[:4]), volumes


def _minutes(extent: str) -> int:
    """Playing time in minutes: ``2 hr., 5 min``, ``7 t, 30 min``, ``96 min``; 0 where none is given."""
    hours, minutes = _HOURS.search(extent), _MINUTES.search(extent)
    if minutes is None and (hours is None or not _PLAYED.search(extent)):
        return 0
    return (int(hours[1]) * 60 if hours else 0) + (int(minutes[1]) if minutes else 0)


def height(by: Grouped) -> int:
    """Whole centimetres of the back, from 300 $c (or $a where all stands in one subfield); 0 where none is given."""
    for field in by.all("300"):
        for code, text in field.subfields:
            if code in "ca" and "cm" in text.lower():
                found = _CM.search(text)
                if found is not None:
                    return int(found[1])
    return 0


@lru_cache(maxsize=5_000)
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
