"""When a person is asked although the score is high, and when namesakes are not worth asking about."""

from __future__ import annotations

from typing import Any

import pytest

from allmenning.catalogue.matching import Evidence, judge
from allmenning.catalogue.matching.comparing import MISSING, Comparison, Titles, compare, compare_titles
from allmenning.catalogue.matching.judging import identifier_reasons, must_ask, namesakes
from allmenning.catalogue.matching.model import committed
from tests.catalogue.matching.books import POLICE, POPLARS

#: Two equal long titles, and nothing else said.
TITLE_ALONE = compare(
    Evidence("berlinerpoplene en roman fra trondheim"), Evidence("berlinerpoplene en roman fra trondheim")
)
#: «Dikt» twice.
SHORT = TITLE_ALONE._replace(title_length=4.0)


def asks(measured: Comparison, *declared: str, one_year: bool = False, **facts: Any) -> bool:
    return must_ask(declared, measured._replace(**facts), one_year=one_year)


@pytest.mark.parametrize(
    ("fact", "value", "agrees"),
    [
        ("person", 75.0, True), ("person", 74.9, False),
        ("statement", 80.0, True), ("statement", 79.9, False),
        ("body", 90.0, True), ("body", 89.9, False),
        ("publisher", 80.0, True), ("publisher", 79.9, False),
        ("pages_apart", 0.0, True), ("pages_apart", 1.0, True), ("pages_apart", 2.0, True), ("pages_apart", 3.0, False),
        ("volumes", 2.0, True), ("volumes", 1.0, False),
        ("series_number", 1.0, True), ("series_number", 0.0, False),
    ],
)  # fmt: skip
def test_two_facts_must_agree_beside_the_title(fact: str, value: float, agrees: bool) -> None:
    said: dict[str, Any] = {fact: value}
    assert asks(TITLE_ALONE, **said)
    assert asks(TITLE_ALONE, years=0.0, **said) is not agrees


def test_creator_and_statement_are_one_fact() -> None:
    assert asks(TITLE_ALONE, person=100.0, statement=100.0)
    assert not asks(TITLE_ALONE, person=100.0, statement=100.0, years=0.0)


def test_a_short_title_without_a_creator_takes_three() -> None:
    assert asks(SHORT, years=0.0, publisher=100.0)
    assert not asks(SHORT, years=0.0, publisher=100.0, pages_apart=0.0)
    assert not asks(SHORT, years=0.0, person=75.0)
    assert asks(SHORT, years=0.0, person=74.9, statement=80.0)
    assert asks(TITLE_ALONE, title_length=24.0, years=0.0, publisher=100.0)
    assert not asks(TITLE_ALONE, title_length=25.0, years=0.0, publisher=100.0)


def test_a_year_on_one_side_only_takes_one_more() -> None:
    assert asks(TITLE_ALONE, person=100.0, publisher=100.0, one_year=True)
    assert not asks(TITLE_ALONE, person=100.0, publisher=100.0, pages_apart=0.0, one_year=True)
    bare = Evidence("terrorista seanggas", persons=("eriksen,endre lund",), publisher="gyldendal", year=2014)
    assert judge(bare, bare).verdict == "same"
    assert judge(bare, bare._replace(year=0)).verdict == "doubtful"


def test_different_bodies_take_one_more_and_agree_in_nothing() -> None:
    other_office: dict[str, Any] = {"body": 95.0, "main_body": 0.0}
    assert asks(TITLE_ALONE, years=0.0, publisher=100.0, **other_office)
    assert not asks(TITLE_ALONE, years=0.0, publisher=100.0, pages_apart=0.0, **other_office)
    assert not asks(TITLE_ALONE, years=0.0, body=95.0, main_body=1.0)


ENOUGH: dict[str, Any] = {"person": 100.0, "years": 0.0, "publisher": 100.0}


@pytest.mark.parametrize(
    ("fact", "value", "asked"),
    [
        ("part_silent", 1.0, True),
        ("numbers", 0.0, True), ("numbers", 1.0, False), ("numbers", 2.0, False),
        ("clash", 1.0, True), ("clash", 2.0, True), ("clash", 0.5, False),
    ],
)  # fmt: skip
def test_what_the_titles_contradict_is_asked_about(fact: str, value: float, asked: bool) -> None:
    assert not asks(TITLE_ALONE, **ENOUGH)
    assert asks(TITLE_ALONE, **{**ENOUGH, fact: value}) is asked


#: Two records that a register has under two numbers, and that say the same in everything.
DOUBLE: dict[str, Any] = {**ENOUGH, "title_full": 100.0, "pages_apart": 0.0}


