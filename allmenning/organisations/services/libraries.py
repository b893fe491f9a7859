"""Making libraries and changing their face."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from allmenning.groundwork import audit
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Invalid
from allmenning.kernel.labels import Labels, language_tag
from allmenning.kernel.periods import Period
from allmenning.organisations import checks, permissions
from allmenning.organisations.errors import LibraryNotFound, Taken
from allmenning.organisations.logos import checked_logo
from allmenning.organisations.models import Library, Municipality
from allmenning.organisations.services.consortia import join_consortium


class Facts(TypedDict, total=False):
    """What is known of a library beside slug, name and kind."""

    about: Labels
    languages: Iterable[str]  # BCP 47, in the order of the language menu
    default_language: str
    colour: str  # #rrggbb
    logo_svg: str
    email: str
    phone: str
    isil: str
    organisation_number: str
    municipality: str  # the four-digit number
    host: str
    prefix: str
    active: bool


#: What a library decides about itself; the rest is the installation's to set.
OWN_FACE = frozenset({"name", "about", "languages", "default_language", "colour", "logo_svg", "email", "phone"})
#: What its consortium's office may set as well. Host names and prefixes are the installation's: a name set wrong would
#: take another's visitors.
NUMBERS = frozenset({"isil", "organisation_number", "municipality"})


def create_library(
    *,
    actor: Actor,
    slug: str,
    name: Labels,
    kind: Library.Kind | str,
    consortium_id: int | None = None,
    day: date | None = None,
    **facts: Unpack[Facts],
) -> Library:
    """A new library with its address, ``/slug`` unless ``host`` or ``prefix`` says otherwise.

    With ``consortium_id`` it is a member there from ``day`` on (today when left out), and that consortium's office may
    make it. Raises ``Refused``, ``Invalid`` for any fact that does not fit, ``Taken`` for an address or ISIL in use.
    """
    permissions.require(permissions.may_create_library(actor, consortium_id))
    if "host" in facts or facts.get("prefix", slug) != slug:
        permissions.require(permissions.may_run_installation(actor))
    if kind not in Library.Kind.values:
        raise Invalid("library-kind", _("“%(kind)s” is not a kind of library.") % {"kind": kind}, kind=str(kind))
    facts.setdefault("prefix", slug)
    facts.setdefault("languages", ["nb"])
    fields = _checked({"name": name, **facts})
    fields.setdefault("default_language", fields["languages"][0])
    with transaction.atomic():
        _refuse_taken(None, {**fields, "slug": checks.checked_slug(slug)})
        made = Library.objects.create(slug=slug, kind=kind, **fields)
        audit.record(actor, "library.create", made, library_id=made.id, data={"slug": slug, "kind": str(kind)})
        if consortium_id is not None:
            period = Period(day or timezone.localdate())
            join_consortium(actor=actor, consortium_id=consortium_id, library_id=made.id, period=period)
    return made


def change_library(*, actor: Actor, library_id: int, name: Labels | None = None, **facts: Unpack[Facts]) -> Library:
    """Change a library's face: its administrator may. Numbers are its consortium's office's, addresses the installation's.

    Raises ``LibraryNotFound``, ``Refused``, ``Invalid``, ``Taken``. Nothing is changed unless all of it fits.
    """
    permissions.require_library(permissions.may_administer_library(actor, library_id), actor, library_id)
    changes: dict[str, Any] = {**facts} if name is None else {"name": name, **facts}
    if changes.keys() - OWN_FACE - NUMBERS:
        permissions.require(permissions.may_run_installation(actor))
    if changes.keys() & NUMBERS:
        permissions.require(permissions.may_number_library(actor, library_id))
    fields = _checked(changes)
    with transaction.atomic():
        found = Library.objects.filter(id=library_id).first()
        if found is None:
            raise LibraryNotFound(library_id)
        _refuse_taken(found.id, fields)
        changed = {key: value for key, value in fields.items() if getattr(found, key) != value}
        for key, value in changed.items():
            setattr(found, key, value)
        if changed:
            found.save(update_fields=list(changed))
            audit.record(actor, "library.change", found, library_id=found.id, data={"fields": sorted(changed)})
    return found


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "isil": checks.checked_isil,
    "organisation_number": checks.checked_organisation_number,
    "languages": checks.checked_languages,
    "default_language": language_tag,
    "colour": checks.checked_colour,
    "logo_svg": checked_logo,
    "host": checks.checked_host,
    "prefix": checks.checked_prefix,
}


def _checked(facts: dict[str, Any]) -> dict[str, Any]:
    fields = {key: _CHECKS[key](value) if key in _CHECKS else value for key, value in facts.items()}
    if "name" in fields and not fields["name"]:
        raise Invalid("library-name", _("A library has a name in at least one language."))
    if number := fields.pop("municipality", ""):
        if not Municipality.objects.filter(number=number).exists():
            message = _("There is no municipality with the number %(number)s.") % {"number": number}
            raise Invalid("municipality", message, number=number)
        fields["municipality_id"] = number
    return fields


def _refuse_taken(own_id: int | None, fields: dict[str, Any]) -> None:
    """Say in words what the unique constraints would refuse; they still stand against two at the same moment."""
    for key in ("slug", "host", "prefix", "isil"):
        value = fields.get(key)
        if value and Library.objects.filter(Q(**{key: value}) & ~Q(id=own_id or 0)).exists():
            raise Taken(key, value)
