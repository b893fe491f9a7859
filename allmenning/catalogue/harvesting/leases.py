"""One source is fetched by one process at a time; what is due is found by the row that waits."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from allmenning.catalogue.harvesting.models import SourceSettings

#: How long a process may be silent before another takes over: longer than the longest wait for one page.
LEASE = timedelta(minutes=15)
#: The first pause after a failed harvest; it doubles with each, up to the schedule's own.
FIRST_PAUSE = timedelta(minutes=5)
_SHIFTS = 8


def owner() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:100]


def _free(now: datetime) -> Q:
    return Q(lease_until=None) | Q(lease_until__lte=now)


def claim(settings: SourceSettings) -> bool:
    """Take the source for this process. False when another has it; one of this machine that was killed has nothing."""
    now = timezone.now()
    row = SourceSettings.objects.filter(source_id=settings.source_id)
    free = row.filter(_free(now))
    holder = row.values_list("lease_owner", flat=True).get()
    if holder and not _lives(holder):
        free = row.filter(lease_owner=holder)
    return free.update(lease_owner=owner(), lease_until=now + LEASE) == 1


def held(row: SourceSettings) -> bool:
    """Whether a process is at it now."""
    return row.lease_until is not None and row.lease_until > timezone.now() and _lives(row.lease_owner)


def _lives(holder: str) -> bool:
    """Whether the process may live: on another machine nobody here can tell."""
    host, _, number = holder.rpartition(":")
    if host != owner().rpartition(":")[0] or not number.isdigit():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def extend(settings: SourceSettings) -> None:
    mine = SourceSettings.objects.filter(source_id=settings.source_id, lease_owner=owner())
    mine.update(lease_until=timezone.now() + LEASE)


def release(settings: SourceSettings, *, failed: bool, resting: bool = False, after: float = 0.0) -> None:
    """Let go, and say when the source is due again. ``resting``: this process was asked to end, so it is due at once.

    ``after``: seconds the repository asked to wait.
    """
    row = SourceSettings.objects.get(source_id=settings.source_id)
    row.lease_owner, row.lease_until = "", None
    row.attempts = row.attempts + 1 if failed else 0
    row.due_at = timezone.now() if resting and row.every_hours else _next_due(row, failed=failed, after=after)
    row.save(update_fields=["lease_owner", "lease_until", "attempts", "due_at"])


def _next_due(row: SourceSettings, *, failed: bool, after: float) -> datetime | None:
    if not row.every_hours:
        return None
    every = timedelta(hours=row.every_hours)
    if failed:
        every = min(every, FIRST_PAUSE * 2 ** min(row.attempts - 1, _SHIFTS))
    return timezone.now() + max(every, timedelta(seconds=after))


def due() -> SourceSettings | None:
    """The source that has waited longest to be fetched and that nobody fetches."""
    waiting = SourceSettings.objects.filter(kind=SourceSettings.OAI_PMH, due_at__lte=timezone.now())
    return next((row for row in waiting.select_related("source").order_by("due_at") if not held(row)), None)
