"""A key that too many share says nothing: and whether it does depends on what is there, not on what came first."""

from __future__ import annotations

import random

import pytest

from allmenning.catalogue.clusters import evidence
from allmenning.catalogue.models import HotKey, MatchEdge
from tests.catalogue.records import book, groups, take
from tests.catalogue.test_identity import rolled_back, shape

#: One edition as four libraries say it, each with words of its own, so that each is evidence of its own.
VARIANTS = {
    "oslo": book("1", "Sult", isbn="9788205385627", year="1999", publisher="Gyldendal", place="Oslo", extent="166 s."),
    "bergen": book("1", "Sult", isbn="9788205385627", year="1999", publisher="Gyldendal Norsk Forlag", extent="166 s."),
    "volda": book(
        "1", "Sult", isbn="9788205385627", year="1999", publisher="Gyldendal", place="Kristiania", extent="166 s."
    ),
    "utsira": book(
        "1", "Sult", isbn="9788205385627", year="1999", publisher="Gyldendal", place="Oslo", extent="167 s."
    ),
}

pytestmark = pytest.mark.django_db


def test_three_that_share_every_key_are_not_compared_when_two_is_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "CAP", 2)
    take("oslo", VARIANTS["oslo"])
    take("bergen", VARIANTS["bergen"])
    assert groups() == {frozenset({"oslo/1", "bergen/1"})}
    take("volda", VARIANTS["volda"])
    assert HotKey.objects.exists()
    assert (MatchEdge.objects.count(), len(groups())) == (0, 3)


def test_when_one_of_them_goes_the_other_two_meet_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "CAP", 2)
    for name in ("oslo", "bergen", "volda"):
        take(name, VARIANTS[name])
    take("oslo", book("1", deleted=True))
    assert (HotKey.objects.count(), groups()) == (0, {frozenset({"bergen/1", "volda/1"})})


@pytest.mark.parametrize("cap", [2, 3, 100])
def test_any_order_of_coming_and_going_ends_alike(cap: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "CAP", cap)
    chance = random.Random(1859)
    for left in (4, 3, 2):
        shapes = []
        for _ in range(6):
            names = chance.sample(sorted(VARIANTS), 4)
            staying = sorted(VARIANTS)[:left]
            with rolled_back():
                for name in names:
                    take(name, VARIANTS[name])
                for name in names:
                    if name not in staying:
                        take(name, book("1", deleted=True))
                shapes.append(shape())
        assert all(each == shapes[0] for each in shapes)