@pytest.mark.parametrize(
    ("fact", "value", "asked"),
    [
        ("title_full", 99.0, False), ("title_full", 98.9, True),
        ("title_length", 24.0, True),
        ("years", 1.0, True), ("years", MISSING, True),
        ("pages_apart", 1.0, True), ("pages_apart", MISSING, True),
        ("series_number", 1.0, False), ("series_number", 0.0, True),
        ("edition_silent", 1.0, True),
        ("edition", 99.0, False), ("edition", 98.9, True),
        ("publisher", 79.9, True), ("publisher", MISSING, False),
        ("person", 74.9, True), ("person", MISSING, True),
        ("statement", 80.0, False), ("statement", 79.9, True),
    ],
)  # fmt: skip
def test_two_numbers_in_a_register_are_asked_about_unless_the_two_are_alike_throughout(
    fact: str, value: float, asked: bool
) -> None:
    assert not asks(TITLE_ALONE, "number_differs", **DOUBLE)
    assert asks(TITLE_ALONE, "number_differs", **{**DOUBLE, fact: value}) is asked


def test_who_is_named_in_the_statement_alone_is_named() -> None:
    nobody = {**DOUBLE, "person": MISSING}
    assert asks(TITLE_ALONE, "number_differs", **nobody)
    assert not asks(TITLE_ALONE, "number_differs", **nobody, statement=80.0)


def test_leaflets_that_differ_in_what_nobody_compares_are_not_merged() -> None:
    may = Evidence("metal and nonmetal serious accident", year=2018, years=(2018,), publisher="department of labor")
    may = may._replace(pages=(1,), bodies=("mine safety and health administration",), ids=("oclc:1",))
    assert judge(may, may._replace(ids=())).verdict == "same"
    assert judge(may, may._replace(ids=("oclc:2",))).verdict == "doubtful"


@pytest.mark.parametrize(
    ("edition", "title", "verdict"),
    [
        ("", "how to stop the spread of germs", "doubtful"),
        ("dari", "how to stop the spread of germs", "doubtful"),
        ("new arabic", "how to stop the spread of germs", "same"),
        ("", "how to stop the spread of germs arabic", "same"),
    ],
)
def test_an_edition_named_in_other_words_takes_one_more(edition: str, title: str, verdict: str) -> None:
    arabic = Evidence(
        "how to stop the spread of germs", edition="arabic", year=2020, years=(2020,), publisher="centers for disease"
    )
    other = arabic._replace(edition=edition, title=title)
    assert judge(arabic, other).verdict == judge(other, arabic).verdict == verdict
    assert judge(arabic._replace(pages=(30,)), other._replace(pages=(30,))).verdict == "same"


def test_another_publisher_is_asked_about_unless_the_extent_is_the_same() -> None:
    facts: dict[str, Any] = {**ENOUGH, "publisher": 59.9}
    assert asks(TITLE_ALONE, **facts)
    assert asks(TITLE_ALONE, **facts, pages_apart=3.0)
    assert not asks(TITLE_ALONE, **facts, pages_apart=2.0)
    assert not asks(TITLE_ALONE, **facts, volumes=2.0)
    assert not asks(TITLE_ALONE, **{**facts, "publisher": 60.0})


@pytest.mark.parametrize("code", ["isbn_shared", "number_shared"])
def test_a_shared_number_is_enough_unless_a_word_clashes(code: str) -> None:
    assert asks(SHORT)
    assert not asks(SHORT, code)
    assert not asks(SHORT, code, numbers=0.0)
    assert not asks(SHORT, code, clash=0.5)
    assert asks(SHORT, code, clash=1.0)
    assert asks(SHORT, code, part_silent=1.0)


@pytest.mark.parametrize(
    ("titles", "verdict"),
    [
        (("h r 6857",), "doubtful"),
        (("h r 5687",), "same"), (("h r 5687", "h r 6857"), "same"), (("h res 6857",), "same"), (("6857",), "same"), ((), "same"),
    ],
)  # fmt: skip
def test_other_titles_alike_but_for_their_numbers_are_asked_about(titles: tuple[str, ...], verdict: str) -> None:
    bill = Evidence(
        "to improve health savings accounts", other_titles=("health savings act", "h r 5687"), year=2023, years=(2023,)
    )
    bill = bill._replace(publisher="government publishing office", bodies=("congress house",), main_is_body=True)
    other = bill._replace(other_titles=("health savings act", *titles))
    assert judge(bill, other).verdict == judge(other, bill).verdict == verdict
    isbn = ("9788249503872",)
    assert judge(bill._replace(isbns=isbn), other._replace(isbns=isbn)).verdict == "same"


def test_a_number_carried_over_to_another_year_is_asked_about_when_a_register_has_two() -> None:
    assert not asks(TITLE_ALONE, "number_shared", "number_differs", years=0.0)
    assert not asks(TITLE_ALONE, "number_shared", "number_differs", years=MISSING)
    assert asks(TITLE_ALONE, "number_shared", "number_differs", years=1.0)
    assert not asks(TITLE_ALONE, "number_shared", years=1.0)
    assert not asks(TITLE_ALONE, "isbn_shared", "number_differs", years=1.0)


