"""Reads about people: above all, who is acting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from allmenning.groundwork.periods import valid_on
from allmenning.kernel.actor import Actor, Channel, Grant
from allmenning.kernel.text import sort_key
from allmenning.organisations.queries import reach_of_consortia, reach_of_counties
from allmenning.people.errors import AccountNotFound
from allmenning.people.models import Account, Role, RoleGrant
from allmenning.people.places import Place
from allmenning.people.services import standing


def actor_for(
    account: Account | AnonymousUser | None,
    *,
    library_id: int | None = None,
    channel: Channel = "web",
    day: date | None = None,
) -> Actor:
    """The actor behind an account, with the roles that hold on ``day`` (today in Oslo when left out).

    ``library_id`` is the library whose site or desk they stand at; it gives no right by itself. Nobody, a visitor who
    is not signed in, and a closed account are the anonymous actor. One query, and one more each for county and
    consortium roles.
    """
    if not isinstance(account, Account) or not account.is_active:
        return Actor.anonymous(library_id)
    grants = _grants(account, day or timezone.localdate())
    return Actor(
        account_id=account.id,
        name=account.name,
        channel=channel,
        library_id=library_id,
        grants=grants,
        libraries=frozenset(each for grant in grants for each in grant.libraries),
    )


def account_by_email(email: str) -> Account | None:
    return Account.objects.filter(email=email.strip().lower()).first()


def staff_of(library_id: int, day: date | None = None) -> list[RoleGrant]:
    """The roles held at one library on a day, with their accounts, by name. One query."""
    held = RoleGrant.objects.for_library(library_id).filter(valid_on(day or timezone.localdate()))
    return list(held.select_related("account").order_by("account__given_name", "account__family_name", "role"))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who holds or will hold a role at a place. ``until`` is the first day without any, where one is set."""

    account: Account
    roles: tuple[Role, ...]
    until: date | None


def colleagues(place: Place) -> list[Colleague]:
    """Everybody with a role at the place that is not over, by name. One query; who may ask is the caller's to know."""
    found = _held_at(place).select_related("account")
    grants: dict[int, list[RoleGrant]] = {}
    for each in found:
        grants.setdefault(each.account_id, []).append(each)
    return sorted(
        (_colleague(each) for each in grants.values()),
        key=lambda each: (sort_key(each.account.name), each.account.email),
    )


def colleague(place: Place, account_id: int) -> Colleague:
    """Raises ``AccountNotFound`` for somebody who has no role there."""
    found = list(_held_at(place).filter(account_id=account_id).select_related("account"))
    if not found:
        raise AccountNotFound()
    return _colleague(found)


def may_be_managed(actor: Actor, account: Account) -> bool:
    """Whether the actor may make a link for the account, close it and open it: every role it opens is theirs to give."""
    return actor.account_id != account.id and standing.covers(actor, account)


def _held_at(place: Place) -> QuerySet[RoleGrant]:
    return standing.held_at(place).filter(standing.not_over())


def _colleague(grants: list[RoleGrant]) -> Colleague:
    held = {each.role for each in grants}
    ends = [each.ends for each in grants]
    until = None if None in ends else max(each for each in ends if each is not None)
    return Colleague(grants[0].account, tuple(each for each in Role if each in held), until)


def _grants(account: Account, day: date) -> frozenset[Grant]:
    everywhere = RoleGrant.objects.unscoped("a person's own roles, wherever they are held")
    rows = list(everywhere.filter(valid_on(day), account=account))
    counties = {row.county_number for row in rows if row.county_number}
    consortia = {row.consortium_id for row in rows if row.consortium_id}
    in_county = reach_of_counties(counties) if counties else {}
    in_consortium = reach_of_consortia(consortia, day) if consortia else {}

    def grant(row: RoleGrant) -> Grant:
        if row.library_id:
            return Grant(row.role, "library", row.library_id, frozenset({row.library_id}))
        if row.county_number:
            reach = in_county.get(row.county_number, frozenset())
            return Grant(row.role, "county", int(row.county_number), reach)
        assert row.consortium_id is not None  # the table's constraint: held in exactly one place
        return Grant(row.role, "consortium", row.consortium_id, in_consortium.get(row.consortium_id, frozenset()))

    return frozenset(grant(row) for row in rows)
