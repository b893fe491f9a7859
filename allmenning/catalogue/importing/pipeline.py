"""Files of one source into the well: read in a stream, prepared by worker processes, stored in short transactions."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from pathlib import Path
from typing import IO

from django.utils import timezone

from allmenning.catalogue.importing.placing import Places
from allmenning.catalogue.importing.prepared import Answer, Aside, Prepared, Same
from allmenning.catalogue.importing.preparing import prepare_all, start_worker
from allmenning.catalogue.importing.standing import Standing, position_of
from allmenning.catalogue.importing.store import Store
from allmenning.catalogue.importing.summary import Counts
from allmenning.catalogue.models import ImportFile, ImportRun, Source
from allmenning.formats.containers import open_members
from allmenning.formats.marc.reading import chunks
from allmenning.formats.marc.record import Chunk, SetAside

#: Records handed to a worker at a time, and how many such parcels may be under way: this bounds the memory.
PARCEL = 100
UNDER_WAY = 6
#: A desk's transaction waits at most for one of ours: keep them near this many seconds (under 50 ms is the rule).
TRANSACTION = 0.04
#: Yet each transaction waits for the disk once, so fewer records than this would mostly wait.
FEWEST = 16
#: Records that are unchanged cost next to nothing: a transaction may count so many of them.
MOST = 2_000
#: Below this many records, starting worker processes costs more than it gives.
WORTH_WORKERS = 400

Parcel = list[Chunk | SetAside]
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
        self.standing = Standing(source.id)
        self.reading = (source.encoding, source.dialect)
        self.size = 40  # records a transaction; adjusts itself to TRANSACTION
        self.pool: ProcessPoolExecutor | None = None
        self.file: IO[bytes] | None = None

    def __enter__(self) -> Importer:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pool is not None:
            self.pool.shutdown(wait=True, cancel_futures=True)
            self.pool = None

    def take_in(self, path: Path, name: str) -> Counts:
        """Import one file, called ``name`` from now on, and return the counts of the run so far."""
        kept, _ = ImportFile.objects.get_or_create(
            source=self.source, digest=digest_of(path), defaults={"run": self.run, "name": name}
        )
        store = Store(source=self.source, file_id=kept.id, places=self.places)
        start = 0 if self.again else kept.high_water
        found = self._numbered(path)
        for _ in islice(found, start):
            self.counts.read += 1
            self.counts.unchanged += 1
        self._count_set_aside_before(kept, start)
        for batch in self._batches(self._answered(found)):
            began = time.perf_counter()
            self.counts.add(store.take(batch, now=timezone.now()))
            self.standing.stored(batch)
            self._adjust(time.perf_counter() - began, len(batch))
            self.tick(self.counts, self._bytes_read())
        kept.complete = True
        kept.save(update_fields=["complete"])
        self.tick(self.counts, path.stat().st_size)
        return self.counts

    def _count_set_aside_before(self, kept: ImportFile, start: int) -> None:
        """What was set aside when this file was read before is told again: it has not come in."""
        codes = kept.set_aside.filter(position__lt=start).values_list("code", flat=True)
        reasons = Counter(codes)
        self.counts.set_aside += reasons.total()
        self.counts.unchanged -= reasons.total()
        self.counts.reasons.update(reasons)

    def _numbered(self, path: Path) -> Iterator[Chunk | SetAside]:
        """The records of every member of the file, numbered through."""
        position = 0
        for member in open_members(path, opened=self._opened):
            for found in chunks(member.stream, position=position):
                position = position_of(found) + 1
                yield found

    def _opened(self, file: IO[bytes]) -> None:
        self.file = file

    def _bytes_read(self) -> int:
        """How far into the file as it lies; packed files too."""
        return 0 if self.file is None or self.file.closed else self.file.tell()

    def _answered(self, found: Iterator[Chunk | SetAside]) -> Iterator[Answer]:
        """An answer to each record, in order: given here while they are few, by worker processes when they are many."""
        few = list(islice(found, WORTH_WORKERS))
        parcels = _parcels(chain(few, found))
        if len(few) < WORTH_WORKERS:
            for parcel in parcels:
                same = self.standing.unchanged(parcel)
                yield from _in_order(parcel, same, prepare_all(_others(parcel, same), *self.reading))
            return
        pool = self._workers()
        under_way: deque[tuple[Parcel, dict[int, Same], Future[list[Prepared | Aside]]]] = deque()
        for parcel in parcels:
            same = self.standing.unchanged(parcel)
            under_way.append((parcel, same, pool.submit(prepare_all, _others(parcel, same), *self.reading)))
            if len(under_way) >= UNDER_WAY:
                parcel, same, future = under_way.popleft()
                yield from _in_order(parcel, same, future.result())
        for parcel, same, future in under_way:
            yield from _in_order(parcel, same, future.result())

    def _workers(self) -> ProcessPoolExecutor:
        if self.pool is None:
            # spawn: a forked child would inherit the database connection
            count = max(1, min(4, (os.cpu_count() or 2) - 1))
            context = multiprocessing.get_context("spawn")
            self.pool = ProcessPoolExecutor(count, mp_context=context, initializer=start_worker)
        return self.pool

    def _batches(self, answers: Iterable[Answer]) -> Iterator[list[Answer]]:
        """Transactions' worth of records. A key that comes again starts the next one, so that each version counts."""
        batch: list[Answer] = []
        keys: set[str] = set()
        for each in answers:
            full = len(keys) >= self.size or len(batch) >= MOST
            if full or (not isinstance(each, Aside) and each.key in keys):
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


def _parcels(found: Iterator[Chunk | SetAside]) -> Iterator[Parcel]:
    while parcel := list(islice(found, PARCEL)):
        yield parcel


def _others(parcel: Parcel, same: dict[int, Same]) -> Parcel:
    return [each for each in parcel if position_of(each) not in same] if same else parcel


def _in_order(parcel: Parcel, same: dict[int, Same], prepared: list[Prepared | Aside]) -> Iterator[Answer]:
    rest = iter(prepared)
    for each in parcel:
        yield same.get(position_of(each)) or next(rest)
