"""What happened, kept until whoever follows has taken it in.

``publish`` in the transaction of the change itself: both are seen or neither. The follower of a topic claims rows that
nobody has acknowledged, does its work (which must bear being done twice), and acknowledges after the effect is durable.

Never «id greater than last seen»: ids are given out when a row is written, but rows are seen when their transaction
commits, and on PostgreSQL the earlier id may commit last. A follower that remembers the highest id skips it for ever.

One topic has one kind of follower. Who also wants to hear gets a topic of its own.

What an import brings in its thousands is published ``in_bulk``: what a person changed meanwhile is claimed before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import connection, models
from django.utils import timezone

from allmenning.groundwork.models import OutboxEvent

# Being free is asked twice: when another claims the same rows at the same time, PostgreSQL waits for that one's
# commit and tests the outer condition on the row as it then is (READ COMMITTED), so the second comes away without it.
_CLAIM = """
    UPDATE groundwork_outboxevent SET lease_owner = %s, lease_until = %s, attempts = attempts + 1
    WHERE topic = %s AND (lease_until IS NULL OR lease_until <= %s)
    AND id IN (
        SELECT id FROM groundwork_outboxevent
        WHERE topic = %s AND in_bulk = %s AND (lease_until IS NULL OR lease_until <= %s) ORDER BY id LIMIT %s
    )
    RETURNING id, topic, subject_id, attempts
"""
_BATCH = 10_000  # rows a statement when acknowledging; below every limit on bound values


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """``attempts`` counts this claim too: above 1 an earlier delivery was not acknowledged."""

    id: int
    topic: str
    subject_id: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """How far a follower is behind. ``oldest`` is None when nothing waits."""

    waiting: int
    oldest: datetime | None


class OutsideTransaction(RuntimeError):
    """A programming error: the event could outlive a change that is rolled back, or be lost with one that is kept."""

    def __init__(self) -> None:
        super().__init__("Publish inside the transaction of the change: `with transaction.atomic(): …`.")


def publish(topic: str, subject_id: int) -> None:
    """Say that something about ``subject_id`` changed. Raises ``OutsideTransaction``."""
    _refuse_outside_transaction()
    OutboxEvent.objects.create(topic=topic, subject_id=subject_id)


def publish_many(topic: str, subject_ids: Iterable[int], *, in_bulk: bool = False) -> int:
    """Like ``publish`` for many subjects, past the ORM; gives back how many.

    The same subject twice makes two events: the follower collapses them.
    """
    _refuse_outside_transaction()
    ids = list(subject_ids)
    if not ids:
        return 0
    columns = "INSERT INTO groundwork_outboxevent (topic, subject_id, in_bulk, published_at, lease_owner, attempts)"
    now = timezone.now()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement: executemany would send each row by itself.
            rows = "SELECT %s, each, %s, %s, '', 0 FROM unnest(%s::bigint[]) AS each"
            cursor.execute(f"{columns} {rows}", [topic, in_bulk, now, ids])
        else:
            at = _stored(now)
            cursor.executemany(
                f"{columns} VALUES (%s, %s, %s, %s, '', 0)", [(topic, each, in_bulk, at) for each in ids]
            )
    return len(ids)


def claim(topic: str, limit: int, owner: str, lease_seconds: float) -> list[Event]:
    """Take up to ``limit`` free events, oldest id first, for ``lease_seconds``; nobody else gets them meanwhile.

    What came in bulk is given only when nothing else is free. A follower that dies leaves its events to whoever claims
    after the lease. Two that claim at once never share a row; the later one may get fewer than there are, so only an
    empty :func:`backlog` means that all is done.
    """
    now = timezone.now()
    # Followers ask several times a second: ask by reading first, so that an idle one never takes SQLite's write lock.
    first = waits(topic, now=now)
    if first == "nothing":
        return []
    until = _stored(now + timedelta(seconds=lease_seconds))
    free: list[str | bool | datetime] = [topic, _stored(now), topic, first == "bulk", _stored(now)]
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [owner, until, *free, limit])
        return sorted(Event(*row) for row in cursor.fetchall())


def waits(topic: str, *, now: datetime | None = None) -> Literal["somebody", "bulk", "nothing"]:
    """What of this topic is free to be claimed: a change somebody may sit and wait for, only what came in bulk, or nothing."""
    free = OutboxEvent.objects.filter(_free(topic, now or timezone.now()))
    first = free.order_by("in_bulk").values_list("in_bulk", flat=True).first()
    return "nothing" if first is None else "bulk" if first else "somebody"


def acknowledge(ids: Iterable[int], owner: str = "") -> int:
    """The effect of these events is durable: they go. Gives back how many were still there.

    With ``owner`` only events still leased to it go: who overslept its lease learns so from the number.
    """
    mine = models.Q(lease_owner=owner) if owner else models.Q()
    return sum(OutboxEvent.objects.filter(mine, id__in=some).delete()[0] for some in _batches(list(ids)))


def release(ids: Iterable[int], delay_seconds: float = 0) -> int:
    """Give events back unprocessed, to be claimed again after ``delay_seconds``. Gives back how many."""
    free_at = timezone.now() + timedelta(seconds=delay_seconds) if delay_seconds else None
    freed = {"lease_owner": "", "lease_until": free_at}
    return sum(OutboxEvent.objects.filter(id__in=some).update(**freed) for some in _batches(list(ids)))


def extend(ids: Iterable[int], owner: str, lease_seconds: float) -> int:
    """Hold on to events while a long delivery goes on. Gives back how many are still ``owner``'s."""
    until = timezone.now() + timedelta(seconds=lease_seconds)
    mine = OutboxEvent.objects.filter(lease_owner=owner)
    return sum(mine.filter(id__in=some).update(lease_until=until) for some in _batches(list(ids)))


def backlog(topic: str) -> Backlog:
    """Everything unacknowledged, leased or not."""
    all_of_it = OutboxEvent.objects.filter(topic=topic)
    found = all_of_it.aggregate(waiting=models.Count("id"), oldest=models.Min("published_at"))
    return Backlog(found["waiting"], found["oldest"])


def newest_in_bulk(topic: str) -> datetime | None:
    """When the latest unacknowledged event that came in bulk was published, leased or not."""
    coming = OutboxEvent.objects.filter(topic=topic, in_bulk=True).order_by("-id")
    return coming.values_list("published_at", flat=True).first()


def _free(topic: str, now: datetime) -> models.Q:
    return models.Q(topic=topic) & (models.Q(lease_until__isnull=True) | models.Q(lease_until__lte=now))


def _stored(moment: datetime) -> datetime | str:
    # text on SQLite, the moment itself on PostgreSQL
    return connection.ops.adapt_datetimefield_value(moment) or ""


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


def _refuse_outside_transaction() -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction()
