"""A person's, body's or subject's own page on a library's site, and the ways there from a work's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from allmenning.authorities import queries as register
from allmenning.authorities.queries import Brief, Detail
from allmenning.authorities.statement import AGENTS, NO_LANGUAGE
from allmenning.catalogue.headings import queries as links
from allmenning.catalogue.queries import WorkFacts, works_for_index
from allmenning.organisations.models import Library
from allmenning.web.headings import KINDS, REGISTERS, RELATIONS
from allmenning.web.public import people
from allmenning.web.public.asking import EVERYWHERE, FIELDS
from allmenning.web.public.shown import Card, Link

#: How works become cards: the page of a work, which names editions, tells it.
Cards = Callable[[Sequence[WorkFacts]], tuple[Card, ...]]
#: Works shown on each shelf, and looked through for those that the library has itself.
SHOWN, LOOKED_AT = 12, 48


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some of the works, those of this library first; ``total`` of all, and where to see them."""

    cards: tuple[Card, ...]
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class HeadingPage:
    """``translations`` are the heading in other languages, ``variants`` what else it is called."""

    id: int
    url: str
    title: str
    language: str
    kind: str
    is_agent: bool
    dates: str
    note: str
    note_language: str
    translations: tuple[tuple[str, str], ...]  # (tag, text)
    variants: tuple[tuple[str, str], ...]  # (tag or "", text)
    relations: tuple[tuple[str, tuple[Link, ...]], ...]
    links: tuple[Link, ...]
    by: Shelf
    about: Shelf
    deprecated: bool


def address(entity: Brief) -> str:
    return reverse("name" if entity.kind in AGENTS else "subject", args=[entity.id])


def heading_page(
    detail: Detail, request: HttpRequest, library: Library | None, screen: str, cards: Cards
) -> HeadingPage:
    """The same number of queries however many works there are."""
    entity = detail.brief
    label = entity.label(screen)
    note = detail.notes.choose(screen)
    return HeadingPage(
        id=entity.id,
        url=request.build_absolute_uri(address(entity)),
        title=_in_reading_order(entity, label.text),
        language=label.language,
        kind=str(KINDS[entity.kind]),
        is_agent=entity.kind in AGENTS,
        dates=entity.dates,
        note=note.text,
        note_language="" if note.language == NO_LANGUAGE else note.language,
        translations=tuple(
            (tag, text)
            for tag, text in entity.labels.items()
            if tag not in (NO_LANGUAGE, label.language) and text != label.text
        ),
        variants=tuple((each.language, each.text) for each in detail.variants if each.text != label.text),
        relations=_relations(detail, screen),
        links=_outward(detail),
        by=_shelf(entity, "agent", library, cards),
        about=_shelf(entity, "subject", library, cards),
        deprecated=entity.deprecated,
    )


class Ways:
    """From a work's page to the pages of what the register knows of it; else to a search."""

    def __init__(self, facts: WorkFacts, screen: str) -> None:
        self._known = {(each.role, each.entity.name): each.entity for each in facts.headings}
        self._screen = screen

    def creator(self, name: str) -> str:
        entity = self._known.get(("agent", name))
        return address(entity) if entity else search_for("creator", name)

    def subject(self, label: str, language: str) -> Link:
        """In the screen's language where the register has it."""
        entity = self._known.get(("subject", label))
        if entity is None:
            return Link(label, search_for("subject", label), language)
        shown = entity.label(self._screen)
        return Link(shown.text, address(entity), shown.language)


def search_for(facet: str, value: str, *, everywhere: bool = False) -> str:
    asked = [(FIELDS[facet], value), *([EVERYWHERE] if everywhere else [])]
    return f"{reverse('search')}?{urlencode(asked)}"


def _shelf(entity: Brief, role: str, library: Library | None, cards: Cards) -> Shelf:
    ids = links.works_of(entity.id, role)
    works = works_for_index(ids[:LOOKED_AT])
    own = [each for each in works if library and _held(each, library.id)]
    rest = [each for each in reversed(works) if each not in own]
    # A site's search shows its own copies first; what only others have is found from there.
    url = search_for(
        "creator" if role == "agent" else "subject", entity.name, everywhere=library is not None and not own
    )
    return Shelf(cards([*own, *rest][:SHOWN]), len(ids), url)


def _held(work: WorkFacts, library_id: int) -> bool:
    return any(copy.library_id == library_id for edition in work.editions for copy in edition.holdings)


def _relations(detail: Detail, screen: str) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """By kind, in the order of :data:`RELATIONS`; what is not in the register itself is left out."""
    found: list[tuple[str, tuple[Link, ...]]] = []
    for kind, words in RELATIONS.items():
        those = [each.to for each in detail.relations if each.kind == kind and each.to and not _hidden(kind, each.to)]
        if those:
            found.append((str(words), tuple(_way(each, screen) for each in those)))
    return tuple(found)


def _hidden(kind: str, to: Brief) -> bool:
    """Headings that are out of use stand only where they tell what became of them."""
    return to.deprecated and kind in ("broader", "narrower", "related")


def _way(entity: Brief, screen: str) -> Link:
    label = entity.label(screen)
    return Link(_in_reading_order(entity, label.text), address(entity), label.language)


def _outward(detail: Detail) -> tuple[Link, ...]:
    return tuple(
        Link(REGISTERS.get(scheme, scheme.upper()) if scheme != "uri" else value, address, note=value)
        for scheme, value, address in detail.links
        if address.startswith(("http://", "https://"))
    )


def _in_reading_order(entity: Brief, text: str) -> str:
    return people.turned(text) if entity.kind == "person" else text


def resolved(entity_id: int) -> Iterable[Brief]:
    """What an id leads to now: one, or several to choose from."""
    ids = register.resolve(entity_id)
    found = register.brief(ids)
    return [found[each] for each in ids]
