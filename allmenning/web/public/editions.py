"""The editions of a work as its page folds them: by language, then by format, newest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from allmenning.catalogue.description import Description
from allmenning.catalogue.formats import FORMATS
from allmenning.catalogue.queries import EditionFacts, WorkFacts
from allmenning.discovery.documents import HOME_LANGUAGES
from allmenning.kernel.text import fold
from allmenning.organisations.models import Library
from allmenning.web.formats import ONLINE
from allmenning.web.public import people
from allmenning.web.public.shown_work import Edition, LanguageGroup

_NUMBERS = re.compile(r"\d+")
#: The order languages stand in after the screen's own: Norwegian, Norway's minorities, neighbours.
NEAR = ("nb", "nn", "no", "se", "sma", "smj", "fkv", "fi", "en", "sv", "da")


def naming_edition(work: WorkFacts) -> EditionFacts:
    """The edition that gives the work its title: the same as among the hits, so that a click keeps the name."""

    def rank(edition: EditionFacts) -> tuple[bool, int, int]:
        tags = edition.merged.description.languages
        return not (tags and tags[0] in HOME_LANGUAGES), -len(edition.holdings), edition.edition_id

    return min(work.editions, key=rank)


def by_language(work: WorkFacts, library: Library | None, screen: str) -> tuple[LanguageGroup, ...]:
    """The first group stands open."""
    grouped: dict[str, list[EditionFacts]] = {}
    for edition in work.editions:
        languages = edition.merged.description.languages
        grouped.setdefault(languages[0] if languages else "", []).append(edition)
    order = sorted(
        grouped, key=lambda tag: (not tag, tag != screen, NEAR.index(tag) if tag in NEAR else len(NEAR), tag)
    )
    return tuple(_group(tag, grouped[tag], library, opened=tag == order[0]) for tag in order)


def _group(tag: str, editions: Sequence[EditionFacts], library: Library | None, *, opened: bool) -> LanguageGroup:
    by_format: dict[str, list[EditionFacts]] = {}
    for edition in editions:
        by_format.setdefault(edition.merged.description.format, []).append(edition)
    formats = tuple(
        (code, tuple(_edition(each, library) for each in looking_alike(sorted(by_format[code], key=_newest_first))))
        for code in sorted(by_format, key=lambda code: FORMATS.index(code) if code in FORMATS else len(FORMATS))
    )
    here = any(each.here for _code, shown in formats for each in shown)
    return LanguageGroup(tag, formats, sum(len(shown) for _code, shown in formats), opened, here)


def looking_alike(editions: Sequence[EditionFacts]) -> list[list[EditionFacts]]:
    """Editions that a reader could not tell apart, together, fullest first.

    The catalogue holds records apart that say too little to be joined without asking. Here nothing is joined: what is told of
    them is the same in title, year, publisher and edition, and no number or extent contradicts it, so it is told once.
    """
    found: list[list[EditionFacts]] = []
    for edition in editions:
        group = next((one for one in found if all(_alike(each, edition) for each in one)), None)
        if group is None:
            found.append([edition])
        else:
            group.append(edition)
    return [sorted(one, key=lambda each: -len(each.merged.provenance)) for one in found]


def _alike(one: EditionFacts, other: EditionFacts) -> bool:
    a, b = one.merged.description, other.merged.description
    if not a.year or _look(a) != _look(b):
        return False
    apart = a.isbns and b.isbns and set(a.isbns).isdisjoint(b.isbns)
    return not apart and (not a.extent or not b.extent or _NUMBERS.findall(a.extent) == _NUMBERS.findall(b.extent))


def _look(description: Description) -> tuple[str, ...]:
    said = (full_title(description), description.publisher, description.edition)
    return (*map(fold, said), str(description.year), *description.languages)


def _newest_first(edition: EditionFacts) -> tuple[int, int]:
    return -(edition.merged.description.year or 0), edition.edition_id


def _edition(alike: Sequence[EditionFacts], library: Library | None) -> Edition:
    facts = alike[0]
    description = facts.merged.description
    holdings = [held for each in alike for held in each.holdings]
    roles = people.contributors(description.agents, people.makers(description.agents))
    return Edition(
        id=facts.edition_id,
        also=tuple(each.edition_id for each in alike[1:]),
        title=full_title(description),
        language=description.languages[0] if description.languages else "",
        remainder=description.remainder,
        format=description.format,
        year=description.year,
        published=published(description),
        edition=description.edition,
        extent=description.extent,
        contributors=tuple((role, ", ".join(map(people.in_reading_order, them))) for role, them in roles.items()),
        isbns=tuple(dict.fromkeys(isbn for each in alike for isbn in each.merged.description.isbns)),
        series="; ".join(f"{each.title} {each.number}".strip() for each in description.series),
        libraries=len({held.library_id for held in holdings}),
        here=0
        if description.format in ONLINE
        else copies(held.kind for held in holdings if library and held.library_id == library.id),
        links=tuple(link for link in description.links if link.startswith(("http://", "https://")))[:3],
    )


def copies(kinds: Iterable[str]) -> int:
    """Items where they are listed; a bare holding statement counts as one."""
    listed = list(kinds)
    return listed.count("item") or len(listed)


def full_title(description: Description) -> str:
    """Title with its part: «Min kamp. Første bok»."""
    part = ". ".join(filter(None, (description.part_number, description.part_name)))
    return f"{description.title}. {part}" if part else description.title


def published(description: Description) -> str:
    """«Oslo: Aschehoug, 2021»."""
    who = ": ".join(filter(None, (description.place, description.publisher)))
    return ", ".join(filter(None, (who, str(description.year or ""))))
