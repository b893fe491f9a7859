"""Who may change what about organisations. Small questions; the verbs ask them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Refused
from allmenning.organisations.errors import LibraryNotFound


def may_run_installation(actor: Actor) -> bool:
    """Make libraries and consortia: only the installation's own commands."""
    return actor.is_system


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
