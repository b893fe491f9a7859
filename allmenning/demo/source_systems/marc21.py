"""An entry as a MARC 21 bibliographic record, with ISBD punctuation or without, by AACR2-like or RDA-like habits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pymarc import Field, Indicators, Leader, Record, Subfield

from allmenning.demo.source_systems.codes import AUDIENCES, COUNTRIES, MATERIAL, TERMS, language_code
from allmenning.demo.source_systems.entry import Entry, Heading
from allmenning.demo.source_systems.habits import Habits

Parts = list[tuple[str, str]]
_PERSON, _GROUP = {True: "100", False: "700"}, {True: "110", False: "710"}
#: 245 first articles by language, for the second indicator (number of characters to skip in filing).
_ARTICLES = {
    "en": ("The ", "A ", "An "),
    "nb": ("Den ", "Det ", "De ", "En ", "Et "),
    "nn": ("Den ", "Det ", "Dei ", "Ein ", "Eit "),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """What differs between MARC 21 systems beyond the library's habits."""

    rda: bool = True  # 264 and 33X, not 260 and 245 $h
    role_codes: bool = True  # $4; else $e in words


def marc21(number: str, entry: Entry, habits: Habits, manner: Manner) -> Record:
    """The description; copies are added by the system, each in its own field."""
    record = Record()
    edition = entry.edition
    kind, physical, _form, _medium, _carrier = MATERIAL[edition.format]
    rules = "i" if manner.rda and habits.isbd else "a" if habits.isbd else "u"
    record.leader = Leader(f"00000n{kind}m a2200000 {rules} 4500")
    record.fields += [Field("001", data=number), Field("007", data=physical), Field("008", data=_coded(entry, habits))]
    record.fields += [*_numbers(entry, habits), *_names(entry, habits, manner, main=True)]
    record.fields += [*_titles(entry, habits, manner), *_imprint(entry, habits, manner), *_matter(entry, habits)]
    record.fields += _names(entry, habits, manner, main=False)
    _add_original_script(record, entry)
    return record


def field(tag: str, indicators: str, parts: Parts) -> Field:
    return Field(tag, Indicators(*indicators), [Subfield(code, text) for code, text in parts if text])


def _coded(entry: Entry, habits: Habits) -> str:
    """008 by position (MARC 21 Bibliographic 008, books, visual materials, music)."""
    edition = entry.edition
    kind, _physical, form, _medium, _carrier = MATERIAL[edition.format]
    data = list(f"261101{'s' if entry.year else 'n'}{entry.year or 'uuuu'}".ljust(40))
    data[15:18] = COUNTRIES.get(edition.place, "xx ")
    data[22] = AUDIENCES[edition.audience] if entry.has_audience else " "
    data[29 if kind == "g" else 23] = form
    if kind == "a":
        data[28:32], data[33] = "0000", _literary_form(entry)
    elif kind == "g":
        data[18:21], data[33:35] = "---", "vl"
    if entry.has_language:
        data[35:38] = language_code(edition.language, old=habits.old_language_codes)
    data[39] = "d"
    return "".join(data)


def _literary_form(entry: Entry) -> str:
    kinds = {"dikt": "p", "skuespill": "d", "noveller": "j", "roman": "f", "krim": "f"}
    return kinds.get(entry.edition.kind, "1" if entry.edition.fiction else "0")


def _numbers(entry: Entry, habits: Habits) -> Iterator[Field]:
    edition = entry.edition
    if entry.isbn:
        yield field("020", "  ", [("a", entry.isbn), ("q", "innbundet" if habits.language != "en" else "hardback")])
    old = habits.old_language_codes
    codes = [language_code(each, old=old) for each in edition.languages or (edition.language,)]
    origin = [] if edition.is_original else [("h", language_code(edition.original_language, old=old))]
    if entry.has_language and (origin or len(codes) > 1):
        yield field("041", "1 " if origin else "0 ", [*(("a", each) for each in codes), *origin])
    if entry.dewey:
        yield field("082", "04", [("a", entry.dewey), ("2", "23/nor")])


def _names(entry: Entry, habits: Habits, manner: Manner, *, main: bool) -> Iterator[Field]:
    # Only the first author is the main entry (AACR2 21.6; RDA 6.27.1.3); films are entered under title.
    first = next((at for at, each in enumerate(entry.headings) if each.main), None)
    for at, heading in enumerate(entry.headings):
        if (at == first) == main:
            yield _name(heading, habits, manner, main=main)


