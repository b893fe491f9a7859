"""Names that registers give to the same person, body, place or subject, in one form: ``scheme:value``.

The same register is spoken of as an address (``http://viaf.org/viaf/51704497``), as MARC's ``(agency)number``, and bare.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Identifier(NamedTuple):
    """``scheme`` is short and lower-case (``viaf``, ``bare``, ``uri``); ``value`` as the register writes it."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


#: Schemes that name one person or body for all registers: entries of different registers that share one are the same.
ACROSS_REGISTERS = frozenset({"viaf", "isni", "wikidata", "orcid", "bare", "bibbi", "gnd"})

#: Addresses, and the scheme they belong to; group 1 is the value.
_ADDRESSES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), scheme, form)
    for pattern, scheme, form in (
        (r"https?://(?:www\.)?viaf\.org/viaf/(\d+)/?(?:#.*)?", "viaf", "{}"),
        (r"https?://(?:www\.)?isni\.org/(?:isni/)?((?:\d\s?){15}[\dX])/?", "isni", "{}"),
        (r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/(Q\d+)", "wikidata", "{}"),
        (r"https?://orcid\.org/((?:\d{4}-){3}\d{3}[\dX])", "orcid", "{}"),
        (r"https?://data\.ub\.uio\.no/realfagstermer/c(\d+)", "noubomn", "REAL{}"),
        (r"https?://data\.ub\.uio\.no/mrtermer/c(\d+)", "noubomr", "SMR{}"),
        (r"https?://data\.ub\.uio\.no/humord/c(\d+)", "humord", "HUME{}"),
        (r"https?://livedata\.bibsys\.no/authority/(x?\d+)", "bare", "{}"),
        (r"https?://(?:authority|bare)\.bibsys\.no/authority/rest/(?:authorities/html/)?(x?\d+)", "bare", "{}"),
        (r"https?://id\.bibbi\.dev/bibbi/(\d+)", "bibbi", "{}"),
        (r"https?://d-nb\.info/gnd/([\dX-]+)", "gnd", "{}"),
        (r"https?://id\.loc\.gov/authorities/(?:names|subjects)/([a-z]+\d+)", "lc", "{}"),
        (r"https?://www\.yso\.fi/onto/yso/(p\d+)", "yso", "{}"),
        (r"https?://id\.worldcat\.org/fast/(\d+)", "fast", "{}"),
    )
)
#: Numbers that tell by their letters which vocabulary they are of.
_BY_LETTERS = (("REAL", "noubomn"), ("HUME", "humord"), ("SMR", "noubomr"))
#: MARC organisation codes and $2 codes to schemes.
_AGENCIES = {
    "no-trbib": "bare", "notrbib": "bare", "no-osbib": "bibbi", "no-osbas": "bibbi", "de-588": "gnd", "dlc": "lc",
    "ocolc": "fast", "fi-asteri-n": "finaf", "viaf": "viaf", "isni": "isni", "orcid": "orcid", "wikidata": "wikidata",
    "bare": "bare", "bibbi": "bibbi", "gnd": "gnd", "uri": "uri", "fast": "fast",
}  # fmt: skip
_AGENCY = re.compile(r"\(([^()]{1,40})\)\s*(.+)")
_SCHEME = re.compile(r"[a-z][a-z0-9-]{0,29}")
#: The longest that is kept: no register writes longer ones.
LONGEST = 200


def identifier(text: str, scheme: str = "") -> Identifier | None:
    """What ``text`` names, or None. ``scheme`` is what stands beside it (MARC $2), which its form may outrank.

    A bare number without a scheme names nothing: only its own system knows whose number it is.
    """
    plain = " ".join(text.split())
    if not plain or len(plain) > LONGEST:
        return None
    if plain.lower().startswith(("http://", "https://")):
        return _address(plain)
    agency = _AGENCY.fullmatch(plain)
    if agency:
        return _local(agency[2], agency[1])
    if lettered := _lettered(plain):
        return lettered
    return _local(plain, scheme) if scheme else None


def parsed(text: str) -> Identifier | None:
    """The identifier that :class:`Identifier` writes as ``scheme:value``, or None."""
    scheme, colon, value = text.partition(":")
    return Identifier(scheme, value) if colon and value and _SCHEME.fullmatch(scheme) else None


def address_of(found: Identifier) -> str:
    """Where a person can read on about it, or the empty string."""
    pages = {
        "viaf": "https://viaf.org/viaf/{}", "isni": "https://isni.org/isni/{}", "orcid": "https://orcid.org/{}",
        "wikidata": "https://www.wikidata.org/wiki/{}", "gnd": "https://d-nb.info/gnd/{}", "uri": "{}",
        "lc": "https://id.loc.gov/authorities/{}", "yso": "http://www.yso.fi/onto/yso/{}",
        "bibbi": "https://id.bibbi.dev/bibbi/{}",
    }  # fmt: skip
    if found.scheme in ("noubomn", "noubomr", "humord"):
        names = {"noubomn": "realfagstermer", "noubomr": "mrtermer", "humord": "humord"}
        return f"http://data.ub.uio.no/{names[found.scheme]}/c{found.value.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
    return pages[found.scheme].format(found.value) if found.scheme in pages else ""


def _address(text: str) -> Identifier:
    for pattern, scheme, form in _ADDRESSES:
        if found := pattern.fullmatch(text):
            return Identifier(scheme, _tidy(scheme, form.format(found[1])))
    return Identifier("uri", text)


def _local(value: str, agency: str) -> Identifier | None:
    if value.lower().startswith(("http://", "https://")):
        return _address(value)
    if lettered := _lettered(value):
        return lettered
    said = agency.strip().lower()
    scheme = _AGENCIES.get(said, said)
    if not _SCHEME.fullmatch(scheme) or scheme == "uri":
        return None
    return Identifier(scheme, _tidy(scheme, value))


def _lettered(value: str) -> Identifier | None:
    for letters, scheme in _BY_LETTERS:
        if value.startswith(letters) and value[len(letters) :].isdigit():
            return Identifier(scheme, value)
    return None


def _tidy(scheme: str, value: str) -> str:
    if scheme == "isni":
        return value.replace(" ", "").upper()
    if scheme == "wikidata":
        return value.upper()
    if scheme == "fast":
        return value.lower().removeprefix("fst").lstrip("0")
    return value.replace(" ", "") if scheme == "lc" else value
