"""Who may do what in the union catalogue. It is shared: a cataloguer of any library may mend it for everyone."""

from __future__ import annotations

from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Refused

MAY_GROUP = frozenset({"cataloguer", "admin", "consortium_office"})
MAY_SEE_WELL = MAY_GROUP | {"librarian"}


def may_see_well(actor: Actor) -> bool:
    """Sources, imports, set-aside records and clusters: for the staff of any library."""
    return actor.is_system or any(grant.role in MAY_SEE_WELL for grant in actor.grants)


def may_group(actor: Actor) -> bool:
    """Merge, split, undo."""
    return actor.is_system or any(grant.role in MAY_GROUP for grant in actor.grants)


def may_change_source(actor: Actor, library_id: int | None) -> bool:
    """How a source is fetched: for those who work with the catalogue at the library whose system it is, and the office."""
    if library_id is None:
        return actor.holds_somewhere("consortium_office")
    return actor.holds("cataloguer", "admin", "consortium_office", library_id=library_id)


def check_may_change_source(actor: Actor, library_id: int | None) -> None:
    if not may_change_source(actor, library_id):
        raise Refused("may_not_change_source", "Only the library whose system it is may change how it is fetched.")


def check_may_group(actor: Actor) -> None:
    if not may_group(actor):
        raise Refused("may_not_group", "Only a cataloguer may merge, split or undo. Ask one at your library.")
