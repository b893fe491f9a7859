"""Languages, and whom it is for (MARC 21: 008/22, 33, 35–37; 041, 385, 521, 586)."""

from __future__ import annotations

import re
from functools import lru_cache

from allmenning.catalogue.describe.grouped import Grouped
from allmenning.formats.marc.languages import bcp47

_AUDIENCE = {
    "a": "children",
    "b": "children",
    "c": "children",
    "j": "children",
    "d": "young",
    "e": "adult",
    "f": "adult",
    "g": "adult",
}
_AGE = re.compile(r"\d+")
_CHILDREN = re.compile(r"\b(?:barn|barne\w*|småbarn|børn|lapset|children|juvenile|kids|mánát)", re.IGNORECASE)
_YOUNG = re.compile(r"\b(?:ungdom\w*|tenåring\w*|young adult|youth|adolescen\w*|nuoret|unge)", re.IGNORECASE)
_ADULT = re.compile(r"\b(?:voks\w*|vaks\w*|adults?|general)", re.IGNORECASE)
_GENRE_FICTION = re.compile(
    r"^(?:roman|novelle|krim|fiction|skjønnlitteratur|dikt\b|lyrikk|eventyr|fantasy|science fiction|bildebøker|fortelling)",
    re.IGNORECASE,
)
_NO_LANGUAGE = frozenset(("und", "zxx", "mul", "   ", "xxx"))


def languages_of(by: Grouped) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """``(languages of the text or speech, languages it was translated from)`` as BCP 47 tags, the main one first."""
    main = _tag(by.fixed[35:38])
    now: dict[str, None] = {main: None} if main else {}
    before: dict[str, None] = {}
    for field in by.all("041"):
        if field.indicators[1:2] == "7" and field.first("2") not in ("", "iso639-2b", "iso639-3", "iso639-2"):
            continue
        for code, text in field.subfields:
            if code in "ad":
                now.update(dict.fromkeys(_tags(text)))
            elif code == "h":
                before.update(dict.fromkeys(_tags(text)))
    if len(now) > 1 and "no" in now and now.keys() & {"nb", "nn"}:
        del now["no"]
    return tuple(now), tuple(each for each in before if each not in now or len(before) > 1)


def _tags(text: str) -> list[str]:
    """One code, or several run together as older rules had it (``engfre``)."""
    text = text.strip().lower()
    if len(text) > 3 and len(text) % 3 == 0 and text.isalpha():
        codes = [text[at : at + 3] for at in range(0, len(text), 3)]
    else:
        codes = [text]
    return [tag for tag in map(_tag, codes) if tag]


@lru_cache(maxsize=5_000)
def _tag(code: str) -> str:
    code = code.strip().lower()
    if len(code) != 3 or code in _NO_LANGUAGE:
        return ""
    return bcp47(code) or ""


def audience_of(by: Grouped) -> str:
    """``children``, ``young`` or ``adult`` where the record says so; empty where it does not."""
    if by.leader[6] in "acdgijkmort":
        coded = _AUDIENCE.get(by.fixed[22])
        if coded and by.leader[7] not in "bs":
            return coded
    for tag in ("385", "521"):
        for field in by.fields.get(tag, ()):
            for code, text in field.subfields:
                if code in "am":
                    found = _audience_in(text)
                    if found:
                        return found
    return ""


def _audience_in(text: str) -> str:
    ages = [int(each) for each in _AGE.findall(text)] if "år" in text or "age" in text.lower() else []
    if ages:
        return "children" if min(ages) < 12 else "young" if min(ages) < 16 else "adult"
    for pattern, name in ((_YOUNG, "young"), (_CHILDREN, "children"), (_ADULT, "adult")):
        if pattern.search(text):
            return name
    return ""


def fiction_of(by: Grouped) -> bool | None:
    """008/33 for texts (MARC 21, Books), 008/30–31 are for sound; genre words where the code is missing."""
    if by.leader[6] in "at" and by.leader[7] not in "bis":
        coded = by.fixed[33]
        if coded in "1cdfhjmp" and coded != " ":
            return True
        if coded in "0eis":
            return False
    for field in by.all("655"):
        if _GENRE_FICTION.match(field.first("a")):
            return True
    return None
