"""Each measure of a comparison by itself, from two small records; every one is the same both ways."""

from __future__ import annotations

from typing import Any

import pytest

from allmenning.catalogue.matching import Evidence
from allmenning.catalogue.matching.comparing import MISSING, compare, compare_titles

Facts = dict[str, Any]


def measured(measure: str, left: Facts, right: Facts) -> float:
    """One measure of two records of one title, which does not depend on which of them comes first."""
    a, b = (Evidence(**{"title": "sult", **facts}) for facts in (left, right))
    found: float = getattr(compare(a, b), measure)
    assert getattr(compare(b, a), measure) == found
    return found


@pytest.mark.parametrize(
    ("measure", "left", "right", "value"),
    [
        ("numbers", {}, {}, MISSING),
        ("numbers", {"numbers": (1,)}, {"numbers": (1,)}, 2.0),
        ("numbers", {"numbers": (1,)}, {}, 1.0),
        ("numbers", {"numbers": (1, 2)}, {"numbers": (1,)}, 1.0),
        ("numbers", {"numbers": (1, 2)}, {"numbers": (1, 3)}, 0.0),
        ("person", {"persons": ("moe,jorgen",)}, {"persons": ("aas,nils",)}, 0.0),
        ("person", {"persons": ("moe,jorgen", "hamsun,knut")}, {"persons": ("aas,nils", "hamsun,knut")}, 100.0),
        ("person", {"persons": ("hamsun,knut",)}, {"statement": "av knut hamsun"}, 95.0),
        ("person", {"persons": ("hamsun,knut",)}, {}, MISSING),
        ("main_person", {"persons": ("moe,jorgen", "hamsun,knut")}, {"persons": ("aas,nils", "hamsun,knut")}, 0.0),
        ("main_person", {"persons": ("hamsun,knut",)}, {}, MISSING),
        ("body", {"bodies": ("norges bank",)}, {}, MISSING),
        ("body", {"bodies": ("norges bank", "nav")}, {"bodies": ("skattedirektoratet", "nav")}, 100.0),
        ("body", {"bodies": ("statistisk sentralbyra",)}, {"bodies": ("nav", "sentralbyra statistisk")}, 100.0),
        ("body", {"bodies": ("abc",)}, {"bodies": ("xyz",)}, 0.0),
        ("main_body", {"bodies": ("nav",), "main_is_body": True}, {"bodies": ("nav",), "main_is_body": True}, 1.0),
        (
            "main_body",
            {"bodies": ("norges bank",), "main_is_body": True},
            {"bodies": ("norges rederiforbund",), "main_is_body": True},
            0.0,
        ),
        ("main_body", {"bodies": ("nav",), "main_is_body": True}, {"bodies": ("nav",)}, MISSING),
        ("main_body", {"bodies": ("nav",), "main_is_body": True}, {"main_is_body": True}, MISSING),
        ("statement", {"statement": "av knut hamsun"}, {"statement": "knut hamsun"}, 100.0),
        ("statement", {"statement": "av knut hamsun"}, {}, MISSING),
        ("publisher", {"publisher": "gyldendal"}, {}, MISSING),
        ("publisher", {"publisher": "gyldendal"}, {"publisher": "gyldendal"}, 100.0),
        ("publisher", {"publisher": "forlaget gyldendal"}, {"publisher": "gyldendal forlaget"}, 100.0),
        ("publisher", {"publisher": "samlaget"}, {"publisher": "detnorskesamlaget"}, 90.0),
        ("place", {"place": "oslo"}, {"place": "oslo bergen"}, 100.0),
        ("place", {"place": "oslo"}, {}, MISSING),
        ("country", {"country": "no"}, {"country": "no"}, 1.0),
        ("country", {"country": "no"}, {"country": "sw"}, 0.0),
        ("country", {"country": "no"}, {}, MISSING),
        ("country", {"country": "no"}, {"country": "xx"}, MISSING),
        ("country", {"country": "no"}, {"country": "vp"}, MISSING),
        ("height", {"height": 22}, {"height": 25}, 3.0),
        ("height", {"height": 10}, {"height": 60}, 30.0),
        ("height", {"height": 22}, {}, MISSING),
        ("language", {"languages": ("nb", "en")}, {"languages": ("en",)}, 1.0),
        ("language", {"languages": ("nb",)}, {"languages": ("en",)}, 0.0),
        ("language", {"languages": ("nb",)}, {}, MISSING),
        ("year_kind", {"year_kind": "s"}, {"year_kind": "s"}, 1.0),
        ("year_kind", {"year_kind": "s"}, {"year_kind": "r"}, 0.0),
        ("year_kind", {"year_kind": "s"}, {}, MISSING),
        ("subjects", {"subjects": ("oslo", "sult")}, {"subjects": ("sult", "oslo")}, 100.0),
        ("subjects", {"subjects": ("sult",)}, {}, MISSING),
        ("format", {}, {}, 1.0),
        ("format", {"format": "map"}, {"format": "book"}, 0.0),
        ("format", {"format": "map"}, {"format": "map", "online": True}, 0.0),
        ("volumes", {}, {}, MISSING),
        ("volumes", {"volumes": 3}, {"volumes": 3}, 2.0),
        ("volumes", {"volumes": 3}, {"volumes": 2}, 0.0),
        ("volumes", {"volumes": 1}, {"volumes": 2}, 0.0),
        ("volumes", {"volumes": 3}, {"volumes": -1}, 1.0),
        ("volumes", {"volumes": 3}, {}, 1.0),
        ("volumes", {"volumes": 3}, {"pages": (120,)}, 0.5),
        ("volumes", {"volumes": 3, "pages": (120,)}, {}, 1.0),
        ("edition_number", {"edition_number": 2}, {"edition_number": 2}, 1.0),
        ("edition_number", {"edition_number": 2}, {"edition_number": 3}, 0.0),
        ("edition_number", {"edition_number": 2}, {}, MISSING),
        ("edition", {"edition": "rev"}, {"edition": "rev illustrert"}, 100.0),
        ("edition", {"edition": "rev"}, {}, MISSING),
        ("edition_silent", {"edition_number": 2}, {}, 1.0),
        ("edition_silent", {"edition": "rev"}, {}, 1.0),
        ("edition_silent", {"edition_number": 1}, {}, 0.0),
        ("edition_silent", {"edition_number": 2}, {"edition": "rev"}, 0.0),
    ],
)  # fmt: skip
def test_a_measure(measure: str, left: Facts, right: Facts, value: float) -> None:
    assert measured(measure, left, right) == value