def _name(heading: Heading, habits: Habits, manner: Manner, *, main: bool) -> Field:
    tag = (_GROUP if heading.group else _PERSON)[main]
    first = "2" if heading.group else "1" if "," in heading.name else "0"
    parts: Parts = [("a", heading.name + ("," if habits.isbd and heading.dates else "")), ("d", heading.dates)]
    if heading.role and manner.role_codes:
        parts.append(("4", heading.role))
    elif heading.role:
        terms = TERMS["short" if habits.abbreviations else habits.language]
        parts.append(("e", terms[heading.role]))
    return field(tag, first + " ", parts)


def _titles(entry: Entry, habits: Habits, manner: Manner) -> Iterator[Field]:
    original, part = entry.origin
    if original:
        yield field("240", "10", [("a", f"{original}." if part and habits.isbd else original), ("n", part)])
    has_main = any(each.main for each in entry.headings)
    skip = next((len(a) for a in _ARTICLES.get(entry.edition.language, ()) if entry.title.startswith(a)), 0)
    yield field("245", f"{int(has_main)}{skip}", _title_parts(entry, habits, manner))
    if entry.parallel:
        yield field("246", "31", [("a", entry.parallel)])
    if entry.statement:
        yield field("250", "  ", [("a", entry.statement)])


def _title_parts(entry: Entry, habits: Habits, manner: Manner) -> Parts:
    medium = MATERIAL[entry.edition.format][3]
    rest = f"= {entry.parallel}" if entry.parallel and habits.isbd else entry.parallel or entry.subtitle
    parts: Parts = [("a", entry.title), ("n", entry.part)]
    if medium and not manner.rda:
        parts.append(("h", f"[{medium}]"))
    parts += [("b", rest), ("c", entry.responsibility)]
    return _punctuated([each for each in parts if each[1]], {"n": ".", "b": " :", "c": " /"}) if habits.isbd else parts


def _punctuated(parts: Parts, before: dict[str, str]) -> Parts:
    """ISBD marks stand at the end of the subfield before the one they introduce."""
    made: Parts = []
    for code, text in parts:
        mark = before.get(code, "")
        if made and mark and not (code == "b" and text.startswith("=")):
            made[-1] = (made[-1][0], made[-1][1] + mark)
        made.append((code, text))
    return made


def _imprint(entry: Entry, habits: Habits, manner: Manner) -> Iterator[Field]:
    unknown = ("[Utgivelsessted ikke identifisert]", "[utgiver ikke identifisert]") if manner.rda else ("S.l.", "s.n.")
    place, publisher = entry.place, entry.publisher
    if habits.isbd:
        place, publisher = place or unknown[0], publisher or unknown[1]
    parts: Parts = [("a", place), ("b", publisher), ("c", entry.year or ("[u.å.]" if habits.isbd else ""))]
    parts = [each for each in parts if each[1]]
    if habits.isbd:
        parts = _punctuated(parts, {"b": " :", "c": ","})
    if parts:
        yield field("264" if manner.rda else "260", " 1" if manner.rda else "  ", parts)
    if entry.extent:
        yield field("300", "  ", [("a", entry.extent)])
    if manner.rda:
        yield field("338", "  ", [("a", MATERIAL[entry.edition.format][4]), ("2", "rdacarrier")])


def _matter(entry: Entry, habits: Habits) -> Iterator[Field]:
    for title, number in entry.series:
        yield field("490", "0 ", [("a", title + (" ;" if habits.isbd and number else "")), ("v", number)])
    if entry.note:
        yield field("500", "  ", [("a", entry.note)])
    if entry.summary:
        yield field("520", "  ", [("a", entry.summary)])
    for subject in entry.subjects:
        yield field("650", " 4", [("a", subject)])


def _add_original_script(record: Record, entry: Entry) -> None:
    """880: what stands in Cyrillic beside the romanised fields, linked both ways by $6 (MARC 21, appendix A)."""
    place, publisher = entry.imprint_original
    author = next((each for each in entry.headings if each.main and each.original), None)
    beside: list[tuple[str, Parts]] = [
        ("100", [("a", author.original), ("d", author.dates)] if author else []),
        ("245", [("a", entry.title_original)]),
        ("264", [("a", place), ("b", publisher)]),
        ("260", [("a", place), ("b", publisher)]),
    ]
    number = 0
    for tag, parts in beside:
        linked = record.get(tag)
        if linked is not None and any(text for _code, text in parts):
            number += 1
            linked.add_subfield("6", f"880-{number:02d}", 0)
            indicators = "".join(linked.indicators or "  ")
            record.fields.append(field("880", indicators, [("6", f"{tag}-{number:02d}/(N"), *parts]))
