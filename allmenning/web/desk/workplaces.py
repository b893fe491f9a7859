"""The place whose staff is shown, and those who work there as lines in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from allmenning.kernel.actor import Actor
from allmenning.kernel.periods import Period
from allmenning.organisations.permissions import require_library
from allmenning.organisations.queries import consortia
from allmenning.people import permissions, services
from allmenning.people.models import AccountState
from allmenning.people.places import Place
from allmenning.people.queries import Colleague
from allmenning.web.desk.managing import own_library

_COLOURS = {
    AccountState.ACTIVE: "success",
    AccountState.INVITED: "info",
    AccountState.WAITING: "warning",
    AccountState.CLOSED: "neutral",
}


@dataclass(frozen=True, slots=True)
class Here:
    """The place whose staff is shown. ``back`` leads to its own page."""

    place: Place
    name: str
    back: str

    @property
    def staff_url(self) -> str:
        return self.url("colleagues")

    def url(self, name: str, *rest: int) -> str:
        held = {"library_id": self.place.library_id, "consortium_id": self.place.consortium_id}
        known = {key: value for key, value in held.items() if value is not None}
        return reverse(f"desk:{name}", kwargs={**known, **({"account_id": rest[0]} if rest else {})})


@dataclass(frozen=True, slots=True)
class ColleagueLine:
    """``link_until`` is when an unused link stops working, where one was handed out."""

    id: int
    name: str
    email: str
    roles: tuple[str, ...]
    state: str
    state_words: str
    colour: str
    link_until: datetime | None
    link_works: bool
    last_day: date | None
    url: str


def seen(actor: Actor, library_id: int | None, consortium_id: int | None) -> Here:
    """Where the address leads, for those who may see the staff there. Raises what an outsider is told."""
    if library_id is not None:
        library = own_library(actor, library_id)
        back = reverse("desk:library", args=[library_id])
        return Here(Place(library_id=library_id), library.name.text(screen()), back)
    place = Place(consortium_id=consortium_id)
    if not permissions.may_manage_staff_at(actor, place):
        raise Http404
    return Here(place, consortia([consortium_id or 0])[0].name.text(screen()), reverse("desk:libraries"))


def managed(actor: Actor, library_id: int | None, consortium_id: int | None) -> Here:
    """The same, for those who may change it."""
    here = seen(actor, library_id, consortium_id)
    if library_id is not None:
        require_library(permissions.may_manage_staff_at(actor, here.place), actor, library_id)
    return here


def line_of(found: Colleague, here: Here) -> ColleagueLine:
    account, until = found.account, services.expires(found.account)
    waits = account.state in (AccountState.INVITED, AccountState.WAITING)
    return ColleagueLine(
        account.id,
        account.name,
        account.email,
        tuple(str(each.label) for each in found.roles),
        account.state,
        str(account.state.label),
        _COLOURS[account.state],
        until if waits else None,
        bool(waits and until and until > timezone.now()),
        Period(date.min, found.until).last_day if found.until else None,
        here.url("colleague", account.id),
    )


def screen() -> str:
    return get_language() or "nb"
