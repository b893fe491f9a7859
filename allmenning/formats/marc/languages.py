"""MARC language codes (three letters, with their obsolete ones and NORMARC's own) ↔ BCP 47 tags."""

from __future__ import annotations

from functools import lru_cache

import langcodes

#: Codes that ISO 639 does not know or means otherwise: obsolete MARC codes, and NORMARC's from before 2004.
_OBSOLETE = {
    "ajm": "aln", "cam": "km", "cro": "hr", "esk": "ik", "esp": "eo", "eth": "gez", "far": "fo", "fri": "fy",
    "gae": "gd", "gag": "gl",
    "gal": "om", "gua": "gn", "ing": "zxx", "int": "ia", "iri": "ga", "krj": "krl", "kus": "kos", "lae": "smi",
    "laf": "se",
    "lai": "smn", "lak": "sms", "lal": "smj", "lan": "oc", "lap": "smi", "las": "sma", "max": "gv", "mla": "mg",
    "mol": "ro",
    "sao": "sm", "scc": "sr", "scr": "hr", "ser": "sr", "sho": "sn", "snh": "si", "sso": "st", "swz": "ss", "tag": "tl",
    "taj": "tg", "tar": "tt", "tru": "chk", "tsw": "tn", "ubs": "und",
}  # fmt: skip
_COLLECTIVE = frozenset({"und", "mul", "zxx", "mis"})


@lru_cache(maxsize=2048)
def bcp47(code: str) -> str:
    """The BCP 47 tag of a MARC code: ``nob`` → ``nb``, ``sme`` → ``se``, ``ger`` → ``de``, ``scr`` → ``hr``.

    ``mul``, ``und`` and ``zxx`` stay. Blank, ``|||`` and what no list knows give the empty string. A tag that is
    already BCP 47 (``nb``, ``zh-Hant``) comes back in its usual form.
    """
    low = code.strip().lower()
    if low in _OBSOLETE:
        return _OBSOLETE[low]
    if low in _COLLECTIVE:
        return low
    if not 2 <= len(low.split("-")[0]) <= 3 or not low.replace("-", "").isalnum():
        return ""
    try:
        language = langcodes.Language.get(langcodes.standardize_tag(low))
    except (LookupError, ValueError):  # langcodes' own error is a ValueError
        return ""
    return language.to_tag() if language.is_valid() else ""


@lru_cache(maxsize=2048)
def marc_code(tag: str) -> str:
    """The MARC code of a BCP 47 tag: ``nb`` → ``nob``, ``de`` → ``ger``; the empty string when there is none."""
    if tag in _COLLECTIVE:
        return tag
    try:
        return str(langcodes.Language.get(tag).to_alpha3(variant="B"))
    except (LookupError, ValueError):  # langcodes' own error is a ValueError
        return ""


def split_codes(text: str) -> list[str]:
    """The codes of a subfield that may hold several: ``nnonob`` and ``nno nob`` → ``["nno", "nob"]``."""
    codes = []
    for word in text.replace(",", " ").replace("/", " ").split():
        if len(word) % 3 == 0 and word.isascii() and word.isalpha():
            codes += [word[place : place + 3].lower() for place in range(0, len(word), 3)]
        else:
            codes.append(word)
    return codes
