"""What it is about and what else is said of it (MARC 21: 082, 490, 5XX, 6XX, 8XX, 856)."""

from __future__ import annotations

from functools import lru_cache

from allmenning.catalogue.describe.grouped import Grouped
from allmenning.catalogue.describe.punctuation import sentence, trim
from allmenning.catalogue.description import Series, Subject
from allmenning.formats.marc.languages import bcp47
from allmenning.formats.marc.record import Field

SUBJECTS = {
    "600": "person", "610": "corporate", "611": "corporate", "630": "topic", "647": "topic", "648": "period",
    "650": "topic", "651": "place", "653": "topic", "655": "genre",
}  # fmt: skip
_VOCABULARIES = {"0": "lcsh", "1": "lcshac", "2": "mesh", "3": "nal", "5": "csh", "6": "rvm"}
_LANGUAGE_OF = {
    "lcsh": "en", "lcshac": "en", "mesh": "en", "fast": "en", "rvm": "fr", "swd": "de", "gnd": "de", "sao": "sv",
    "humord": "nb", "noubomn": "nb", "noubwb": "nb", "tekord": "nb", "bare": "nb", "bibbi": "nb", "ntsf": "nb",
    "norvok": "nb", "yso/fin": "fi", "yso/swe": "sv",
}  # fmt: skip
_NOTES = ("500", "502", "503", "511", "518", "534", "546", "586")


def subjects_of(by: Grouped) -> tuple[Subject, ...]:
    """Headings in the record's order without repeats; subdivisions joined by `` – ``."""
    found: list[Subject] = []
    for tag in SUBJECTS:
        if tag in by.fields:
            for field in by.fields[tag]:
                found += subject_in(field)
    return tuple(dict.fromkeys([each for each in found if each.label]))


def subject_in(field: Field) -> list[Subject]:
    """The heading in one field 6XX; of 653 each of its words."""
    kind = SUBJECTS[field.tag]
    if field.tag == "653":
        language = _language(field.first("9"), "")
        return [Subject(trim(text), kind, language) for code, text in field.subfields if code == "a"]
    return [_subject(tuple(field.subfields), field.indicators[1:2], kind)]


@lru_cache(maxsize=20_000)
def _subject(subfields: tuple[tuple[str, str], ...], indicator: str, kind: str) -> Subject:
    """One heading; a catalogue repeats its headings endlessly."""
    name: list[str] = []
    rest: list[str] = []
    named = said = ""
    for code, text in subfields:
        if code in "abt" or (code == "c" and kind == "person"):
            name.append(trim(text))
        elif code in "xvyz":
            rest.append(trim(text))
        elif code == "2":
            named = named or text.strip()
        elif code == "9":
            said = said or text
    vocabulary = _VOCABULARIES.get(indicator, named if indicator in ("7", " ", "4") else "")
    label = (", " if kind == "person" else ". ").join(name)
    if rest:
        label = " – ".join([label, *rest] if label else rest)
    return Subject(label, kind, _language(said, vocabulary), vocabulary)


def _language(said: str, vocabulary: str) -> str:
    if len(said) == 3:
        return bcp47(said)
    return _LANGUAGE_OF.get(vocabulary.lower(), "")


def series_of(by: Grouped) -> tuple[Series, ...]:
    """The series as the item states it (490, older 440), else as traced (830)."""
    for tags in (("490", "440"), ("830", "800", "810")):
        found: dict[Series, None] = {}
        for tag in tags:
            for field in by.fields.get(tag, ()):
                title = trim(field.first("t") or field.first("a")).strip("[]()")
                if tag == "440" and field.first("p"):
                    title = f"{title}. {trim(field.first('p'))}"
                if title:
                    found[Series(sentence(title), trim(field.first("v") or field.first("n")).strip("[]()"))] = None
        if found:
            return tuple(found)
    return ()


def dewey_of(by: Grouped) -> tuple[str, ...]:
    """Class numbers of 082 without the marks where a number may be shortened."""
    found: dict[str, None] = {}
    for tag in ("082", "092"):
        for field in by.all(tag):
            for text in field.all("a"):
                number = text.replace("/", "").replace("'", "").strip(" .[]")
                if number[:3].isdigit():
                    found[number.partition(" ")[0]] = None
    return tuple(found)


def summary_of(by: Grouped) -> str:
    return max([sentence(field.first("a")) for field in by.all("520")], key=len, default="")


def contents_of(by: Grouped) -> str:
    """505 as written, and the works that 700 $t and 740 name as contained."""
    texts = [sentence(" ".join(text for code, text in field.subfields if code in "agrt")) for field in by.all("505")]
    for field in by.all("700"):
        work = field.first("t")
        if work:
            texts.append(f"{trim(field.first('a'))}: {trim(work)}")
    return " ; ".join([text for text in texts if text]) if texts else ""


def notes_of(by: Grouped) -> tuple[str, ...]:
    found: list[str] = []
    for tag in _NOTES:
        if tag in by.fields:
            found += [sentence(text) for field in by.fields[tag] if (text := field.first("a"))]
    return tuple(found)


def links_of(by: Grouped) -> tuple[str, ...]:
    """Addresses of the resource itself or a version of it (856, second indicator not 2: related)."""
    found: dict[str, None] = {}
    for field in by.all("856"):
        if field.indicators[1:2] != "2":
            for text in field.all("u"):
                found[text.strip()] = None
    return tuple(found)
