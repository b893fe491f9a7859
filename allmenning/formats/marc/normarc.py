"""NORMARC to MARC 21.

NORMARC was the Norwegian exchange format until 2019; most municipal systems still hold records in it. The conversion
follows its manual where that differs from MARC 21 in what readers can see: codes in 008 and 019, field and subfield
meanings, concatenated language codes, indicators. What MARC 21 has no place for stays where it was, or, where it
would be misread there (Dewey numbers in 6XX $1, sorting forms in $w), is left to the original, which is always kept.
"""

from __future__ import annotations

import re

from allmenning.formats.marc.languages import split_codes
from allmenning.formats.marc.normarc_codes import (
    AGES,
    COUNTRIES,
    LITERARY_FORMS,
    MATERIAL,
    ROLES,
    Material,
)
from allmenning.formats.marc.record import Field, Record

_YEAR = re.compile(r"(?<![0-9])(1[4-9][0-9]{2}|20[0-9]{2})(?![0-9])")
_ORIGINAL_TITLE = re.compile(r"(?i)^\s*orig(?:inalens?|inal)?\.?\s*-?\s*tit(?:tel|\.)?(?:\s*\([^)]*\))?\s*:\s*")
_SEPARATORS = re.compile(r"[\s,.\-_]+")
_TO_GENERAL_NOTE = frozenset({"503", "512", "531", "532", "539", "571", "572", "573"})
_LOCAL_SUBJECTS = frozenset({"652", "690", "691", "692", "693", "694", "695", "696", "697", "698", "699"})


def to_marc21(record: Record) -> Record:
    """The same record in MARC 21, its fields in their order."""
    codes = _codes(record)
    material = next((MATERIAL[each] for each in codes["b"] if each in MATERIAL), None)
    fields: list[Field] = []
    has = {each.tag for each in record.fields}
    titles = 0
    for each in record.fields:
        if each.tag == "000":
            continue
        if each.tag == "245":
            titles += 1
        fields += _converted(each, has, is_film=bool(material and material.record_type == "g"), title_number=titles)
    leader = _leader(record, material)
    coded = _coded_data(record, codes, leader)
    fields = [each for each in fields if each.tag != "008"]
    place = sum(1 for each in fields if each.tag < "008")
    fields.insert(place, Field("008", coded))
    if material and material.physical and "007" not in has:
        fields.insert(place, Field("007", material.physical))
    return Record(leader, fields)


def _codes(record: Record) -> dict[str, list[str]]:
    """019: $a ages, $b material, $d literary forms (one letter each), $e adaptations (two letters each)."""
    found: dict[str, list[str]] = {"a": [], "b": [], "d": [], "e": []}
    for field in record.all("019"):
        for code, text in field.subfields:
            if code in ("a", "b"):
                found[code] += [each for each in _SEPARATORS.split(text.strip()) if each]
            elif code == "d":
                found["d"] += [each for each in text if each.isalpha()]
            elif code == "e":
                plain = _SEPARATORS.sub("", text)
                found["e"] += [plain[place : place + 2] for place in range(0, len(plain), 2)]
    # The more telling code first: «dc,dg» is music on a compact disc, «dc,di» an audiobook on one.
    found["b"].sort(key=lambda code: MATERIAL[code].weight if code in MATERIAL else 9)
    return found


def _leader(record: Record, material: Material | None) -> str:
    leader = list(record.leader.ljust(24)[:24])
    status = record.control("000")[5:6]
    leader[5] = status if status in "cdnp" and status else leader[5] if leader[5] != " " else "n"
    leader[6] = {"b": "t"}.get(leader[6], leader[6])
    if leader[6] in "a " and material:
        leader[6] = material.record_type
    elif leader[6] == " ":
        leader[6] = "a"
    if leader[7] in "m " and material and material.level:
        leader[7] = material.level
    leader[7] = {"p": "b", " ": "m"}.get(leader[7], leader[7])
    leader[9] = "a"
    leader[20:24] = "4500"
    return "".join(leader)


