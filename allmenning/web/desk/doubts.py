"""Pairs the machine leaves to a person, two records side by side, and the person's word on them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from allmenning.catalogue import queries, services
from allmenning.catalogue.models import Decision
from allmenning.catalogue.queries import Mark, Resemblance, VersionFacts
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError, Invalid
from allmenning.web.desk import comparing
from allmenning.web.desk.decisions import act, notice
from allmenning.web.desk.editions import percent
from allmenning.web.desk.grouping import numbers
from allmenning.web.desk.staff import show, staff

PAIRS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Doubt:
    a: VersionFacts
    b: VersionFacts
    alike: int  # percent
    reasons: tuple[str, ...]
    rows: tuple[comparing.Row, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def doubts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """GET: a page of pairs. POST: «the same edition» or «different editions», then the page again, or ``tilbake``."""
    after = Mark.from_text(request.POST.get("etter") or request.GET.get("etter", ""))
    if request.method != "POST":
        return _page(request, actor, after)
    here = _at(after) if not request.POST.get("utgave") else _edition(request.POST["utgave"])
    return act(
        lambda: _decide(request, actor),
        onward=lambda _: here,
        otherwise=lambda problem: _page(request, actor, after, problem),
    )


def _decide(request: HttpRequest, actor: Actor) -> Decision:
    answer, reason = request.POST.get("svar"), request.POST.get("grunn", "").strip()
    verb = {"lik": services.merge, "ulik": services.keep_apart}.get(answer or "")
    if verb is None:
        raise Invalid("no_answer", "Choose «Same edition» or «Different editions».")
    return verb(actor=actor, level="edition", record_ids=numbers(request.POST.getlist("post")), reason=reason)


def _page(
    request: HttpRequest, actor: Actor, after: Mark | None, problem: AllmenningError | None = None
) -> HttpResponse:
    found = queries.doubtful(after=after, limit=PAIRS_A_PAGE)
    return show(
        request,
        actor,
        "doubts",
        pairs=[_doubt(each) for each in found.pairs],
        after=str(after) if after else "",
        following=_at(found.following) if found.following else "",
        first=reverse("desk:doubts") if after else "",
        notice=notice(request),
        problem=problem,
    )


def _doubt(each: Resemblance) -> Doubt:
    rows = comparing.two(each.a.description, each.b.description)
    return Doubt(each.a, each.b, percent(each.score), each.reasons, rows)


def _at(mark: Mark | None) -> str:
    here = reverse("desk:doubts")
    return f"{here}?{urlencode({'etter': str(mark)})}" if mark else here


def _edition(text: str) -> str:
    """Back to the edition whose page the buttons stood on."""
    known = numbers([text])
    return reverse("desk:edition", args=known) if known else reverse("desk:doubts")
