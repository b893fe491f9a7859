"""Extent, editions, parts, years and numbers as catalogues write them; keys that bring records together."""

from __future__ import annotations

from typing import Any

import pytest

from allmenning.catalogue.matching import Evidence, keys
from allmenning.catalogue.matching.keys import telling_words
from allmenning.catalogue.matching.measures import editions, numbers_in, pages_and_volumes, part_numbers
from allmenning.catalogue.matching.numerals import number_of, roman
from allmenning.catalogue.matching.sounding import sounded
from tests.catalogue.marc import coded
from tests.catalogue.matching.books import BERLINERPOPLENE, POLICE, POPLARS, seen


@pytest.mark.parametrize(
    ("extent", "pages", "volumes"),
    [
        ("", (), 0), ("xix, 437 p.", (437,), 0), ("526 s.", (526,), 0), ("[25 p.]", (25,), 0), ("480", (480,), 0),
        ("4 p. l., 11-311 p.", (311, 11, 4), 0), ("S. 467-476", (476, 467), 0), ("3 v.", (), 3), ("v.", (), -1),
        ("1 v. (various pagings)", (), 0), ("2 bind", (), 2), ("2 v. (xi, 462 leaves)", (462,), 2),
        ("xiii, 238 p., [16] p. of plates", (238,), 0), ("1 online resource", (), 0),
        ("1 online resource (vi, 96 pages)", (96,), 0), ("1 nettressurs (120 s.)", (120,), 0),
        ("1 CD (7 t, 30 min)", (450,), 0), ("1 MP3-CD (12 t)", (720,), 0), ("1 DVD-video (96 min)", (96,), 0),
        ("328 с.", (328,), 0), ("2 hr., 5 min", (125,), 0), ("1 lydfil (3 t)", (180,), 0), ("3 t", (), 3),
    ],
)  # fmt: skip
def test_extent(extent: str, pages: tuple[int, ...], volumes: int) -> None:
    assert pages_and_volumes(extent) == (pages, volumes)


@pytest.mark.parametrize(
    ("statement", "number", "words"),
    [
        ("", 0, ""), ("2 utg", 2, ""), ("tredje utgave", 3, ""), ("1st ed", 1, ""), ("second rev ed", 2, "rev"),
        ("1 utg 4 oppl", 1, ""), ("5 opplag", 0, ""), ("ny utg", 0, ""), ("1st american paperback ed", 1, "american paperback"),
        ("nynorsk utg", 0, "nynorsk"), ("iv ed", 4, ""),
    ],
)  # fmt: skip
def test_editions(statement: str, number: int, words: str) -> None:
    assert editions(statement) == (number, words)


@pytest.mark.parametrize(
    ("designation", "parts"),
    [
        ("", ()), ("bind 2", ("2",)), ("vol iii part c", ("3", "c")), ("andre bok", ("2",)), ("del 2 1", ("2", "1")),
        ("kransen", ("kransen",)), ("1 2 3 4 5", ("1", "2", "3", "4")),
    ],
)  # fmt: skip
def test_parts(designation: str, parts: tuple[str, ...]) -> None:
    assert part_numbers(designation) == parts


def test_numbers() -> None:
    assert [roman(each) for each in ("xiv", "i", "mcmxc", "c", "", "mild", "iiii")] == [
        14,
        1,
        1990,
        None,
        None,
        None,
        None,
    ]
    assert [number_of(each) for each in ("2", "2nd", "3e", "andre", "iv", "sult", "2x", "1234567890")] == [
        2, 2, 3, 2, 4, None, None, None,
    ]  # fmt: skip
    assert numbers_in("report 1964 part ii", "7th session of h r 4854") == (2, 7, 1964, 4854)
    assert [roman(each) for each in ("vii", "xix", "xliv", "viii")] == [7, 19, 44, 8]
    assert numbers_in("i mix vi") == (6,)