def _coded_data(record: Record, codes: dict[str, list[str]], leader: str) -> str:
    """008 with MARC 21's codes; year and language taken from 260 and 041 where NORMARC left them blank."""
    data = list(record.control("008").ljust(40)[:40])
    if not "".join(data[7:11]).strip():
        year = _YEAR.search(record.text("260", "c"))
        if year:
            data[6], data[7:11] = "s", year.group(1)
    country = "".join(data[15:18]).strip().lower()
    data[15:18] = COUNTRIES.get(country, country if len(country) == 3 else "xx").ljust(3)
    data[22] = _audience(data[22], codes["a"])
    if data[23] == " ":
        data[23] = _form(codes)
    if leader[6] in "at":
        if data[33] != "0":  # a comic strip of facts is still facts
            data[33] = next((LITERARY_FORMS[each] for each in codes["d"] if each in LITERARY_FORMS), data[33])
        data[34] = {"0": " ", "1": "d"}.get(data[34], data[34])
    elif leader[6] in "ij":
        data[33], data[30] = " ", "f" if data[33] == "1" and data[30] == " " else data[30]
        data[34] = " "
    else:
        data[33], data[34] = (" " if leader[6] != "g" else "v"), (" " if data[34] in "01" else data[34])
    language = "".join(data[35:38]).strip()
    if not language:
        spoken = split_codes(record.text("041", "a"))
        data[35:38] = (spoken[0] if spoken and len(spoken[0]) == 3 else "   ").ljust(3)
    return "".join(data)


def _audience(code: str, ages: list[str]) -> str:
    """008/22: NORMARC's a is adult, MARC 21's the smallest children; for children 019 $a says more."""
    groups = {AGES[each] for each in ages if each in AGES}
    if len(groups) == 1:
        return groups.pop()
    if groups:
        return "j"
    return {"a": "e", "l": "a", "q": " "}.get(code, code)


def _form(codes: dict[str, list[str]]) -> str:
    if "te" in codes["e"] or "te" in codes["b"]:
        return "f" if len(codes["e"]) == 1 else " "  # the whole list of codes means an adapted book of many kinds
    if codes["e"] in (["tc"], ["td"]):
        return "d"
    if any(each in ("ge", "la", "ga", "gt", "na", "nb", "nc") for each in codes["b"]):
        return "o"
    return "q" if any(each in ("gb", "gc", "gd", "gf", "gg") for each in codes["b"]) else " "


def _converted(field: Field, has: set[str], *, is_film: bool, title_number: int) -> list[Field]:
    tag = field.tag
    if tag.startswith("00") and not field.subfields:
        return [field]
    if tag in ("100", "110", "111", "130", "700", "710", "711", "730"):
        return [_heading(field)]
    if tag in _LOCAL_SUBJECTS or (tag[0] == "6" and tag != "653"):
        return [_subject(field)]
    if tag in _TO_GENERAL_NOTE:
        return [Field("500", "", "  ", field.subfields)]
    if tag in ("015", "020", "024", "025", "041", "082"):
        return _number_or_code(field, is_film)
    if tag == "240":
        return [Field(tag, "", "1" + _digit(field.indicators[1]), _without(field, "w"))]
    if tag == "245":
        return [_title(field, title_number)]
    if tag == "440":
        return [Field("490", "", "0 ", [(code, text) for code, text in field.subfields if code in "avxnp"])]
    if tag == "505":
        return [_contents(field)]
    if tag == "574":
        return _original_title(field, has)
    if tag == "850" and field.first("b"):
        return [Field("852", "", "  ", [(_COPY.get(code, "x"), text) for code, text in field.subfields])]
    return [field]


#: Holdings in 850: library, branch, shelf; the rest (status of the copy, dates) are notes for staff.
_COPY = {"a": "a", "b": "b", "c": "c"}


def _digit(text: str) -> str:
    return text if text.isdigit() else "0"


def _without(field: Field, codes: str) -> list[tuple[str, str]]:
    return [(code, text) for code, text in field.subfields if code not in codes]


