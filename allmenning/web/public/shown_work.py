"""What the page of a work is given, in words and in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allmenning.web.public.shown import Card, Link, Opening


@dataclass(frozen=True, slots=True)
class Copies:
    """Where something stands: one line of a shelf list."""

    place: str
    shelf: str
    call_number: str
    edition: str
    language: str
    format: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Branch:
    name: str
    address: str
    url: str
    copies: tuple[Copies, ...]
    opening: Opening | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another library that has it."""

    name: str
    language: str
    url: str
    copies: int  # on shelves
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    near: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition, folded. ``also`` are the numbers of others that look just like it, which stand here with it."""

    id: int
    also: tuple[int, ...]
    title: str
    language: str
    remainder: str
    format: str
    year: int | None
    published: str
    edition: str
    extent: str
    contributors: tuple[tuple[str, str], ...]  # (role in words, names)
    isbns: tuple[str, ...]
    series: str
    libraries: int
    here: int
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageGroup:
    """All editions in one language, by format."""

    tag: str
    formats: tuple[tuple[str, tuple[Edition, ...]], ...]
    count: int
    open: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Action:
    """The one main thing to do on a work page. Without ``url`` there is only the note to read."""

    label: str
    url: str
    note: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """The page of one work."""

    id: int
    url: str
    title: str
    language: str
    remainder: str
    original_script: str
    creators: tuple[Link, ...]
    contributors: tuple[tuple[str, tuple[Link, ...]], ...]
    original: str
    original_language: str
    summary: str
    summary_language: str
    format: str
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    action: Action | None
    branches: tuple[Branch, ...]
    as_of: datetime | None
    digital: bool  # this library has it over the net
    elsewhere: tuple[Elsewhere, ...]
    editions: tuple[LanguageGroup, ...]
    edition_count: int
    holds: tuple[Link, ...]  # titles that stand in it; without an address where none has a page
    held_in: tuple[Card, ...]  # works it stands in
    subjects: tuple[Link, ...]
    genres: tuple[Link, ...]
    series: tuple[Link, ...]
    audience: str
    more: tuple[Card, ...]
    more_url: str
    structured: str  # JSON-LD, safe inside a script element
    sources: tuple[str, ...] = ()
