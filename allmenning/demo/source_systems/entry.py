"""What one cataloguer writes down of an edition, before any format is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from allmenning.demo.source_systems.habits import Habits
from allmenning.demo.source_systems.romanise import has_cyrillic, romanised
from allmenning.demo.source_systems.slips import mistyped
from allmenning.demo.works import Credit, Edition, Person

_PAGES = {"nb": ("sider", "s."), "nn": ("sider", "s."), "en": ("pages", "p.")}
#: Places that are written in two languages.
_OTHER_PLACES = {"Guovdageaidnu": "Kautokeino", "Kárášjohka": "Karasjok", "Snåase": "Snåsa", "København": "Kbh."}


@dataclass(frozen=True, slots=True)
class Heading:
    """A name as this catalogue writes it. ``original`` is the form in its own script, where this catalogue keeps it."""

    name: str
    dates: str
    role: str
    main: bool
    group: bool
    original: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """The description in this cataloguer's words. Empty texts were left out. ``*_original``: Cyrillic beside Latin."""

    edition: Edition
    title: str
    title_original: str
    subtitle: str
    part: str
    parallel: str
    responsibility: str
    headings: tuple[Heading, ...]
    year: str
    place: str
    publisher: str
    imprint_original: tuple[str, str]
    extent: str
    statement: str
    isbn: str
    series: tuple[tuple[str, str], ...]
    origin: tuple[str, str]  # what the work is called in its own language, and which part of it
    subjects: tuple[str, ...]
    dewey: str
    summary: str
    note: str
    has_audience: bool
    has_language: bool


def write_entry(edition: Edition, habits: Habits, variants: Mapping[str, tuple[str, ...]], rng: Random) -> Entry:
    """The same edition, habits and random state give the same entry."""
    missing = {name for name, chance in sorted(habits.left_out.items()) if rng.random() < chance}
    title, original = _scripts(edition.title, habits)
    if rng.random() < habits.typing_error:
        title = mistyped(title, rng)
    if rng.random() < habits.upper_case:
        title = title.upper()
    publisher = _publisher(edition.publisher, habits, variants, rng)
    place = _OTHER_PLACES[edition.place] if edition.place in _OTHER_PLACES and rng.random() < 0.4 else edition.place
    imprint = (place, publisher)
    headings = tuple(_headings(edition, habits, rng))
    return Entry(
        edition=edition,
        title=title,
        title_original=original,
        subtitle=_subtitle(edition, habits, rng),
        part="" if rng.random() < habits.part_left_out else edition.part,
        parallel="" if "parallel" in missing else edition.parallel,
        responsibility="" if "responsibility" in missing else _responsibility(edition, habits),
        headings=headings,
        year=_year(edition.year, habits, rng),
        place="" if "place" in missing else _scripts(place, habits)[0],
        publisher="" if "publisher" in missing else _scripts(publisher, habits)[0],
        imprint_original=imprint if original and has_cyrillic(place + publisher) else ("", ""),
        extent="" if "extent" in missing else _extent(edition, habits, rng),
        statement=_statement(edition, habits, rng),
        isbn="" if "isbn" in missing else edition.isbn,
        series=() if "series" in missing else edition.series,
        origin=_origin(edition, habits, rng),
        subjects=_subjects(edition, missing, rng),
        dewey="" if "dewey" in missing else edition.dewey,
        summary="" if "summary" in missing else edition.summary,
        note="" if "note" in missing else edition.note,
        has_audience="audience" not in missing,
        has_language="language" not in missing,
    )


def _scripts(text: str, habits: Habits) -> tuple[str, str]:
    """The text as it stands in the main fields, and the Cyrillic one beside it or nothing."""
    if not has_cyrillic(text) or habits.script == "original":
        return text, ""
    return romanised(text, habits.romanisation), text if habits.script == "both" else ""


def _origin(edition: Edition, habits: Habits, rng: Random) -> tuple[str, str]:
    if rng.random() >= habits.title_of_origin:
        return "", ""
    return _scripts(edition.original_title, habits)[0], edition.original_part


def _subtitle(edition: Edition, habits: Habits, rng: Random) -> str:
    if rng.random() < habits.subtitle_left_out:
        return ""
    return _scripts(edition.subtitle, habits)[0]


def _headings(edition: Edition, habits: Habits, rng: Random) -> list[Heading]:
    made: list[Heading] = []
    for credit in edition.credits:
        if made and rng.random() < habits.second_creator_left_out:
            continue
        made.append(_heading(credit, habits, rng))
    return made


def _heading(credit: Credit, habits: Habits, rng: Random) -> Heading:
    person = credit.person
    name = person.other if habits.headings == "foreign" and person.other else person.name
    if rng.random() < habits.initials_only:
        name = _with_initials(name)
    dates = _dates(person, habits)
    original = person.original if habits.script == "both" else ""
    return Heading(name, dates, credit.role if habits.roles else "", credit.main, person.group, original)


