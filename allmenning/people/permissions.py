"""Who may see and change staff."""

from __future__ import annotations

from allmenning.kernel.actor import Actor
from allmenning.people.models import Role


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


def roles_for_libraries() -> tuple[Role, ...]:
    """The roles that make sense for a single library or a county; the consortium's office exists in consortia only."""
    return (Role.CATALOGUER, Role.LIBRARIAN, Role.ADMIN)
