"""One source: its runs and what was set aside; one run with its table; the bytes of what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from allmenning.catalogue import queries
from allmenning.catalogue.models import ImportRun, SetAsideRecord
from allmenning.catalogue.permissions import may_change_source
from allmenning.kernel.actor import Actor
from allmenning.web.desk import marc_lines
from allmenning.web.desk.downloads import handed_out
from allmenning.web.desk.fetching import fetching
from allmenning.web.desk.paging import part
from allmenning.web.desk.shown import duration, file_name
from allmenning.web.desk.staff import show, staff
from allmenning.web.desk.words import COUNTS, RUN_STATES, SET_ASIDE, Told, detail_in_words, in_words

RUNS_A_PAGE = 10
SET_ASIDE_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class RunLine:
    """``counts`` are in the order of :data:`COUNTS`; empty while a run has not told any."""

    id: int
    started: datetime
    finished: datetime | None
    took: str
    state: str
    state_words: str
    who: str
    counts: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, str, int], ...]

    @property
    def set_aside(self) -> int:
        return sum(size for _code, _words, size in self.reasons)


@dataclass(frozen=True, slots=True)
class File:
    """A delivered file; records before ``high_water`` are in."""

    name: str
    complete: bool
    high_water: int


@dataclass(frozen=True, slots=True)
class Aside:
    """A record that was set aside: why, where it stood, and how its bytes begin."""

    id: int
    reason: str
    detail: Told
    file_name: str
    position: int
    received: datetime
    hexadecimal: str
    text: str


@require_safe
@staff
def source(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    found = queries.source(name)
    if found is None:
        raise Http404
    code = request.GET.get("grunn", "")
    runs = part(request, queries.runs(name), RUNS_A_PAGE, "kjoringer")
    aside = part(request, queries.set_aside(name, code), SET_ASIDE_A_PAGE)
    reasons = [(each, in_words(SET_ASIDE, each), size) for each, size in queries.set_aside_reasons(name).items()]
    return show(
        request,
        actor,
        "source",
        source=found,
        runs=runs,
        run_lines=[_run(each) for each in runs.rows],
        aside=aside,
        aside_lines=[_aside(each) for each in aside.rows],
        reasons=reasons,
        chosen_reason=code,
        set_aside_total=sum(size for _code, _words, size in reasons),
        fetching=fetching(found),
        may_change=may_change_source(actor, found.library_id),
        asked="bestilt" in request.GET,
    )


@require_safe
@staff
def run(request: HttpRequest, actor: Actor, run_id: int) -> HttpResponse:
    found = queries.run(run_id)
    if found is None:
        raise Http404
    return show(request, actor, "run", source=found.source, run=_run(found), files=_files(found.id))


@require_safe
@staff
def set_aside_bytes(_request: HttpRequest, _actor: Actor, set_aside_id: int) -> HttpResponse:
    return handed_out(queries.set_aside_bytes(set_aside_id))


def _files(run_id: int) -> list[File]:
    return [File(file_name(each.name), each.complete, each.high_water) for each in queries.files_of_run(run_id)]


def _run(found: ImportRun) -> RunLine:
    counts = found.counts or {}
    reasons = sorted(counts.get("reasons", {}).items(), key=lambda each: (-each[1], each[0]))
    return RunLine(
        found.id,
        found.started,
        found.finished,
        duration(found.started, found.finished),
        found.state,
        in_words(RUN_STATES, found.state),
        found.actor_name,
        tuple((str(words), counts[code]) for code, words in COUNTS.items() if code in counts),
        tuple((code, in_words(SET_ASIDE, code), size) for code, size in reasons),
    )


def _aside(found: SetAsideRecord) -> Aside:
    beginning = queries.beginning(found.raw, marc_lines.EXCERPT)
    return Aside(
        found.id,
        in_words(SET_ASIDE, found.code),
        detail_in_words(found.detail),
        file_name(found.file.name),
        found.position,
        found.received,
        marc_lines.hexadecimal(beginning),
        marc_lines.as_text(beginning),
    )
