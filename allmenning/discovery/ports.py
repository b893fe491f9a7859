"""What finding needs of a search engine, said in the library's words. Adapters live in ``allmenning.adapters``.

What every adapter promises (``tests/contracts/test_search_index.py`` holds them to it):

- One hit a work. Filters, and the library searched in, hold **together on one and the same edition**, library and
  branch on one and the same holding. Creator and subject belong to the work.
- A facet counts distinct works, exactly, that fit the query and every filter *except the facet's own*: the figure
  beside an unticked box tells what ticking it would add.
- ``Isbn`` and ``Years`` in the query ask for some edition of the work; editions they name come first in the hit.
- Pages of one query neither overlap nor leave gaps while the index stands still.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from allmenning.discovery.query import Node
from allmenning.kernel.errors import Conflict

Sort = Literal["relevance", "added", "newest", "oldest", "title", "creator"]
SORTS: tuple[Sort, ...] = ("relevance", "added", "newest", "oldest", "title", "creator")

#: Facets that belong to an edition and its holdings, and hold together on one edition.
EDITION_FACETS = ("library", "branch", "language", "format", "audience", "decade")
#: Facets that belong to the work: many values, so ask for them only when somebody looks.
WORK_FACETS = ("creator", "subject")
#: Facets every adapter answers. Values are text: ids as digits, a decade as its first year.
FACETS = EDITION_FACETS + WORK_FACETS


@dataclass(frozen=True, slots=True)
class EditionDocument:
    """One edition as the index knows it. ``holdings`` are ``(library_id, branch_id or 0)``."""

    edition_id: int
    language: tuple[str, ...]
    format: str
    audience: str
    year: int | None
    isbns: tuple[str, ...]
    titles: tuple[str, ...]
    subtitles: tuple[str, ...]  # searched as titles, but no title by themselves
    publisher: str
    series: tuple[str, ...]
    holdings: tuple[tuple[int, int], ...]
    display: Mapping[str, Any]  # what a hit shows of this edition; JSON


@dataclass(frozen=True, slots=True)
class WorkDocument:
    """One work with its editions: one hit."""

    work_id: int
    title: str
    titles: tuple[str, ...]  # every title form, translations and original script included
    creators: tuple[str, ...]
    contributors: tuple[str, ...]
    subjects: tuple[str, ...]
    genres: tuple[str, ...]
    text: tuple[str, ...]  # summaries, contents
    dewey: tuple[str, ...]
    fiction: bool | None
    added: int  # days since 1970-01-01 when the work first came in
    editions: tuple[EditionDocument, ...]
    display: Mapping[str, Any]  # what a hit shows of the work; JSON
    creator_forms: tuple[str, ...] = ()  # other names of who made it; searched, never shown or counted
    subject_forms: tuple[str, ...] = ()  # other names, in every language, of what it is about
    digest: str = ""  # of everything above: proves that index and database agree


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """``filters`` maps a facet to the accepted values (any of them); ``library_id`` scopes to one library's holdings.

    ``newest`` and ``oldest`` go by the latest and the earliest year of any edition; works without a year come last.
    ``added`` goes by the day the work first came in, the latest first; of one day the newest year comes first.
    """

    query: Node
    library_id: int | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    facet_size: int = 12
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    work_id: int
    score: float
    editions: tuple[int, ...]  # ids of the editions that fit the filters, best first
    display: Mapping[str, Any]
    edition_display: Mapping[str, Any]  # of the best fitting edition


@dataclass(frozen=True, slots=True)
class SearchResult:
    total: int  # distinct works
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]  # facet → (value, distinct works), most first, then by value


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    kind: Literal["title", "creator", "subject", "series"]
    works: int
    language: str = ""


class SearchIndex(Protocol):
    """One searchable set of work documents. Writers are alone (a lease guards it); readers are many."""

    def search(self, request: SearchRequest) -> SearchResult: ...

    def suggest(self, prefix: str, *, library_id: int | None = None, limit: int = 8) -> tuple[Suggestion, ...]:
        """What begins so (letters folded), held by the library, most works first."""
        ...

    def write(self, documents: Iterable[WorkDocument], *, removed: Iterable[int] = ()) -> None:
        """Remove the works in ``removed``, replace or add the documents; on return visible to readers, and durable."""
        ...

    def digests(self) -> Iterator[tuple[int, str]]:
        """``(work_id, digest)`` of every document, for the check against the database."""
        ...

    def count(self) -> int: ...

    def outdated(self) -> bool:
        """An earlier version of this software wrote what serves: it is read, but must be built anew before it is written."""
        ...

    def rebuild(self) -> Rebuild:
        """A new generation beside the one that serves. A rebuild left behind by a process that died is dropped."""
        ...

    def size_bytes(self) -> int: ...

    def close(self) -> None:
        """Let another process write. Reading goes on; the next write takes the right to write anew."""
        ...


class DamagedIndexError(Conflict):
    """The files of the index cannot be read. Nothing is lost by writing it anew: all of it is in the database."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "search_index_damaged",
            f"The search index is damaged ({reason}). Nothing is lost: run «allmenning index --rebuild».",
        )


class WriterBusyError(Conflict):
    """Another process writes this index now; there is one writer at a time."""

    def __init__(self) -> None:
        super().__init__(
            "search_writer_busy",
            "Another process writes the search index now (the index follower, or a rebuild). Wait until it is done.",
        )


class Rebuild(Protocol):
    """A generation being written. Nothing of it is seen before ``publish``."""

    def write(self, documents: Iterable[WorkDocument], *, removed: Iterable[int] = ()) -> None: ...

    def publish(self) -> None: ...

    def abandon(self) -> None: ...
