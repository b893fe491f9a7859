"""Norway's municipalities and their population, from the tables in ``organisations/data``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from django.db import transaction

from allmenning.kernel.labels import Labels
from allmenning.organisations.models import Municipality, Population

_DATA = files("allmenning.organisations") / "data"
_SAMI = ("sma", "smj", "se")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows stand after loading."""

    municipalities: int
    populations: int


def load_municipalities() -> Loaded:
    """Bring the municipalities and their population per 1 January 2005–2026 in line with the tables.

    Idempotent: rows that are there are put right, so that a corrected table only needs loading again. No audit entry:
    this is the installation's own knowledge, and nobody acted.
    """
    municipalities = [_municipality(row) for row in _rows("municipalities.tsv")]
    populations = [each for row in _rows("population.tsv") for each in _populations(row)]
    with transaction.atomic():
        Municipality.objects.bulk_create(
            municipalities,
            update_conflicts=True,
            unique_fields=["number"],
            update_fields=["name", "names", "county_number", "county_name", "language_form"],
        )
        Population.objects.bulk_create(
            populations,
            update_conflicts=True,
            unique_fields=["municipality", "day"],
            update_fields=["inhabitants"],
            batch_size=5_000,
        )
    return Loaded(len(municipalities), len(populations))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8") as table:
        yield from csv.DictReader(table, delimiter="\t")


def _municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        number=row["number"],
        name=row["name"],
        names=Labels({"no": row["name"], **{tag: row[tag] for tag in _SAMI}}),
        county_number=row["county_number"],
        county_name=row["county_name"],
        language_form=row["language_form"],
    )


def _populations(row: dict[str, str]) -> Iterator[Population]:
    for year, inhabitants in row.items():
        # Two municipalities have no figure for 2005, before their borders could be counted back to.
        if year != "number" and inhabitants:
            yield Population(municipality_id=row["number"], day=date(int(year), 1, 1), inhabitants=int(inhabitants))
