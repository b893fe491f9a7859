"""The results page from one answer of the search."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allmenning.discovery import queries as discovery
from allmenning.discovery.ports import SearchResult, Sort
from allmenning.organisations.models import Library
from allmenning.organisations.queries import all_libraries, branches
from allmenning.web.public import answering, facets, hits, spelling
from allmenning.web.public.asking import EVERYWHERE, LAST_PAGE, PAGE_SIZE, SORTS, VERBATIM, Asked, page_numbers
from allmenning.web.public.facets import Places
from allmenning.web.public.shown import Link, Results

SORT_NAMES: dict[Sort, str | Promise] = {
    "relevance": gettext_lazy("Best match"),
    "added": gettext_lazy("New on the shelf"),
    "newest": gettext_lazy("Newest first"),
    "oldest": gettext_lazy("Oldest first"),
    "title": gettext_lazy("Title"),
    "creator": gettext_lazy("Author"),
}


def results(typed: Asked, library: Library | None, screen: str) -> Results:
    """One search; more only where the first found nothing here."""
    places = _places(library)
    here = None if typed.everywhere else library
    base = reverse("search")
    answered = answering.answer(typed, lambda asked: _search(asked, here, places), base)
    asked, answer = answered.asked, answered.found
    last = min(max(1, -(-answer.total // PAGE_SIZE)), LAST_PAGE)
    wide = Asked(typed.text, everywhere=True, verbatim=typed.verbatim)
    wider = _wider(wide, base) if here and not answer.total else 0
    return Results(
        text=asked.text,
        total=answer.total,
        hits=hits.hits(answer.hits, asked.text, library, places, screen),
        scopes=_scopes(typed, library, base, screen),
        everywhere=asked.everywhere,
        filters=facets.groups(answer.facets, asked, places, screen) if answer.total or asked.filters else (),
        chosen=facets.chosen(asked, places, screen, base),
        kept=_kept(asked, answer),
        clear_url=Asked(asked.text, asked.everywhere, sort=asked.sort).url(base),
        sorts=tuple((SORTS[sort], str(name), sort == asked.sort) for sort, name in SORT_NAMES.items()),
        sort=SORTS[asked.sort],
        pages=tuple(_page(asked, number, base) for number in page_numbers(min(asked.page, last), last)),
        previous=asked.at_page(min(asked.page - 1, last)).url(base) if asked.page > 1 else "",
        following=asked.at_page(asked.page + 1).url(base) if asked.page < last else "",
        page_number=asked.page,
        last_page=last,
        first_number=asked.offset + 1,
        wider_url=wide.url(base) if wider else "",
        wider_total=wider,
        spelling=() if answer.total or not asked.text else spelling.nearly(asked, here, base),
        instead=answered.instead,
        offer=answering.offer(answered, base),
        unspecified=facets.unspecified(answer.facets, asked, base),
    )


def _places(library: Library | None) -> Places:
    theirs = branches(library.id) if library else []
    return Places({each.id: each for each in all_libraries()}, {each.id: each for each in theirs})


def _search(asked: Asked, here: Library | None, places: Places) -> SearchResult:
    # Creator and subject have many values and cost most: a link leads to them, no list of boxes.
    place: tuple[str, ...] = ("branch",) if here else ("library",)
    return discovery.search(
        asked.text,
        library_id=here.id if here else None,
        filters={facet: places.index_values(facet, values) for facet, values in asked.filters.items()},
        facets=("format", "language", "audience", *place, "decade"),
        sort=asked.sort,
        offset=asked.offset,
        limit=PAGE_SIZE,
    )


def _wider(wide: Asked, base: str) -> int:
    """How many all libraries have together, when this one has none: as their own page reads and counts it."""

    def search(asked: Asked) -> SearchResult:
        return discovery.search(asked.text, filters=asked.filters, limit=PAGE_SIZE)

    return answering.answer(wide, search, base).found.total


def _scopes(asked: Asked, library: Library | None, base: str, screen: str) -> tuple[Link, ...]:
    if library is None:
        return ()
    own = {facet: values for facet, values in asked.filters.items() if facet != "library"}
    all_ = {facet: values for facet, values in asked.filters.items() if facet != "branch"}
    name = library.name.choose(screen)
    return (
        Link(
            name.text, Asked(asked.text, False, own, asked.sort).url(base), name.language, current=not asked.everywhere
        ),
        Link(_("All of Norway"), Asked(asked.text, True, all_, asked.sort).url(base), current=asked.everywhere),
    )


def _kept(asked: Asked, answer: SearchResult) -> tuple[tuple[str, str], ...]:
    """What the filter form carries along unseen: the words, the scope, and filters that have no boxes."""
    kept = [("q", asked.text)] if asked.text else []
    kept += [EVERYWHERE] if asked.everywhere else []
    kept += [VERBATIM] if asked.verbatim else []
    boxless = {facet: values for facet, values in asked.filters.items() if facet not in answer.facets}
    return tuple(kept + Asked(filters=boxless).pairs())


def _page(asked: Asked, number: int | None, base: str) -> Link | None:
    if number is None:
        return None
    return Link(str(number), asked.at_page(number).url(base), current=number == asked.page)
