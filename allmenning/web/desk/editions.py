"""One edition: its records side by side, why they are together, what people decided; split and merge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from allmenning.catalogue import queries
from allmenning.catalogue.queries import EditionDetail, Resemblance, VersionFacts
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError
from allmenning.web.desk import comparing
from allmenning.web.desk.asked import numbers
from allmenning.web.desk.decisions import all_told, notice
from allmenning.web.desk.grouping import merge_with_named, split_off
from allmenning.web.desk.leading import lead_on
from allmenning.web.desk.paging import part
from allmenning.web.desk.staff import show, staff

#: An edition that every library has holds hundreds of records; so many stand side by side.
RECORDS_A_PAGE = 12
REASONS_SHOWN, REASONS_FOLDED = 6, 40


@dataclass(frozen=True, slots=True)
class Column:
    """One record in the comparison. ``number`` is what the page calls it."""

    number: int
    record_id: int
    key: str
    source: str
    version: int
    changed: datetime
    mended: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """Why records are together: their numbers, the machine's certainty in percent, and reasons in words."""

    numbers: tuple[int, ...]
    certainty: int | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another edition that resembles this one: ``theirs`` is its record most like ``ours``."""

    ours: VersionFacts
    theirs: VersionFacts
    reasons: tuple[str, ...]
    kept_apart: bool
    same: bool


@require_safe
@staff
def edition(request: HttpRequest, actor: Actor, edition_id: int) -> HttpResponse:
    return _page(request, actor, edition_id)


@require_POST
@staff
def split(request: HttpRequest, actor: Actor, edition_id: int) -> HttpResponse:
    """The chosen records become an edition of their own."""
    chosen = numbers(request.POST.getlist("post"))
    return split_off(
        request,
        actor,
        "edition",
        edition_id,
        chosen,
        lambda problem: _page(request, actor, edition_id, problem, chosen),
    )


@require_POST
@staff
def merge(request: HttpRequest, actor: Actor, edition_id: int) -> HttpResponse:
    """This edition and another become one."""
    return merge_with_named(
        request, actor, "edition", edition_id, lambda problem: _page(request, actor, edition_id, problem)
    )


def _page(
    request: HttpRequest,
    actor: Actor,
    edition_id: int,
    problem: AllmenningError | None = None,
    chosen: list[int] | None = None,
) -> HttpResponse:
    detail = queries.edition(edition_id)
    if detail is None:
        return lead_on(request, actor, "edition", edition_id, problem)
    numbered = {each.record_id: at for at, each in enumerate(detail.records, start=1)}
    pages = part(request, detail.records, RECORDS_A_PAGE)
    beside = [(each.record_id, each.description) for each in pages.rows]
    ties = _ties(detail, numbered)
    return show(
        request,
        actor,
        "edition",
        detail=detail,
        title=detail.merged.description.title,
        columns=[_column(each, numbered, chosen or []) for each in pages.rows],
        pages=pages,
        rows=comparing.beside(beside, detail.merged),
        further=comparing.beside(beside, detail.merged, further=True),
        facts=comparing.facts(detail.merged, numbered),
        ties=ties[:REASONS_SHOWN],
        folded_ties=ties[REASONS_SHOWN : REASONS_SHOWN + REASONS_FOLDED],
        more_ties=max(0, len(ties) - REASONS_SHOWN - REASONS_FOLDED),
        neighbours=[_neighbour(each, edition_id) for each in detail.outside],
        decisions=all_told(detail.decisions),
        notice=notice(request, edition_id),
        problem=problem,
    )


def _column(each: VersionFacts, numbered: dict[int, int], chosen: list[int]) -> Column:
    return Column(
        numbered[each.record_id],
        each.record_id,
        each.key,
        each.source,
        each.version,
        each.changed,
        len(each.repairs),
        each.record_id in chosen,
    )


def _ties(detail: EditionDetail, numbered: dict[int, int]) -> list[Tie]:
    """Records that say exactly the same first, then pair by pair, the most certain first."""
    classes: dict[int, list[int]] = {}
    for each in detail.records:
        classes.setdefault(each.class_id, []).append(numbered[each.record_id])
    alike = [Tie(tuple(group), None, ()) for group in classes.values() if len(group) > 1]
    return alike + [
        Tie(tuple(sorted((numbered[each.a.record_id], numbered[each.b.record_id]))), percent(each.score), each.reasons)
        for each in detail.resemblances
    ]


def _neighbour(each: Resemblance, edition_id: int) -> Neighbour:
    ours, theirs = (each.a, each.b) if each.a.edition_id == edition_id else (each.b, each.a)
    return Neighbour(ours, theirs, each.reasons, each.kept_apart, each.verdict == "same")


def percent(score: float) -> int:
    """Rounded down: nothing is told as certain that the machine is not certain of."""
    return int(score * 100)
