"""What of a work is searched, filtered and suggested: the same for every adapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from allmenning.discovery import analysis
from allmenning.discovery.ports import EditionDocument, WorkDocument

#: Small words a title may begin with and a patron leaves out when typing.
ARTICLES = frozenset(
    ["en", "ei", "et", "den", "det", "de", "a", "an", "the", "die", "der", "das", "le", "la", "les", "un", "une"]
)


class Suggestable(NamedTuple):
    """One text to suggest under ``key``, the folded letters it is reached by."""

    key: str
    kind: str
    language: str
    text: str


def all_titles(work: WorkDocument) -> tuple[str, ...]:
    return _distinct((work.title, *work.titles, *(title for edition in work.editions for title in edition.titles)))


def searched_texts(work: WorkDocument) -> dict[str, tuple[str, ...]]:
    """Searched field → its texts. The keys are those of :data:`allmenning.discovery.ranking.FIELDS`."""
    return {
        "title": _distinct((*all_titles(work), *(each for edition in work.editions for each in edition.subtitles))),
        "creator": _distinct((*work.creators, *work.contributors, *work.creator_forms)),
        "subject": _distinct((*work.subjects, *work.genres, *work.subject_forms)),
        "series": _distinct(series for edition in work.editions for series in edition.series),
        "text": _distinct((*work.text, *work.dewey, *(edition.publisher for edition in work.editions))),
    }


def languages(work: WorkDocument) -> tuple[str, ...]:
    return analysis.document_languages(tag for edition in work.editions for tag in edition.language)


def isbns(work: WorkDocument) -> tuple[str, ...]:
    return _distinct(isbn for edition in work.editions for isbn in edition.isbns)


def years(work: WorkDocument) -> tuple[int, ...]:
    return tuple(sorted({edition.year for edition in work.editions if edition.year is not None}))


def added(work: WorkDocument) -> int:
    """One number to sort by: the day the work came in, and within the day its latest year. A whole catalogue has one day."""
    latest = max(years(work), default=0)
    return work.added * 10_000 + min(max(latest, 0), 9_999)


def decade(year: int | None) -> tuple[str, ...]:
    return () if year is None else (str(year // 10 * 10),)


def edition_values(edition: EditionDocument, facet: str) -> tuple[str, ...]:
    """The values one edition has in a facet that is its own (not library or branch: those are its holdings')."""
    if facet == "language":
        return edition.language
    if facet == "format":
        return (edition.format,) if edition.format else ()
    if facet == "audience":
        return (edition.audience,) if edition.audience else ()
    return decade(edition.year)


def suggestables(work: WorkDocument) -> Iterator[Suggestable]:
    """Titles from their first word and past an article, creators from either name, subjects and series."""
    language = {title: edition.language[0] for edition in work.editions if edition.language for title in edition.titles}
    for title in all_titles(work):
        yield from _beginnings(title, "title", language.get(title, ""))
    for creator in work.creators:
        yield from _beginnings(creator, "creator")
    for subject in work.subjects:
        yield from _beginnings(subject, "subject")
    for series in {series for edition in work.editions for series in edition.series}:
        yield from _beginnings(series, "series")


@lru_cache(maxsize=20_000)
def _beginnings(text: str, kind: str, language: str = "") -> tuple[Suggestable, ...]:
    """Remembered: names, headings and series come again from work to work."""
    words = analysis.title_key(text).split()
    starts: Iterable[int] = (0,)
    if kind == "title" and len(words) > 1 and words[0] in ARTICLES:
        starts = (0, 1)
    elif kind == "creator":
        starts = range(min(len(words), 2))
    turned = [words[start:] + words[:start] for start in starts if words]
    return tuple(Suggestable(" ".join(each)[:80], kind, language, text[:200]) for each in turned)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
