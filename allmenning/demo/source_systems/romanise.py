"""Cyrillic in Latin letters, the two ways the demo libraries do it. Their own tables: no other code is asked."""

from __future__ import annotations

import re

_CYRILLIC = re.compile("[\u0400-\u04ff]")

#: As Norwegian newspapers and public libraries write Russian names.
_NORWEGIAN = "a b v g d e zj z i j k l m n o p r s t u f kh ts tsj sj sjtsj _ y _ e ju ja jo"

#: ALA-LC, as research libraries write whole titles (https://www.loc.gov/catdir/cpso/romanization/russian.pdf).
_ALA_LC = "a b v g d e zh z i ĭ k l m n o p r s t u f kh t͡s ch sh shch ʺ y ʹ ė i͡u i͡a ë"
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_TABLES = {
    name: dict(zip(_LETTERS, latin.split(" "), strict=True))
    for name, latin in (("norwegian", _NORWEGIAN), ("ala-lc", _ALA_LC))
}


def has_cyrillic(text: str) -> bool:
    return bool(_CYRILLIC.search(text))


def romanised(text: str, scheme: str) -> str:
    """«Война и мир» → «Vojna i mir» (``norwegian``) or «Voĭna i mir» (``ala-lc``). Other letters stand."""
    table = _TABLES[scheme]
    return "".join(_letter(each, table) for each in text)


def _letter(letter: str, table: dict[str, str]) -> str:
    low = letter.lower()
    if low not in table:
        return letter
    latin = table[low].strip("_")
    return latin[:1].upper() + latin[1:] if letter != low else latin
