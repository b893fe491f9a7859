"""Works to measure searching on: real records multiplied into as many works as asked for, always the same way.

Every work starts from one real description. Past the first round each work is a new one: its title, subjects, creator
and year are taken from four different real records, so that word frequencies, name frequencies and lengths stay those
of real catalogues while no two works are copies. One work in five has several editions (translations, formats, later
printings); libraries are of very unequal size and hold popular works more often.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from allmenning.catalogue.describe import describe
from allmenning.catalogue.description import Description
from allmenning.catalogue.merging import Merged
from allmenning.catalogue.queries import EditionFacts, HoldingFacts, WorkFacts
from allmenning.formats.marc.reading import read_file
from allmenning.formats.marc.record import Read

SEED = 20261122
#: Libraries and the share of all works each holds: one of a city, some of towns, many of small places.
SHARES = (0.35, 0.25, 0.18, *(0.10 for _ in range(7)), *(0.04 for _ in range(20)), *(0.012 for _ in range(30)))
#: Branches of each library: the city has twenty.
BRANCHES = (20, 12, 8, *(4 for _ in range(7)), *(2 for _ in range(20)), *(1 for _ in range(30)))
#: How many editions a work has, and how often of a hundred.
EDITIONS = ((1, 80), (2, 11), (3, 4), (4, 2), (6, 2), (12, 1))
OTHER_LANGUAGES = ("nb", "nb", "nb", "nn", "en", "en", "sv", "da", "de", "fr", "se", "fi", "ru")
OTHER_FORMATS = ("book", "book", "book", "ebook", "audiobook", "eaudiobook", "large_print", "film")
AUDIENCES = ("", "adult", "adult", "adult", "adult", "children", "children", "young")

_AS_OF = datetime(2026, 11, 22, tzinfo=UTC)


def works(real: Sequence[Description], count: int, *, seed: int = SEED) -> Iterator[WorkFacts]:
    """``count`` works from ``real`` descriptions; the same for the same arguments. Work ids rise from 1."""
    chance = random.Random(seed)  # noqa: S311 (measurements repeat; nothing here is secret)
    edition_counts = [number for number, weight in EDITIONS for _ in range(weight)]
    edition_id = 0
    for number in range(count):
        first = real[number % len(real)] if number < len(real) else _blend(real, chance)
        first = replace(first, audience=first.audience or chance.choice(AUDIENCES))
        described = [first] + [_another(first, chance) for _ in range(chance.choice(edition_counts) - 1)]
        popularity = chance.paretovariate(1.6)
        editions = []
        for each in described:
            edition_id += 1
            held = tuple(_holdings(edition_id, popularity, chance))
            editions.append(EditionFacts(edition_id, Merged(each, {}), held, (edition_id,)))
        yield WorkFacts(number + 1, date(2026, 1, 1 + number % 28), tuple(editions))


def _blend(real: Sequence[Description], chance: random.Random) -> Description:
    """A work that nobody wrote: what it is called, about, by whom and when come from different real ones."""
    title, about, person, when = (chance.choice(real) for _ in range(4))
    words, other = title.title.split(), about.title.split()
    if words and other:
        words[chance.randrange(len(words))] = chance.choice(other)
    return replace(
        about, title=" ".join(words), remainder=title.remainder, agents=person.agents, year=when.year,
        responsibility=person.responsibility, languages=title.languages, variant_titles=(), isbns=title.isbns,
    )  # fmt: skip


def _another(first: Description, chance: random.Random) -> Description:
    year = None if first.year is None else min(2026, first.year + chance.randrange(60))
    return replace(
        first, languages=(chance.choice(OTHER_LANGUAGES),), format=chance.choice(OTHER_FORMATS), year=year,
        isbns=(), publisher=first.publisher if chance.random() < 0.5 else "Gyldendal",
    )  # fmt: skip


def _holdings(edition_id: int, popularity: float, chance: random.Random) -> Iterator[HoldingFacts]:
    for library, share in enumerate(SHARES):
        if chance.random() < share * popularity * 0.4:
            several = min(BRANCHES[library], 1 + int(popularity * chance.random()))
            for branch in chance.sample(range(BRANCHES[library]), several):
                number = 100 * (library + 1) + branch
                yield HoldingFacts(edition_id, library + 1, number, "item", str(number), "", "", "", _AS_OF)
    if chance.random() < 0.2:  # never nobody's: what no library has is not in a union catalogue
        yield HoldingFacts(edition_id, 1, 100, "item", "100", "", "", "", _AS_OF)


def read(files: Iterable[Path]) -> Iterator[Description]:
    """The descriptions of every record that can be read and has a title."""
    outcomes = (outcome for file in files for outcome in read_file(file))
    described = (describe(outcome.record) for outcome in outcomes if isinstance(outcome, Read))
    return (each for each in described if each.title)
