"""The front pages: a library's own, and the national door."""

from __future__ import annotations

import time
from functools import lru_cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from allmenning.discovery import queries as discovery
from allmenning.discovery.ports import SearchResult
from allmenning.kernel.text import fold
from allmenning.organisations.models import Library
from allmenning.organisations.queries import all_libraries
from allmenning.web import palette, skyline
from allmenning.web.languages import SHELF_ORDER, language_name, own_name
from allmenning.web.public import hits
from allmenning.web.public.asking import FIELDS, Asked
from allmenning.web.public.frame import NATIONAL_COLOUR, url_at
from allmenning.web.public.opening import openings
from allmenning.web.public.shown import Door, Front, LibraryCard, Link

NEWEST = 14
#: Counting over everything is the slowest thing an index does; a front page may be a minute behind.
SECONDS = 60


def front(library: Library, screen: str) -> Front:
    found = _everything(library.id)
    welcome = library.about.choose(screen)
    return Front(
        newest=hits.cards(found.hits),
        newest_url=Asked(sort="added").url(reverse("search")),
        openings=openings(library.id, screen),
        languages=_languages(found),
        welcome=welcome.text,
        welcome_language=welcome.language,
        works=found.total,
        skyline=skyline.draw(library.slug, library.colour),
    )


def door(request: HttpRequest, text: str, screen: str) -> Door:
    """``text`` picks libraries by their name, municipality or county."""
    found = _everything(None)
    libraries = [each for each in all_libraries() if _fits(each, text)]
    return Door(
        text=text,
        libraries=tuple(_library(each, request, screen) for each in libraries),
        total=len(libraries),
        newest=hits.cards(found.hits),
        languages=_languages(found),
        works=found.total,
        skyline=skyline.draw("norge", NATIONAL_COLOUR),
    )


def _everything(library_id: int | None) -> SearchResult:
    return everything(library_id, int(time.time() // SECONDS))


@lru_cache(maxsize=1024)
def everything(library_id: int | None, _minute: int) -> SearchResult:
    """Kept in this process for the rest of the minute."""
    return discovery.search("", library_id=library_id, facets=("language",), sort="added", limit=NEWEST)


def _languages(found: SearchResult) -> tuple[Link, ...]:
    """The minority languages first, whatever their number; not the screen's own."""
    counted = dict(found.facets.get("language", ()))
    screen = get_language()
    shown = [tag for tag in SHELF_ORDER if tag in counted and tag != screen]
    return tuple(
        Link(own_name(tag), f"{reverse('search')}?{FIELDS['language']}={tag}", tag, language_name(tag), counted[tag])
        for tag in shown[:8]
    )


def _fits(library: Library, text: str) -> bool:
    wanted = fold(text)
    if not wanted:
        return True
    place = library.municipality
    named = [*library.name.values(), *((place.name, *place.names.values(), place.county_name) if place else ())]
    return any(wanted in fold(each) for each in named)


def _library(library: Library, request: HttpRequest, screen: str) -> LibraryCard:
    name = library.name.choose(screen)
    return LibraryCard(
        name=name.text,
        language=name.language,
        url=url_at(library, "/", request),
        place=_place(library),
        kind=library.get_kind_display(),
        colour=palette.clean(library.colour),
    )


def _place(library: Library) -> str:
    """The municipality under its official names, the local language's first: «Kárášjohka – Karasjok»."""
    if library.municipality is None:
        return ""
    names = library.municipality.names
    ours = [text for tag, text in names.items() if tag not in ("nb", "nn", "no")]
    return " – ".join(dict.fromkeys((*ours, library.municipality.name)))
