"""The libraries' catalogues as files, and the truth about them, so that what is joined again can be scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from allmenning.demo.libraries import DemoLibrary, load_libraries
from allmenning.demo.source_systems import SYSTEMS
from allmenning.demo.source_systems.copies import copies_of
from allmenning.demo.source_systems.entry import write_entry
from allmenning.demo.source_systems.system import Catalogued
from allmenning.demo.truth import TruthRow, write_truth
from allmenning.demo.works import Edition, Facts, load_facts

SEED = "allmenning-demo-1"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one library sends. ``source_name`` is the slug of its system here; ``truth`` has one row for each record."""

    library_slug: str
    source_name: str
    source_title: str
    rank: int  # the lower, the better catalogued: as Source.rank
    files: tuple[Path, ...]
    truth: tuple[TruthRow, ...]


def write_catalogues(folder: Path, *, seed: str = SEED) -> list[Delivery]:
    """Write every library's files and ``truth.tsv`` into ``folder``. The same seed gives the same bytes.

    The folder is made if need be; files of the same names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    facts, libraries = load_facts(), load_libraries().libraries
    holdings = _held(facts.editions, libraries, seed)
    deliveries = [
        _deliver(folder, facts, library, holdings[library.slug], rank, seed)
        for rank, library in enumerate(sorted(libraries, key=_carelessness), start=1)
    ]
    write_truth(folder / "truth.tsv", [row for each in deliveries for row in each.truth])
    return sorted(deliveries, key=lambda each: each.source_name)


def _carelessness(library: DemoLibrary) -> float:
    habits = library.habits
    return habits.typing_error + habits.year_off_by_one + sum(habits.left_out.values()) / 10


def _deliver(
    folder: Path, facts: Facts, library: DemoLibrary, editions: Sequence[Edition], rank: int, seed: str
) -> Delivery:
    system = SYSTEMS[library.system]
    source = f"{library.slug}-{library.system}"
    records = list(_catalogued(facts, library, editions, source, seed))
    files = system.write(folder, source, library.habits, records)
    truth = tuple(TruthRow(source, each.number, each.entry.edition.key, each.entry.edition.work) for each in records)
    title = f"{library.name.get('nb') or next(iter(library.name.values()))} ({library.system})"
    return Delivery(library.slug, source, title, rank * 10, tuple(files), truth)


def _catalogued(
    facts: Facts, library: DemoLibrary, editions: Sequence[Edition], source: str, seed: str
) -> Iterator[Catalogued]:
    system = SYSTEMS[library.system]
    branches = [each.code for each in library.branches]
    count = 0
    for edition in editions:
        # A generator of its own for every record: a new fact in the tables changes no other record.
        rng = Random(f"{seed}|{source}|{edition.key}")  # noqa: S311 - the same slips every time, no secrets
        for _ in range(2 if rng.random() < library.habits.catalogued_twice else 1):
            entry = write_entry(edition, library.habits, facts.publisher_variants, rng)
            copies = copies_of(edition, library.slug, branches, count, rng)
            yield Catalogued(system.number(count, library.slug), entry, copies)
            count += 1


def _held(editions: Sequence[Edition], libraries: Sequence[DemoLibrary], seed: str) -> dict[str, list[Edition]]:
    """Who has what; every edition is in at least one library, the largest where no other took it."""
    largest = max(libraries, key=lambda each: each.share)
    held: dict[str, list[Edition]] = {each.slug: [] for each in libraries}
    for edition in editions:
        takers = [each.slug for each in libraries if _takes(each, edition, seed)] or [largest.slug]
        for slug in takers:
            held[slug].append(edition)
    # A catalogue stands in the order things were bought, not in that of our tables.
    for slug, own in held.items():
        own.sort(key=lambda each, slug=slug: Random(f"{seed}|{slug}|order|{each.key}").random())  # type: ignore[misc]  # noqa: S311
    return held


def _takes(library: DemoLibrary, edition: Edition, seed: str) -> bool:
    chance = library.share * _demand(edition)
    for name in {edition.language, edition.kind, edition.format, edition.audience}:
        chance *= library.lean.get(name, 1.0)
    return Random(f"{seed}|{library.slug}|takes|{edition.key}").random() < chance  # noqa: S311


def _demand(edition: Edition) -> float:
    """Norwegian books are bought everywhere, foreign-language ones in few places."""
    if edition.language in ("nb", "nn"):
        return 1.35
    return 0.75 if edition.format in ("ebook", "eaudiobook") else 0.95
