"""An entry as a NORMARC record (NORMARC-manualen): no ISBD marks, its own codes in 019 and 008, functions in $e."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pymarc import Field, Leader, Record

from allmenning.demo.source_systems.codes import COUNTRIES, TERMS, language_code
from allmenning.demo.source_systems.copies import Copy
from allmenning.demo.source_systems.entry import Entry, Heading
from allmenning.demo.source_systems.habits import Habits
from allmenning.demo.source_systems.marc21 import Parts, field

#: 019 $b and, where the form asks for it, $e (tc: large print).
_MATERIAL = {
    "book": ("l", ""), "large_print": ("l", "tc"), "ebook": ("la", ""), "audiobook": ("dc,di", ""),
    "eaudiobook": ("di,ga", ""), "film": ("ee", ""), "music": ("dc,dg", ""),
}  # fmt: skip
_AGES = {"children": "b,bu", "young": "u,mu", "adult": ""}
_LITERARY = {"roman": "R", "krim": "R", "dikt": "D", "noveller": "N", "skuespill": "S", "tegneserie": "T"}
_LEADER = {"audiobook": "i", "eaudiobook": "i", "film": "g", "music": "j"}
_MEDIUM = {
    "ebook": "elektronisk ressurs", "audiobook": "lydopptak", "eaudiobook": "lydopptak", "film": "videogram",
    "music": "lydopptak",
}  # fmt: skip
#: Nationality of authors writing in a language, as 100 $j has it.
_NATIONALITY = {"nb": "n.", "nn": "n.", "se": "sam.", "sv": "sv.", "en": "eng.", "ru": "r.", "fi": "fi.", "da": "d."}


def normarc(number: str, entry: Entry, habits: Habits, copies: Sequence[Copy]) -> Record:
    """The whole record with its copies in 850: library, branch, shelf."""
    record = Record()
    record.leader = Leader(f"00000c{_LEADER.get(entry.edition.format, 'a')}m  2200000   4500")
    record.fields += [Field("001", data=number), Field("008", data=_coded(entry, habits))]
    record.fields += [*_codes(entry, habits), *_heading_first(entry), *_titles(entry)]
    record.fields += [*_matter(entry), *_headings_after(entry, habits)]
    for each in copies:
        record.fields.append(field("850", "  ", [("a", each.library), ("b", each.branch), ("c", each.shelf)]))
    return record


def _coded(entry: Entry, habits: Habits) -> str:
    """008: NORMARC fills few positions; /22 a is adults, j children; /33 1 is fiction."""
    data = list("261101".ljust(40))
    if entry.year:
        data[6:11] = "s" + entry.year
    country = COUNTRIES.get(entry.edition.place, "")
    data[15:18] = country if country in ("no ", "dk ", "fi ") else "   "
    if entry.has_audience:
        data[22] = "a" if entry.edition.audience == "adult" else "j"
    data[33], data[34] = "1" if entry.edition.fiction else "0", "0"
    if entry.has_language:
        data[35:38] = language_code(entry.edition.language, old=habits.old_language_codes)
    data[39] = "2"
    return "".join(data)


def _codes(entry: Entry, habits: Habits) -> Iterator[Field]:
    edition = entry.edition
    material, adapted = _MATERIAL[edition.format]
    ages = _AGES[edition.audience] if entry.has_audience else ""
    literary = _LITERARY.get(edition.kind, "")
    yield field("019", "  ", [("a", ages), ("b", material), ("d", literary), ("e", adapted)])
    if entry.isbn:
        yield field("020", "  ", [("a", entry.isbn), ("b", "ib.")])
    # Several codes stand together in one subfield, without space.
    old = habits.old_language_codes
    spoken = "".join(language_code(each, old=old) for each in edition.languages or (edition.language,))
    origin = "" if edition.is_original else language_code(edition.original_language, old=old)
    if entry.has_language and (origin or len(spoken) > 3):
        yield field("041", "1 " if origin else "0 ", [("a", spoken), ("h", origin)])
    if entry.dewey:
        yield field("082", "3 ", [("a", entry.dewey), ("2", "5")])


def _heading_first(entry: Entry) -> Iterator[Field]:
    for each in entry.headings:
        if each.main:
            nationality = _NATIONALITY.get(entry.edition.original_language, "") if not each.group else ""
            yield field("110" if each.group else "100", " 0", [*_name(each), ("j", nationality)])
            return


def _headings_after(entry: Entry, habits: Habits) -> Iterator[Field]:
    terms = TERMS["short" if habits.abbreviations else habits.language]
    main_seen = False
    for each in entry.headings:
        if each.main and not main_seen:
            main_seen = True
            continue
        yield field("710" if each.group else "700", " 0", [*_name(each), ("e", terms.get(each.role, ""))])


def _name(heading: Heading) -> Parts:
    return [("a", heading.name), ("d", heading.dates)]


def _titles(entry: Entry) -> Iterator[Field]:
    medium = _MEDIUM.get(entry.edition.format, "")
    rest = " : ".join(each for each in (entry.subtitle, entry.parallel) if each)
    has_main = int(any(each.main for each in entry.headings))
    parts = [("a", entry.title), ("h", medium), ("n", entry.part), ("b", rest), ("c", entry.responsibility)]
    yield field("245", f"{has_main}0", parts)
    if entry.statement:
        yield field("250", "  ", [("a", entry.statement)])
    imprint = [("a", entry.place or "S.l."), ("b", entry.publisher or "s.n."), ("c", entry.year or "[s.a.]")]
    yield field("260", "  ", imprint)
    if entry.extent:
        yield field("300", "  ", [("a", entry.extent)])
    for title, number in entry.series:
        yield field("440", " 0", [("a", title), ("v", number)])


def _matter(entry: Entry) -> Iterator[Field]:
    if entry.note:
        yield field("500", "  ", [("a", entry.note)])
    if entry.summary:
        yield field("520", "  ", [("a", entry.summary)])
    original = ". ".join(filter(None, entry.origin))
    if original:
        yield field("574", "  ", [("a", f"Originaltittel: {original}")])
    for subject in entry.subjects:
        yield field("650", "  ", [("a", subject)])
