"""The page of one work, from the facts the catalogue has of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allmenning.catalogue.description import Description, Subject
from allmenning.catalogue.queries import WorkFacts
from allmenning.discovery import queries as discovery
from allmenning.organisations.models import Library
from allmenning.organisations.queries import all_libraries, branches
from allmenning.web import formats
from allmenning.web.public import hits, opening, people, standing, structured
from allmenning.web.public.contents import within
from allmenning.web.public.editions import by_language, full_title, naming_edition
from allmenning.web.public.headings import Ways, search_for
from allmenning.web.public.shown import Card, Link
from allmenning.web.public.shown_work import Action, Branch, Elsewhere, Work

#: How many other titles by the same creator stand on the shelf at the foot.
MORE = 12


class Online(NamedTuple):
    """The editions that are reached over the net: those this library has, and all."""

    here: Sequence[Description]
    anywhere: Sequence[Description]


def work_page(facts: WorkFacts, request: HttpRequest, library: Library | None, screen: str) -> Work:
    """The same number of queries however many editions and copies there are."""
    main = naming_edition(facts).merged.description
    everything = [edition.merged.description for edition in facts.editions]
    libraries = {each.id: each for each in all_libraries()}
    here = libraries.get(library.id, library) if library else None
    held = standing.held(facts)
    own = _own(held, here, screen)
    online = _online(facts, held, here)
    others = standing.elsewhere(held, libraries, here, request, screen)
    url = request.build_absolute_uri(reverse("work", args=[facts.work_id]))
    makers = people.makers(main.agents)
    ways = Ways(facts, screen)
    holds, held_in = within(facts, main)
    editions = by_language(facts, here, screen)
    more, more_url = _more(facts.work_id, makers[0].name if makers else "", here)
    return Work(
        id=facts.work_id,
        url=url,
        title=full_title(main),
        language=main.languages[0] if main.languages else "",
        remainder=main.remainder,
        original_script=main.title_original_script,
        creators=tuple(Link(people.in_reading_order(each), ways.creator(each.name)) for each in makers),
        contributors=_contributors(everything, main, ways),
        original=_original(main),
        original_language=main.original_languages[0] if main.original_languages else "",
        summary=main.summary or next((each.summary for each in everything if each.summary), ""),
        summary_language=_summary_language(main, everything),
        format=main.format,
        formats=_distinct(each.format for each in everything),
        languages=_distinct(tag for each in everything for tag in each.languages[:1]),
        action=_action(own, others, online),
        digital=bool(online.here),
        branches=own,
        as_of=standing.as_of(held, here) if here else None,
        elsewhere=others,
        editions=editions,
        edition_count=sum(group.count for group in editions),
        holds=holds,
        held_in=held_in,
        subjects=_subjects(everything, ways, genre=False),
        genres=_subjects(everything, ways, genre=True),
        series=_series(everything),
        audience=", ".join(map(formats.audience_name, _distinct(each.audience for each in everything))),
        more=more,
        more_url=more_url,
        structured=structured.as_script(structured.as_data(facts, main, url)),
    )


def _own(held: Sequence[standing.Held], library: Library | None, screen: str) -> tuple[Branch, ...]:
    if library is None or not any(each.library_id == library.id for each, _edition in standing.on_shelves(held)):
        return ()
    openings = {each.name: each for each in opening.openings(library.id, screen)}
    return standing.here(held, library, branches(library.id), openings, screen)


def _online(facts: WorkFacts, held: Sequence[standing.Held], library: Library | None) -> Online:
    digital = [each for each in facts.editions if each.merged.description.format in formats.ONLINE]
    theirs = {edition.edition_id for each, edition in held if library and each.library_id == library.id}
    return Online(
        [each.merged.description for each in digital if each.edition_id in theirs],
        [each.merged.description for each in digital],
    )


def _action(own: Sequence[Branch], others: Sequence[Elsewhere], online: Online) -> Action | None:
    """One thing to do: go to the shelf, else read or listen online, else ask the library, else see who has it."""
    if own:
        copies = sum(line.count for branch in own for line in branch.copies)
        note = ngettext("%(n)s copy, %(place)s", "%(n)s copies, %(place)s", copies) % {
            "n": copies,
            "place": own[0].name
            if len(own) == 1
            else ngettext("%(n)s branch", "%(n)s branches", len(own)) % {"n": len(own)},
        }
        return Action(_("Find it on the shelf"), "#hylla", note)
    for each in online.here or online.anywhere:
        for link in each.links:
            if link.startswith(("http://", "https://")):
                return Action(formats.online_words(each.format), link, _("On another site"), outside=True)
    if online.here:
        return Action("", "", _("The library has it digitally. Ask the library how to borrow it."))
    if others:
        note = ngettext("%(n)s library has it", "%(n)s libraries have it", len(others)) % {"n": len(others)}
        return Action(_("See who has it"), "#andre", note)
    return None


def _more(work_id: int, creator: str, library: Library | None) -> tuple[tuple[Card, ...], str]:
    """Other titles by the same creator, and where to see all of them."""
    if not creator:
        return (), ""
    found = discovery.search(
        "", library_id=library.id if library else None, filters={"creator": (creator,)}, sort="newest", limit=MORE + 1
    )
    others = [each for each in found.hits if each.work_id != work_id][:MORE]
    return hits.cards(others), search_for("creator", creator)


def _contributors(
    everything: Sequence[Description], main: Description, ways: Ways
) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Over all editions: every translator and reader is a way to a copy."""
    makers = {each.name for each in people.makers(main.agents)}
    agents = {(each.name, each.role): each for one in everything for each in one.agents if each.name not in makers}
    roles = people.contributors(agents.values())
    return tuple(
        (role, tuple(Link(people.in_reading_order(each), ways.creator(each.name)) for each in them[:8]))
        for role, them in roles.items()
    )


def _original(main: Description) -> str:
    original = main.original_title or main.uniform_title
    return original if original and original != main.title else ""


def _summary_language(main: Description, everything: Sequence[Description]) -> str:
    """A summary is in the cataloguing language, which records seldom tell: the edition's own is the best guess."""
    told = main if main.summary else next((each for each in everything if each.summary), main)
    return told.languages[0] if told.languages[:1] and told.languages[0] in ("nb", "nn", "en", "se") else ""


def _subjects(everything: Sequence[Description], ways: Ways, *, genre: bool) -> tuple[Link, ...]:
    found: dict[str, Subject] = {}
    for each in everything:
        for subject in each.subjects:
            if (subject.kind == "genre") == genre:
                found.setdefault(subject.label.casefold(), subject)
    return tuple(ways.subject(each.label, each.language) for each in list(found.values())[:20])


def _series(everything: Sequence[Description]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for each in everything:
        for series in each.series:
            query = 'serie:"{}"'.format(series.title.replace('"', ""))
            url = f"{reverse('search')}?{urlencode({'q': query})}"
            found.setdefault(series.title.casefold(), Link(series.title, url, note=series.number))
    return tuple(found.values())[:5]


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
