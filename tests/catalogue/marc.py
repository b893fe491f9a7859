"""Small MARC 21 records written as people read them, for tests of describing and matching."""

from __future__ import annotations

from allmenning.formats.marc.record import Field, Record

#: A printed monograph in bokmål, fiction, for adults, published in one year.
BOOK_008 = "200101s{year}    no            000 1 {language}  "


def record(text: str, *, leader: str = "00000nam a2200000 a 4500") -> Record:
    """One field a line: ``245 10 $aSult$cKnut Hamsun``; control fields as ``008 …``."""
    fields = []
    for line in text.strip("\n").splitlines():
        line = line.strip("\n")
        if not line.strip():
            continue
        line = line.lstrip()
        tag, rest = line[:3], line[4:]
        if tag < "010":
            fields.append(Field(tag, value=rest))
            continue
        indicators, _, subfields = rest.partition("$")
        pairs = [(part[0], part[1:]) for part in ("$" + subfields).split("$")[1:]]
        fields.append(Field(tag, indicators=indicators.ljust(2)[:2], subfields=pairs))
    return Record(leader, fields)


def coded(year: str = "2004", language: str = "nob") -> str:
    """The line for 008."""
    return "008 " + BOOK_008.format(year=year, language=language)
