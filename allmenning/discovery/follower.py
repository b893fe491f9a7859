"""Keeps the index true to the database: whoever runs this is the one that writes.

The catalogue publishes ``work.changed`` in the transaction of each change. Here such events are claimed, the works read
as they are now, written to the index, and acknowledged only after the index has committed. The lists that harvesters are
given (catalogue.listing) follow in the same way. So a process may die at any
point: its events come again, and writing a work twice changes nothing. The right to write is a lock that the system
takes back when its holder dies; who finds it taken waits.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.db import OperationalError, close_old_connections
from django.utils import timezone

from allmenning.catalogue import listing
from allmenning.catalogue.queries import all_work_ids, figures, living_works
from allmenning.discovery import documents, queries
from allmenning.discovery.ports import Rebuild, SearchIndex, WorkDocument, WriterBusyError
from allmenning.groundwork import outbox
from allmenning.kernel.garbage import look_seldom

TOPIC = "work.changed"
#: Events taken at once, and works written in one commit of a rebuild's parcels.
BATCH = 5_000
#: Works written between two looks whether somebody waits for a change of his own.
PARCEL = 400
#: Seconds from one start on what came in bulk to the next: many small commits cost twice the work of few large ones.
PACE = 8.0
#: Seconds without more in bulk after which what came is taken batch after batch.
AT_REST = 1.0
#: Seconds after which the events of a follower that died are taken by another.
LEASE = 60.0
#: Seconds between looks at an empty outbox, and before trying again after trouble.
PAUSE, AFTER_TROUBLE = 0.4, 3.0
#: Seconds without news after which the follower lets others write, and seconds a rebuild waits for that.
QUIET, PATIENCE = 5.0, 30.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Difference:
    """One work on which database and index do not agree."""

    work_id: int
    problem: Literal["missing", "outdated", "surplus"]

    def __str__(self) -> str:
        said = {
            "missing": "is in the catalogue but not in the index",
            "outdated": "differs between catalogue and index",
            "surplus": "is in the index but no longer in the catalogue",
        }
        return f"Work {self.work_id} {said[self.problem]}."


def run_once() -> int:
    """Take in one batch of what waits. Gives the number of events done; 0 when there is nothing.

    An index that an earlier version of this software wrote is built anew first; until then it serves. Raises
    :class:`WriterBusyError` when another process writes the index; the events are free again then.
    """
    if queries.index().outdated():
        rebuild()
    return _take_in(queries.index())


def run_forever(stop: threading.Event) -> None:
    """Follow until ``stop`` is set. Builds the index first where there is none; lets others write while it is idle."""
    pause, looked = 0.0, False
    bulk_at, quiet_since = -PACE, time.monotonic()
    look_seldom()
    while not stop.wait(pause):
        try:
            if not looked and (_is_lost() or queries.index().outdated()):
                rebuild()
            looked = True
            waits = outbox.waits(TOPIC)
            began = time.monotonic()
            due = waits == "somebody" or (waits == "bulk" and (began - bulk_at >= PACE or _all_came()))
            if due and (done := run_once()):
                pause, quiet_since = 0.0, time.monotonic()
                if waits == "bulk":  # a full batch leaves more behind, which need not gather
                    bulk_at = began - PACE if done >= BATCH else began
                continue
            pause = PAUSE
            if waits == "nothing" and time.monotonic() - quiet_since > QUIET:
                queries.index().close()
        except WriterBusyError:
            pause = AFTER_TROUBLE / 3
        except OperationalError:
            _log.exception("The database did not answer; the index follower tries again.")
            close_old_connections()
            pause = AFTER_TROUBLE
    queries.index().close()


def _all_came() -> bool:
    """Nothing more has come in bulk lately: then nothing is gained by letting it gather."""
    newest = outbox.newest_in_bulk(TOPIC)
    return newest is None or (timezone.now() - newest).total_seconds() > AT_REST


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Write the whole index anew beside the one that serves, take in what changed meanwhile, and put it in its place.

    ``progress`` hears how many works are written so far. Gives the number of works. What changes while this goes on is
    written to both, so the old index stays true as long as it serves. Raises :class:`WriterBusyError` when another
    process keeps writing for :data:`PATIENCE` seconds.
    """
    index = queries.index()
    fresh = _when_free(index.rebuild)
    done = 0
    try:
        for ids in all_work_ids(size=BATCH):
            fresh.write(documents.build(ids))
            done += len(ids)
            if progress:
                progress(done)
            _take_in(index, fresh)
        while _take_in(index, fresh):
            pass
        fresh.publish()
    except BaseException:
        fresh.abandon()
        raise
    finally:
        index.close()
    # What was published between the last look and the swap waits in the outbox like everything else.
    while _take_in(index):
        pass
    index.close()
    return index.count()


def check() -> list[Difference]:
    """Every work on which database and index differ, by id, compared by the digest of all that is indexed.

    What the follower takes in while this runs is looked at again, so that a catalogue in use can be checked.
    """
    differing = _differences()
    for _ in range(10):
        if not differing or not outbox.backlog(TOPIC).waiting:
            break
        time.sleep(PAUSE)
        differing = _differences()
    return differing


def _differences() -> list[Difference]:
    indexed = dict(queries.index().digests())
    found = []
    for ids in all_work_ids(size=BATCH):
        for each in documents.build(ids):
            digest = indexed.pop(each.work_id, None)
            if digest is None:
                found.append(Difference(each.work_id, "missing"))
            elif digest != each.digest:
                found.append(Difference(each.work_id, "outdated"))
    found += [Difference(work_id, "surplus") for work_id in indexed]
    return sorted(found, key=lambda each: each.work_id)


def _take_in(index: SearchIndex, fresh: Rebuild | None = None) -> int:
    events = outbox.claim(TOPIC, BATCH, _owner(), LEASE)
    if not events:
        return 0
    try:
        changed = {event.subject_id for event in events}
        living = living_works(changed)
        written = changed - living
        # Whatever changes between these looks has an event of its own, which comes next.
        parcel = _until_somebody_waits(living, written)
        if fresh is not None and index.outdated():  # it is read, but written no more
            fresh.write(parcel, removed=sorted(written))
        else:
            index.write(parcel, removed=sorted(written))
            if fresh is not None:
                fresh.write(documents.build(written & living), removed=sorted(written - living))
        listing.update(written)
    except BaseException:
        outbox.release(event.id for event in events)
        raise
    done = [event.id for event in events if event.subject_id in written]
    outbox.release({event.id for event in events}.difference(done))
    return outbox.acknowledge(done)


def _until_somebody_waits(living: set[int], written: set[int]) -> Iterator[WorkDocument]:
    """The documents of these works, which join ``written``; no more of them once a person's change waits."""
    rest = sorted(living)
    while rest and not (written and outbox.waits(TOPIC) == "somebody"):
        yield from documents.build(rest[:PARCEL])
        written.update(rest[:PARCEL])
        del rest[:PARCEL]


def _when_free(begin: Callable[[], Rebuild]) -> Rebuild:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return begin()
        except WriterBusyError:
            if time.monotonic() >= until:
                raise
            time.sleep(PAUSE / 2)


def _is_lost() -> bool:
    """An empty index that the waiting events alone would not fill: lost, or of another version of this software."""
    return queries.index().count() == 0 and outbox.backlog(TOPIC).waiting < figures()["works"]


def _owner() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:100]
