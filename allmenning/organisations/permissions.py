"""Who may change what about organisations. Small questions; the verbs ask them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Refused
from allmenning.organisations.errors import LibraryNotFound


def may_run_installation(actor: Actor) -> bool:
    """Make libraries and consortia: only the installation's own commands."""
    return actor.is_system


def may_create_library(actor: Actor, consortium_id: int | None) -> bool:
    """The installation; or those who run the consortium the new library becomes a member of."""
    return actor.is_system or (consortium_id is not None and may_run_consortium(actor, consortium_id))


def may_number_library(actor: Actor, library_id: int) -> bool:
    """Set what registers know it by: ISIL, organisation number, municipality. A library does not number itself."""
    return actor.holds("consortium_office", library_id=library_id)


def libraries_looked_after(actor: Actor) -> frozenset[int]:
    """The libraries of which the actor may change anything at all, by roles at them, their county or a consortium."""
    grants = (each for each in actor.grants if each.role in ("librarian", "admin", "consortium_office"))
    return frozenset(library_id for each in grants for library_id in each.libraries)


def consortia_run(actor: Actor) -> frozenset[int]:
    """The consortia in which the actor may make libraries and decide who is a member."""
    held = (each for each in actor.grants if each.scope == "consortium" and each.role in ("consortium_office", "admin"))
    return frozenset(each.scope_id for each in held)


def may_administer_library(actor: Actor, library_id: int) -> bool:
    """Change its face, branches and staff."""
    return actor.holds("admin", "consortium_office", library_id=library_id)


def may_set_hours(actor: Actor, library_id: int) -> bool:
    """Any librarian there: whoever is alone at work must be able to close early."""
    return actor.holds("librarian", "admin", "consortium_office", library_id=library_id)


def may_run_consortium(actor: Actor, consortium_id: int) -> bool:
    return actor.holds_in_consortium("consortium_office", "admin", consortium_id=consortium_id)


def require_library(allowed: bool, actor: Actor, library_id: int) -> None:
    """Pass, or raise: an outsider learns nothing (404), someone of the house is refused (403)."""
    if allowed:
        return
    if not actor.reaches(library_id):
        raise LibraryNotFound(library_id)
    raise Refused("not-allowed", _("Your role at this library does not cover that."))


def require(allowed: bool) -> None:
    if not allowed:
        raise Refused("not-allowed", _("Your role does not cover that."))
