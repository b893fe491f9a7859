"""The Tantivy adapter: reading the serving generation, writing to it, and building the next one."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Order, Query

from allmenning.adapters.search_tantivy import compiling, tokens
from allmenning.adapters.search_tantivy.facets import Counting, Counts
from allmenning.adapters.search_tantivy.filtering import Vocabulary
from allmenning.adapters.search_tantivy.generations import Generations, version_of
from allmenning.adapters.search_tantivy.schema import READABLE, VERSION, schema, to_tantivy, unpack
from allmenning.discovery import analysis, fitting
from allmenning.discovery.ports import DamagedIndexError, Hit, SearchRequest, SearchResult, Suggestion, WorkDocument
from allmenning.discovery.query import Everything

#: Memory for documents on their way to disk, bytes a thread: small for the follower's batches, large for a rebuild.
HEAP, REBUILD_HEAP = 32_000_000, 200_000_000
#: Facets of pages without a query that are remembered until the next commit.
REMEMBERED = 500
#: Beginnings of so few letters have many texts behind them, and are few: they are remembered until the next commit.
SHORT = 3
#: Column and direction of each order but relevance.
ORDERS = {
    "added": ("added", Order.Desc),
    "newest": ("newest", Order.Desc),
    "oldest": ("oldest", Order.Asc),
    "title": ("title_sort", Order.Asc),
    "creator": ("creator_sort", Order.Asc),
}
#: Generation, inode and time of its last commit.
Stamp = tuple[str, int, int]


@dataclass(slots=True)
class _Reader:
    """What is read together: one searcher and what it knows, until the next commit."""

    stamp: Stamp
    index: tantivy.Index
    searcher: tantivy.Searcher
    vocabulary: Vocabulary
    browsed: dict[object, Mapping[str, Counts]] = field(default_factory=dict)
    suggested: dict[object, tuple[Suggestion, ...]] = field(default_factory=dict)


class TantivyIndex:
    """See :class:`allmenning.discovery.ports.SearchIndex`. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder)
        self._reader: _Reader | None = None
        self._writer: tuple[Path, tantivy.Index, tantivy.IndexWriter] | None = None
        self._opening = threading.Lock()

    # -- reading --------------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResult:
        reader = self._read()
        if reader is None:
            return SearchResult(0, (), dict.fromkeys(request.facets, ()))
        counting = Counting(reader.searcher, reader.vocabulary, request)
        column, order = ORDERS.get(request.sort, (None, Order.Desc))
        column = READABLE[version_of(Path(reader.stamp[0])) or VERSION].get(column or "", column)
        found = reader.searcher.search(
            counting.query(), limit=max(request.limit, 1), offset=request.offset, order_by_field=column, order=order
        )
        hits = [] if request.limit < 1 else found.hits
        return SearchResult(
            total=found.count or 0,  # type: ignore[attr-defined]
            hits=tuple(_hit(reader.searcher, address, 0.0 if column else score, request) for score, address in hits),
            facets=_facets(reader, counting, request),
        )

    def suggest(self, prefix: str, *, library_id: int | None = None, limit: int = 8) -> tuple[Suggestion, ...]:
        reader, typed = self._read(), analysis.title_key(prefix)
        if reader is None or not typed:
            return ()
        asked = (typed, library_id, limit)
        if asked in reader.suggested:
            return reader.suggested[asked]
        found = _suggest(reader.searcher, typed, library_id, limit)
        if len(typed) <= SHORT and len(reader.suggested) < 100 * REMEMBERED:
            reader.suggested[asked] = found
        return found

    def digests(self) -> Iterator[tuple[int, str]]:
        reader = self._read()
        if reader is None:
            return
        for first in "-0123456789":  # a parcel at a time: the list of a whole million would be large
            for term, works in reader.searcher.terms_with_prefix("digest", first, filter_query=Query.all_query()):
                if works:
                    work_id, _, digest = term.partition(":")
                    yield int(work_id), digest

    def count(self) -> int:
        reader = self._read()
        return reader.searcher.num_docs if reader else 0

    def outdated(self) -> bool:
        stamp = self._stamp()
        return stamp is not None and version_of(Path(stamp[0])) != VERSION

    def size_bytes(self) -> int:
        return self._generations.size_bytes()

    def _read(self) -> _Reader | None:
        """The reader of the latest commit of the serving generation; two file lookups when nothing changed."""
        reader = self._reader
        stamp = self._stamp()
        if stamp is None:
            return None
        if reader is not None and reader.stamp == stamp:
            return reader
        with self._opening:
            if self._reader is None or self._reader.stamp != stamp:
                self._reader = self._open(stamp, self._reader)
            return self._reader

    def _open(self, stamp: Stamp, before: _Reader | None) -> _Reader:
        same = before is not None and before.stamp[0] == stamp[0]
        try:
            index = before.index if same and before is not None else tantivy.Index.open(stamp[0])
            index.reload()
            searcher = index.searcher()
            return _Reader(stamp, index, searcher, Vocabulary(searcher))
        except (ValueError, OSError) as error:  # what Tantivy raises for files it cannot read
            raise DamagedIndexError(" ".join(str(error).split())[:200]) from error

    def _damaged(self) -> bool:
        try:
            self._read()
        except DamagedIndexError:
            return True
        return False

    def _stamp(self) -> Stamp | None:
        for _ in range(3):  # the generation may be swapped between the two looks
            serving = self._generations.current()
            if serving is None or version_of(serving) not in READABLE:
                return None
            try:
                meta = (serving / "meta.json").stat()  # replaced by each commit, so its inode changes too
                return str(serving), meta.st_ino, meta.st_mtime_ns
            except FileNotFoundError:
                continue
        return None

    # -- writing --------------------------------------------------------------------------------------------------

    def write(self, documents: Iterable[WorkDocument], *, removed: Iterable[int] = ()) -> None:
        _put(self._open_writer(), documents, removed)

    def rebuild(self) -> TantivyRebuild:
        self.close()
        self._generations.take_lock()
        if self._damaged():
            self._serve_an_empty_one()  # for nothing can be read from that one, nor written to it
        elif not self.outdated():
            self._serving()  # so that writing goes on beside the rebuild, also the very first time
        return TantivyRebuild(self._generations, self._generations.begin(VERSION))

    def close(self) -> None:
        if self._writer is not None:
            self._writer[2].wait_merging_threads()
            self._writer = None
        self._generations.release_lock()

    def _open_writer(self) -> tantivy.IndexWriter:
        serving = self._serving()
        if self._writer is None or self._writer[0] != serving:
            self._read()  # tells when it is damaged
            index = tantivy.Index(schema(), path=str(serving))
            self._writer = (serving, index, index.writer(heap_size=HEAP, num_threads=1))
        return self._writer[2]

    def _serving(self) -> Path:
        """The generation that serves, this process being its writer; an empty one where there is none to read."""
        self._generations.take_lock()
        if self._stamp() is None or self.outdated():
            self._serve_an_empty_one()
        serving = self._generations.current()
        assert serving is not None
        return serving

    def _serve_an_empty_one(self) -> None:
        first = self._generations.begin(VERSION)
        tantivy.Index(schema(), path=str(first))
        self._generations.publish(first)


