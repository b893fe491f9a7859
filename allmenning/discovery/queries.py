"""The room's door for readers: find works, suggest while typing, hold the installation's index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from allmenning.discovery.ports import SearchIndex, SearchRequest, SearchResult, Sort, Suggestion
from allmenning.discovery.query import parse

#: The scheme of ``SEARCH_URL`` → who opens such an index. Dotted paths: this floor imports nothing above it.
ADAPTERS = {
    "memory": "allmenning.adapters.search_memory.open_index",
    "tantivy": "allmenning.adapters.search_tantivy.open_index",
}


class UnknownEngineError(ValueError):
    """``SEARCH_URL`` names an engine that we have no adapter for."""

    def __init__(self, scheme: str) -> None:
        super().__init__(f"SEARCH_URL: «{scheme}» is not one of {', '.join(ADAPTERS)}.")


def index() -> SearchIndex:
    """The index ``settings.SEARCH_URL`` points to, opened once in each process."""
    return open_url(settings.SEARCH_URL)


def search(
    text: str,
    *,
    library_id: int | None = None,
    filters: Mapping[str, tuple[str, ...]] | None = None,
    facets: tuple[str, ...] = (),
    sort: Sort = "relevance",
    offset: int = 0,
    limit: int = 20,
) -> SearchResult:
    """Works for what was typed; see :class:`SearchRequest` for what the arguments mean. Never raises on any text."""
    return index().search(
        SearchRequest(
            parse(text),
            library_id=library_id,
            filters=filters or {},
            facets=facets,
            sort=sort,
            offset=offset,
            limit=limit,
        )
    )


def suggest(prefix: str, *, library_id: int | None = None, limit: int = 8) -> tuple[Suggestion, ...]:
    """Titles, creators, subjects and series that begin so, held by the library; most works first."""
    return index().suggest(prefix, library_id=library_id, limit=limit)


@lru_cache(maxsize=8)
def open_url(url: str) -> SearchIndex:
    """The index an address points to, of whichever engine. Raises :class:`UnknownEngineError`."""
    scheme = urlsplit(url).scheme
    if scheme not in ADAPTERS:
        raise UnknownEngineError(scheme)
    opener = cast(Callable[[str], SearchIndex], import_string(ADAPTERS[scheme]))
    return opener(url)


def forget() -> None:
    """Open the index anew at the next call: after a fork, or when a test has changed ``SEARCH_URL``."""
    open_url.cache_clear()
