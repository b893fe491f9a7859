"""Who may change a heading. It is shared: a cataloguer of any library may mend it for everyone."""

from __future__ import annotations

from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Refused

MAY_EDIT = frozenset({"cataloguer", "admin", "consortium_office"})


def may_edit(actor: Actor) -> bool:
    return actor.is_system or any(grant.role in MAY_EDIT for grant in actor.grants)


def check_may_edit(actor: Actor) -> None:
    if not may_edit(actor):
        raise Refused("may_not_edit_headings", "Only a cataloguer may change headings. Ask one at your library.")
