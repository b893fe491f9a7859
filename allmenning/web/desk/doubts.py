"""What the machine leaves to a person: editions that may be one, side by side, and the person's word on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from allmenning.catalogue import queries, services
from allmenning.catalogue.models import Decision
from allmenning.catalogue.queries import Mark, Question, VersionFacts
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError, Invalid
from allmenning.web.desk import comparing
from allmenning.web.desk.asked import numbers
from allmenning.web.desk.decisions import act, notice
from allmenning.web.desk.staff import show, staff

QUESTIONS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Link:
    """Why two of the editions may be one; ``a`` and ``b`` count them as the page does."""

    a: int
    b: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``ticked`` are the records chosen before, when the answer did not fit."""

    editions: tuple[VersionFacts, ...]
    links: tuple[Link, ...]
    rows: tuple[comparing.Row, ...]
    ticked: tuple[int, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def doubts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """GET: a page of questions. POST: an answer to one, then the page again, or the edition it was asked at."""
    after = Mark.from_text(request.POST.get("etter") or request.GET.get("etter", ""))
    if request.method != "POST":
        return _page(request, actor, after)
    here = _at(after) if not request.POST.get("utgave") else _edition(request.POST["utgave"])
    return act(
        lambda: _decide(request, actor),
        onward=lambda: here,
        otherwise=lambda problem: _page(request, actor, after, problem),
    )


def _decide(request: HttpRequest, actor: Actor) -> Sequence[Decision]:
    """``lik``: all are one; ``noen``: those ticked are, the others are not they; ``ulik``: all are different."""
    answer, reason = request.POST.get("svar"), request.POST.get("grunn", "").strip()
    asked, ticked = numbers(request.POST.getlist("post")), numbers(request.POST.getlist("lik"))
    if answer == "noen":
        same, others = [each for each in asked if each in ticked], [each for each in asked if each not in ticked]
        if len(same) < 2:
            raise Invalid("tick_two", "Tick at least two that are the same edition.")
        if others:
            return services.sort_out(actor=actor, level="edition", same=same, others=others, reason=reason)
        answer = "lik"
    verb = {"lik": services.merge, "ulik": services.keep_apart}.get(answer or "")
    if verb is None:
        raise Invalid("no_answer", "Choose «Same edition» or «Different editions».")
    return [verb(actor=actor, level="edition", record_ids=asked, reason=reason)]


def _page(
    request: HttpRequest, actor: Actor, after: Mark | None, problem: AllmenningError | None = None
) -> HttpResponse:
    found = queries.doubtful(after=after, limit=QUESTIONS_A_PAGE)
    ticked = numbers(request.POST.getlist("lik"))
    return show(
        request,
        actor,
        "doubts",
        questions=[_asked(each, ticked) for each in found.questions],
        after=str(after) if after else "",
        following=_at(found.following) if found.following else "",
        first=reverse("desk:doubts") if after else "",
        notice=notice(request),
        problem=problem,
    )


def _asked(each: Question, ticked: Collection[int]) -> Asked:
    places = {record.edition_id: at for at, record in enumerate(each.editions, start=1)}
    return Asked(
        each.editions,
        tuple(Link(places[link.a.edition_id], places[link.b.edition_id], link.reasons) for link in each.links),
        comparing.against_each_other([record.description for record in each.editions]),
        tuple(record.record_id for record in each.editions if record.record_id in ticked),
    )


def _at(mark: Mark | None) -> str:
    here = reverse("desk:doubts")
    return f"{here}?{urlencode({'etter': str(mark)})}" if mark else here


def _edition(text: str) -> str:
    """Back to the edition whose page the buttons stood on."""
    known = numbers([text])
    return reverse("desk:edition", args=known) if known else reverse("desk:doubts")
