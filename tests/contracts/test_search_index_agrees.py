"""Every adapter answers random questions about random works just as the plain one in memory does."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from allmenning.adapters import search_memory
from allmenning.discovery.ports import FACETS, EditionDocument, SearchRequest, WorkDocument
from allmenning.discovery.query import parse
from tests.contracts.test_search_index import ADAPTERS
from tests.discovery.samples import edition, work

WORDS = ("sult", "pan", "bok", "bøker", "ørn", "dikt", "krig")
NAMES = ("Hamsun, Knut", "Undset, Sigrid", "Skram, Amalie")
SUBJECTS = ("Kristiania", "Nordland", "Bibliotek")
#: Branch → its library; branch 0 is a library's holding without a branch.
BRANCHES = {11: 1, 12: 1, 21: 2, 31: 3}
VALUES = {
    "library": ("1", "2", "3", "4"),
    "branch": ("11", "12", "21", "31"),
    "language": ("nb", "nn", "se"),
    "format": ("book", "ebook"),
    "audience": ("adult", "children"),
    "decade": ("1990", "2000"),
    "creator": NAMES,
    "subject": SUBJECTS,
}
ASKED = ("", "sult", "bok", "bok -krig", '"sult pan"', "ørn*", "tittel:dikt", "hamsun", "år:1990-1999")


def random_works(chance: random.Random, count: int) -> Iterator[WorkDocument]:
    for work_id in range(1, count + 1):
        yield work(
            work_id,
            " ".join(chance.choices(WORDS, k=chance.randint(1, 4))),
            *(random_edition(chance, 100 * work_id + number) for number in range(chance.choice((1, 1, 2, 3, 5)))),
            creators=tuple(chance.sample(NAMES, chance.randint(0, 2))),
            subjects=tuple(chance.sample(SUBJECTS, chance.randint(0, 2))),
        )


def random_edition(chance: random.Random, edition_id: int) -> EditionDocument:
    held = [(BRANCHES[branch], branch) for branch in chance.sample(sorted(BRANCHES), chance.randint(0, 3))]
    held += [(chance.randint(1, 3), 0)] if chance.random() < 0.3 else []
    return edition(
        edition_id,
        " ".join(chance.choices(WORDS, k=2)),
        language=chance.choice(("nb", "nb", "nn", "se", "")),
        form=chance.choice(("book", "ebook")),
        audience=chance.choice(("adult", "children", "")),
        year=chance.choice((1990, 1995, 2003, None)),
        held=tuple(sorted(set(held))),
    )


def random_request(chance: random.Random) -> SearchRequest:
    chosen = chance.sample(sorted(VALUES), chance.choice((0, 0, 1, 1, 2, 3)))
    return SearchRequest(
        parse(chance.choice(ASKED)),
        library_id=chance.choice((None, None, 1, 2, 3, 4)),
        filters={facet: tuple(chance.sample(VALUES[facet], chance.choice((1, 1, 2)))) for facet in chosen},
        facets=FACETS,
        facet_size=chance.choice((1, 2, 12)),
        limit=100,
    )


@pytest.mark.parametrize("name", sorted(set(ADAPTERS) - {"memory"}))
@pytest.mark.parametrize("seed", [1890, 1920])
def test_random_questions_are_answered_alike(name: str, seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    works = list(random_works(chance, 80))
    plain, other = search_memory.open_index(), ADAPTERS[name](tmp_path)
    plain.write(works)
    other.write(works[:50])
    other.write(works[40:])  # several segments, some documents replaced
    for _ in range(100):
        request = random_request(chance)
        expected, given = plain.search(request), other.search(request)
        assert given.total == expected.total, request
        assert {hit.work_id: hit.editions for hit in given.hits} == {
            hit.work_id: hit.editions for hit in expected.hits
        }, request
        assert given.facets == expected.facets, request
