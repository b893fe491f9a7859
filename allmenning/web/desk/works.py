"""One work with its editions; split editions out of it, and merge it with another."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from allmenning.catalogue import queries, services
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError
from allmenning.web.desk.asked import numbers
from allmenning.web.desk.decisions import all_told, notice
from allmenning.web.desk.grouping import merge_with_named, split_off
from allmenning.web.desk.leading import lead_on
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

    def again(problem: AllmenningError) -> HttpResponse:
        return _page(request, actor, work_id, problem, chosen)

    # An edition that ceased has no records that could tell.
    if queries.works_of_editions(chosen).keys() != set(chosen):
        return again(services.stale())
    return split_off(request, actor, "work", work_id, queries.records_of_editions(chosen), again)


@require_POST
@staff
def merge(request: HttpRequest, actor: Actor, work_id: int) -> HttpResponse:
    """This work and another become one."""
    return merge_with_named(request, actor, "work", work_id, lambda problem: _page(request, actor, work_id, problem))


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
