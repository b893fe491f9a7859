"""Numbers of editions and works that ceased: where they lead, or a choice, or nowhere."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from allmenning.catalogue import queries
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError, NotFound
from allmenning.web.desk.staff import show


def live_group(level: str, text: str) -> int:
    """The live edition or work a number leads to. Raises ``NotFound`` for none, for several, and for other text."""
    asked = text.strip()
    if asked.isascii() and asked.isdigit() and len(asked) < 19:
        found = queries.resolve(level, int(asked)).current
        if found is not None:
            return found
    raise NotFound("no_such_number", "Nothing in the catalogue has that number. Check it, or search by title.")


def lead_on(
    request: HttpRequest, actor: Actor, level: str, asked: int, problem: AllmenningError | None = None
) -> HttpResponse:
    """For a number that is no live edition or work: on to its one successor, else a choice, else 404."""
    found = queries.resolve(level, asked)
    if not found.ids:
        raise Http404
    if problem is not None:
        return show(request, actor, "problem", problem=problem, back=reverse(f"desk:{level}", args=[found.ids[0]]))
    if found.current is not None:
        query = request.META.get("QUERY_STRING", "")
        where = reverse(f"desk:{level}", args=[found.current])
        return redirect(f"{where}?{query}" if query else where)
    return show(request, actor, "choice", level=level, asked=asked, ids=found.ids, status=300)
