"""Files of one source into the well: read in a stream, prepared by worker processes, stored in short transactions."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import IO

from django.utils import timezone

from allmenning.catalogue.importing.placing import Places
from allmenning.catalogue.importing.prepared import Aside, Prepared
from allmenning.catalogue.importing.preparing import prepare_all, start_worker
from allmenning.catalogue.importing.store import Store
from allmenning.catalogue.importing.summary import Counts
from allmenning.catalogue.models import ImportFile, ImportRun, Source
from allmenning.formats.containers import open_members
from allmenning.formats.marc.reading import chunks
from allmenning.formats.marc.record import Chunk, SetAside

#: Records handed to a worker at a time, and how many such parcels may be under way: this bounds the memory.
PARCEL = 100
UNDER_WAY = 6
#: A desk's transaction waits at most for one of ours: keep them near this many seconds (docs/house: under 50 ms).
TRANSACTION = 0.03
#: Yet each transaction waits for the disk once, so fewer records than this would mostly wait.
FEWEST = 16
#: Below this many records, starting worker processes costs more than it gives.
WORTH_WORKERS = 400

Answers = Iterable[Prepared | Aside]
Tick = Callable[[Counts, int], None]


def _silent(_counts: Counts, _bytes_read: int) -> None:
    """Nobody watches."""


def digest_of(path: Path) -> str:
    """SHA-256 of the file as it lies, packed or not."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Importer:
    """One run over files of one source.

    ``tick(counts, bytes_read)``, bytes of the present file as it lies, is told after every transaction. ``again``
    reads files from their start although they
    were taken in before (the records already there are found unchanged by their hash).
    """

    def __init__(self, *, run: ImportRun, source: Source, tick: Tick | None = None, again: bool = False) -> None:
        self.run = run
        self.source = source
        self.tick = tick or _silent
        self.again = again
        self.counts = Counts()
        self.places = Places(source.library_id)
        self.size = 40  # records a transaction; adjusts itself to TRANSACTION
        self.pool: ProcessPoolExecutor | None = None
        self.file: IO[bytes] | None = None

    def __enter__(self) -> Importer:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pool is not None:
            self.pool.shutdown(wait=True, cancel_futures=True)
            self.pool = None

    def take_in(self, path: Path) -> Counts:
        """Import one file and return the counts of the run so far."""
        kept, _ = ImportFile.objects.get_or_create(
            source=self.source, digest=digest_of(path), defaults={"run": self.run, "name": str(path)[-500:]}
        )
        store = Store(source=self.source, file_id=kept.id, places=self.places)
        start = 0 if self.again else kept.high_water
        found = self._numbered(path)
        for _ in islice(found, start):
            self.counts.read += 1
            self.counts.unchanged += 1
        for batch in self._batches(self._prepared(found)):
            began = time.perf_counter()
            self.counts.add(store.take(batch, now=timezone.now()))
            self._adjust(time.perf_counter() - began, len(batch))
            self.tick(self.counts, self._bytes_read())
        kept.complete = True
        kept.save(update_fields=["complete"])
        self.tick(self.counts, path.stat().st_size)
        return self.counts

    def _numbered(self, path: Path) -> Iterator[Chunk | SetAside]:
        """The records of every member of the file, numbered through."""
        position = 0
        for member in open_members(path, opened=self._opened):
            for found in chunks(member.stream, position=position):
                position = (found.chunk if isinstance(found, SetAside) else found).position + 1
                yield found

    def _opened(self, file: IO[bytes]) -> None:
        self.file = file

    def _bytes_read(self) -> int:
        """How far into the file as it lies; packed files too."""
        return 0 if self.file is None or self.file.closed else self.file.tell()

    def _prepared(self, found: Iterator[Chunk | SetAside]) -> Iterator[Prepared | Aside]:
        """The same records prepared, in order: here while they are few, by worker processes when they are many."""
        few = list(islice(found, WORTH_WORKERS))
        if len(few) < WORTH_WORKERS:
            yield from prepare_all(few)
            return
        pool = self._workers()
        under_way: deque[Future[list[Prepared | Aside]]] = deque()
        parcels = self._parcels(few, found)
        for parcel in parcels:
            under_way.append(pool.submit(prepare_all, parcel))
            if len(under_way) >= UNDER_WAY:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()

    def _parcels(
        self, few: list[Chunk | SetAside], rest: Iterator[Chunk | SetAside]
    ) -> Iterator[list[Chunk | SetAside]]:
        for start in range(0, len(few), PARCEL):
            yield few[start : start + PARCEL]
        while parcel := list(islice(rest, PARCEL)):
            yield parcel

    def _workers(self) -> ProcessPoolExecutor:
        if self.pool is None:
            # spawn: a forked child would inherit the database connection
            count = max(1, min(4, (os.cpu_count() or 2) - 1))
            context = multiprocessing.get_context("spawn")
            self.pool = ProcessPoolExecutor(count, mp_context=context, initializer=start_worker)
        return self.pool

    def _batches(self, answers: Answers) -> Iterator[list[Prepared | Aside]]:
        """Transactions' worth of records. A key that comes again starts the next one, so that each version counts."""
        batch: list[Prepared | Aside] = []
        keys: set[str] = set()
        for each in answers:
            if len(batch) >= self.size or (isinstance(each, Prepared) and each.key in keys):
                yield batch
                batch, keys = [], set()
            batch.append(each)
            if isinstance(each, Prepared):
                keys.add(each.key)
        if batch:
            yield batch

    def _adjust(self, seconds: float, records: int) -> None:
        wanted = records * TRANSACTION / max(seconds, 0.001)
        self.size = int(min(400, max(FEWEST, 0.7 * self.size + 0.3 * wanted)))
