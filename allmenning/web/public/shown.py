"""What the templates are given: plain values, already in words. One class a thing on the page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A way on. ``language`` is that of the label (BCP 47), ``""`` for the screen's own."""

    label: str
    url: str
    language: str = ""
    note: str = ""
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A work as a cover with its name."""

    url: str
    title: str
    language: str
    creator: str
    format: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A work among the results. ``why`` says what fitted when the title alone does not show it."""

    url: str
    title: str
    language: str
    remainder: str
    creator: str
    years: str
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    why: str = ""
    why_title: str = ""
    why_language: str = ""
    where: str = ""
    here: bool = True
    summary: str = ""


@dataclass(frozen=True, slots=True)
class FilterOption:
    value: str
    label: str
    count: int
    chosen: bool
    language: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """One facet: ``name`` is the form field."""

    name: str
    label: str
    options: tuple[FilterOption, ...]
    more: tuple[FilterOption, ...] = ()
    open: bool = True


@dataclass(frozen=True, slots=True)
class Instead:
    """What is shown instead of what was typed, in words; ``url`` searches for what was typed to the letter."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Results:
    """The results page. ``kept`` are the form fields that go along with the filter form, in order."""

    text: str
    total: int
    hits: tuple[Hit, ...]
    scopes: tuple[Link, ...]
    everywhere: bool
    filters: tuple[FilterGroup, ...]
    chosen: tuple[Link, ...]
    kept: tuple[tuple[str, str], ...]
    clear_url: str
    sorts: tuple[tuple[str, str, bool], ...]
    sort: str
    pages: tuple[Link | None, ...]  # None is a gap
    previous: str
    following: str
    page_number: int
    first_number: int
    last_page: int
    wider_url: str = ""
    wider_total: int = 0
    spelling: tuple[Link, ...] = ()
    instead: Instead | None = None
    offer: Link | None = None
    unspecified: tuple[Link, ...] = ()  # languages that may hide what was asked for; the note says how many


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a branch is open now, in one line."""

    name: str
    url: str
    address: str
    is_open: bool
    line: str
    known: bool = True  # False: no hours have been told


@dataclass(frozen=True, slots=True)
class Front:
    """A library's front page."""

    newest: tuple[Card, ...]
    newest_url: str
    openings: tuple[Opening, ...]
    languages: tuple[Link, ...]
    welcome: str
    welcome_language: str
    works: int | None = None
    skyline: str = ""


@dataclass(frozen=True, slots=True)
class LibraryCard:
    """A library on the national door."""

    name: str
    language: str
    url: str
    place: str
    kind: str
    colour: str


@dataclass(frozen=True, slots=True)
class Door:
    """The national front page."""

    text: str
    libraries: tuple[LibraryCard, ...]
    total: int
    newest: tuple[Card, ...]
    languages: tuple[Link, ...]
    works: int | None = None
    skyline: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """One branch's opening hours: seven lines, and days that differ."""

    name: str
    address: tuple[str, ...]
    opening: Opening
    days: tuple[tuple[str, tuple[str, ...], bool], ...]  # day, hours in words, today
    exceptions: tuple[tuple[str, str], ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class About:
    """A library's about page."""

    text: str
    text_language: str
    weeks: tuple[Week, ...]
    email: str
    phone: str
    isil: str
    kind: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An old address that may mean several works."""

    works: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """The frame round every public page."""

    name: str
    language: str
    national: bool
    home: str
    search_url: str
    about_url: str
    suggest_url: str
    national_url: str
    theme_url: str
    icon_url: str
    languages: tuple[Link, ...]
    screen: str
    query: str = ""
    everywhere: bool = False
    email: str = ""
    phone: str = ""
    logo: str = ""  # the library's own drawing, checked when it was stored
    also: str = ""  # its name in the minority language of its place
    also_language: str = ""
    colour: str = ""
