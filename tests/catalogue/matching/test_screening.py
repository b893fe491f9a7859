"""What is asked for in the order of its cost: titles far apart, then the bound, and the same answer as the long way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from allmenning.catalogue.matching import Evidence, judge, resemblance
from allmenning.catalogue.matching.apart import titles_apart
from allmenning.catalogue.matching.comparing import FEATURES, compare, compare_titles
from allmenning.catalogue.matching.model import Model, committed, read
from allmenning.catalogue.matching.screening import Best, committed_best
from tests.catalogue.matching.books import FACTS, POLICE, POPLARS


def short_way(a: Evidence, b: Evidence) -> None:
    """``resemblance`` is ``judge`` where the two are not different, whichever comes first."""
    found = judge(a, b)
    expected = None if found.verdict == "different" else found
    assert resemblance(a, b) == expected
    assert resemblance(b, a) == expected


@given(FACTS, FACTS)
def test_the_short_way_is_the_judgement(a: Evidence, b: Evidence) -> None:
    short_way(a, b)


@pytest.mark.parametrize(
    ("facts", "verdict", "with_isbn"),
    [
        ({}, "same", "same"),
        ({"title": "berlinerpopplene"}, "same", "same"),
        ({"parts": ("2",)}, "doubtful", "doubtful"),
        ({"isbns": ("9788252581706",)}, "same", "doubtful"),
        ({"year": 2005, "years": (2005,), "pages": (290,)}, "doubtful", "same"),
        ({"edition_number": 2, "format": "ebook"}, "different", "different"),
        ({"title": "eremittkrepsene"}, "different", "doubtful"),
        ({"year": 2010, "years": (2010,), "pages": (262,), "height": 18}, "different", "same"),
        ({"persons": ("nesbo,jo",), "statement": "jo nesbo", "pages": (526,)}, "different", "same"),
        ({"title": "the life of a soldier", "rest": ""}, "different", "different"),
    ],
)  # fmt: skip
def test_the_short_way_beside_one_book(facts: dict[str, Any], verdict: str, with_isbn: str) -> None:
    numbered = POPLARS._replace(isbns=("9788249503872",))
    for book, expected in ((POPLARS, verdict), (numbered, with_isbn)):
        short_way(book, book._replace(**facts))
        assert judge(book, book._replace(**facts)).verdict == expected


def test_a_clashing_word_is_counted_once() -> None:
    soldier = POPLARS._replace(title="a day in the life of a colonial soldier", rest="", ids=("oclc:1",))
    captain = soldier._replace(title="a day in the life of a colonial captain")
    found = judge(soldier, captain)
    assert found.verdict == "doubtful"
    assert "title_words_differ" in found.reasons
    short_way(soldier, captain)
    short_way(soldier._replace(ids=()), captain._replace(ids=()))


def model() -> Model:
    """Five measures, of sixteenths that add up exactly."""
    return read(
        {
            "version": "t", "start": -1.0, "declared": {}, "thresholds": {"same": 0.9, "doubtful": 0.5},
            "features": {
                "title": {"cuts": [50.0, 90.0], "weights": [-2.0, 0.5, 1.5], "missing": 0.0},
                "title_full": {"cuts": [50.0], "weights": [-0.0625, 0.0625], "missing": 0.0},
                "title_words": {"cuts": [50.0], "weights": [-0.125, 0.125], "missing": 0.0},
                "title_start": {"cuts": [50.0], "weights": [-0.25, 0.25], "missing": 0.0},
                "title_length": {"cuts": [20.0], "weights": [-0.5, 0.5], "missing": 0.0},
                "clash": {"cuts": [0.5], "weights": [0.75, -4.0], "missing": 0.0},
                "years": {"cuts": [0.5], "weights": [8.0, -8.0], "missing": 0.25},
                "year_shared": {"cuts": [0.5], "weights": [-16.0, 16.0], "missing": 0.5},
                "pages": {"cuts": [1.0], "weights": [2.0, -2.0], "missing": -0.5},
                "pages_apart": {"cuts": [1.0], "weights": [1.0, -1.0], "missing": -0.25},
                "main_body": {"cuts": [0.5], "weights": [-3.0, 3.0], "missing": -1.0},
                "person": {"cuts": [50.0], "weights": [-1.0, 2.0], "missing": 4.0},
            },
        }
    )  # fmt: skip


def test_the_bound_takes_what_was_not_asked_for_the_best_there_is() -> None:
    best = Best.of(model())
    assert best.rest == -1.0 + 0.75 + 2.0 + 1.0 + 3.0 + 4.0
    assert best.silent_pages == (-0.5 - 2.0) + (-0.25 - 1.0)
    assert best.other_entry == -1.0 - 3.0
    assert best.model == model()


def bound(a: Evidence, b: Evidence) -> float:
    best = Best.of(model())
    there, back = (best.without_clash(one, two, compare_titles(one, two)) for one, two in ((a, b), (b, a)))
    assert there == back
    return there - best.rest


OFFICE = POPLARS._replace(
    title="norges offisielle statistikk", rest="", bodies=("statistisk sentralbyra",), main_is_body=True
)
SAME_TITLE = 1.5 + 0.0625 + 0.125 + 0.25 + 0.5


def test_the_bound_counts_titles_and_years_extent_and_entry() -> None:
    assert bound(OFFICE, OFFICE) == SAME_TITLE + 8.0 + 16.0
    assert bound(OFFICE, OFFICE._replace(year=2005, years=(2005,))) == SAME_TITLE - 8.0 - 16.0
    assert bound(OFFICE, OFFICE._replace(year=2005, years=(2005, 2004))) == SAME_TITLE - 8.0 + 16.0
    assert bound(OFFICE, OFFICE._replace(year=0, years=())) == SAME_TITLE + 0.25 + 0.5
    assert bound(OFFICE, OFFICE._replace(pages=())) == SAME_TITLE + 24.0 - 3.75
    assert bound(OFFICE._replace(pages=()), OFFICE._replace(pages=())) == SAME_TITLE + 24.0 - 3.75
    assert bound(OFFICE, OFFICE._replace(main_is_body=False)) == SAME_TITLE + 24.0 - 4.0
    short = OFFICE._replace(title="statistikk")
    assert bound(short, short) == SAME_TITLE - 1.0 + 24.0
    assert bound(OFFICE, OFFICE._replace(title="samfunn")) == -2.0 - 0.0625 - 0.125 - 0.25 - 0.5 + 24.0


def test_each_likeness_of_the_titles_has_its_own_weight() -> None:
    says_more = OFFICE._replace(rest="ellevte rekke for utenrikshandelen med naboland og andre")
    assert compare_titles(OFFICE, says_more).full < 50
    assert bound(OFFICE, says_more) == SAME_TITLE - 0.125 + 24.0
    turned = OFFICE._replace(title="statistikk norges offisielle")
    likeness = compare_titles(OFFICE, turned)
    assert (likeness.words, likeness.title > 50, likeness.start > 50) == (100.0, True, True)
    assert bound(OFFICE, turned) == SAME_TITLE - 1.0 + 24.0


@given(FACTS, FACTS)
def test_no_pair_scores_above_its_bound(a: Evidence, b: Evidence) -> None:
    limit = committed_best().without_clash(a, b, compare_titles(a, b))
    assert committed().log_odds(compare(a, b)._replace(clash=0.0)) <= limit + 1e-9


def test_the_bound_of_the_committed_weights_is_made_once() -> None:
    assert committed_best() is committed_best()
    assert committed_best() == Best.of(committed())
    assert len(committed().steps) == len(FEATURES)


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        (Evidence("berlinerpoplene"), Evidence("eremittkrepsene"), True),
        # the shorter begins the longer
        (Evidence("sult"), Evidence("sult", rest="roman fra kristiania for voksne og eldre ungdommer"), False),
        (Evidence("sullt"), Evidence("sult og andre fortellinger fra kristiania"), False),
        # the same words in another order
        (Evidence("a history of modern norway"), Evidence("norway a modern history"), False),
        # another title of one is a title of the other
        (Evidence("hunger", other_titles=("sult",)), Evidence("sult"), False),
        (Evidence("hunger", other_titles=("sult",)), Evidence("der hunger nach leben", other_titles=("sullt",)), False),
        (Evidence("hunger", other_titles=("pan",)), Evidence("mysterier", other_titles=("victoria",)), True),
        # the title alone is alike where the remainders bury it
        (
            Evidence("norges historie", rest="fra istid til nyere tid med kart og tegninger"),
            Evidence("norgeshistorie", rest="kvinner menn og barn gjennom tusen aar i bygd og by"),
            False,
        ),
        # a number ties them
        (Evidence("berlinerpoplene", isbns=("9788249503872",)), Evidence("x", isbns=("9788249503872",)), False),
        (Evidence("berlinerpoplene", ids=("oclc:1",)), Evidence("x", ids=("oclc:1", "nb:2")), False),
        (Evidence("berlinerpoplene", isbns=("1",), ids=("oclc:1",)), Evidence("x", isbns=("2",), ids=("nb:1",)), True),
    ],
)  # fmt: skip
def test_titles_far_apart(a: Evidence, b: Evidence, apart: bool) -> None:
    assert titles_apart(a, b) is apart
    assert titles_apart(b, a) is apart


def test_titles_far_apart_are_not_looked_at_further() -> None:
    stranger = POLICE._replace(isbns=())
    assert judge(POPLARS, stranger) == (0.0, "different", ("title_differs",))
    assert resemblance(POPLARS, stranger) is None
