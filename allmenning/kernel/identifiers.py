"""Numbers that identify things and bodies, in any dress, checked.

Every function gives the one normal form, or ``None`` when the text holds no valid number.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum import isbn as _isbn
from stdnum import issn as _issn
from stdnum.no import orgnr as _orgnr

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad", "-"))
_NOT_BEFORE, _NOT_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_ISBN13 = re.compile(r"(?<![0-9])97[89](?:[ \-.]?[0-9]){10}(?![0-9])")
_ISBN10 = re.compile(rf"(?<![0-9])[0-9](?:[ \-.]?[0-9]){{8}}[ \-.]?[0-9Xx]{_NOT_AFTER}")
_ISSN = re.compile(rf"{_NOT_BEFORE}[0-9]{{4}}[ \-]?[0-9]{{3}}[0-9Xx]{_NOT_AFTER}")
_NOT_NUMBER = re.compile(r"[^0-9Xx]")
#: ISO 15511: a country code or a registered prefix, a hyphen, and up to eleven characters.
_ISIL = re.compile(r"([A-Za-z]{1,4})[- ]([A-Za-z0-9:/\-]{1,11})")


@lru_cache(maxsize=8192)
def isbn13(text: str) -> str | None:
    """The first valid ISBN in the text as thirteen digits (ISO 2108), an ISBN-10 converted.

    Takes what cataloguers write: ``82-05-30003-1 (ib.)``, ``ISBN 978 82 05 30003 3 : kr 299``.
    """
    plain = text.translate(_DASHES)
    for pattern in (_ISBN13, _ISBN10):
        for found in pattern.finditer(plain):
            digits = _NOT_NUMBER.sub("", found.group()).upper()
            if _isbn.is_valid(digits):
                return str(_isbn.to_isbn13(digits))
    return None


def issn(text: str) -> str | None:
    """The first valid ISSN as ``1234-567X`` (ISO 3297)."""
    for found in _ISSN.finditer(text.translate(_DASHES)):
        compact = _NOT_NUMBER.sub("", found.group()).upper()
        if _issn.is_valid(compact):
            return f"{compact[:4]}-{compact[4:]}"
    return None


def isil(text: str) -> str | None:
    """A library's ISIL (ISO 15511) with its prefix in capitals: ``no-0030100`` → ``NO-0030100``."""
    found = _ISIL.fullmatch(text.translate(_DASHES).strip())
    if not found:
        return None
    prefix, rest = found.groups()
    if prefix.upper() == "NO" and not re.fullmatch(r"[0-9]{7}", rest):
        return None  # Norwegian library numbers have seven digits
    return f"{prefix.upper()}-{rest}"


def organisation_number(text: str) -> str | None:
    """A Norwegian organisation number as nine digits, modulus 11 checked; ``NO 974 760 673 MVA`` is understood."""
    plain = re.sub(r"(?i)^\s*(?:org(?:anisasjons)?\.?\s*n(?:umme)?r\.?:?|no)\s*|\s*mva\s*$", "", text)
    digits = re.sub(r"[ .\u00a0\u2009\-]", "", plain)
    return digits if re.fullmatch(r"[0-9]{9}", digits) and _orgnr.is_valid(digits) else None
