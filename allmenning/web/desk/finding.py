"""Find an edition or a work by words, ISBN or number: to look at, or to merge another with."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from allmenning.catalogue import queries
from allmenning.catalogue.queries import WorkFacts
from allmenning.discovery import queries as discovery
from allmenning.kernel.actor import Actor
from allmenning.web.desk.asked import numbers
from allmenning.web.desk.paging import page_number, part_of
from allmenning.web.desk.shown import EditionLine, Naming, edition_line, naming, naming_of
from allmenning.web.desk.staff import show, staff

WORKS_A_PAGE = 10
EDITIONS_A_WORK = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A work among the hits, the editions that fit first. ``more`` editions are on its own page."""

    work_id: int
    name: Naming
    editions: tuple[EditionLine, ...]
    more: int


@require_safe
@staff
def find(request: HttpRequest, actor: Actor) -> HttpResponse:
    """``?q=`` what is looked for; ``utgave`` or ``verk`` is what the found one may be merged with."""
    asked = " ".join(request.GET.get("q", "").split())[:200]
    number = page_number(request)
    hits, total = _hits(asked, (number - 1) * WORKS_A_PAGE) if asked else ({}, 0)
    if number == 1:
        hits = {**dict.fromkeys(_by_number(asked), ()), **hits}
    works = {each.work_id: each for each in queries.works_for_index(hits.keys())}
    found = [_found(works[each], best) for each, best in hits.items() if each in works]
    edition_id, work_id = (next(iter(numbers([request.GET.get(each, "")])), None) for each in ("utgave", "verk"))
    return show(
        request,
        actor,
        "find",
        q=asked,
        total=total,
        pages=part_of(request, found, number, more=total > number * WORKS_A_PAGE),
        own=_own(edition_id, work_id),
        edition_id=edition_id,
        work_id=work_id,
    )


def _own(edition_id: int | None, work_id: int | None) -> Naming | None:
    """What is to be merged with something else."""
    if edition_id and (edition := queries.edition(edition_id)):
        return naming_of(edition.merged.description)
    work = queries.work(work_id) if work_id else None
    return naming(work) if work else None


def _hits(asked: str, offset: int) -> tuple[dict[int, tuple[int, ...]], int]:
    """Work → its fitting editions, best first; and how many works there are."""
    result = discovery.search(asked, offset=offset, limit=WORKS_A_PAGE)
    return {each.work_id: each.editions for each in result.hits}, result.total


def _by_number(asked: str) -> list[int]:
    """The works a number leads to: a record's, an edition's (the number of one of its records), a work's."""
    works = [queries.work_of_record(each) for each in numbers([asked])]
    led = [each for number in numbers([asked]) for each in queries.resolve("work", number).ids]
    return [each for each in dict.fromkeys((*works, *led)) if each is not None]


def _found(work: WorkFacts, best: tuple[int, ...]) -> Found:
    place = {edition_id: at for at, edition_id in enumerate(best)}
    ordered = sorted(work.editions, key=lambda each: (place.get(each.edition_id, len(best)), each.edition_id))
    lines = tuple(edition_line(each) for each in ordered[:EDITIONS_A_WORK])
    return Found(work.work_id, naming(work), lines, max(0, len(ordered) - EDITIONS_A_WORK))
