"""B-cubed and pairwise figures, worked by hand on groupings small enough to see."""

from __future__ import annotations

import pytest

from allmenning.bench.grouping import compare, harmonic, pairs_in
from allmenning.demo.truth import score


def gold(**works: str) -> dict[str, frozenset[str]]:
    """Record → its works, separated by a space."""
    return {record: frozenset(all_of.split()) for record, all_of in works.items()}


def placed(**groups: int) -> dict[str, frozenset[int]]:
    """Record → its one group."""
    return {record: frozenset({group}) for record, group in groups.items()}


def test_the_same_grouping_is_perfect() -> None:
    found = compare(gold(a="x", b="x", c="y"), placed(a=1, b=1, c=2))
    assert found.figures() == {
        "b_cubed_precision": 1.0, "b_cubed_recall": 1.0, "b_cubed_f1": 1.0, "pairwise_precision": 1.0,
        "pairwise_recall": 1.0, "pairwise_f1": 1.0, "missed_entities_percent": 0.0, "missed_relations_percent": 0.0,
    }  # fmt: skip
    assert (found.missed, found.wrong) == (frozenset(), frozenset())


def test_one_record_in_the_wrong_work() -> None:
    # Works x: a b c, y: d e. Found: a b | c d e.
    found = compare(gold(a="x", b="x", c="x", d="y", e="y"), placed(a=1, b=1, c=2, d=2, e=2))
    # Precision: a, b 2/2; c 1/3; d, e 2/3. Recall: a, b 2/3; c 1/3; d, e 2/2.
    assert found.b_cubed_precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert found.b_cubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    # Right pairs: ab, de. Found: ab, cd, ce, de. Gold: ab, ac, bc, de.
    assert (found.pairwise_precision, found.pairwise_recall) == (0.5, 0.5)
    assert found.missed == {("a", "c"), ("b", "c")}
    assert found.wrong == {("c", "d"), ("c", "e")}
    assert (found.missed_works, found.works_of_several, found.gold_pairs) == ((), 2, 4)


def test_a_work_is_missed_when_no_two_of_its_records_stand_together() -> None:
    found = compare(gold(a="x", b="x", c="x", d="y", e="y", f="z"), placed(a=1, b=2, c=3, d=4, e=4, f=5))
    # z has one record, so that there is nothing to miss.
    assert (found.missed_works, found.works_of_several) == (("x",), 2)
    assert found.figures()["missed_entities_percent"] == 50.0
    assert found.figures()["missed_relations_percent"] == 75.0  # ab, ac, bc of four pairs
    assert found.pairwise_precision == 1.0


def test_an_omnibus_belongs_to_each_work_it_holds() -> None:
    # o holds x and y, and stands with a, which is x. b, which is y, stands alone.
    found = compare(gold(a="x", b="y", o="x y"), placed(a=1, b=2, o=1))
    assert found.b_cubed_precision == 1.0
    # Recall: a with a and o 2/2; b with itself, without o 1/2; o with itself 1/2 (one of two works), with a 1, with b 0.
    assert found.b_cubed_recall == pytest.approx((1 + 1 / 2 + (1 / 2 + 1 + 0) / 3) / 3)
    assert found.missed == {("b", "o")}
    assert found.missed_works == ("y",)


def test_an_omnibus_may_be_placed_with_each_work_it_holds() -> None:
    one, two, both = frozenset({1}), frozenset({2}), frozenset({1, 2})
    assert compare(gold(a="x", b="y", o="x y"), {"a": one, "b": two, "o": both}).figures()["b_cubed_f1"] == 1.0
    # What is placed together twice and shares one work is half right.
    found = compare(gold(a="x", b="x"), {"a": both, "b": both})
    assert (found.b_cubed_precision, found.b_cubed_recall, found.pairwise_precision) == (0.5, 1.0, 1.0)


def test_two_records_that_share_two_works_are_one_pair() -> None:
    found = compare(gold(a="x y", b="x y"), placed(a=1, b=1))
    assert (found.gold_pairs, found.pairwise_recall, found.missed_works) == (1, 1.0, ())
    assert found.b_cubed_recall == 0.5  # one place cannot show that both works are shared


def test_with_one_work_a_record_the_figures_are_those_of_the_demo() -> None:
    truth = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y", "f": "z"}
    where = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 2, "f": 3}
    ours, theirs = compare(gold(**truth), placed(**where)), score(truth, where)
    assert ours.b_cubed_precision == pytest.approx(theirs.b_cubed_precision)
    assert ours.b_cubed_recall == pytest.approx(theirs.b_cubed_recall)
    assert ours.pairwise_precision == pytest.approx(theirs.pairwise_precision)
    assert ours.pairwise_recall == pytest.approx(theirs.pairwise_recall)


def test_nothing_to_join_is_nothing_amiss() -> None:
    found = compare(gold(a="x"), placed(a=1))
    assert found.figures()["pairwise_f1"] == 1.0
    assert found.figures()["missed_entities_percent"] == 0.0


def test_a_record_that_is_not_placed_is_refused() -> None:
    with pytest.raises(KeyError):
        compare(gold(a="x"), {})


def test_pairs_and_means() -> None:
    assert pairs_in([{"b", "a", "c"}, {"d"}]) == {("a", "b"), ("a", "c"), ("b", "c")}
    assert (harmonic(1.0, 0.5), harmonic(0.0, 0.0)) == (pytest.approx(2 / 3), 0.0)