def _heading(field: Field) -> Field:
    """1XX and 7XX: $j is nationality (in MARC 21 an attribution), $3 an authority number, $u and $w sorting forms."""
    subfields: list[tuple[str, str]] = []
    for code, text in field.subfields:
        if code in "juw16":
            continue
        subfields.append(("0", text) if code == "3" else (code, text))
        role = ROLES.get(text.strip(" .,").lower()) if code == "e" else None
        if role:
            subfields.append(("4", role))
    first = field.indicators[0]
    if field.tag in ("100", "700"):
        first = "1" if "," in field.first("a") else "0"
    elif field.tag in ("110", "710", "111", "711"):
        first = "2"
    elif first == " ":
        first = "0"
    second = "2" if field.tag[0] == "7" and field.indicators[1] == "2" else " "
    return Field(field.tag, "", first + second, subfields)


def _subject(field: Field) -> Field:
    """6XX: $1 and $6 are Dewey numbers, $4 an edition, $9 a language, $w a sorting form; 69X are local subjects."""
    tag = {"652": "655", "690": "651", "693": "655"}.get(
        field.tag, "650" if field.tag in _LOCAL_SUBJECTS else field.tag
    )
    subfields, seen = [], set()
    for code, text in field.subfields:
        if code in "1469wju" or (code, text) in seen:
            continue
        seen.add((code, text))
        subfields.append((code, text))
    first = ("1" if "," in field.first("a") else "0") if tag == "600" else "2" if tag in ("610", "611") else " "
    return Field(tag, "", first + ("7" if field.first("2") else "4"), subfields)


def _number_or_code(field: Field, is_film: bool) -> list[Field]:
    tag, subfields = field.tag, field.subfields
    if tag == "015":
        source = field.first("b")
        if not source:
            return [field]
        return [Field("035", "", "  ", [("a", f"({source}){text}") for code, text in subfields if code == "a"])]
    if tag == "020":
        return [Field(tag, "", "  ", [("q" if code == "b" else code, text) for code, text in subfields])]
    if tag == "024":
        return [
            Field(tag, "", "2 " if field.first("a")[:1] in "Mm" and field.first("a") else field.indicators, subfields)
        ]
    if tag == "025":
        return [Field("024", "", "3 ", subfields)]
    if tag == "082":
        edition = [("2", "5/nor" if text == "5" else text) if code == "2" else (code, text) for code, text in subfields]
        return [Field(tag, "", "74" if field.indicators[0] == "3" else field.indicators, edition)]
    languages = []
    for code, text in subfields:
        target = "j" if code == "b" and is_film else code  # in films $b is subtitles
        languages += [(target, each) for each in split_codes(text)] if code.isalpha() else [(code, text)]
    return [Field("041", "", ("1" if field.first("h") else "0") + " ", languages)]


def _title(field: Field, number: int) -> Field:
    subfields = [
        (code, f"[{text.strip('[]')}]" if code == "h" else text) for code, text in field.subfields if code not in "w9u"
    ]
    if number > 1:  # the title in the original script
        return Field("880", "", field.indicators, [("6", "245-00"), *subfields])
    return Field("245", "", ("0" if field.indicators[0] == "0" else "1") + _digit(field.indicators[1]), subfields)


def _contents(field: Field) -> Field:
    """505 holds contents, bibliography and glossary alike; the words tell which."""
    text = field.first("a").lower()
    if text.startswith(("bibliografi", "litteratur", "har bibliografi", "filmografi", "diskografi")):
        return Field("504", "", "  ", field.subfields)
    if (
        text.startswith(("innh", "inneh", "inneholder", "indhold"))
        or field.first("t")
        or " ; " in text
        or " -- " in text
    ):
        return Field("505", "", "0 ", field.subfields)
    return Field("500", "", "  ", field.subfields)


def _original_title(field: Field, has: set[str]) -> list[Field]:
    made = [Field("500", "", "  ", field.subfields)]
    title = _ORIGINAL_TITLE.sub("", field.first("a")).strip()
    if title and "240" not in has and "130" not in has and _ORIGINAL_TITLE.match(field.first("a")):
        made.insert(0, Field("240", "", "10", [("a", title)]))
    return made
