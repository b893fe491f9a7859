"""Roles given, changed and ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q

from allmenning.groundwork import audit
from allmenning.groundwork.periods import overlapping
from allmenning.kernel.actor import Actor
from allmenning.kernel.periods import Period
from allmenning.people.errors import AccountNotFound, AlreadyGranted, GrantNotFound
from allmenning.people.models import Account, Role, RoleGrant
from allmenning.people.places import Place
from allmenning.people.services import standing


def grant_role(*, actor: Actor, account_id: int, role: Role | str, place: Place, period: Period) -> RoleGrant:
    """The account holds ``role`` at ``place`` in ``period``.

    Raises ``LibraryNotFound`` or ``Refused`` (see ``permissions``; also for oneself), ``Invalid`` for a role or place
    that is none, ``AccountNotFound``, and ``AlreadyGranted`` when it is held there in a part of the time.
    """
    with transaction.atomic():
        standing.require_may_grant(actor, str(role), place)
        standing.refuse_oneself(actor, account_id)
        if not Account.objects.filter(id=account_id, is_active=True).exists():
            raise AccountNotFound()
        if standing.held_at(place).filter(overlapping(period), account_id=account_id, role=role).exists():
            raise AlreadyGranted(str(role))
        made = RoleGrant.objects.create(
            account_id=account_id,
            role=role,
            library_id=place.library_id,
            county_number=place.county_number,
            consortium_id=place.consortium_id,
            starts=period.start,
            ends=period.end,
        )
        data = {"role": str(role), "starts": period.start, "ends": period.end}
        audit.record(actor, "role.grant", made, library_id=place.library_id, person_id=account_id, data=data)
    return made


def revoke_role(*, actor: Actor, grant_id: int, day: date) -> None:
    """``day`` is the first day without it; a grant that would not have begun by then goes altogether.

    Raises ``GrantNotFound``, also for a grant the actor may not know of, ``Refused`` and ``LastAdministrator``.
    """
    with transaction.atomic():
        grant = RoleGrant.objects.unscoped("who may end it is asked of its place below").filter(id=grant_id).first()
        if grant is None or (grant.library_id and not actor.reaches(grant.library_id)):
            raise GrantNotFound()
        standing.require_may_grant(actor, grant.role, standing.place_of(grant))
        standing.keep_an_administrator(actor, grant)
        data = {"role": grant.role, "ends": day}
        audit.record(actor, "role.revoke", grant, library_id=grant.library_id, person_id=grant.account_id, data=data)
        if day <= grant.starts:
            grant.delete()
        else:
            grant.ends = min(day, grant.ends or day)
            grant.save(update_fields=["ends"])


def change_roles(*, actor: Actor, account_id: int, place: Place, roles: Iterable[Role | str], day: date) -> None:
    """From ``day`` on, a colleague at ``place`` holds ``roles`` there and no others; none at all ends the work there.

    Raises what :func:`grant_role` and :func:`revoke_role` raise, and ``AccountNotFound`` for somebody who holds no role
    there: they are invited instead. Nothing is changed unless all of it fits.
    """
    wanted = {str(each) for each in roles}
    with transaction.atomic():
        for role in sorted(wanted) or [Role.LIBRARIAN]:
            standing.require_may_grant(actor, role, place)
        lasting = Q(ends__isnull=True) | Q(ends__gt=day)
        held = list(standing.held_at(place).filter(lasting, account_id=account_id).order_by("id"))
        if not held:
            raise AccountNotFound()
        for each in held:
            if each.role not in wanted:
                revoke_role(actor=actor, grant_id=each.id, day=day)
        for role in sorted(wanted - {each.role for each in held}):
            grant_role(actor=actor, account_id=account_id, role=role, place=place, period=Period(day))