@pytest.mark.parametrize(
    ("left", "right", "years", "shared"),
    [
        ({}, {}, MISSING, MISSING),
        ({"year": 2004, "years": (2004,)}, {}, MISSING, MISSING),
        ({"years": (2004, 2005)}, {"years": (2005,)}, MISSING, 1.0),
        ({"years": (2004,)}, {"years": (2005,)}, MISSING, 0.0),
        ({"year": 2004, "years": (2004,)}, {"year": 2004, "years": (2004,)}, 0.0, 1.0),
        ({"year": 2004, "years": (2004,)}, {"year": 2006, "years": (2006,)}, 2.0, 0.0),
        ({"year": 2004, "years": (2004,)}, {"year": 2006, "years": (2006, 2004)}, 2.0, 1.0),
        ({"year": 1804, "years": (1804,)}, {"year": 2004, "years": (2004,)}, 99.0, 0.0),
        # a guessed span that holds the other year says nothing; one that does not is as far as its nearer end
        ({"span": (1880, 1889)}, {"year": 1885, "years": (1885,)}, MISSING, MISSING),
        ({"span": (1880, 1889)}, {"year": 1895, "years": (1895,)}, 6.0, 0.0),
        ({"span": (1880, 1889)}, {"year": 1870, "years": (1870,)}, 10.0, 0.0),
        ({"span": (1880, 1889)}, {"span": (1700, 1710)}, 99.0, 0.0),
        ({"span": (1880, 1889)}, {}, MISSING, MISSING),
    ],
)  # fmt: skip
def test_years(left: Facts, right: Facts, years: float, shared: float) -> None:
    assert measured("years", left, right) == years
    assert measured("year_shared", left, right) == shared


