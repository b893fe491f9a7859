"""People's words on what belongs together: how they are told, made, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from allmenning.catalogue import queries, services
from allmenning.catalogue.models import Decision
from allmenning.catalogue.permissions import may_group
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError
from allmenning.web.desk.asked import numbers
from allmenning.web.desk.staff import show, staff

#: A decision can speak of hundreds of records; so many are named.
NAMED = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A decision in words. ``records`` are the first it speaks of, ``more`` how many others."""

    id: int
    what: str
    who: str
    at: datetime
    reason: str
    records: tuple[int, ...]
    more: int
    undone_at: datetime | None
    undone_by: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What has just been done, in one answer. ``elsewhere`` are the other editions or works it touched, to go on to."""

    told: Told
    also: tuple[Told, ...]
    level: str
    elsewhere: tuple[int, ...]


@require_POST
@staff
def undo(request: HttpRequest, actor: Actor, decision_id: int) -> HttpResponse:
    """Take a decision back, and return to the page the button stood on."""
    back = request.POST.get("tilbake", "")
    safe = back.startswith(reverse("desk:overview")) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    here = back if safe else reverse("desk:overview")
    both = [decision_id, *numbers(request.POST.getlist("ogsa"))]
    before = [each for number in both if (each := queries.decision(number))]
    if may_group(actor) and before and all(each.undone_at for each in before):
        messages.info(
            request, _("It was undone already, by %(who)s. Nothing was changed.") % {"who": before[0].undone_by}
        )
        return redirect(here)
    return act(
        lambda: services.undo_together(actor=actor, decision_ids=both)[::-1],
        onward=lambda: here,
        otherwise=lambda problem: show(request, actor, "problem", problem=problem, back=here),
    )


def act(
    verb: Callable[[], Sequence[Decision]],
    *,
    onward: Callable[[], str],
    otherwise: Callable[[AllmenningError], HttpResponse],
) -> HttpResponse:
    """Do it and go on to a page that tells so; what went wrong is told on the page it was asked from."""
    try:
        decisions = verb()
    except AllmenningError as problem:
        return otherwise(problem)
    where = onward()
    done = "-".join(str(each.id) for each in decisions)
    return redirect(f"{where}{'&' if '?' in where else '?'}{urlencode({'gjort': done})}")


def notice(request: HttpRequest, here: int = 0) -> Notice | None:
    """What ``?gjort=`` tells of, at the page of edition or work ``here``."""
    asked = numbers(request.GET.get("gjort", "").split("-")[:2])
    found = [decision for each in asked if (decision := queries.decision(each))]
    if not found:
        return None
    level = found[0].level
    touched = queries.groups_of({record for each in found for record in spoken_of(each)}, level)
    first, *also = all_told(found)
    return Notice(first, tuple(also), level, tuple(sorted(touched - {here})))


def all_told(decisions: Iterable[Decision]) -> tuple[Told, ...]:
    return tuple(told(each) for each in decisions)


def told(decision: Decision) -> Told:
    """``decision`` with its pairs prefetched."""
    records = sorted(spoken_of(decision))
    return Told(
        decision.id,
        _what(decision),
        decision.actor_name,
        decision.at,
        decision.reason,
        tuple(records[:NAMED]),
        max(0, len(records) - NAMED),
        decision.undone_at,
        decision.undone_by,
    )


def spoken_of(decision: Decision) -> set[int]:
    return {record for each in decision.pairs.all() for record in (each.a_id, each.b_id)}


def _what(decision: Decision) -> str:
    if decision.verdict == Decision.SAME:
        if decision.level == "edition":
            return _("Merged to one edition")
        return _("Merged to one work")
    return _("Kept apart as different editions") if decision.level == "edition" else _("Kept apart as different works")
