"""Who belongs together, as a pure function."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allmenning.catalogue.clusters.partition import Link, Word, components, partition


def test_links_join_and_the_rest_stands_alone() -> None:
    assert partition([1, 2, 3], [Link(1, 2, 0.9)]) == [frozenset({1, 2}), frozenset({3})]


def test_a_conflict_of_signatures_keeps_the_less_certain_link_out() -> None:
    marks = {1: frozenset({"volume 1"}), 2: frozenset({""}), 3: frozenset({"volume 2"})}

    def conflict(one: str, other: str) -> str | None:
        return "volume" if one and other and one != other else None

    found = partition([1, 2, 3], [Link(1, 2, 0.95), Link(2, 3, 0.97)], signatures=marks, conflict=conflict)
    assert found == [frozenset({1}), frozenset({2, 3})]


def test_a_persons_different_stands_against_any_certainty() -> None:
    found = partition([1, 2, 3], [Link(1, 2, 1.0), Link(2, 3, 0.9)], [Word(1, 2, same=False, order=1)])
    assert found == [frozenset({1}), frozenset({2, 3})]


def test_a_persons_same_needs_no_link_and_overrules_a_conflict() -> None:
    marks = {1: frozenset({"a"}), 2: frozenset({"b"})}
    found = partition([1, 2], [], [Word(1, 2, same=True, order=1)], signatures=marks, conflict=lambda *_: "always")
    assert found == [frozenset({1, 2})]


def test_of_two_words_on_a_pair_the_later_holds() -> None:
    words = [Word(1, 2, same=True, order=1), Word(2, 1, same=False, order=2)]
    assert partition([1, 2], [Link(1, 2, 1.0)], words) == [frozenset({1}), frozenset({2})]


def test_components_know_only_their_nodes() -> None:
    assert sorted(map(sorted, components([1, 2, 3], [(1, 2), (3, 9)]))) == [[1, 2], [3]]


nodes = st.integers(0, 9)
pairs = st.tuples(nodes, nodes).filter(lambda pair: pair[0] != pair[1])


@given(
    st.lists(
        st.tuples(pairs, st.sampled_from([0.9, 0.95, 1.0])), max_size=20, unique_by=lambda each: frozenset(each[0])
    ),
    st.lists(st.tuples(pairs, st.booleans()), max_size=5),
    st.dictionaries(nodes, st.sampled_from(["", "1", "2"]), max_size=10),
    st.randoms(use_true_random=False),
)
def test_the_order_of_anything_changes_nothing(linked, said, marked, shuffle) -> None:  # type: ignore[no-untyped-def]
    links = [Link(a, b, score) for (a, b), score in linked]
    words = [Word(a, b, same, order) for order, ((a, b), same) in enumerate(said)]
    marks = {node: frozenset({mark}) for node, mark in marked.items()}

    def conflict(one: str, other: str) -> str | None:
        return "number" if one and other and one != other else None

    first = partition(range(10), links, words, signatures=marks, conflict=conflict)
    turned = [Link(each.b, each.a, each.score) for each in links]
    for each in (turned, words):
        shuffle.shuffle(each)
    assert partition(reversed(range(10)), turned, words, signatures=marks, conflict=conflict) == first
