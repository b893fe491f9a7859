"""How alike two names are: what each way of writing them costs."""

from __future__ import annotations

import pytest

from allmenning.catalogue.matching.names import given_alike, name_alike, named_in


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("knut", "knut", 1.0),
        # known by a second name, or nothing in common
        ("jens bjorn", "bjorn", 0.8),
        ("knut", "henrik", 0.4),
        # an initial, or a beginning
        ("k", "knut", 0.96),
        ("ann", "anne", 0.96),
        ("anne", "anne birkefeldt", 0.96),
        ("anne b", "anne birkefeldt", 0.96),
        ("anne b", "anne marie", 0.75),
        ("a b", "anne marie", 0.75),
        # spelled a little, rather, or quite differently
        ("karin", "karen", 0.92),
        ("kari", "kare", 0.8),
        ("harald", "halvard", 0.8),
        ("astrid", "asta", 0.55),
        ("per", "pal", 0.55),
        ("jo", "jan", 0.55),
    ],
)
def test_given_names(a: str, b: str, alike: float) -> None:
    assert given_alike(a, b) == alike
    assert given_alike(b, a) == alike


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("hamsun,knut", "hamsun,knut", 100.0),
        ("hamsun,k", "hamsun,knut", 100.0 * 0.96),
        ("hamsun,", "hamsun,knut", 100.0 * 0.9),
        ("lie,jonas", "lie,jonas,jr", 100.0 * 0.96),
        # one sound
        ("tolstoj,lev", "tolstoy,lev", 98.0),
        ("tsjekhov,anton", "chekhov,anton", 98.0),
        ("tsjekhov,anton", "chekhov,a", 98.0 * 0.96),
        # one letter: the given name decides
        ("berg,per", "berge,pal", 96.0 * 0.55),
        # other surnames are at most 60 alike, and count by 0.7
        ("hansen,kari", "hamsun,knut", 60.0 * 0.7),
        ("xu,li", "su,bo", 60.0 * 0.7),
        ("moe,jorgen", "aas,nils", 0.0),
        # the same names otherwise divided
        ("sigrid undset,", "undset,sigrid", 100.0),
        ("borges,jorge luis", "luis borges,jorge", 100.0),
        ("quisling,vidkun", "kvisling,vidkun", 600 / 7),
    ],
)
def test_names(a: str, b: str, alike: float) -> None:
    assert name_alike(a, b) == pytest.approx(alike, abs=1e-9)
    assert name_alike(b, a) == pytest.approx(alike, abs=1e-9)


def test_sound_alone_does_not_make_names_one_where_the_letters_are_far_apart() -> None:
    assert name_alike("shcha,ola", "sa,ola") < 98


def test_a_surname_in_the_statement() -> None:
    assert named_in(("hamsun,knut",), "av knut hamsun") == 95.0
    assert named_in(("moe,jorgen", "hamsun,knut"), "av knut hamsun") == 95.0
    assert named_in(("hamsun,knut,jr",), "av knut hamsun") == 95.0
    assert named_in(("xyz,knut",), "av o") == 0.0
    assert named_in((",knut",), "av knut hamsun") == 0.0
