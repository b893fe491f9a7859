"""Pairs of editions the machine leaves to a person, the most alike first, read from where the last page ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from allmenning.catalogue.models import MatchEdge, SourceRecord
from allmenning.catalogue.queries.members import Pair, Resemblance, pair, parted_by_people, records_where, resemblances

#: Parcels looked through for one page; a page that is not full then says where to go on.
PARCELS = 20


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of a pair in the list. Pages go by it and not by number: deciding takes pairs out of the list."""

    score: float
    a: int
    b: int

    def __str__(self) -> str:
        return f"{self.score!r}_{self.a}_{self.b}"

    @classmethod
    def from_text(cls, text: str) -> Mark | None:
        """Back from :meth:`__str__`; None for anything else."""
        try:
            score, a, b = text.split("_")
            made = cls(float(score), int(a), int(b))
        except ValueError:
            return None
        return made if 0 <= made.score <= 1 and all(-(2**63) <= each < 2**63 for each in (made.a, made.b)) else None


@dataclass(frozen=True, slots=True)
class Doubts:
    """One page. ``following`` is where the next one begins, None at the end."""

    pairs: tuple[Resemblance, ...]
    following: Mark | None


def doubtful(*, after: Mark | None = None, limit: int = 10) -> Doubts:
    """Two editions are shown once, by the records most alike; not when a person has spoken or they are one already."""
    shown: list[MatchEdge] = []
    for _ in range(PARCELS):
        parcel = list(_behind(after)[: 3 * limit])
        for edge in _open(parcel):
            shown.append(edge)
            if len(shown) == limit:
                return _page(shown, _mark(edge) if edge is not parcel[-1] or len(parcel) == 3 * limit else None)
        if len(parcel) < 3 * limit:
            return _page(shown, None)
        after = _mark(parcel[-1])
    return _page(shown, after)


def doubtful_count() -> int:
    """How many pairs of records are in doubt, those a person has decided among them: a measure of what may wait."""
    return MatchEdge.objects.filter(verdict=MatchEdge.DOUBTFUL).count()


def _behind(after: Mark | None) -> QuerySet[MatchEdge]:
    found = MatchEdge.objects.filter(verdict=MatchEdge.DOUBTFUL).order_by("-score", "a", "b")
    if after is None:
        return found
    level = Q(score=after.score)
    return found.filter(Q(score__lt=after.score) | level & Q(a__gt=after.a) | level & Q(a=after.a, b__gt=after.b))


def _open(parcel: Sequence[MatchEdge]) -> list[MatchEdge]:
    """Those that stand for two editions nobody has spoken of and that no closer pair stands for."""
    editions = _editions(Q(class_id__in={side for edge in parcel for side in (edge.a, edge.b)}))
    if not editions:
        return []
    apart = parted_by_people(set(editions.values()))
    everyone = _editions(Q(edition_id__in=set(editions.values())))
    between = MatchEdge.objects.filter(verdict=MatchEdge.DOUBTFUL, a__in=everyone.keys(), b__in=everyone.keys())
    best: dict[Pair, Pair] = {}
    for edge in between.order_by("-score", "a", "b"):
        best.setdefault(pair(everyone[edge.a], everyone[edge.b]), (edge.a, edge.b))
    return [
        edge
        for edge in parcel
        if edge.a in editions
        and edge.b in editions
        and (both := pair(editions[edge.a], editions[edge.b])) not in apart
        and both[0] != both[1]
        and best[both] == (edge.a, edge.b)
    ]


def _editions(which: Q) -> dict[int, int]:
    """Class → edition. The records of one class are never apart."""
    return dict(SourceRecord.objects.filter(which, deleted=False).values_list("class_id", "edition_id"))


def _page(edges: Sequence[MatchEdge], following: Mark | None) -> Doubts:
    if not edges:
        return Doubts((), following)
    records = records_where(Q(class_id__in={side for edge in edges for side in (edge.a, edge.b)}))
    return Doubts(tuple(resemblances(edges, records)), following)


def _mark(edge: MatchEdge) -> Mark:
    return Mark(edge.score, edge.a, edge.b)