@pytest.mark.parametrize(
    ("left", "right", "percent", "apart"),
    [
        ((286,), (286,), 0.0, 0.0),
        ((280,), (300,), 100 * 20 / 300, 20.0),
        # one count stands among the other's: plates, or a part paged by itself
        ((286, 16), (16,), 100 * 5 / 286, 5.0),
        ((286, 284), (284,), 100 * 2 / 286, 2.0),
        ((2000,), (500,), 75.0, 999.0),
        ((1,), (0,), 100.0, 1.0),
        ((0,), (0,), 0.0, 0.0),
        ((286,), (), MISSING, MISSING),
    ],
)  # fmt: skip
def test_extent(left: tuple[int, ...], right: tuple[int, ...], percent: float, apart: float) -> None:
    assert measured("pages", {"pages": left}, {"pages": right}) == percent
    assert measured("pages_apart", {"pages": left}, {"pages": right}) == apart


@pytest.mark.parametrize(
    ("left", "right", "alike", "number"),
    [
        ("serien|2", "serien|2", 100.0, 1.0),
        ("serien|2", "serien|3", 100.0, 0.0),
        ("serien|2", "serien|no 5 v 2", 100.0, 1.0),
        ("serien|5 2", "serien|4 2", 100.0, 0.0),
        ("serien|02", "serien|2", 100.0, 1.0),
        ("serien|20", "serien|2", 100.0, 0.0),
        ("serien|", "serien|2", 100.0, MISSING),
        ("serien|ny rekke", "serien|2", 100.0, MISSING),
        ("|2", "serien|2", 0.0, MISSING),
    ],
)  # fmt: skip
def test_series(left: str, right: str, alike: float, number: float) -> None:
    assert measured("series", {"series": (left,)}, {"series": (right,)}) == alike
    assert measured("series_number", {"series": (left,)}, {"series": (right,)}) == number


def test_the_most_alike_series_gives_the_number() -> None:
    several: Facts = {"series": ("annen|1", "serien|2")}
    assert measured("series_number", several, {"series": ("serien|2",)}) == 1.0
    assert measured("series", several, {}) == MISSING


def test_numbers_of_two_series_are_not_compared_but_a_typing_error_makes_no_second_one() -> None:
    retail, wholesale = (f"united states census of {trade} trade|51" for trade in ("retail", "wholesale"))
    assert measured("series", {"series": (retail,)}, {"series": (wholesale,)}) > 80
    assert measured("series_number", {"series": (retail,)}, {"series": (wholesale,)}) == MISSING
    mistyped = "united states censsu of retail trade|51"
    assert 80 < measured("series", {"series": (retail,)}, {"series": (mistyped,)}) < 100
    assert measured("series_number", {"series": (retail,)}, {"series": (mistyped,)}) == 1.0


@pytest.mark.parametrize(
    ("left", "right", "silent"),
    [
        ({}, {}, 0.0),
        ({"part_name": "kransen"}, {"part_name": "kransen"}, 0.0),
        ({"part_name": "kransen"}, {}, 1.0),
        ({"part_name": "kransen"}, {"rest": "kransen"}, 0.0),
        ({"parts": ("2",)}, {}, 1.0),
        ({"parts": ("2",)}, {"rest": "2"}, 0.0),
        ({"parts": ("2", "1")}, {"rest": "2"}, 0.0),
        ({"parts": ("2",)}, {"part_name": "kransen"}, 1.0),
        ({"parts": ("2",), "part_name": "kransen"}, {"rest": "2"}, 1.0),
    ],
)  # fmt: skip
def test_a_part_that_only_one_names(left: Facts, right: Facts, silent: float) -> None:
    assert measured("part_silent", left, right) == silent


STRANGERS: tuple[Facts, Facts] = ({"persons": ("moe,jorgen",)}, {"persons": ("aas,nils",)})