@pytest.mark.parametrize("code", ["isbn_shared_title_differs", "number_shared_title_differs", "isbn_differs"])
def test_numbers_that_contradict_are_always_asked_about(code: str) -> None:
    assert asks(TITLE_ALONE, code, **ENOUGH)
    assert asks(TITLE_ALONE, code, "number_shared", **ENOUGH)


def strangers(*declared: str, **facts: Any) -> bool:
    return namesakes(declared, SHORT._replace(**{"person": 30.0, **facts}))


def test_two_makers_under_one_short_title_are_namesakes() -> None:
    assert strangers()
    assert strangers(person=54.9)
    assert not strangers(person=55.0)
    assert not strangers(person=-1.0)
    assert strangers(title_length=24.0)
    assert not strangers(title_length=25.0)


@pytest.mark.parametrize("code", ["isbn_shared", "number_shared"])
def test_a_shared_number_makes_namesakes_worth_asking_about(code: str) -> None:
    assert not strangers(code)


def test_publisher_year_and_extent_together_make_namesakes_worth_asking_about() -> None:
    agreeing: dict[str, Any] = {"publisher": 80.0, "years": 0.0, "pages_apart": 2.0}
    assert not strangers(**agreeing)
    assert not strangers(publisher=100.0, years=-1.0, pages_apart=-1.0)
    assert strangers(**{**agreeing, "publisher": 79.9})
    assert strangers(**{**agreeing, "years": 1.0})
    assert strangers(**{**agreeing, "pages_apart": 3.0})


def titles(**likeness: float) -> Titles:
    return Titles(0.0, 0.0, 0.0, 0.0, 20, True)._replace(**likeness)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("likeness", "agree"),
    [
        ({"words": 75.0}, True), ({"words": 74.9}, False),
        ({"title": 75.0}, True), ({"title": 74.9}, False),
        ({"start": 85.0}, True), ({"start": 84.9}, False),
        ({"words": 75.0, "title": 75.0}, True), ({"full": 100.0}, False),
    ],
)  # fmt: skip
def test_a_shared_number_counts_in_full_when_any_likeness_of_the_titles_bears_it(
    likeness: dict[str, float], agree: bool
) -> None:
    a = POLICE._replace(ids=("oclc:1", "lccn:7"))
    suffix = "" if agree else "_title_differs"
    expected = (f"isbn_shared{suffix}", f"number_shared{suffix}")
    assert identifier_reasons(a, a._replace(ids=("oclc:1",)), titles(**likeness)) == expected


def test_silence_about_numbers_says_nothing() -> None:
    likeness = compare_titles(POLICE, POLICE)
    numbered = POPLARS._replace(ids=("oclc:1",), isbns=("9788249503872",))
    for a, b in ((POPLARS, numbered), (numbered, POPLARS), (POPLARS, POPLARS)):
        assert identifier_reasons(a, b, likeness) == ()


def test_registers_are_told_by_what_stands_before_the_first_colon() -> None:
    likeness = compare_titles(POPLARS, POPLARS)

    def reasons(*ids: str) -> tuple[str, ...]:
        return identifier_reasons(POPLARS._replace(ids=(ids[0],)), POPLARS._replace(ids=ids[1:]), likeness)

    assert reasons("oclc:1", "oclc:2") == ("number_differs",)
    assert reasons("oclc:1", "lccn:2") == ()
    assert reasons("local:a:1", "local:b:2") == ("number_differs",)
    assert reasons("oclc:1", "oclc:2", "oclc:1") == ("number_shared",)
    carried, anew = (POPLARS._replace(ids=("lccn:1", each)) for each in ("oclc:1", "oclc:2"))
    assert identifier_reasons(carried, anew, likeness) == ("number_shared", "number_differs")


def test_thresholds_are_reached_by_being_met() -> None:
    mistyped = POPLARS._replace(title="berlinerpopplene")
    score = judge(POPLARS, mistyped).score
    model = committed()
    assert judge(POPLARS, mistyped, model._replace(same=score)).verdict == "same"
    assert judge(POPLARS, mistyped, model._replace(same=score + 1e-5)).verdict == "doubtful"
    assert judge(POPLARS, mistyped, model._replace(same=1.0, doubtful=score)).verdict == "doubtful"
    assert judge(POPLARS, mistyped, model._replace(same=1.0, doubtful=score + 1e-5)).verdict == "different"


def test_what_no_word_could_save_is_different_and_keeps_its_score() -> None:
    plays = POPLARS._replace(title="berlinerspillene", rest="", persons=("lie,ola",), statement="ola lie", pages=(90,))
    found = judge(POPLARS, plays)
    assert found.verdict == "different"
    assert 0 < found.score < committed().doubtful
    assert "creator_differs" in found.reasons
