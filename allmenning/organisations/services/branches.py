"""Branches, their hours and the days they stay closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from allmenning.groundwork import audit
from allmenning.groundwork.periods import overlapping
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Invalid
from allmenning.kernel.labels import Labels
from allmenning.kernel.periods import Period
from allmenning.organisations import checks, permissions
from allmenning.organisations.errors import BranchNotFound, HoursOverlap, Taken
from allmenning.organisations.models import MIDNIGHT, Branch, ClosedDay, OpeningHours


class BranchFacts(TypedDict, total=False):
    code: str  # what the library's own system calls it
    address: str
    postal_code: str
    city: str
    latitude: float | None  # WGS 84 degrees
    longitude: float | None
    phone: str
    order: int
    active: bool


@dataclass(frozen=True, slots=True)
class HoursSpan:
    """Open on ``weekday`` (0 is Monday) from ``opens`` until ``closes``; 00:00 as ``closes`` is midnight."""

    weekday: int
    opens: time
    closes: time
    self_service: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise Invalid("weekday", _("A weekday is a number from 0, Monday, to 6, Sunday."), weekday=self.weekday)
        if self.closes <= self.opens and self.closes != MIDNIGHT:
            raise Invalid("hours-order", _("A library closes after it opens."), opens=str(self.opens))


def add_branch(*, actor: Actor, library_id: int, slug: str, name: Labels, **facts: Unpack[BranchFacts]) -> Branch:
    """Raises ``LibraryNotFound``, ``Refused``, ``Invalid``, and ``Taken`` for a slug or code already in use there."""
    permissions.require_library(permissions.may_administer_library(actor, library_id), actor, library_id)
    checks.checked_slug(slug)
    with transaction.atomic():
        _refuse_taken(library_id, None, slug=slug, code=facts.get("code", ""))
        made = Branch.objects.create(library_id=library_id, slug=slug, name=name, **facts)
        audit.record(actor, "branch.create", made, library_id=library_id, data={"slug": slug})
    return made


def change_branch(*, actor: Actor, branch_id: int, name: Labels | None = None, **facts: Unpack[BranchFacts]) -> Branch:
    """Raises ``BranchNotFound``, ``Refused``, and ``Taken`` for a code the library already uses."""
    with transaction.atomic():
        branch = _branch(actor, branch_id, permissions.may_administer_library)
        _refuse_taken(branch.library_id, branch.id, code=facts.get("code", ""))
        changes: dict[str, Any] = {**facts} if name is None else {"name": name, **facts}
        for key, value in changes.items():
            setattr(branch, key, value)
        branch.save(update_fields=list(changes))
        data = {"fields": sorted(changes)}
        audit.record(actor, "branch.change", branch, library_id=branch.library_id, data=data)
    return branch


def set_opening_hours(*, actor: Actor, branch_id: int, period: Period, spans: Iterable[HoursSpan]) -> None:
    """In ``period`` the branch is open at ``spans`` and no other times; before and after it, what held still holds.

    So summer hours are set with their period alone, and the usual ones come back by themselves. No spans is closed for
    the time. Raises ``BranchNotFound``, ``Refused``, ``Invalid``, and ``HoursOverlap`` for two spans at the same time.
    """
    wanted = sorted(spans, key=lambda each: (each.weekday, each.opens))
    _refuse_overlap(wanted)
    with transaction.atomic():
        branch = _branch(actor, branch_id, permissions.may_set_hours)
        kept = _make_room(branch, period)
        fresh = [_hours(branch, period, each) for each in wanted]
        OpeningHours.objects.bulk_create([*kept, *fresh])
        data = {"starts": period.start, "ends": period.end, "spans": len(wanted)}
        audit.record(actor, "branch.set_hours", branch, library_id=branch.library_id, data=data)


def close_on(*, actor: Actor, branch_id: int, day: date, note: Labels | None = None) -> None:
    """The branch stays closed that day; said again, the note is replaced."""
    with transaction.atomic():
        branch = _branch(actor, branch_id, permissions.may_set_hours)
        ClosedDay.objects.update_or_create(branch=branch, day=day, defaults={"note": note or Labels()})
        audit.record(actor, "branch.close_on", branch, library_id=branch.library_id, data={"day": day})


def reopen_on(*, actor: Actor, branch_id: int, day: date) -> None:
    """Take ``close_on`` back; without effect when the day was not closed."""
    with transaction.atomic():
        branch = _branch(actor, branch_id, permissions.may_set_hours)
        ClosedDay.objects.filter(branch=branch, day=day).delete()
        audit.record(actor, "branch.reopen_on", branch, library_id=branch.library_id, data={"day": day})


def _branch(actor: Actor, branch_id: int, may: Any) -> Branch:
    branch = Branch.objects.filter(id=branch_id).first()
    if branch is None or not actor.reaches(branch.library_id):
        raise BranchNotFound(branch_id)
    permissions.require_library(may(actor, branch.library_id), actor, branch.library_id)
    return branch


def _make_room(branch: Branch, period: Period) -> list[OpeningHours]:
    """Cut ``period`` out of the hours that stand; gives back what must be written anew: the parts after it."""
    after = []
    for standing in OpeningHours.objects.filter(overlapping(period), branch=branch):
        if period.end is not None and (standing.ends is None or standing.ends > period.end):
            rest = Period(period.end, standing.ends)
            span = HoursSpan(standing.weekday, standing.opens, standing.closes, standing.self_service)
            after.append(_hours(branch, rest, span))
        if standing.starts < period.start:
            standing.ends = period.start
            standing.save(update_fields=["ends"])
        else:
            standing.delete()
    return after


def _hours(branch: Branch, period: Period, span: HoursSpan) -> OpeningHours:
    return OpeningHours(
        branch=branch,
        weekday=span.weekday,
        opens=span.opens,
        closes=span.closes,
        self_service=span.self_service,
        starts=period.start,
        ends=period.end,
    )


def _refuse_overlap(ordered: Sequence[HoursSpan]) -> None:
    for before, after in pairwise(ordered):
        if before.weekday == after.weekday and (before.closes == MIDNIGHT or after.opens < before.closes):
            raise HoursOverlap(before.weekday)


def _refuse_taken(library_id: int, own_id: int | None, **fields: str) -> None:
    for key, value in fields.items():
        others = Branch.objects.filter(library_id=library_id, **{key: value}).exclude(id=own_id or 0)
        if value and others.exists():
            raise Taken(key, value)
