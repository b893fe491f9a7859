"""The frame round a page: whose site it is, its colour and languages; and links from one library's site to another."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from allmenning.kernel.labels import Label
from allmenning.organisations.models import Library
from allmenning.organisations.queries import address_of
from allmenning.web import palette
from allmenning.web.languages import screen_languages
from allmenning.web.public.shown import Link, Site

MINORITY_LANGUAGES = ("se", "sma", "smj", "fkv")

#: The national door's own name and colour.
NATIONAL_NAME, NATIONAL_COLOUR = "Allmenning", palette.FALLBACK


def site(
    request: HttpRequest, *, query: str = "", everywhere: bool = False, kept: Iterable[tuple[str, str]] = ()
) -> Site:
    """No database queries: everything is on the request already.

    ``kept`` are the fields of the address that the page has understood, and keeps in another language.
    """
    library: Library | None = getattr(request, "library", None)
    screen = translation.get_language() or settings.LANGUAGE_CODE
    colour = palette.clean(library.colour) if library else NATIONAL_COLOUR
    name = library.name.choose(screen) if library else None
    also = _other_name(library, name.text) if library and name else Label("", "")
    languages = tuple(
        Link(own, f"?{urlencode([*kept, ('lang', tag)])}", tag, current=tag == screen)
        for tag, own in screen_languages()
    )
    return Site(
        name=name.text if name else NATIONAL_NAME,
        language=name.language if name else "nb",
        national=library is None,
        home=reverse("front", urlconf=_URLS),
        search_url=reverse("search", urlconf=_URLS),
        about_url=reverse("about", urlconf=_URLS),
        suggest_url=reverse("suggest", urlconf=_URLS),
        national_url=national_url(),
        theme_url=f"/tema/{colour[1:]}.css",
        icon_url=reverse("icon", urlconf=_URLS),
        languages=languages,
        screen=dict(screen_languages()).get(screen, screen),
        query=query,
        everywhere=everywhere,
        email=library.email if library else "",
        phone=library.phone if library else "",
        colour=colour,
        logo=library.logo_svg if library else "",
        also=also.text,
        also_language=also.language,
    )


#: Errors are told in the same frame, also when they arose before the address was understood.
_URLS = "allmenning.web.public.urls"


def national_url() -> str:
    """The national door. Where libraries have host names of their own, ``NATIONAL_URL`` says where it is."""
    return str(getattr(settings, "NATIONAL_URL", "/"))


def url_at(library: Library, path: str, request: HttpRequest) -> str:
    """The address of ``path`` (``/verk/5``) on another library's site, as seen from this request."""
    address = address_of(library)
    here = getattr(request, "address", None)
    if address.host:
        port = request.get_host().rpartition(":")[2]
        host = f"{address.host}:{port}" if port.isdigit() else address.host
        return f"{request.scheme}://{host}{path}"
    if here is not None and here.host:
        return national_url().rstrip("/") + address.path(path)
    return address.path(path)


def _other_name(library: Library, shown: str) -> Label:
    """The name in the Sámi language or Kven of its place, beside the one the screen's language gives."""
    for tag in library.languages:
        if tag in MINORITY_LANGUAGES and tag in library.name and library.name[tag] != shown:
            return Label(tag, library.name[tag])
    return Label("", "")
