"""Judging pairs: what merges, what a person is asked about, what is kept apart, and why."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given

from allmenning.catalogue.matching import Evidence, judge, reason_text, resemblance
from allmenning.catalogue.matching.comparing import FEATURES, MISSING, compare
from allmenning.catalogue.matching.model import DIRECTIONS, committed, probability, read
from allmenning.catalogue.matching.reasons import REASONS
from tests.catalogue.marc import coded
from tests.catalogue.matching.books import FACTS, POLICE, POPLARS, seen


def test_the_same_edition_catalogued_by_another_library() -> None:
    other = seen(f"""
        {coded("2004", "nor")}
        100 1 $aRagde, Anne Birkefeldt
        245 10$aBerlinerpoplene$bRoman
        260   $a[Oslo]$bForlaget Oktober$c2004
        300   $a286 sider
    """)
    found = judge(POPLARS, other)
    assert found.verdict == "same"
    assert found.reasons[:2] == ("title_same", "creator_same")
    assert {"year_same", "publisher_same", "extent_same"} <= set(found.reasons)


@pytest.mark.parametrize("title", ["berlinerpopplene", "berlinerpoplen", "belrinerpoplene"])
def test_a_typing_error_is_forgiven(title: str) -> None:
    assert judge(POPLARS, POPLARS._replace(title=title)).verdict == "same"


def test_a_poor_record_is_enough_when_what_it_says_agrees() -> None:
    poor = POPLARS._replace(rest="", statement="", place="", country="", height=0, year_kind="", subjects=())
    assert judge(POPLARS, poor).verdict == "same"


def test_another_edition_years_later_is_not_merged() -> None:
    pocket = POPLARS._replace(year=2010, years=(2010,), pages=(262,), height=18)
    assert judge(POPLARS, pocket).verdict == "different"


def test_strangers_with_the_same_title_are_not_merged() -> None:
    a = seen(f"{coded('1999')}\n100 1 $aHagerup, Inger\n245 10$aDikt\n260   $aOslo$bAschehoug$c1999\n300   $a120 s.")
    b = seen(
        f"{coded('1999')}\n100 1 $aVesaas, Halldis Moren\n245 10$aDikt\n260   $aOslo$bAschehoug$c1999\n300   $a133 s."
    )
    assert judge(a, b).verdict == "different"
    assert "creator_differs" in judge(a, b).reasons


def test_a_shared_isbn_outweighs_another_printing_year() -> None:
    later = POLICE._replace(year=2016, years=(2016,))
    found = judge(POLICE, later)
    assert (found.verdict, found.reasons[0]) == ("same", "isbn_shared")


def test_a_shared_isbn_on_another_title_is_for_a_person() -> None:
    stranger = POLICE._replace(title="hundre ars ensomhet", persons=("garcia marquez,gabriel",), statement="")
    found = judge(POLICE, stranger)
    assert found.verdict != "same"
    assert found.reasons[0] == "isbn_shared_title_differs"


def test_different_isbns_are_never_merged_without_a_person() -> None:
    paperback = POLICE._replace(isbns=("9788252581706",))
    found = judge(POLICE, paperback)
    assert found.verdict == "doubtful"
    assert found.reasons[0] == "isbn_differs"


def test_a_number_shared_in_a_register_counts_and_a_different_one_counts_against() -> None:
    a = POLICE._replace(isbns=(), ids=("oclc:1",))
    assert judge(a, a._replace(year=2016, years=(2016,))).reasons[0] == "number_shared"
    assert judge(a, a._replace(ids=("oclc:2",))).reasons[0] == "number_differs"
    assert "number_differs" not in judge(a, a._replace(ids=("lccn:2",))).reasons


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (Evidence("poems"), Evidence("poems")),
        (Evidence("poems", year=1890, years=(1890,)), Evidence("poems", year=1890, years=(1890,))),
        (Evidence("dikt", publisher="gyldendal"), Evidence("dikt", publisher="gyldendal")),
    ],
)
def test_records_that_say_too_little_are_not_merged_however_alike(a: Evidence, b: Evidence) -> None:
    assert judge(a, b).verdict != "same"


def test_a_word_that_matters_asks_a_person() -> None:
    soldier = POPLARS._replace(title="a day in the life of a colonial soldier", rest="")
    captain = POPLARS._replace(title="a day in the life of a colonial captain", rest="")
    found = judge(soldier, captain)
    assert found.verdict != "same"
    assert "title_words_differ" in found.reasons


def test_other_numbers_in_the_title_are_never_merged_without_a_person() -> None:
    a = POPLARS._replace(title="berlinerpoplene 1904", numbers=(1904,))
    b = POPLARS._replace(title="berlinerpoplene 1905", numbers=(1905,))
    assert judge(a, b).verdict != "same"
    assert "title_numbers_differ" in judge(a, b).reasons


def test_a_part_that_only_one_names_is_for_a_person() -> None:
    part = POPLARS._replace(parts=("2",))
    found = judge(POPLARS, part)
    assert found.verdict == "doubtful"
    assert "part_on_one_side" in found.reasons
    assert judge(POPLARS._replace(title="berlinerpoplene 2"), part).verdict == "same"


def test_names_in_their_many_forms() -> None:
    def alike(one: str, two: str) -> float:
        a = Evidence("t", persons=(one,))
        b = Evidence("t", persons=(two,))
        return compare(a, b).person

    assert alike("undset,sigrid", "undset,sigrid") == 100
    assert alike("undset,sigrid", "undset,s") > 90
    assert alike("ragde,anne b", "ragde,anne birkefeldt") > 90
    assert alike("tolstoj,lev", "tolstoy,l n") > 85
    assert alike("sigrid undset,", "undset,sigrid") > 85
    assert alike("hansen,per", "hansen,kari") < 55
    assert alike("hamsun,knut", "ibsen,henrik") < 55


def test_a_name_is_found_in_the_other_records_statement() -> None:
    named = Evidence("pan", persons=("hamsun,knut",))
    assert compare(named, Evidence("pan", statement="av knut hamsun")).person > 90
    assert compare(named, Evidence("pan")).person == MISSING


@given(FACTS, FACTS)
def test_judging_is_symmetric(a: Evidence, b: Evidence) -> None:
    assert judge(a, b) == judge(b, a)
    assert compare(a, b) == compare(b, a)


@given(FACTS, FACTS)
def test_scores_are_probabilities_and_every_reason_has_words(a: Evidence, b: Evidence) -> None:
    found = judge(a, b)
    assert 0 <= found.score <= 1
    assert found.verdict in ("same", "doubtful", "different")
    assert set(found.reasons) <= set(REASONS)


@given(FACTS)
def test_evidence_survives_storage(a: Evidence) -> None:
    assert Evidence.from_json(a.to_json()) == a


def test_reasons_read_as_words_and_unknown_ones_as_they_are() -> None:
    assert str(reason_text("isbn_differs")) != "isbn_differs"
    assert reason_text("of_an_older_model") == "of_an_older_model"


def test_the_committed_weights_never_count_likeness_against() -> None:
    model = committed()
    for name, steps in zip(FEATURES, model.steps, strict=True):
        ordered = sorted(steps.weights, reverse=DIRECTIONS[name] < 0)
        assert list(steps.weights) == ordered, name
    assert 0 < model.doubtful < model.same < 1


def test_a_model_adds_up_its_steps() -> None:
    model = read(
        {
            "version": "t", "start": -1.0, "declared": {}, "thresholds": {"same": 0.9, "doubtful": 0.5},
            "features": {"title": {"cuts": [50.0, 90.0], "weights": [-2.0, 0.5, 1.5], "missing": 0.25}},
        }
    )  # fmt: skip
    same = compare(POPLARS, POPLARS)
    assert model.log_odds(same) == 0.5
    assert model.log_odds(same._replace(title=90.0)) == 0.5
    assert model.log_odds(same._replace(title=89.9)) == -0.5
    assert model.log_odds(same._replace(title=49.0)) == -3.0
    assert model.log_odds(same._replace(title=MISSING)) == -0.75
    assert model.of("title", 89.9) == 0.5
    assert model.of("title", MISSING) == 0.25
    assert model.of("person", 100.0) == 0.0
    assert (model.version, model.declared, model.same, model.doubtful) == ("t", {}, 0.9, 0.5)


def test_a_model_of_other_measures_is_refused() -> None:
    model = committed()
    with pytest.raises(ValueError, match="zip"):
        model._replace(steps=model.steps[:-1]).log_odds(compare(POPLARS, POPLARS))


def test_log_odds_become_probabilities_of_five_places() -> None:
    assert [probability(each) for each in (-1000.0, -1.0, 0.0, 1.0, 1000.0)] == [0.0, 0.26894, 0.5, 0.73106, 1.0]


def test_bare_records_of_small_libraries_meet_on_creator_and_year() -> None:
    bare = Evidence("jenny", persons=("undset,sigrid",), year=1911, years=(1911,), languages=("nb",))
    assert judge(bare, bare._replace(rest="roman")).verdict == "same"
    assert judge(bare, bare._replace(year=0, years=())).verdict == "doubtful"
    yearless = bare._replace(year=0, years=())
    assert judge(yearless, yearless).verdict == "doubtful"
    printed = yearless._replace(publisher="aschehoug")
    assert judge(printed, printed).verdict == "same"


def test_other_publishers_ask_a_person_unless_the_extent_is_the_same() -> None:
    american = POPLARS._replace(publisher="transit books", pages=())
    british = POPLARS._replace(publisher="fitzcarraldo", pages=(286,))
    assert judge(american, british).verdict != "same"
    assert judge(american._replace(pages=(286,)), british).verdict == "same"


def test_two_films_of_one_play_are_told_apart_by_their_directors() -> None:
    def film(director: str) -> Evidence:
        return seen(
            f"""
            {coded("1973", "eng")}
            245 12$aA doll's house
            264  1$c1973
            700 1 $aIbsen, Henrik,$4aut
            700 1 $a{director},$4drt
            """,
            leader="00000ngm a2200000 a 4500",
        )

    losey, garland = film("Losey, Joseph"), film("Garland, Patrick")
    assert losey.persons == ("losey,joseph",)
    assert judge(losey, garland).verdict == "different"
    assert judge(losey, losey).verdict == "same"


def test_sami_without_more_goes_with_every_sami_language() -> None:
    book = Evidence(
        "terrorista seanggas", persons=("eriksen,endre lund",), year=2014, years=(2014,), languages=("smi",)
    )
    assert judge(book, book._replace(languages=("se",))).verdict == "same"
    assert judge(book._replace(languages=("sma",)), book._replace(languages=("se",))).reasons == ("veto_language",)


EMBASSY = Evidence(
    title="united states embassy moscow",
    rest="art in embassies exhibition",
    other_titles=("art in embassies exhibition",),
    bodies=("art in embassies program u s", "united states department of state"),
    year=2020,
    years=(2020,),
    publisher="art in embassies program",
    place="washington d c",
    country="dcu",
    format="ebook",
    languages=("en",),
    online=True,
)


def test_a_title_that_is_a_portion_of_the_whole_does_not_excuse_what_the_rest_says() -> None:
    """A hundred exhibitions of one programme in one year: their variant title is the same, the embassies are not."""
    elsewhere = EMBASSY._replace(
        title="art in embassies exhibition", rest="united states embassy sarajevo", other_titles=()
    )
    assert judge(EMBASSY, elsewhere).verdict == "doubtful"
    assert "title_words_differ" in judge(EMBASSY, elsewhere).reasons
    turned = EMBASSY._replace(title="art in embassies exhibition", rest="united states embassy moscow", other_titles=())
    assert judge(EMBASSY, turned).verdict == "same"


def test_a_translated_title_answers_for_the_whole() -> None:
    norwegian = POPLARS._replace(rest="roman om en familie")
    english = POPLARS._replace(title="berlin poplars", rest="a family novel", other_titles=(POPLARS.title,))
    assert "title_words_differ" not in judge(norwegian, english).reasons


def test_parts_named_alike_are_two_when_a_telling_word_differs() -> None:
    jersey = POPLARS._replace(title="toxic inventory", part_name="toxic release inventory reports new jersey")
    dakota = jersey._replace(part_name="toxic release inventory reports north dakota")
    assert judge(jersey, dakota).reasons == ("veto_part_name",)
    assert judge(jersey, jersey._replace(part_name="toxic release inventory report new jersy")).verdict == "same"


def test_the_short_way_says_what_the_whole_judgement_says() -> None:
    known = [
        POPLARS,
        POLICE,
        EMBASSY,
        POPLARS._replace(title="berlinerpoplar"),
        EMBASSY._replace(year=2015, years=(2015,)),
    ]
    for a, b in product(known, known):
        whole = judge(a, b)
        assert resemblance(a, b) == (None if whole.verdict == "different" else whole)
