"""Which editions of a work fit what was asked for: filters hold together on one edition, holdings on one holding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from allmenning.discovery import analysis, fields
from allmenning.discovery.ports import EditionDocument, WorkDocument
from allmenning.discovery.query import And, Isbn, Node, Phrase, Word, Years

Filters = Mapping[str, tuple[str, ...]]

_OF_EDITION = ("language", "format", "audience", "decade")


def edition_fits(edition: EditionDocument, library_id: int | None, filters: Filters) -> bool:
    """All edition filters hold on this edition, and library and branch on one of its holdings."""
    for facet in _OF_EDITION:
        wanted = filters.get(facet)
        if wanted and not set(wanted).intersection(fields.edition_values(edition, facet)):
            return False
    if library_id is None and not filters.get("library") and not filters.get("branch"):
        return True
    return any(True for _ in fitting_holdings(edition, library_id, filters))


def fitting_holdings(edition: EditionDocument, library_id: int | None, filters: Filters) -> Iterator[tuple[int, int]]:
    libraries, branches = filters.get("library"), filters.get("branch")
    for library, branch in edition.holdings:
        if library_id is not None and library != library_id:
            continue
        if (not libraries or str(library) in libraries) and (not branches or str(branch) in branches):
            yield library, branch


def work_fits(work: WorkDocument, filters: Filters) -> bool:
    """The filters that belong to the work."""
    creators, subjects = filters.get("creator"), filters.get("subject")
    return (not creators or not set(creators).isdisjoint(work.creators)) and (
        not subjects or not set(subjects).isdisjoint(work.subjects)
    )


def best_first(editions: list[EditionDocument], query: Node) -> list[EditionDocument]:
    """Editions the query names by ISBN or year, then those whose own title has most of its words, then the newest."""
    if len(editions) < 2:
        return editions
    isbns = {part.number for part in _asked(query) if isinstance(part, Isbn)}
    spans = [part for part in _asked(query) if isinstance(part, Years)]
    words = {word for part in _asked(query) for word in _words(part)}

    def rank(edition: EditionDocument) -> tuple[bool, bool, int, int, int]:
        named = not isbns.isdisjoint(edition.isbns)
        in_years = any(within(edition.year, span) for span in spans)
        shared = len(words.intersection(analysis.exact_words(edition.titles))) if words else 0
        return (not named, not in_years, -shared, -(edition.year or 0), edition.edition_id)

    return sorted(editions, key=rank)


def within(year: int | None, span: Years) -> bool:
    if year is None:
        return False
    return (span.first is None or year >= span.first) and (span.last is None or year <= span.last)


def _asked(query: Node) -> tuple[Node, ...]:
    return query.parts if isinstance(query, And) else (query,)


def _words(part: Node) -> tuple[str, ...]:
    if isinstance(part, Word):
        return (part.text,)
    return part.words if isinstance(part, Phrase) else ()
