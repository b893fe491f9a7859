"""Who belongs together: a pure, deterministic function of nodes, links and vetoes, whatever order they came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Node = TypeVar("Node", bound=int)
Signature = TypeVar("Signature")


@dataclass(frozen=True, slots=True)
class Link:
    """Two nodes the machine holds for the same, with its certainty (0–1)."""

    a: int
    b: int
    score: float


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word on two nodes. ``order`` rises with time: the later word wins where two contradict."""

    a: int
    b: int
    same: bool
    order: int


def components(nodes: Iterable[int], links: Iterable[tuple[int, int]]) -> list[set[int]]:
    """The connected sets, each found from any of its nodes."""
    owner = {node: node for node in nodes}

    def root(node: int) -> int:
        while owner[node] != node:
            owner[node] = owner[owner[node]]
            node = owner[node]
        return node

    for a, b in links:
        if a in owner and b in owner:
            owner[root(a)] = root(b)
    groups: dict[int, set[int]] = {}
    for node in owner:
        groups.setdefault(root(node), set()).add(node)
    return list(groups.values())


def partition(
    nodes: Iterable[int],
    links: Iterable[Link],
    words: Sequence[Word] = (),
    *,
    signatures: Mapping[int, frozenset[str]] | None = None,
    conflict: Callable[[str, str], str | None] | None = None,
    stable: Callable[[int], int] = lambda node: node,
) -> list[frozenset[int]]:
    """Split ``nodes`` into clusters.

    People's words come first, the latest before the earlier; then the machine's links from the most certain down. A link
    is followed unless a person's «different» stands between the two clusters it would join, or two signatures in
    them conflict. Ties go by ``stable``, a number of the node that does not depend on when it came in.
    """
    clusters: dict[int, set[int]] = {node: {node} for node in nodes}
    apart: dict[int, set[int]] = {}
    marks = {node: set(signatures.get(node, ())) if signatures else set() for node in clusters}
    standing = _latest(words, clusters)
    for word in standing:
        if not word.same:
            apart.setdefault(word.a, set()).add(word.b)
            apart.setdefault(word.b, set()).add(word.a)

    def barred(left: set[int], right: set[int]) -> bool:
        small, large = (left, right) if len(left) < len(right) else (right, left)
        return any(not large.isdisjoint(apart[node]) for node in small if node in apart)

    def clash(left: int, right: int) -> bool:
        if conflict is None:
            return False
        # Two signatures that a person has put into one cluster are no reason to keep more of either out of it.
        return any(
            conflict(one, other) and not {one, other} <= marks[left] and not {one, other} <= marks[right]
            for one in marks[left]
            for other in marks[right]
        )

    def join(a: int, b: int, *, checked: bool) -> None:
        left, right = clusters[a], clusters[b]
        if left is right or barred(left, right):
            return
        head_left, head_right = min(left), min(right)
        if checked and clash(head_left, head_right):
            return
        merged = left | right
        head = min(head_left, head_right)
        marks[head] = marks[head_left] | marks[head_right]
        for node in merged:
            clusters[node] = merged

    for word in standing:
        if word.same:
            join(word.a, word.b, checked=False)
    for link in sorted(links, key=lambda each: (-each.score, *sorted((stable(each.a), stable(each.b))))):
        if link.a in clusters and link.b in clusters:
            join(link.a, link.b, checked=True)
    return sorted({frozenset(cluster) for cluster in clusters.values()}, key=min)


def _latest(words: Sequence[Word], nodes: Mapping[int, object]) -> list[Word]:
    """One word a pair, the latest; latest first."""
    seen: dict[tuple[int, int], Word] = {}
    for word in sorted(words, key=lambda each: -each.order):
        if word.a in nodes and word.b in nodes and word.a != word.b:
            seen.setdefault((min(word.a, word.b), max(word.a, word.b)), word)
    return list(seen.values())