def _with_initials(name: str) -> str:
    """«Undset, Sigrid» → «Undset, S.»; names without a comma stand."""
    last, comma, first = name.partition(", ")
    return f"{last}, {' '.join(part[0] + '.' for part in first.split())}" if comma else name


def _dates(person: Person, habits: Habits) -> str:
    if habits.dates == "none" or not person.born:
        return ""
    return f"{person.born}-" if habits.dates == "birth" else f"{person.born}-{person.died}"


def _responsibility(edition: Edition, habits: Habits) -> str:
    """As the title page has it: in the language of the edition where we know its words, else in the catalogue's own."""
    if edition.responsibility:
        return edition.responsibility
    language = edition.language if edition.language in _WORDS else habits.language
    words = _WORDS[language]
    parts = []
    for role in ("aut", "prf", "drt", "adp", "trl", "ill", "edt", "nrt", "act"):
        names = [_direct(each.person, edition.language, habits) for each in edition.of(role)]
        if names:
            term = words.get(role, "")
            parts.append((f"{term} " if term else "") + f" {words['and']} ".join(names))
    return " ; ".join(parts)


_WORDS = {
    "nb": {
        "and": "og", "drt": "regi:", "adp": "bearbeidet av", "trl": "oversatt av", "ill": "illustrert av",
        "edt": "redaktør:", "nrt": "lest av", "act": "skuespillere:",
    },
    "nn": {
        "and": "og", "drt": "regi:", "adp": "tilarbeidd av", "trl": "omsett av", "ill": "illustrert av",
        "edt": "redaktør:", "nrt": "lesen av", "act": "skodespelarar:",
    },
    "en": {
        "and": "and", "drt": "directed by", "adp": "adapted by", "trl": "translated by", "ill": "illustrated by",
        "edt": "edited by", "nrt": "read by", "act": "with",
    },
}  # fmt: skip


def _direct(person: Person, language: str, habits: Habits) -> str:
    """«Undset, Sigrid» → «Sigrid Undset»; Russians as books in that language name them."""
    name = person.name
    if person.original and language == "ru":
        name = _scripts(person.original, habits)[0]
    elif person.original and language == "en":
        name = person.other
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


def _publisher(name: str, habits: Habits, variants: Mapping[str, tuple[str, ...]], rng: Random) -> str:
    if name in variants and rng.random() < habits.other_publisher_form:
        name = rng.choice(variants[name])
    if habits.abbreviations:
        name = name.replace("forlag", "forl.").replace("Forlaget", "Forl.")
    return name


def _year(year: int | None, habits: Habits, rng: Random) -> str:
    if year is None:
        return ""
    if rng.random() < habits.year_off_by_one:
        year += rng.choice((-1, 1))
    return str(year)


def _extent(edition: Edition, habits: Habits, rng: Random) -> str:
    long, short = _PAGES[habits.language]
    if edition.pages:
        pages = edition.pages + (rng.choice((-2, -1, 1, 2)) if rng.random() < habits.pages_off else 0)
        return f"{pages} {short if habits.abbreviations or rng.random() < 0.3 else long}"
    if edition.volumes:
        return f"{edition.volumes} {'volumes' if habits.language == 'en' else 'b.' if habits.abbreviations else 'bind'}"
    return _CARRIERS[habits.language].get(edition.format, "")


_CARRIERS = {
    "nb": {
        "ebook": "1 nettressurs (e-bok)", "eaudiobook": "1 nettressurs (lydbok)", "audiobook": "1 lydbok (CD)",
        "film": "1 DVD-video", "music": "1 CD",
    },
    "nn": {
        "ebook": "1 nettressurs (e-bok)", "eaudiobook": "1 nettressurs (lydbok)", "audiobook": "1 lydbok (CD)",
        "film": "1 DVD-video", "music": "1 CD",
    },
    "en": {
        "ebook": "1 online resource", "eaudiobook": "1 online resource (audio)", "audiobook": "1 audio disc",
        "film": "1 videodisc (DVD)", "music": "1 audio disc",
    },
}  # fmt: skip


def _statement(edition: Edition, habits: Habits, rng: Random) -> str:
    if edition.format == "large_print":
        return "Large print ed." if habits.language == "en" else "Storskrift"
    if not edition.statement and edition.is_original and edition.year and rng.random() < 0.15:
        return "1. utg." if habits.abbreviations else "1. utgave"
    return edition.statement


def _subjects(edition: Edition, missing: set[str], rng: Random) -> tuple[str, ...]:
    if "subjects" in missing:
        return ()
    kept = [each for each in edition.subjects if rng.random() < 0.8]
    return tuple(kept or edition.subjects[:1])
