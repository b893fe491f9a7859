"""The authority register at the desk: find an entity, see who says what of it and which records mean it; mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from allmenning.authorities import queries as register
from allmenning.authorities import services
from allmenning.authorities.permissions import may_edit
from allmenning.authorities.queries import Brief
from allmenning.authorities.statement import AGENTS, NO_LANGUAGE
from allmenning.catalogue.headings import queries as links
from allmenning.catalogue.headings import services as linking
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError
from allmenning.web.desk.asked import numbers
from allmenning.web.desk.paging import page_number, part_of
from allmenning.web.desk.staff import show, staff
from allmenning.web.headings import KINDS, RELATIONS

FOUND_A_PAGE, RECORDS_A_PAGE = 30, 30
#: Languages a heading is usually given in here; those it already has are shown as well.
LANGUAGES = ("nb", "nn", "se", "en")

#: How a heading came to be linked.
HOW: dict[str, str | Promise] = {
    "id": _("The record names it by its identifier"),
    "dates": _("Same name and years"),
    "name": _("The only one with this name"),
    "person": _("A person has said so"),
    "": _("A person has said that it is another"),
}


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """A heading as records write it. ``decision`` is the id of a person's word that stands, or 0."""

    id: int
    text: str
    more: str
    records: int
    how: str
    decision: int
    who: str
    linked: bool


@require_safe
@staff
def headings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """``?q=`` any name in any language, or an entity's number."""
    asked = " ".join(request.GET.get("q", "").split())[:200]
    number = page_number(request)
    found = register.find(asked, limit=FOUND_A_PAGE + 1, offset=(number - 1) * FOUND_A_PAGE) if asked else []
    lines = [(each.brief, str(KINDS[each.brief.kind]), each.matched) for each in found[:FOUND_A_PAGE]]
    if number == 1:
        known = register.brief(numbers([asked]))
        lines = [*((each, str(KINDS[each.kind]), "") for each in known.values()), *lines]
    pages = part_of(request, lines, number, more=len(found) > FOUND_A_PAGE)
    counts = [(str(KINDS[kind]), count) for kind, count in sorted(register.figures().items())]
    return show(request, actor, "headings", q=asked, pages=pages, counts=counts)


@require_safe
@staff
def heading(request: HttpRequest, actor: Actor, entity_id: int) -> HttpResponse:
    return _page(request, actor, entity_id)


@require_POST
@staff
def change(request: HttpRequest, actor: Actor, entity_id: int) -> HttpResponse:
    """New headings in the languages that were filled in otherwise than they are."""
    known = register.brief([entity_id]).get(entity_id)
    if known is None:
        raise Http404
    sent = {name.removeprefix("navn-"): text for name, text in request.POST.items() if name.startswith("navn-")}
    labels = {tag: str(text) for tag, text in sent.items() if str(text).strip() != known.labels.get(tag, "")}
    reason = request.POST.get("grunn", "").strip()
    if not labels:
        return redirect("desk:heading", entity_id)
    return _done(
        request,
        actor,
        entity_id,
        lambda: services.change_labels(actor=actor, entity_id=entity_id, labels=labels, reason=reason),
    )


@require_POST
@staff
def take_back(request: HttpRequest, actor: Actor, entity_id: int) -> HttpResponse:
    """What the registers say holds again."""
    return _done(request, actor, entity_id, lambda: services.take_back(actor=actor, entity_id=entity_id))


@require_POST
@staff
def link(request: HttpRequest, actor: Actor, heading_id: int) -> HttpResponse:
    """A heading as records write it means the entity whose number was sent; ``0``: none that is here."""
    target = next(iter(numbers([request.POST.get("til", "")])), 0)
    here = next(iter(numbers([request.POST.get("fra", "")])), target)
    return _done(
        request,
        actor,
        here,
        lambda: linking.link_by_hand(actor=actor, heading_id=heading_id, entity_id=target or None),
    )


@require_POST
@staff
def undo_link(request: HttpRequest, actor: Actor, decision_id: int) -> HttpResponse:
    here = next(iter(numbers([request.POST.get("fra", "")])), 0)
    return _done(request, actor, here, lambda: linking.undo_link(actor=actor, decision_id=decision_id))


def _done(request: HttpRequest, actor: Actor, entity_id: int, verb: Callable[[], object]) -> HttpResponse:
    """Do it and go back to the entity's page; what went wrong is told there."""
    try:
        verb()
    except AllmenningError as problem:
        if register.brief([entity_id]):
            return _page(request, actor, entity_id, problem)
        return show(request, actor, "problem", problem=problem, back=reverse("desk:headings"))
    return redirect("desk:heading", entity_id) if entity_id else redirect("desk:headings")


def _page(request: HttpRequest, actor: Actor, entity_id: int, problem: AllmenningError | None = None) -> HttpResponse:
    detail = register.detail(entity_id)
    if detail is None:
        raise Http404
    number = page_number(request)
    records = links.records_of(entity_id, offset=(number - 1) * RECORDS_A_PAGE, limit=RECORDS_A_PAGE + 1)
    screen = get_language() or "nb"
    return show(
        request,
        actor,
        "heading",
        problem=problem,
        detail=detail,
        label=detail.brief.label(screen),
        kind=str(KINDS[detail.brief.kind]),
        is_agent=detail.brief.kind in AGENTS,
        fields=_fields(detail.brief),
        carried=[_line(each) for each in links.carried(entity_id)],
        relations=[(str(RELATIONS[each.kind]), each) for each in detail.relations],
        pages=part_of(request, records[:RECORDS_A_PAGE], number, more=len(records) > RECORDS_A_PAGE),
        edited=any(each.register == services.OWN_REGISTER for each in detail.origins),
        may_edit=may_edit(actor),
    )


def _fields(entity: Brief) -> list[tuple[str, str]]:
    """(language, heading) to be filled in. A name that belongs to no language has one field."""
    if NO_LANGUAGE in entity.labels:
        return [(NO_LANGUAGE, entity.labels[NO_LANGUAGE])]
    return [(tag, entity.labels.get(tag, "")) for tag in dict.fromkeys((*LANGUAGES, *entity.labels))]


def _line(each: links.Carried) -> CarriedLine:
    said = each.heading
    return CarriedLine(
        said.id,
        said.text,
        " · ".join(part for part in (said.dates, said.vocabulary, said.identifiers) if part),
        each.records,
        str(HOW[said.how]),
        each.decision.id if each.decision else 0,
        each.decision.actor_name if each.decision else "",
        said.entity_id is not None,
    )
