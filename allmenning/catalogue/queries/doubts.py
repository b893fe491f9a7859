"""What the machine leaves to a person: editions that may belong together, the most alike first.

The machine doubts pairs; a person is asked once about all editions that such doubts tie together, never pair by pair.
Pages are read from where the last one ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from allmenning.catalogue import sql
from allmenning.catalogue.models import MatchEdge, SourceRecord
from allmenning.catalogue.queries.members import (
    Pair,
    Resemblance,
    VersionFacts,
    pair,
    parted_by_people,
    records_where,
    resemblances,
)

#: Parcels looked through for one page; a page that is not full then says where to go on.
PARCELS = 20
#: More editions than this nobody compares side by side; the others of a larger tangle come when these are decided.
MOST_AT_ONCE = 6
#: How far from a doubtful pair others are looked for, and how many editions are looked at for one parcel.
STEPS, MOST_REACHED = 4, 1_000


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of a question in the list: its strongest link. Deciding takes questions out, so pages go by this."""

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
class Question:
    """Editions that doubt ties together, one record of each, and the links that tie them: one fewer than editions.

    The first link is the strongest. Each further edition comes by its strongest link to those before it.
    """

    editions: tuple[VersionFacts, ...]
    links: tuple[Resemblance, ...]


@dataclass(frozen=True, slots=True)
class Doubts:
    """One page. ``following`` is where the next one begins, None at the end."""

    questions: tuple[Question, ...]
    following: Mark | None


def doubtful(*, after: Mark | None = None, limit: int = 10) -> Doubts:
    """Every edition is asked about once on a page, together with those it may belong to.

    A person's word on two editions, and a merge, take that link out; a question is what the rest ties together.
    """
    shown: list[Unit] = []
    asked: set[int] = set()
    for _ in range(PARCELS):
        parcel = list(_behind(after)[: 3 * limit])
        for at, unit in _units(parcel):
            if asked.isdisjoint(unit.editions):
                shown.append(unit)
                asked.update(unit.editions)
            if len(shown) == limit:
                last = at == len(parcel) - 1 and len(parcel) < 3 * limit
                return _page(shown, None if last else _mark(parcel[at]))
        if len(parcel) < 3 * limit:
            return _page(shown, None)
        after = _mark(parcel[-1])
    return _page(shown, after)


def doubtful_count() -> int:
    """How many editions are in doubt, those a person has decided among them: a measure of what may wait."""
    return int(
        sql.one(
            """SELECT COUNT(DISTINCT edition_id) FROM catalogue_sourcerecord WHERE NOT deleted AND class_id IN (
               SELECT a FROM catalogue_matchedge WHERE verdict = %s UNION SELECT b FROM catalogue_matchedge WHERE verdict = %s
            )""",
            MatchEdge.DOUBTFUL,
            MatchEdge.DOUBTFUL,
        )
    )


def _behind(after: Mark | None) -> QuerySet[MatchEdge]:
    found = MatchEdge.objects.filter(verdict=MatchEdge.DOUBTFUL).order_by("-score", "a", "b")
    if after is None:
        return found
    level = Q(score=after.score)
    return found.filter(Q(score__lt=after.score) | level & Q(a__gt=after.a) | level & Q(a=after.a, b__gt=after.b))


@dataclass(slots=True)
class Unit:
    """The editions of one question by number, and the links that tie them."""

    editions: list[int]
    links: list[MatchEdge]


def _units(parcel: Sequence[MatchEdge]) -> list[tuple[int, Unit]]:
    """The questions whose strongest link is in the parcel, with its place there, the strongest first."""
    links = _open_links(parcel)
    by_edition: dict[int, list[Pair]] = defaultdict(list)
    for both in links:
        for edition in both:
            by_edition[edition].append(both)
    places = {(edge.a, edge.b): at for at, edge in enumerate(parcel)}
    taken: set[int] = set()
    found = []
    for both, edge in links.items():
        if taken.isdisjoint(both):
            unit = _grown(both, links, by_edition, taken)
            taken.update(unit.editions)
            if (edge.a, edge.b) in places:
                found.append((places[edge.a, edge.b], unit))
    return sorted(found, key=lambda each: each[0])


def _grown(first: Pair, links: dict[Pair, MatchEdge], by_edition: dict[int, list[Pair]], taken: Set[int]) -> Unit:
    """From its strongest link on, the next edition by the strongest link to it, as many as a person can compare."""
    unit = Unit(list(first), [links[first]])
    while len(unit.editions) < MOST_AT_ONCE:
        onward = [
            both
            for edition in unit.editions
            for both in by_edition[edition]
            if not (both[0] in unit.editions and both[1] in unit.editions) and taken.isdisjoint(both)
        ]
        if not onward:
            break
        best = min(onward, key=lambda both: _order(links[both]))
        unit.editions += [each for each in best if each not in unit.editions]
        unit.links.append(links[best])
    return unit


def _open_links(parcel: Sequence[MatchEdge]) -> dict[Pair, MatchEdge]:
    """Two editions → the strongest link between them, where nobody has spoken; the strongest first.

    Looks on from the parcel's editions to those that doubt ties to them, some steps far.
    """
    edges = {(edge.a, edge.b): edge for edge in parcel}
    editions: dict[int, int] = {}
    reached: set[int] = set()
    for _ in range(STEPS):
        found = _editions(Q(class_id__in={side for both in edges for side in both} - editions.keys()))
        fresh = set(found.values()) - reached
        if not fresh or len(reached) > MOST_REACHED:
            break
        reached |= fresh
        everyone = _editions(Q(edition_id__in=fresh))
        editions |= everyone
        ties = Q(a__in=everyone.keys()) | Q(b__in=everyone.keys())
        edges |= {(edge.a, edge.b): edge for edge in MatchEdge.objects.filter(ties, verdict=MatchEdge.DOUBTFUL)}
    apart = parted_by_people(reached)
    best: dict[Pair, MatchEdge] = {}
    for edge in sorted(edges.values(), key=_order):
        if edge.a in editions and edge.b in editions:
            both = pair(editions[edge.a], editions[edge.b])
            if both[0] != both[1] and both not in apart:
                best.setdefault(both, edge)
    return best


def _order(edge: MatchEdge) -> tuple[float, int, int]:
    return -edge.score, edge.a, edge.b


def _editions(which: Q) -> dict[int, int]:
    """Class → edition. The records of one class are never apart."""
    return dict(SourceRecord.objects.filter(which, deleted=False).values_list("class_id", "edition_id"))


def _page(units: Sequence[Unit], following: Mark | None) -> Doubts:
    if not units:
        return Doubts((), following)
    records = records_where(
        Q(class_id__in={side for unit in units for edge in unit.links for side in (edge.a, edge.b)})
    )
    return Doubts(tuple(_question(resemblances(unit.links, records)) for unit in units), following)


def _question(links: Sequence[Resemblance]) -> Question:
    editions: dict[int, VersionFacts] = {}
    for link in links:
        for record in (link.a, link.b):
            editions.setdefault(record.edition_id, record)
    return Question(tuple(editions.values()), tuple(links))


def _mark(edge: MatchEdge) -> Mark:
    return Mark(edge.score, edge.a, edge.b)
