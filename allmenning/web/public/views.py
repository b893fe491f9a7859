"""The public pages: read what was asked, call one query, show it."""

from __future__ import annotations

import re

from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from allmenning.catalogue import queries as catalogue
from allmenning.discovery import queries as discovery
from allmenning.web import palette
from allmenning.web.public import asking, structured, suggesting
from allmenning.web.public import front as front_pages
from allmenning.web.public.about import about as about_page
from allmenning.web.public.contents import choice_cards
from allmenning.web.public.editions import naming_edition
from allmenning.web.public.frame import site
from allmenning.web.public.middleware import PublicRequest
from allmenning.web.public.results import results
from allmenning.web.public.shown import Choice
from allmenning.web.public.work import work_page

#: A work's number in our addresses; larger ones were never given.
LARGEST_ID = 2**63 - 1


def _screen() -> str:
    return get_language() or "nb"


@require_safe
def front(request: PublicRequest) -> HttpResponse:
    if request.library is None:
        text = " ".join(request.GET.get("kommune", "").split())[:100]
        page = front_pages.door(request, text, _screen())
        frame = site(request, kept=[("kommune", text)] if text else [])
        return _fresh(render(request, "public/door.html", {"page": page, "site": frame}))
    own = front_pages.front(request.library, _screen())
    return _fresh(render(request, "public/front.html", {"page": own, "site": site(request)}))


@require_safe
def search(request: PublicRequest) -> HttpResponse:
    asked = asking.read(request.GET, national=request.library is None)
    page = results(asked, request.library, _screen())
    frame = site(request, query=asked.text, everywhere=asked.everywhere, kept=asked.pairs())
    return _fresh(render(request, "public/results.html", {"page": page, "site": frame}))


@require_safe
def suggest(request: PublicRequest) -> HttpResponse:
    """The list under the search field while somebody types; a fragment."""
    asked = asking.read(request.GET, national=request.library is None)
    here = request.library.id if request.library and not asked.everywhere else None
    found = discovery.suggest(asked.text, library_id=here) if len(asked.text) > 1 else ()
    shown = suggesting.suggestions(found, everywhere=asked.everywhere)
    return _fresh(render(request, "public/suggestions.html", {"suggestions": shown}))


@require_safe
def work(request: PublicRequest, work_id: int) -> HttpResponse:
    facts = catalogue.work(work_id) if work_id <= LARGEST_ID else None
    if facts is None:
        return _successor(request, work_id)
    page = work_page(facts, request, request.library, _screen())
    return _fresh(render(request, "public/work.html", {"page": page, "site": site(request)}))


@require_safe
def work_data(request: PublicRequest, work_id: int) -> HttpResponse:
    """The same facts as schema.org JSON-LD, for machines."""
    facts = catalogue.work(work_id) if work_id <= LARGEST_ID else None
    if facts is None:
        return _successor(request, work_id, name="work_data")
    main = naming_edition(facts).merged.description
    url = request.build_absolute_uri(request.path.removesuffix(".json"))
    data = structured.as_data(facts, main, url)
    response = JsonResponse(data, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})
    return _fresh(response)


def _successor(request: PublicRequest, work_id: int, name: str = "work") -> HttpResponse:
    """An old address leads to what its work became; to a choice (RFC 9110 §15.4.1) where it was divided."""
    found = catalogue.resolve("work", work_id) if work_id <= LARGEST_ID else None
    if found is None or not found.ids:
        raise Http404
    if found.current is not None:
        return redirect(name, found.current, permanent=True)
    page = Choice(choice_cards(catalogue.works_for_index(found.ids)))
    return _fresh(render(request, "public/choice.html", {"page": page, "site": site(request)}, status=300))


@require_safe
def about(request: PublicRequest) -> HttpResponse:
    if request.library is None:
        raise Http404
    page = about_page(request.library, _screen())
    return _fresh(render(request, "public/about.html", {"page": page, "site": site(request)}))


@require_safe
def theme(_request: HttpRequest, colour: str) -> HttpResponse:
    """The stylesheet of a colour: the same for ever, so browsers may keep it for ever."""
    if not re.fullmatch(r"[0-9a-f]{6}", colour):
        raise Http404
    response = HttpResponse(palette.stylesheet(f"#{colour}"), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent is more than a form of ours holds, or asks for a site that is not here."""
    page = {"site": site(request), "wrong_host": isinstance(exception, DisallowedHost)}
    return render(request, "public/not_understood.html", page, status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    return render(request, "public/not_found.html", {"site": site(request)}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Without the database: whatever broke may have been that."""
    return render(request, "public/broken.html", {"site": site(request)}, status=500)


def _fresh(response: HttpResponse) -> HttpResponse:
    """Pages change by the minute (open now) and by the cookie of the language: ask again each time."""
    response.headers["Cache-Control"] = "no-cache"
    return response
