"""Standard numbers and the numbers other systems know the record by (MARC 21: 010, 015, 020, 022, 024, 035)."""

from __future__ import annotations

import re

from allmenning.catalogue.describe.grouped import Grouped
from allmenning.kernel.identifiers import isbn13, issn

_DIGITS = re.compile(r"\d+")
_PREFIXED = re.compile(r"^\(([^)]+)\)\s*(\S.*)$")
_LCCN = re.compile(r"[a-z]{0,3} ?\d{2,4}-?\d{1,6}")
_OCLC = ("OCoLC", "OCLC")
_SCHEMES = {"0": "isrc", "1": "upc", "2": "ismn", "3": "ean"}


def isbns_of(by: Grouped) -> tuple[str, ...]:
    """Valid ISBNs of 020 $a as ISBN-13 in the record's order; cancelled ones ($z) belong to something else."""
    found: dict[str, None] = {}
    for field in by.fields.get("020", ()):
        for code, text in field.subfields:
            if code == "a":
                number = isbn13(text)
                if number:
                    found[number] = None
    return tuple(found)


def issns_of(by: Grouped) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for field in by.all("022"):
        number = issn(field.first("a"))
        if number:
            found[number] = None
    return tuple(found)


def other_ids_of(by: Grouped) -> tuple[str, ...]:
    """``oclc:…``, ``lccn:…``, ``nb:…``, ``ean:…`` and the numbers of other systems as ``<system in lower case>:<number>``."""
    found: dict[str, None] = {}
    for field in by.fields.get("010", ()):
        number = _lccn(field.first("a"))
        if number:
            found["lccn:" + number] = None
    for field in by.fields.get("015", ()):
        scheme = field.first("2") or field.first("b")
        number = field.first("a").strip()
        if number and scheme:
            found[f"{scheme.strip().lower()}:{number}"] = None
    for field in by.fields.get("024", ()):
        name = _SCHEMES.get(field.indicators[:1]) or (
            field.first("2").strip().lower() if field.indicators[:1] == "7" else ""
        )
        number = field.first("a").replace("-", "").replace(" ", "")
        if name and number and not (name == "ean" and number[:3] in ("978", "979")):
            found[f"{name}:{number}"] = None
    for field in by.fields.get("035", ()):
        number = _system_number(field.first("a").strip())
        if number:
            found[number] = None
    own = _number_of_its_agency(by)
    if own and not any(each.startswith("oclc:") for each in found):
        found[own] = None
    return tuple(found)


def _number_of_its_agency(by: Grouped) -> str:
    """MARC 21, 003: whose control number 001 is. Many exports from WorldCat say it there alone."""
    agency, number = by.first("003"), by.first("001")
    return (
        _system_number(f"({agency.value.strip()}){number.value.strip()}")
        if agency and number and agency.value.strip() in _OCLC
        else ""
    )


def _lccn(text: str) -> str:
    """Normalised as the Library of Congress does: no blanks, a hyphen's serial padded to six digits."""
    text = text.strip().partition("/")[0].lower()
    if not _LCCN.match(text):
        return ""
    head, hyphen, tail = text.replace(" ", "").partition("-")
    return head + (tail.zfill(6) if hyphen else "")


def _system_number(text: str) -> str:
    found = _PREFIXED.match(text)
    if found is None:
        return "oclc:" + text[3:].lstrip("0") if text.startswith(("ocm", "ocn")) and text[3:].strip().isdigit() else ""
    system, number = found[1], found[2].strip()
    if system in _OCLC or system.lower().startswith("ocolc"):
        digits = _DIGITS.search(number)
        return "oclc:" + digits[0].lstrip("0") if digits else ""
    return f"{system.lower()}:{number}"
