"""One work with its editions; split editions out of it, and merge it with another."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from allmenning.catalogue import queries, services
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError
from allmenning.web.desk.decisions import act, all_told, notice
from allmenning.web.desk.editions import numbers
from allmenning.web.desk.leading import lead_on, live_group
from allmenning.web.desk.paging import part
from allmenning.web.desk.shown import edition_line, naming
from allmenning.web.desk.staff import show, staff

EDITIONS_A_PAGE = 50


@require_safe
@staff
def work(request: HttpRequest, actor: Actor, work_id: int) -> HttpResponse:
    return _page(request, actor, work_id)


@require_POST
@staff
def split(request: HttpRequest, actor: Actor, work_id: int) -> HttpResponse:
    """The chosen editions become a work of their own."""
    chosen = numbers(request.POST.getlist("utgave"))
    return act(
        lambda: services.split(
            actor=actor,
            level="work",
            record_ids=queries.records_of_editions(chosen),
            reason=request.POST.get("grunn", "").strip(),
        ),
        onward=lambda _: _at(work_id),
        otherwise=lambda problem: _page(request, actor, work_id, problem, chosen),
    )


@require_POST
@staff
def merge(request: HttpRequest, actor: Actor, work_id: int) -> HttpResponse:
    """This work and another become one. A work's number is that of a record in it."""
    return act(
        lambda: services.merge(
            actor=actor,
            level="work",
            record_ids=[live_group("work", str(work_id)), live_group("work", request.POST.get("med", ""))],
            reason=request.POST.get("grunn", "").strip(),
        ),
        onward=lambda _: _at(work_id),
        otherwise=lambda problem: _page(request, actor, work_id, problem),
    )


def _at(work_id: int) -> str:
    return reverse("desk:work", args=[work_id])


def _page(
    request: HttpRequest,
    actor: Actor,
    work_id: int,
    problem: AllmenningError | None = None,
    chosen: list[int] | None = None,
) -> HttpResponse:
    detail = queries.work_detail(work_id)
    if detail is None:
        return lead_on(request, actor, "work", work_id, problem)
    pages = part(request, detail.facts.editions, EDITIONS_A_PAGE)
    return show(
        request,
        actor,
        "work",
        work_id=work_id,
        main=naming(detail.facts),
        edition_count=len(detail.facts.editions),
        editions=[edition_line(each, chosen or []) for each in pages.rows],
        pages=pages,
        decisions=all_told(detail.decisions),
        notice=notice(request, work_id),
        problem=problem,
    )
