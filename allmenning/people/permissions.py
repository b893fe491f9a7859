"""Who may see and change staff."""

from __future__ import annotations

from allmenning.kernel.actor import Actor
from allmenning.people.models import Role
from allmenning.people.places import Place


def may_see_staff(actor: Actor, library_id: int) -> bool:
    return actor.holds("librarian", "admin", "consortium_office", library_id=library_id)


def may_manage_staff(actor: Actor, library_id: int) -> bool:
    """Invite to, grant and revoke roles for one library."""
    return actor.holds("admin", "consortium_office", library_id=library_id)


def may_grant_in_consortium(actor: Actor, consortium_id: int) -> bool:
    return actor.holds_in_consortium("consortium_office", consortium_id=consortium_id)


def may_grant_in_county(actor: Actor) -> bool:
    """A county's roles reach libraries with administrators of their own: only the installation gives them."""
    return actor.is_system


def may_manage_staff_at(actor: Actor, place: Place) -> bool:
    """The same question for any place a role is held."""
    if place.library_id is not None:
        return may_manage_staff(actor, place.library_id)
    if place.consortium_id is not None:
        return may_grant_in_consortium(actor, place.consortium_id)
    return may_grant_in_county(actor)


def roles_at(place: Place) -> tuple[Role, ...]:
    """The roles that make sense at a place; the consortium's office exists in consortia only."""
    return tuple(Role) if place.consortium_id is not None else (Role.CATALOGUER, Role.LIBRARIAN, Role.ADMIN)


def running_role(place: Place) -> Role:
    """Who must never be missing: without them nobody there could let anybody in."""
    return Role.CONSORTIUM_OFFICE if place.consortium_id is not None else Role.ADMIN
