"""The desk's first page: how the sources are, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from allmenning.catalogue import queries
from allmenning.catalogue.models import ImportRun
from allmenning.kernel.actor import Actor
from allmenning.web.desk.decisions import notice
from allmenning.web.desk.staff import show, staff
from allmenning.web.desk.words import RUN_STATES, in_words


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source in the list. ``state`` is its last run's, ``""`` when nothing was ever taken in."""

    name: str
    title: str
    library: str
    records: int
    set_aside: int
    state: str
    state_words: str
    run_id: int | None
    at: datetime | None


@require_safe
@staff
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    sources = [_line(each) for each in queries.source_health()]
    return show(
        request,
        actor,
        "overview",
        sources=sources,
        figures=queries.figures(),
        doubtful=queries.doubtful_count(),
        notice=notice(request),
    )


def _line(health: queries.SourceHealth) -> SourceLine:
    run: ImportRun | None = health.last_run
    library = health.source.library
    return SourceLine(
        health.source.name,
        health.source.title,
        library.name.choose(get_language() or "nb").text if library else "",
        health.records,
        health.set_aside,
        run.state if run else "",
        in_words(RUN_STATES, run.state) if run else "",
        run.id if run else None,
        (run.finished or run.started) if run else None,
    )