class TantivyRebuild:
    """See :class:`allmenning.discovery.ports.Rebuild`."""

    def __init__(self, generations: Generations, folder: Path) -> None:
        self._generations, self._folder = generations, folder
        index = tantivy.Index(schema(), path=str(folder))
        self._writer = index.writer(heap_size=REBUILD_HEAP, num_threads=1)
        self._written: set[int] = set()  # a million deletions of what is not there would be slow

    def write(self, documents: Iterable[WorkDocument], *, removed: Iterable[int] = ()) -> None:
        for work_id in self._written.intersection(removed):
            self._writer.delete_documents_by_term("work_id", work_id)
        for document in documents:
            if document.work_id in self._written:
                self._writer.delete_documents_by_term("work_id", document.work_id)
            self._writer.add_document(to_tantivy(document))
            self._written.add(document.work_id)

    def publish(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._generations.publish(self._folder)
        self._generations.release_lock()

    def abandon(self) -> None:
        self._writer.rollback()
        self._writer.wait_merging_threads()
        self._generations.drop(self._folder)
        self._generations.release_lock()


def _put(writer: tantivy.IndexWriter, documents: Iterable[WorkDocument], removed: Iterable[int]) -> None:
    """One commit: all of it is seen, or none."""
    try:
        for work_id in removed:
            writer.delete_documents_by_term("work_id", work_id)
        for document in documents:
            writer.delete_documents_by_term("work_id", document.work_id)
            writer.add_document(to_tantivy(document))
    except BaseException:
        writer.rollback()
        raise
    writer.commit()


def _facets(reader: _Reader, counting: Counting, request: SearchRequest) -> Mapping[str, Counts]:
    """Counted, but remembered until the next commit where nothing was typed: front pages ask for all works again and again."""
    if not isinstance(request.query, Everything):
        return {facet: counting.facet(facet) for facet in request.facets}
    asked = (request.library_id, tuple(sorted(request.filters.items())), request.facets, request.facet_size)
    if asked not in reader.browsed:
        if len(reader.browsed) >= REMEMBERED:
            reader.browsed.clear()
        reader.browsed[asked] = {facet: counting.facet(facet) for facet in request.facets}
    return reader.browsed[asked]


def _suggest(searcher: tantivy.Searcher, typed: str, library_id: int | None, limit: int) -> tuple[Suggestion, ...]:
    held = Query.all_query() if library_id is None else compiling.any_of("scope", [tokens.library_scope(library_id)])
    terms = searcher.terms_with_prefix("suggest", typed, filter_query=held)
    counted: dict[tuple[str, str, str], int] = {}
    for term, works in terms:
        _, kind, language, text = term.split("\t", 3)
        if works > counted.get((text, kind, language), 0):
            counted[text, kind, language] = works
    best = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Suggestion(text, kind, works, language) for (text, kind, language), works in islice(best, limit))  # type: ignore[arg-type]


def _hit(searcher: tantivy.Searcher, address: Any, score: float, request: SearchRequest) -> Hit:
    work_id, display, editions = unpack(searcher.doc(address).get_first("stored") or b"[]")
    fit = [each for each in editions if fitting.edition_fits(each, request.library_id, request.filters)]
    best = fitting.best_first(fit, request.query)
    return Hit(work_id, score, tuple(each.edition_id for each in best), display, best[0].display if best else {})
