"""Works a record names as held by the edition beside its own: contents notes, and 700, 710 and 740 as analytical entries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from allmenning.catalogue.describe.grouped import Grouped
from allmenning.catalogue.describe.punctuation import sentence, trim
from allmenning.catalogue.description import Contained
from allmenning.formats.marc.record import Field

#: More than this many is a table of contents rather than works somebody looks for.
MOST = 60
LONGEST = 120
_TITLE_CODES = "tnp"
_NUMBERED = re.compile(r"^(?:(?:vol|v|bd|b|del|disc|cd|d)\.?\s*)?\d{1,3}\s*[.:)]\s+", re.IGNORECASE)
_DASHES = re.compile(r"\s+--\s*|\s*--\s+")
_LASTING = re.compile(r"\s*\(\d+[:.]\d\d\)$")


def contained_of(by: Grouped, *, fiction: bool | None) -> tuple[Contained, ...]:
    """In the record's order without repeats; none where the record names a table of contents.

    MARC 21: second indicator 2 of 700, 710 and 740 says that the item holds the work; 505 gives titles in $t with $r, or all
    in $a between dashes. What stands so in a book of facts are its chapters, so the latter counts in fiction, and elsewhere only
    where each part names who made it.
    """
    found: dict[Contained, None] = {}
    for tag in ("700", "710"):
        for field in by.all(tag):
            if field.indicators[1:2] == "2" and (title := _titled(field)):
                found[Contained(title, trim(field.first("a")))] = None
    for field in by.all("740"):
        if field.indicators[1:2] == "2" and (title := trim(sentence(field.first("a")))):
            found[Contained(title)] = None
    for field in by.all("505"):
        several = list(_in_codes(field) if field.first("t") else _between_dashes(field, fiction=fiction))
        if len(several) > 1:
            found |= dict.fromkeys(several)
    return tuple(found) if len(found) <= MOST else ()


def _titled(field: Field) -> str:
    return sentence(". ".join(part for code, text in field.subfields if code in _TITLE_CODES and (part := trim(text))))


def _in_codes(field: Field) -> Iterator[Contained]:
    title = name = ""
    for code, text in field.subfields:
        if code == "t":
            if title:
                yield Contained(title, name)
            title, name = trim(sentence(text.rstrip(" -"))), ""
        elif code == "r" and title:
            name = trim(text)
    if title:
        yield Contained(title, name)


def _between_dashes(field: Field, *, fiction: bool | None) -> Iterator[Contained]:
    parts = [part for part in _DASHES.split(field.first("a")) if part.strip()]
    if not fiction and not all(" / " in part for part in parts):
        return
    for part in parts:
        title, _, name = part.partition(" / ")
        title = _LASTING.sub("", trim(sentence(_NUMBERED.sub("", title.strip()))))
        if title and len(title) <= LONGEST:
            yield Contained(title, trim(name))
