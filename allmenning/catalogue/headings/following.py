"""Keeps the links true to the records and the register: reads what an import brought, links what the register changed.

An import publishes its source once, when it ends, so that its own path carries nothing of this. An installation without a
register does nothing: what waits is read when the first heading comes.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator

from django.db import OperationalError, close_old_connections

from allmenning.authorities import queries as register
from allmenning.authorities.keeping import HEADING_CHANGED
from allmenning.catalogue import sql
from allmenning.catalogue.clusters.regroup import WORK_CHANGED
from allmenning.catalogue.headings.linking import RECORDS, read_records, relink
from allmenning.groundwork import outbox

#: Published with a source's id when an import of it has ended.
SOURCE_DELIVERED = "source.delivered"
#: Entities taken at once; seconds a claim holds; seconds between looks, and after trouble; ids looked through at a time
#: for records not yet read.
BATCH, LEASE, PAUSE, AFTER_TROUBLE, WINDOW = 500, 300.0, 0.4, 3.0, 5_000

_log = logging.getLogger(__name__)


def run_once() -> int:
    """Do one piece of what waits: a person's change first, then what the register brought, then a source's records."""
    if not register.any_here():
        return 0
    return _follow_register() or _follow_source()


def run_forever(stop: threading.Event) -> None:
    """Until ``stop`` is set. Steps aside while the index takes in what an import brought: both want the same machine."""
    pause = 0.0
    while not stop.wait(pause):
        pause = PAUSE
        try:
            if outbox.waits(HEADING_CHANGED) == "somebody" or outbox.waits(WORK_CHANGED) == "nothing":
                pause = 0.0 if run_once() else PAUSE
        except OperationalError:
            _log.exception("The database did not answer; linking tries again.")
            close_old_connections()
            pause = AFTER_TROUBLE
        except Exception:  # the index follower in the same process must go on, and this be tried again
            _log.exception("Linking records to the register failed; it is tried again.")
            pause = AFTER_TROUBLE * 10


def catch_up(tick: Callable[[int], None] | None = None) -> int:
    """All that waits, and every record that was never read. Gives how many events and records."""
    done = 0
    while taken := _follow_register():
        done += taken
        _told(tick, done)
    for some in unread():
        read_records(some)
        done += len(some)
        _told(tick, done)
    while taken := _follow_source():
        done += taken
    return done


def _follow_register() -> int:
    events = outbox.claim(HEADING_CHANGED, BATCH, _owner(), LEASE)
    if not events:
        return 0
    try:
        relink({each.subject_id for each in events}, again=any(each.attempts > 1 for each in events))
    except BaseException:
        outbox.release(each.id for each in events)
        raise
    return outbox.acknowledge(each.id for each in events)


def _follow_source() -> int:
    events = outbox.claim(SOURCE_DELIVERED, 1, _owner(), LEASE)
    for event in events:
        try:
            for some in unread(event.subject_id):
                read_records(some)
                outbox.extend([event.id], _owner(), LEASE)
        except BaseException:
            outbox.release([event.id])
            raise
    return outbox.acknowledge(each.id for each in events)


def unread(source_id: int | None = None) -> Iterator[list[int]]:
    """Records whose headings were not read from the version that stands now, in parcels, by id; memory stays flat."""
    last = sql.one("SELECT MAX(id) FROM catalogue_sourcerecord") or 0
    waiting: list[int] = []
    # Windows of the primary key: the plus keeps SQLite from sorting the whole source for every window.
    wanted = "AND +record.source_id = %s" if source_id is not None else ""
    for start in range(0, last + 1, WINDOW):
        found = sql.rows(
            f"""SELECT record.id FROM catalogue_sourcerecord record
                LEFT JOIN catalogue_headingsread done ON done.record_id = record.id
                WHERE record.id > %s AND record.id <= %s {wanted} AND NOT (record.deleted AND done.record_id IS NULL)
                AND (done.version IS NULL OR done.version <> record.version) AND 0 IN ({{ids}}) ORDER BY record.id""",  # noqa: S608
            [0],
            start,
            start + WINDOW,
            *([source_id] if source_id is not None else []),
        )
        waiting += [record_id for (record_id,) in found]
        while len(waiting) >= RECORDS:
            yield waiting[:RECORDS]
            del waiting[:RECORDS]
    if waiting:
        yield waiting


def _told(tick: Callable[[int], None] | None, done: int) -> None:
    if tick:
        tick(done)


def _owner() -> str:
    return f"headings {socket.gethostname()} {os.getpid()} {threading.get_native_id()}"
