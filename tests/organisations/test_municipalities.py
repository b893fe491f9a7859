"""The 357 municipalities and their population, as facts of our own."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db.models import Max, Min

from allmenning.kernel.labels import Label, Labels
from allmenning.organisations.models import Municipality, Population
from allmenning.organisations.queries import municipality, populations
from allmenning.organisations.services import Loaded, load_municipalities

pytestmark = pytest.mark.django_db

NEW_YEAR_2024 = date(2024, 1, 1)

# Cost sharing by population, the 2024 proposal (mission.md): lower bound → price each, NOK. A fixture, not a rule.
BRACKETS = {
    0: 20_000,
    10_000: 35_000,
    20_000: 40_000,
    40_000: 50_000,
    60_000: 75_000,
    100_000: 100_000,
    500_000: 150_000,
}


@pytest.fixture(autouse=True)
def _loaded() -> None:
    load_municipalities()


def bracket(inhabitants: int) -> int:
    return max(lower for lower in BRACKETS if lower <= inhabitants)


def test_there_are_357_in_15_counties() -> None:
    assert Municipality.objects.count() == 357
    assert Municipality.objects.values("county_number").distinct().count() == 15
    assert Counter(Municipality.objects.values_list("language_form", flat=True)) == {
        "neutral": 150,
        "nb": 119,
        "nn": 88,
    }


def test_one_municipality() -> None:
    found = municipality("5612")
    assert found is not None
    assert (found.name, found.county_number, found.county_name) == ("Kautokeino", "56", "Finnmark")
    assert found.names == Labels(no="Kautokeino", se="Guovdageaidnu")
    assert found.names.choose("nb") == Label("no", "Kautokeino")
    assert municipality("9999") is None


def test_names_in_three_sami_languages() -> None:
    names = {each.name: each.names for each in Municipality.objects.all()}
    assert names["Karasjok"].text("se") == "Kárášjohka"
    assert names["Hamarøy"].text("smj") == "Hábmer"
    assert names["Snåsa"].text("sma") == "Snåase"
    assert sum(len(each) > 1 for each in names.values()) == 12


def test_the_cost_brackets_of_2024_come_out_exactly() -> None:
    held = Counter(bracket(inhabitants) for inhabitants in populations(NEW_YEAR_2024).values())
    assert [held[lower] for lower in BRACKETS] == [244, 47, 40, 12, 7, 6, 1]
    assert sum(held.values()) == 357
    assert sum(BRACKETS[lower] * count for lower, count in held.items()) == 10_000_000


def test_brackets_include_their_lower_bound() -> None:
    assert (BRACKETS[bracket(9_999)], BRACKETS[bracket(10_000)]) == (20_000, 35_000)


def test_population_is_the_latest_count_on_or_before_the_day() -> None:
    assert populations(date(2023, 12, 31))["0301"] == 709_037
    assert populations(NEW_YEAR_2024)["0301"] == 717_710
    assert populations(date(2026, 11, 22))["0301"] == 728_714
    assert populations(date(2004, 12, 31)) == {}
    assert Population.objects.aggregate(first=Min("day"), last=Max("day")) == {
        "first": date(2005, 1, 1),
        "last": date(2026, 1, 1),
    }


def test_loading_again_changes_nothing_and_puts_wrong_rows_right() -> None:
    Population.objects.filter(municipality="0301", day=NEW_YEAR_2024).update(inhabitants=1)
    Municipality.objects.filter(number="0301").update(name="Kristiania")
    assert load_municipalities() == Loaded(municipalities=357, populations=7_852)
    assert (Municipality.objects.count(), Population.objects.count()) == (357, 7_852)
    assert populations(NEW_YEAR_2024)["0301"] == 717_710
    assert Municipality.objects.get(number="0301").name == "Oslo"


def test_the_table_agrees_with_its_source(shared_data: Path) -> None:
    with (shared_data / "municipalities" / "municipalities_2025.csv").open(encoding="utf-8") as table:
        source = {row["kommunenr"]: row for row in csv.DictReader(table)}
    ours = {each.number: each for each in Municipality.objects.all()}
    counted = populations(NEW_YEAR_2024)
    assert {
        number: (each.name, each.county_number, each.county_name, counted[number]) for number, each in ours.items()
    } == {
        number: (row["navn_norsk"], row["fylkesnr"], row["fylke"], int(row["folketall_2024_01_01"]))
        for number, row in source.items()
    }
    assert {number: row["navn"] for number, row in source.items() if row["navn"] != row["navn_norsk"]} == {
        number: name for number, each in ours.items() for tag, name in each.names.items() if tag != "no"
    }