@pytest.mark.parametrize(
    ("one", "other"),
    [("dostojevskij", "dostoevsky"), ("tsjekhov", "chekhov"), ("tolstoj", "tolstoy"), ("vojna i mir", "voina i mir"),
     ("solzjenitsyn", "solzhenitsyn"), ("ulitskaja", "ulitskaya"), ("hanssen", "hansen")],
)  # fmt: skip
def test_one_sound_for_many_spellings(one: str, other: str) -> None:
    assert sounded(one) == sounded(other)


def test_each_word_is_heard_by_itself() -> None:
    assert sounded("mari isaksen") == "mari isaksen"
    assert sounded("krig  og fred") == "krig  og fred"
    assert sounded("bok ii") == "bok i"


def test_height_is_read_from_300_c_or_where_all_stands_in_one_subfield() -> None:
    assert POPLARS.height == 22
    assert seen(BERLINERPOPLENE.replace("$a286 s. ;$c22 cm", "$a286 s., 19,5 cm")).height == 19
    assert seen(BERLINERPOPLENE.replace("$c22 cm", "$b25 cm")).height == 0
    assert seen(BERLINERPOPLENE.replace("$c22 cm", "")).height == 0


def test_no_more_numbers_than_eight() -> None:
    assert numbers_in("1 2 3 4 5 6 7 8 9 10") == (1, 2, 3, 4, 5, 6, 7, 8)


def test_different_names_sound_different() -> None:
    assert len({sounded(each) for each in ("hansen", "jensen", "johansen", "olsen", "undset", "ibsen", "hamsun")}) == 7


def shared(a: Evidence, b: Evidence) -> int:
    return len(set(keys(a)) & set(keys(b)))


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "berlinerpopplene"},
        {"title": "berlinrpoplene"},
        {"year": 2005, "years": (2005,)},
        {"persons": ()},
        {"persons": ("birkefeldt ragde,anne",)},
        {"pages": ()},
        {"pages": (300,), "year": 2005, "years": (2005,)},
        {"rest": ""},
        {"year": 0, "years": (), "pages": ()},
    ],
)
def test_one_error_or_gap_anywhere_still_brings_the_records_together(facts: dict[str, Any]) -> None:
    assert shared(POPLARS, POPLARS._replace(**facts)) > 0


def test_keys_are_few_sorted_and_fit_64_bits() -> None:
    found = keys(POPLARS)
    assert found == sorted(set(found))
    assert 4 <= len(found) <= 8
    assert all(-(2**63) <= each < 2**63 for each in found)


def test_keys_are_the_same_on_every_machine() -> None:
    assert keys(Evidence("sult", year=1890, years=(1890,))) == [3386716736650088112]


def test_strangers_share_no_key() -> None:
    assert shared(POPLARS, POLICE) == 0


def test_a_record_without_a_title_has_only_its_numbers() -> None:
    assert keys(Evidence("")) == []
    assert len(keys(Evidence("", isbns=("9788203214738",), ids=("oclc:1",)))) == 2


def test_small_words_tell_nothing_unless_there_are_no_others() -> None:
    assert telling_words("den som henger i en trad") == ["henger", "trad"]
    assert telling_words("det") == ["det"]


def test_cyrillic_and_latin_records_meet() -> None:
    russian = seen(f"""
        {coded("1989", "rus")}
        100 1 $aБулгаков, Михаил
        245 10$aСобачье сердце
        260   $aМосква$bПравда$c1989
        300   $a328 с.
    """)
    latin = seen(f"""
        {coded("1989", "rus")}
        100 1 $aBulgakov, Michail
        245 10$aSobatsje serdtse
        260   $aMoskva$bPravda$c1989
        300   $a328 s.
    """)
    assert russian.title == "sobatsjje serdtse"
    assert shared(russian, latin) > 0


def test_digits_that_count_without_places_are_words_and_not_numbers() -> None:
    """Ethiopic figures have no zero: a text that holds them is read, and nothing is made of them."""
    assert number_of("፩፪") is None
    assert numbers_in("፩፪ 12") == (12,)
    assert part_numbers("፩") == ("፩",)