def test_strangers_are_the_more_likely_the_longer_their_common_title() -> None:
    one, other = STRANGERS
    assert measured("stranger", one, other) == 4.0
    assert measured("stranger", {**one, "title": "o" * 61}, {**other, "title": "o" * 200}) == 60.0
    assert measured("stranger", one, one) == MISSING
    assert measured("stranger", one, {}) == MISSING
    assert measured("title_length", {"title": "o" * 151}, {"title": "o" * 200}) == 150.0


@pytest.mark.parametrize(
    ("left", "right", "agree"),
    [
        ({}, {}, 2.0),
        ({"year": 2005}, {}, 1.0),
        ({"publisher": "aschehoug"}, {}, 1.0),
        ({"publisher": "aschehoug", "year": 2005}, {}, 0.0),
        # five pages more or less are the same extent, which needs no excuse
        ({"pages": (125,)}, {"pages": (120,)}, MISSING),
        ({"pages": (126,)}, {"pages": (120,)}, 2.0),
        ({"pages": ()}, {}, MISSING),
    ],
)  # fmt: skip
def test_year_and_publisher_when_the_extent_differs(left: Facts, right: Facts, agree: float) -> None:
    full: Facts = {"publisher": "gyldendal", "year": 2004, "pages": (200,)}
    assert measured("imprint", {**full, **left}, {**full, "pages": (120,), **right}) == agree


def test_titles_that_say_more() -> None:
    found = compare_titles(Evidence("sult"), Evidence("sult", rest="roman"))
    assert (found.title, found.words, found.start, found.shorter, found.differ) == (100.0, 100.0, 100.0, 4, True)
    assert compare_titles(Evidence("sult"), Evidence("sult")).differ is False


def test_another_title_stands_for_the_own_and_its_words_do_not_clash() -> None:
    hunger = {"title": "hunger and thirst"}
    assert measured("clash", hunger, {"title": "sult og torst"}) == 2.0
    assert measured("title", hunger, {"title": "sult og torst", "other_titles": ("hunger and thirst",)}) == 100.0
    assert measured("clash", hunger, {"title": "sult og torst", "other_titles": ("hunger and thirst",)}) == 0.0
    assert measured("title", {"title": "abc", "other_titles": ("def",)}, {"title": "xyz"}) == 0.0


def test_another_title_less_alike_does_not_excuse_the_words() -> None:
    thrust: Facts = {"title": "sult og torst", "other_titles": ("hunger and thrust bites",)}
    assert measured("title", {"title": "hunger and thirst"}, thrust) == 80.0
    assert measured("clash", {"title": "hunger and thirst"}, thrust) == 2.0


def test_a_title_at_the_head_of_both_and_proper_to_neither_does_not_excuse_the_words() -> None:
    head = ("the nation s report card",)
    guam, vermont = (
        {"title": f"naep mathematics state report for {where}", "other_titles": head} for where in ("guam", "vermont")
    )
    assert measured("title", guam, vermont) == 100.0
    assert measured("clash", guam, vermont) == 1.0


def test_another_title_counts_from_one_letter_in_twenty_wrong() -> None:
    journey: Facts = {"title": "den lange reisen hit"}
    mistyped = "den lange reisen hot"
    through: Facts = {"title": "the voyage here", "other_titles": (mistyped,)}
    assert measured("title", journey, through) == 95.0
    assert measured("clash", journey, through) == 0.0
    # own titles as alike as that are not looked for elsewhere, and their words are counted
    own: Facts = {"title": mistyped, "other_titles": ("den lange reisen hit",)}
    assert measured("title", journey, own) == 95.0
    assert measured("clash", journey, own) == 1.0


def test_words_of_titles_nearly_alike_are_counted() -> None:
    report = "annual report of the director for the fiscal year ending in june"
    assert measured("title", {"title": f"{report} 1904"}, {"title": f"{report} 1905"}) > 95
    assert measured("clash", {"title": f"{report} 1904"}, {"title": f"{report} 1905"}) == 1.0
