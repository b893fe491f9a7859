"""Which records say enough to meet their equals by themselves."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmenning.catalogue.describe import describe
from allmenning.catalogue.matching import Evidence, evidence, judge, recognises_itself
from allmenning.catalogue.matching.comparing import compare
from allmenning.catalogue.matching.itself import beside_itself
from allmenning.formats.marc.reading import read_file
from allmenning.formats.marc.record import Read
from tests.catalogue.matching.books import POLICE, POPLARS

WORDS = st.lists(st.sampled_from(("dikt", "oslo", "2", "13", "and")), max_size=3).map(" ".join)
TEXTS = st.lists(WORDS, max_size=2).map(tuple)
NUMBERS = st.lists(st.integers(1, 300), max_size=2).map(tuple)
NUMBER = st.integers(0, 3)


def test_a_full_record_recognises_itself_and_a_bare_one_does_not() -> None:
    assert recognises_itself(POLICE)
    assert recognises_itself(POPLARS)
    assert not recognises_itself(Evidence("dikt"))
    assert not recognises_itself(Evidence(""))


@pytest.mark.parametrize("number", [{"isbns": ("9788203352942",)}, {"ids": ("oclc:1",)}])
def test_a_number_is_enough_to_recognise_what_has_no_more_than_a_title(number: dict[str, Any]) -> None:
    assert not recognises_itself(Evidence("dikt", persons=("hagerup,inger",)))
    assert recognises_itself(Evidence("dikt", persons=("hagerup,inger",), **number))


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "o" * 151}, {"year": 2004}, {"series": ("|2",)}, {"series": ("|2", "serien|3")}, {"series": ("serien|a|2",)},
        {"subjects": ("",)}, {"bodies": ("",)}, {"country": "xx"}, {"years": (2004,)}, {"span": (1880, 1889)},
    ],
)  # fmt: skip
def test_the_short_way_where_little_or_something_odd_is_said(facts: dict[str, Any]) -> None:
    each = Evidence(**{"title": "dikt", **facts})
    assert beside_itself(each) == compare(each, each)


@given(
    st.builds(
        Evidence, title=WORDS, rest=WORDS, other_titles=TEXTS, parts=TEXTS, part_name=WORDS, numbers=NUMBERS,
        persons=st.lists(WORDS.map(lambda name: name.replace(" ", ",", 1)), max_size=2).map(tuple), bodies=TEXTS,
        statement=WORDS, year=st.sampled_from((0, 1999, 2004)), years=st.sampled_from(((), (1999,), (2004, 1999))),
        span=st.sampled_from(((), (1880, 1889))), year_kind=st.sampled_from(("", "s")), publisher=WORDS, place=WORDS,
        country=st.sampled_from(("", "xx", "no")), pages=NUMBERS, volumes=st.integers(-1, 3), height=NUMBER,
        edition_number=NUMBER, edition=WORDS, format=st.sampled_from(("book", "map", "other")),
        languages=st.sampled_from(((), ("nb",), ("no", "se"))),
        series=st.lists(st.tuples(WORDS, WORDS).map("|".join), max_size=3).map(tuple),
        isbns=st.sampled_from(((), ("9788203352942",))), ids=st.sampled_from(((), ("oclc:1", "nb:2"))),
        main_is_body=st.booleans(), subjects=TEXTS, online=st.booleans(),
    )
)  # fmt: skip
def test_the_short_way_is_the_judgement_over_two_equals(each: Evidence) -> None:
    assert beside_itself(each) == compare(each, each)
    assert recognises_itself(each) is (judge(each, each).verdict == "same")


def test_on_real_records(shared_data: Path) -> None:
    path = shared_data / "pairs" / "monographs-train.mrc.gz"
    if not path.exists():
        pytest.skip("the labelled pairs are not here")
    for outcome in islice(read_file(path), 500):
        if isinstance(outcome, Read):
            each = evidence(describe(outcome.record), outcome.record)
            assert recognises_itself(each) is (judge(each, each).verdict == "same")
