"""Consortia and who belongs to them when."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from allmenning.groundwork import audit
from allmenning.groundwork.periods import overlapping, valid_on
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Conflict
from allmenning.kernel.labels import Labels
from allmenning.kernel.periods import Period
from allmenning.organisations import checks, permissions
from allmenning.organisations.errors import AlreadyMember
from allmenning.organisations.models import Consortium, Membership


def create_consortium(*, actor: Actor, slug: str, name: Labels) -> Consortium:
    permissions.require(permissions.may_run_installation(actor))
    with transaction.atomic():
        made = Consortium.objects.create(slug=checks.checked_slug(slug), name=name)
        audit.record(actor, "consortium.create", made, data={"slug": slug})
    return made


def join_consortium(*, actor: Actor, consortium_id: int, library_id: int, period: Period) -> Membership:
    """The library is a member in ``period``. Raises ``Refused``, and ``AlreadyMember`` when it is in a part of it."""
    permissions.require(permissions.may_run_consortium(actor, consortium_id))
    with transaction.atomic():
        theirs = Membership.objects.filter(consortium_id=consortium_id, library_id=library_id)
        if theirs.filter(overlapping(period)).exists():
            raise AlreadyMember(period)
        made = theirs.create(consortium_id=consortium_id, library_id=library_id, starts=period.start, ends=period.end)
        when = {"starts": period.start, "ends": period.end}
        audit.record(actor, "consortium.join", made.consortium, library_id=library_id, data=when)
    return made


def leave_consortium(*, actor: Actor, consortium_id: int, library_id: int, day: date) -> Membership:
    """``day`` is the first day outside. Raises ``Refused``, and ``Conflict`` when it is no member the day before."""
    permissions.require(permissions.may_run_consortium(actor, consortium_id))
    with transaction.atomic():
        theirs = Membership.objects.filter(consortium_id=consortium_id, library_id=library_id, starts__lt=day)
        membership = theirs.filter(valid_on(day - timedelta(days=1))).first()
        if membership is None:
            raise Conflict("not-a-member", _("The library is not a member at that time."), day=str(day))
        membership.ends = day
        membership.save(update_fields=["ends"])
        audit.record(actor, "consortium.leave", membership.consortium, library_id=library_id, data={"day": day})
    return membership
