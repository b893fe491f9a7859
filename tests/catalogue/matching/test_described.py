"""A comparison put into reason codes: every measure by itself, at the values where the words change."""

from __future__ import annotations

import pytest

from allmenning.catalogue.matching.comparing import FEATURES, MISSING, Comparison
from allmenning.catalogue.matching.judging import described

#: Two titles with nothing in common, and nothing else said.
NOTHING = Comparison(*[MISSING] * len(FEATURES))._replace(title=0.0, title_full=0.0, title_words=0.0, title_start=0.0)


@pytest.mark.parametrize(
    ("likeness", "reason"),
    [
        ({"title_full": 99.0, "title_words": 100.0}, "title_same"),
        ({"title_full": 98.9, "title_words": 97.0}, "title_one_says_more"),
        ({"title_full": 98.9, "title_start": 97.0}, "title_one_says_more"),
        ({"title_full": 90.0, "title_words": 96.9, "title_start": 96.9}, "title_alike"),
        ({"title": 90.0, "title_full": 89.9}, "title_alike"),
        ({"title": 89.9, "title_full": 90.0}, "title_alike"),
        ({"title": 89.9, "title_full": 89.9, "title_words": 96.9, "title_start": 96.9}, "title_differs"),
    ],
)  # fmt: skip
def test_the_title_always_has_a_reason(likeness: dict[str, float], reason: str) -> None:
    assert described(NOTHING._replace(**likeness)) == (reason,)


@pytest.mark.parametrize(
    ("measure", "value", "reason"),
    [
        ("clash", 0.0, ""), ("clash", 0.5, ""), ("clash", 1.0, "title_words_differ"), ("clash", 2.0, "title_words_differ"),
        ("part_silent", 0.0, ""), ("part_silent", 1.0, "part_on_one_side"),
        ("numbers", 2.0, "title_numbers_same"), ("numbers", 1.0, ""), ("numbers", 0.0, "title_numbers_differ"),
        ("person", 95.0, "creator_same"), ("person", 94.9, "creator_alike"), ("person", 75.0, "creator_alike"),
        ("person", 74.9, "creator_differs"), ("person", 0.0, "creator_differs"),
        ("main_body", 1.0, ""), ("main_body", 0.0, "body_differs"),
        ("body", 95.0, "body_same"), ("body", 94.9, ""), ("body", 0.0, ""),
        ("years", 0.0, "year_same"), ("years", 1.0, "year_differs_by_1"), ("years", 2.0, "year_differs"),
        ("publisher", 90.0, "publisher_same"), ("publisher", 89.9, "publisher_alike"),
        ("publisher", 70.0, "publisher_alike"), ("publisher", 69.9, "publisher_differs"),
        ("publisher", 0.0, "publisher_differs"),
        ("pages_apart", 0.0, "extent_same"), ("pages_apart", 1.0, "extent_alike"), ("pages_apart", 5.0, "extent_alike"),
        ("pages_apart", 6.0, "extent_differs"), ("pages_apart", 999.0, "extent_differs"),
        ("volumes", 2.0, "volumes_same"), ("volumes", 1.0, ""), ("volumes", 0.5, ""), ("volumes", 0.0, "volumes_differ"),
        ("edition_number", 1.0, "edition_same"), ("edition_number", 0.0, "edition_differs"),
        ("edition_silent", 0.0, ""), ("edition_silent", 1.0, "edition_on_one_side"),
        ("series_number", 1.0, "series_number_same"), ("series_number", 0.0, "series_number_differs"),
        ("language", 1.0, ""), ("language", 0.0, "language_differs"),
        ("place", 0.0, ""), ("height", 5.0, ""), ("format", 0.0, ""),
    ],
)  # fmt: skip
def test_each_measure_by_itself(measure: str, value: float, reason: str) -> None:
    expected = ("title_differs", reason) if reason else ("title_differs",)
    assert described(NOTHING._replace(**{measure: value})) == expected


def test_a_year_named_in_both_softens_different_years_and_no_others() -> None:
    assert described(NOTHING._replace(years=2.0, year_shared=1.0)) == ("title_differs", "year_shared")
    assert described(NOTHING._replace(years=2.0, year_shared=0.0)) == ("title_differs", "year_differs")
    assert described(NOTHING._replace(years=1.0, year_shared=1.0)) == ("title_differs", "year_differs_by_1")
    assert described(NOTHING._replace(year_shared=1.0)) == ("title_differs",)


def test_under_different_main_bodies_a_common_one_is_not_mentioned() -> None:
    assert described(NOTHING._replace(main_body=0.0, body=100.0)) == ("title_differs", "body_differs")
    assert described(NOTHING._replace(main_body=1.0, body=100.0)) == ("title_differs", "body_same")


def test_the_most_telling_comes_first() -> None:
    everything = NOTHING._replace(
        title_full=100.0, clash=1.0, part_silent=1.0, numbers=2.0, person=100.0, body=100.0, years=0.0, publisher=100.0,
        pages_apart=0.0, volumes=2.0, edition_number=1.0, edition_silent=1.0, series_number=1.0, language=0.0,
    )  # fmt: skip
    assert described(everything) == (
        "title_same", "title_words_differ", "part_on_one_side", "title_numbers_same", "creator_same", "body_same",
        "year_same", "publisher_same", "extent_same", "volumes_same", "edition_same", "edition_on_one_side",
        "series_number_same", "language_differs",
    )  # fmt: skip
