"""The facts are well formed, and say where they come from."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from stdnum import isbn

from allmenning.catalogue.formats import FORMATS
from allmenning.demo.libraries import load_libraries
from allmenning.demo.works import FACTS, KINDS, load_facts
from allmenning.kernel.labels import language_tag

FACTS_NOW = load_facts()
NATION = load_libraries()
YEAR = re.compile(r"[12][0-9]{3}\??")


def test_there_are_as_many_as_we_say() -> None:
    assert (len(FACTS_NOW.works), len(FACTS_NOW.editions), len(NATION.libraries)) == (291, 572, 11)


def test_no_key_stands_twice() -> None:
    works = Counter(each.key for each in FACTS_NOW.works)
    editions = Counter(each.key for each in FACTS_NOW.editions)
    assert [key for key, count in (works + editions).items() if count > 1] == []


def test_every_work_names_a_source_we_have_and_the_day_it_was_gone_through() -> None:
    assert {each.source for each in FACTS_NOW.works} == set(FACTS_NOW.sources)
    assert {each.checked for each in FACTS_NOW.works} == {date(2026, 11, 22)}
    assert all(each.text for each in FACTS_NOW.sources.values())


def test_every_source_can_be_looked_up_again() -> None:
    """It is an address, an article or a catalogue's records, never «commonly known»."""
    named = re.compile(r"\w\.[a-z]{2,3}\b|Wikipedia|Library of Congress|Fennica")
    assert [each.code for each in FACTS_NOW.sources.values() if not named.search(each.text)] == []


def test_every_work_has_a_summary_in_one_sentence_and_an_edition() -> None:
    for work in FACTS_NOW.works:
        assert work.editions, work.key
        assert work.summary.endswith("."), work.key
        assert 20 <= len(work.summary) <= 140, work.key


def test_every_edition_is_of_a_kind_a_form_and_a_language_we_know() -> None:
    for edition in FACTS_NOW.editions:
        assert edition.kind in KINDS
        assert edition.format in FORMATS
        for tag in (edition.language, edition.original_language, *edition.languages):
            assert language_tag(tag) == tag, edition.key


def test_years_lie_between_the_printing_press_and_today() -> None:
    assert all(1500 < each.year <= 2026 for each in FACTS_NOW.editions if each.year is not None)


def test_no_edition_is_older_than_its_authors_youth_and_no_one_died_before_birth() -> None:
    for person in FACTS_NOW.persons.values():
        for year in (person.born, person.died):
            assert not year or YEAR.fullmatch(year), person.name
        assert not (person.born and person.died) or 15 < int(person.died) - int(person.born.rstrip("?")) < 110, (
            person.name
        )
    for edition in FACTS_NOW.editions:
        for credit in edition.credits:
            if edition.year and credit.person.born:
                assert edition.year > int(credit.person.born.rstrip("?")) + 10, edition.key


def test_every_person_in_the_table_has_a_part_in_something() -> None:
    taking_part = {each.person.name for edition in FACTS_NOW.editions for each in edition.credits}
    assert sorted(set(FACTS_NOW.persons) - taking_part) == []


def test_every_isbn_has_a_right_checksum_and_stands_once() -> None:
    numbers = [each.isbn for each in FACTS_NOW.editions if each.isbn]
    assert len(numbers) == 86
    assert [each for each in numbers if not isbn.is_valid(each)] == []
    assert len({isbn.to_isbn13(each) for each in numbers}) == len(numbers)


def test_publishers_in_the_table_publish_something() -> None:
    names = {each.publisher for each in FACTS_NOW.editions}
    assert set(FACTS_NOW.places) <= names
    assert set(FACTS_NOW.publisher_variants) <= names


def test_the_languages_the_mission_names_are_there() -> None:
    count = Counter(each.language for each in FACTS_NOW.editions)
    assert {tag: count[tag] for tag in ("nb", "nn", "se", "smj", "sma", "fkv", "fi", "ru")} == {
        "nb": 218, "nn": 44, "se": 28, "smj": 4, "sma": 7, "fkv": 9, "fi": 16, "ru": 17,
    }  # fmt: skip


def test_the_capital_is_called_what_it_was_called_then() -> None:
    editions = {each.key: each for each in FACTS_NOW.editions}
    assert editions["kransen/nb-1920-book"].place == "Kristiania"
    assert editions["alberte-og-jakob/nb-1926-book"].place == "Oslo"


def test_strangers_share_a_title_on_purpose() -> None:
    titles = Counter(each.title for each in FACTS_NOW.works)
    assert {title: count for title, count in titles.items() if count > 1} == {
        "A Doll's House": 2,
        "Digte": 3,
        "Dikt i samling": 2,
        "Harry Potter and the Philosopher's Stone": 2,
        "Hodejegerne": 2,
        "Kon-Tiki": 2,
        "Kristin Lavransdatter": 2,
        "Kummitus ja Tähtipoika": 2,
        "Min kamp": 6,
        "Samlede dikt": 3,
        "Sult": 2,
        "Tuntematon sotilas": 3,
        "Ut og stjæle hester": 2,
    }


@pytest.mark.parametrize("table", sorted(Path(str(FACTS)).rglob("*.toml")), ids=lambda each: each.name)
def test_no_table_is_too_long_to_read(table: Path) -> None:
    text = table.read_text(encoding="utf-8")
    assert tomllib.loads(text)
    assert len(text.splitlines()) <= 500


def test_libraries_lie_in_real_municipalities(shared_data: Path) -> None:
    with (shared_data / "municipalities" / "municipalities_2025.csv").open(encoding="utf-8") as table:
        numbers = {row["kommunenr"] for row in csv.DictReader(table)}
    assert {each.municipality for each in NATION.libraries} <= numbers


def test_libraries_are_of_every_sort_the_demo_promises() -> None:
    assert Counter(each.kind for each in NATION.libraries) == {
        "municipal": 8,
        "county": 1,
        "school": 1,
        "university": 1,
    }
    assert {each.slug for each in NATION.libraries if len(each.consortia) == 2} == {"oslo", "troms"}
    assert {each.slug for each in NATION.libraries if each.default_language == "nn"} == {"volda", "modalen"}
    assert {each.system for each in NATION.libraries} == {"alma", "bibliofil", "cicero", "koha", "mikromarc", "quria"}


def test_white_text_on_every_librarys_colour_can_be_read() -> None:
    """WCAG 2.2 asks for 4.5:1 (1.4.3); ours hold 7:1 (1.4.6)."""
    for library in NATION.libraries:
        assert 1.05 / (_luminance(library.colour) + 0.05) >= 7, library.slug
    assert len({each.colour for each in NATION.libraries}) == len(NATION.libraries)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
