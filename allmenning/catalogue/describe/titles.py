"""Title proper, remainder, part, responsibility, and the other titles an edition is known by.

MARC 21: 130, 210, 240–247, 500, 534, 574 (kept from NORMARC), 740, 765.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from allmenning.catalogue.describe.grouped import Grouped
from allmenning.catalogue.describe.punctuation import sentence, trim
from allmenning.formats.marc.record import Field


class Title(NamedTuple):
    proper: str
    remainder: str = ""
    part_number: str = ""
    part_name: str = ""
    responsibility: str = ""
    original_script: str = ""


_UNTITLED = Title("")
_ORIGINAL = re.compile(
    r"^\W*(?:original(?:ens)?[ -]?(?:tittel|titel|title|tit\.?)|orig(?:\.|inalens)? ?tit(?:tel|el|le|\.)?"
    r"|alkuteos(?:en nimi)?|translation of|oversettelse av|omsetjing av|oversat fra|titre original|titolo originale"
    r"|originaltitel|título original)\s*(?:\([^)]*\))?\s*[:=]?\s*(?P<title>.+)$",
    re.IGNORECASE,
)
#: The first letters of ``_STARTS``.
_OPENS = frozenset("oOaAtT«([")
_STARTS = ("orig", "alkut", "trans", "overs", "omset", "titre", "titol", "títul", "«orig", "(orig", "[orig")
_NON_SORT = str.maketrans("", "", "\x88\x89\x98\x9c¬")
_UNIFORM_CODES = "anpk"
_TREATY_CODES = _UNIFORM_CODES + "d"  # the date of signing tells a treaty from its namesakes (RDA 6.29)


def title_of(by: Grouped) -> Title:
    field = by.first("245")
    if field is None:
        return _UNTITLED
    original = by.original(field)
    title = _read(field)
    if not title.proper and original is not None:
        return _read(original)
    if original is None:
        return title
    other = _read(original)
    full = " : ".join(each for each in (other.proper, other.remainder) if each)
    return title._replace(original_script=full)


def _read(field: Field) -> Title:
    proper = remainder = number = name = responsibility = ""
    for code, text in field.subfields:
        if code == "a":
            proper = proper or text
        elif code == "b":
            remainder = remainder + " " + text if remainder else text
        elif code == "n":
            number = number + " " + text if number else text
        elif code == "p":
            name = name + " " + text if name else text
        elif code == "c":
            responsibility = responsibility + " " + text if responsibility else text
    if not proper and name:
        proper, name = name, ""
    return Title(
        _clean(proper),
        _clean(remainder),
        trim(number),
        _clean(name),
        trim(sentence(responsibility)).strip("[] ") if responsibility else "",
    )


def _clean(text: str) -> str:
    if not text:
        return text
    if "<<" in text:  # letters not sorted by, as some systems mark them
        text = text.replace("<<", "").replace(">>", "")
    elif not text.isascii():
        text = text.translate(_NON_SORT)
    return trim(sentence(text))


def uniform_title_of(by: Grouped) -> str:
    """The preferred title of the work (130 or 240) with a treaty's date, part and form, without language and date of the work."""
    for tag in ("240", "130"):
        if tag in by.fields:
            return uniform(by.fields[tag][0])
    return ""


def uniform(field: Field) -> str:
    codes = _TREATY_CODES if field.tag == "130" else _UNIFORM_CODES
    parts = [trim(text).strip("[]") for code, text in field.subfields if code in codes]
    return sentence(". ".join(part for part in parts if part))


def original_title_of(by: Grouped, uniform_title: str, *, translated: bool) -> str:
    """What a translation is called in its own language: said in 765, 246 or a note, else a translation's uniform title."""
    for field in by.fields.get("765", ()):
        found = field.first("t") or field.first("s")
        if found:
            return _clean(found)
    for field in by.fields.get("246", ()):
        said = field.first("i")
        if said and "original" in said.lower() and field.first("a"):
            return _clean(field.first("a"))
    for tag in ("574", "500", "534"):
        for field in by.fields.get(tag, ()):
            text = field.first("a") or field.first("t")
            if tag == "574" or _may_name_original(text):
                title = original_in_note(text)
                if title:
                    return title
    if not uniform_title:
        return ""
    field240 = by.first("240")
    return uniform_title if translated or (field240 is not None and field240.first("l")) else ""


def _may_name_original(note: str) -> bool:
    # Most notes are done with at their first letter.
    opening = note[:1]
    return (opening in _OPENS or opening.isspace()) and note.lstrip()[:8].lower().startswith(_STARTS)


def original_in_note(text: str) -> str:
    """``Originaltittel: Les bienveillantes`` → ``Les bienveillantes``; nothing when the note names several titles or none."""
    found = _ORIGINAL.match(text)
    if found is None:
        return ""
    title = trim(sentence(found["title"])).strip('"«»“”')
    if title.lower().startswith(("er ", "fra ", "from ", "s:", "ler:")) or ";" in title or len(title) > 200:
        return ""
    return trim(title.partition(" / ")[0])


def variant_titles_of(by: Grouped, proper: str) -> tuple[str, ...]:
    """Other titles this edition is found under, in the record's order and without repeats."""
    found: dict[str, None] = {}
    for tag in ("246", "247", "740", "210"):
        for field in by.fields.get(tag, ()):
            text = _clean(field.first("a"))
            if not text:
                continue
            rest = _clean(field.first("b"))
            found[f"{text} : {rest}" if rest else text] = None
            original = by.original(field) if by.linked else None
            if original is not None:
                found[_clean(original.first("a"))] = None
    for field in by.fields.get("245", ()):
        for code, text in field.subfields:
            if code == "b" and text.lstrip().startswith("="):
                found[_clean(text)] = None
    if not found:
        return ()
    found.pop(proper, None)
    found.pop("", None)
    return tuple(found)
