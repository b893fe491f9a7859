"""What a work holds and what it stands in: a story in a collection, a novel in a boxed set."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from allmenning.catalogue.description import Description
from allmenning.catalogue.queries import WorkFacts, contents, held_by_records, works_for_index, works_holding
from allmenning.web.public import people
from allmenning.web.public.editions import full_title, naming_edition
from allmenning.web.public.shown import Card, Link

#: How many works are named of those that other editions hold, and of those that hold it.
NAMED = 30


def within(facts: WorkFacts, main: Description) -> tuple[tuple[Link, ...], tuple[Card, ...]]:
    """The titles it holds, in the order of the main edition's record, and the works with an edition that holds it.

    A title with a page leads there, another is only told. Works that only other editions hold come last.
    """
    everything = [main, *(each.merged.description for each in facts.editions)]
    telling = next((each for each in everything if each.contained), main)
    told = contents(telling, besides=facts.work_id)
    named = {each.work_id for each in told}
    held = held_by_records([record for edition in facts.editions for record in edition.record_ids])
    further = [each for each in sorted(set().union(*held.values())) if each not in named][:NAMED]
    held_in = [each for each in works_holding(facts.work_id) if each not in named | set(further)][:NAMED]
    cards = _carded([*further, *held_in])
    return (
        (
            *(Link(each.title, _url(each.work_id), note=people.turned(each.name)) for each in told),
            *(Link(card.title, card.url, card.language, card.creator) for each in further if (card := cards.get(each))),
        ),
        tuple(cards[each] for each in held_in if each in cards),
    )


def _url(work_id: int | None) -> str:
    return reverse("work", args=[work_id]) if work_id else ""


def _carded(work_ids: Sequence[int]) -> dict[int, Card]:
    found = works_for_index(work_ids) if work_ids else []
    return {each.work_id: card for each, card in zip(found, choice_cards(found), strict=True)}


def choice_cards(works: Sequence[WorkFacts]) -> tuple[Card, ...]:
    """For an old address that leads to several."""
    named = [(each.work_id, naming_edition(each).merged.description) for each in works]
    return tuple(
        Card(
            url=reverse("work", args=[work_id]),
            title=full_title(main),
            language=main.languages[0] if main.languages else "",
            creator=", ".join(map(people.in_reading_order, people.makers(main.agents))),
            format=main.format,
            year=main.year,
        )
        for work_id, main in named
    )
