"""What browsers and crawlers ask every site for by themselves: its icon, and where robots may go (RFC 9309)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from allmenning.organisations.models import Library
from allmenning.web import palette
from allmenning.web.public.middleware import PublicRequest

ONE_DAY = "public, max-age=86400"

#: The open book of Allmenning itself, where no library is.
_BOOK = "M24 15.5C20.5 12.7 15.5 12 10 12.3V34c5.5-.3 10.5.4 14 3.2 3.5-2.8 8.5-3.5 14-3.2V12.3c-5.5-.3-10.5.4-14 3.2Z"


@require_safe
def icon(request: PublicRequest) -> HttpResponse:
    """The library's first letter on its colour, so that two libraries' tabs are told apart."""
    response = HttpResponse(_drawn(request.library), content_type="image/svg+xml")
    response.headers["Cache-Control"] = ONE_DAY
    return response


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Where browsers look without having read a page."""
    return redirect("icon", permanent=True)


@require_safe
def robots(request: PublicRequest) -> HttpResponse:
    """Works, front pages and the plain list of everything are open; searches, filters and the desk are not.

    A crawler reads this at a host's root only, so the national door speaks for the libraries below it as well.
    """
    places = (request.address.script_prefix,) if request.library else ("/", "/*/")
    lines = ["User-agent: *", "Disallow: /desk/"]
    for place in places:
        # The longest pattern that fits decides (§2.2.2): the list of everything may be paged through.
        lines += [f"Disallow: {place}sok?", f"Allow: {place}sok?side=", f"Disallow: {place}forslag"]
    lines += ["Disallow: /*?lang=", "Disallow: /*&lang="]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = ONE_DAY
    return response


def _drawn(library: Library | None) -> str:
    colour = palette.clean(library.colour) if library else palette.FALLBACK
    sign = palette.text_on(colour)
    if library is None:
        drawing = format_html('<path d="{}" fill="{}"/>', _BOOK, sign)
        drawing += format_html('<path d="M24 15.5v21.7" stroke="{}" stroke-width="2"/>', colour)
    else:
        drawing = format_html(
            '<text x="24" y="35.5" text-anchor="middle" font-family="Literata,Georgia,serif" font-weight="700"'
            ' font-size="33" fill="{}">{}</text>',
            sign,
            initial(str(library.name)),
        )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="10" fill="{}"/>{}</svg>',
        colour,
        drawing,
    )


def initial(name: str) -> str:
    """The first letter or digit of a name, as a capital; a dot for a name without any."""
    return next((each.upper() for each in name if each.isalnum()), "•")
