"""The addresses of persons, bodies and subjects: old ones lead on, as a work's do."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from allmenning.authorities import queries as register
from allmenning.web.public.contents import choice_cards
from allmenning.web.public.frame import site
from allmenning.web.public.headings import address, heading_page, resolved
from allmenning.web.public.middleware import PublicRequest
from allmenning.web.public.shown import Link

#: The largest number our addresses give.
LARGEST_ID = 2**63 - 1


@require_safe
def heading(request: PublicRequest, entity_id: int) -> HttpResponse:
    """One page for all kinds; a person at a subject's address is led to the person's own, and the other way."""
    screen = get_language() or "nb"
    now = list(resolved(entity_id)) if entity_id <= LARGEST_ID else []
    if not now:
        raise Http404
    if len(now) > 1:
        page = [Link(each.label(screen).text, address(each), each.label(screen).language) for each in now]
        return render(request, "public/heading_choice.html", {"page": page, "site": site(request)}, status=300)
    here = address(now[0])
    if not here.endswith(request.path_info):
        return redirect(here, permanent=True)
    detail = register.detail(entity_id)
    if detail is None:
        raise Http404
    shown = heading_page(detail, request, request.library, screen, choice_cards)
    response = render(request, "public/heading.html", {"page": shown, "site": site(request)})
    response.headers["Cache-Control"] = "no-cache"
    return response
