"""Edition, place, publisher, year and extent (MARC 21: 008/06–14, 250, 260, 264, 300)."""

from __future__ import annotations

import re
from functools import lru_cache

from allmenning.catalogue.describe.grouped import Grouped
from allmenning.catalogue.describe.punctuation import bare, sentence, trim
from allmenning.formats.marc.record import Field

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_NOWHERE = re.compile(
    r"^(?:s\.?\s?[ln]\.?|sine (?:loco|nomine)|place of publication not identified|publisher not identified"
    r"|utgivelsessted ikke identifisert|utgiver ikke identifisert|u\.s\.|u\.o\.|uten sted|ukjent)$",
    re.IGNORECASE,
)
_PART_YEAR = re.compile(r"(?<!\d)(1[4-9]\d|1[4-9]|20\d|20)(?:-{1,2}|_{1,2}|\?{1,2})(?!\d)")
EARLIEST, LATEST = 1400, 2035


def imprint(by: Grouped) -> Field | None:
    """The publication statement: 264 with second indicator 1, else any 264 but copyright, else 260."""
    fields = by.all("264")
    for wanted in ("1", "0", "2", "3", " "):
        for field in fields:
            if field.indicators[1:2] == wanted:
                return field
    return by.first("260")


def place_and_publisher(by: Grouped) -> tuple[str, str]:
    field = imprint(by)
    if field is None:
        return "", ""
    return _known(field.first("a")), _known(field.first("b"))


@lru_cache(maxsize=20_000)
def _known(text: str) -> str:
    text = bare(text)
    return "" if _NOWHERE.match(text) else text


def years_written(by: Grouped) -> list[int]:
    """Years in the publication statement and copyright line, as written."""
    if by.years_written is None:
        by.years_written = [
            year
            for tag in ("264", "260")
            for field in by.all(tag)
            for code, text in field.subfields
            if code == "c"
            for year in map(int, _YEAR.findall(text))
            if year <= LATEST
        ]
    return by.years_written


def coded_year(text: str) -> int | None:
    """Four digits of 008, or nothing when it is blank, 9999 or partly unknown (``19uu``)."""
    if text.isdigit() and EARLIEST <= int(text) <= LATEST:
        return int(text)
    return None


def year_of(by: Grouped) -> int | None:
    """The year of this edition: 008's first date when the statement agrees or is silent, else the year written."""
    coded = coded_year(by.fixed[7:11])
    written = years_written(by)
    if by.fixed[6] == "q" and by.fixed[9:11] == "00" and by.fixed[13:15] == "99" and not written:
        return None  # only the century is known
    if coded is not None and (not written or coded in written):
        return coded
    return written[0] if written else coded


def year_span(by: Grouped) -> tuple[int, ...]:
    """First and last possible year where the year is not known: 008 ``q`` or ``18uu``, ``[188-?]`` in the statement; else ()."""
    for tag in ("264", "260"):
        for field in by.all(tag):
            for code, text in field.subfields:
                if code != "c" or not ("-" in text or "?" in text or "_" in text):
                    continue
                found = _PART_YEAR.search(text)
                if found is not None:
                    known = found[1]
                    return int(known.ljust(4, "0")), int(known.ljust(4, "9"))
    first, last = by.fixed[7:11], by.fixed[11:15]
    if by.fixed[6] == "q":
        low, high = coded_year(first.replace("u", "0")), coded_year(last.replace("u", "9"))
        if low is not None and high is not None and low < high:
            return low, high
    if "u" in first and first[:2].isdigit():
        return int(first.replace("u", "0")[:4]), int(first.replace("u", "9")[:4])
    return ()


def edition_of(by: Grouped) -> str:
    texts = []
    for field in by.all("250"):
        text = sentence(" ".join(text for code, text in field.subfields if code in "ab"))
        texts.append(trim(text).strip("[]"))
    return " ; ".join(text for text in texts if text)


def extent_of(by: Grouped) -> str:
    """300 $a with the number of units (``1 DVD-video (96 min)``, ``526 s.``)."""
    texts = [sentence(text).rstrip(" :;+,") for field in by.all("300") for code, text in field.subfields if code == "a"]
    return " + ".join(text for text in texts if text)
