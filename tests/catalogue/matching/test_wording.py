"""Words of two titles held against each other: what answers a word, and what leaves it alone."""

from __future__ import annotations

import pytest

from allmenning.catalogue.matching.wording import clash


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("an easter cookbook", "a passover cookbook", 1),
        ("sult", "sult roman", 0),
        ("berlinerpoplene", "berlinerpopplene", 0),
        ("hand book of guiana", "handbook of guiana", 0),
        ("dept of finance", "department of finance", 0),
        ("report of january", "report of jan", 0),
        ("north and south", "east and west", 2),
        ("play with a", "play with the", 0.5),
        ("volume 2", "volume 3", 1),
    ],
)
def test_words_that_clash(a: str, b: str, words: float) -> None:
    assert clash(a, b) == words
    assert clash(b, a) == words


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        # one letter in four mistyped is forgiven; of three letters none
        ("nils holgersson", "nisl holgersson", 0),
        ("the bird", "the bid", 1),
        ("the cat", "the cats", 1),
        ("a soldier", "a sailor", 1),
        # only likeness of the whole word counts, not of a part that lies deep in the other
        ("skogen", "granskoger", 1),
        # a word of four letters may stand inside another; one of three may not
        ("the land", "the overland", 0),
        ("the sea", "the overseas", 1),
        # run together with its neighbour, even when that neighbour has another equal
        ("overland over sea", "over land over desert mountains", 1),
        # a beginning as long as a word
        ("wintersports skiing", "winter birds fish", 1),
    ],
)
def test_a_word_is_answered_by_its_like(a: str, b: str, words: float) -> None:
    assert clash(a, b) == words
    assert clash(b, a) == words


@pytest.mark.parametrize(
    ("short", "long", "words"),
    [
        ("apr", "april", 0),
        ("hrs", "hours", 0),
        ("mngmt", "management", 0),
        # six letters are a word, not a shortening
        ("intrnl", "international", 1),
        # the last letters differ
        ("prs", "president", 1),
        # the last letters agree, but the others do not follow one another in the long word
        ("star", "shoemaker", 1),
        # two letters fit too many words, unless they begin it
        ("dr", "doctor", 1),
        ("do", "doctor", 0),
    ],
)
def test_a_shortened_word_stands_for_the_whole(short: str, long: str, words: float) -> None:
    assert clash(f"{short} watson", f"{long} watson") == words
    assert clash(f"{long} watson", f"{short} watson") == words


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("love in winter", "love of winter", 0.5),
        ("love in winter", "love my winter", 0.5),
        ("love in winter", "love winter", 0),
        ("a life in the war", "life with war", 0),
    ],
)
def test_small_words_clash_by_half_when_they_are_one_or_two(a: str, b: str, words: float) -> None:
    assert clash(a, b) == words
    assert clash(b, a) == words


def test_clashing_words_are_counted_to_two() -> None:
    assert clash("red green blue", "one five nine") == 2
