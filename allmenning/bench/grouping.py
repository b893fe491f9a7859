"""How far a grouping of records agrees with a gold grouping in which a record may belong to several groups.

An omnibus holds several works, so the gold says «this record is in these works», and what is measured may place it in several
groups too. Where every record has one of each, the figures are the ordinary ones.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar

Group = TypeVar("Group", bound=Hashable)
Pair = tuple[str, str]  # in alphabetical order
Gold = Mapping[str, frozenset[str]]  # record → its works, one at least
Found = Mapping[str, frozenset[Hashable]]  # record → its groups, one at least; every record of the gold


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares 0–1, but the two ``missed`` sets and ``wrong``, which are what went amiss.

    ``missed_works`` are the works of two records or more of which no two records stand together.
    """

    b_cubed_precision: float
    b_cubed_recall: float
    pairwise_precision: float
    pairwise_recall: float
    works_of_several: int
    missed_works: tuple[str, ...]
    gold_pairs: int
    missed: frozenset[Pair]
    wrong: frozenset[Pair]

    def figures(self) -> dict[str, float]:
        """Rounded, as the JSON line has them; ``missed_…_percent`` are per cent of works of several records and of gold pairs."""
        return {
            "b_cubed_precision": round(self.b_cubed_precision, 5),
            "b_cubed_recall": round(self.b_cubed_recall, 5),
            "b_cubed_f1": round(harmonic(self.b_cubed_precision, self.b_cubed_recall), 5),
            "pairwise_precision": round(self.pairwise_precision, 5),
            "pairwise_recall": round(self.pairwise_recall, 5),
            "pairwise_f1": round(harmonic(self.pairwise_precision, self.pairwise_recall), 5),
            "missed_entities_percent": _percent(len(self.missed_works), self.works_of_several),
            "missed_relations_percent": _percent(len(self.missed), self.gold_pairs),
        }


def compare(gold: Gold, found: Found) -> Agreement:
    """Hold what was found against the gold. Records outside the gold count nowhere. Raises ``KeyError`` for one not placed."""
    works = _turned((record, work) for record, all_of in gold.items() for work in all_of)
    groups = _turned((record, group) for record in gold for group in found[record])
    true, together = pairs_in(works.values()), pairs_in(groups.values())
    right = len(true & together)
    several = {work: records for work, records in works.items() if len(records) > 1}
    return Agreement(
        b_cubed_precision=_mean(_kept(record, found, gold, groups) for record in gold),
        b_cubed_recall=_mean(_kept(record, gold, found, works) for record in gold),
        pairwise_precision=right / len(together) if together else 1.0,
        pairwise_recall=right / len(true) if true else 1.0,
        works_of_several=len(several),
        missed_works=tuple(sorted(work for work, records in several.items() if _scattered(records, found))),
        gold_pairs=len(true),
        missed=frozenset(true - together),
        wrong=frozenset(together - true),
    )


def pairs_in(groups: Iterable[Iterable[str]]) -> set[Pair]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def _kept(
    record: str,
    sought: Mapping[str, frozenset[Any]],
    other: Mapping[str, frozenset[Any]],
    companies: Mapping[Any, set[str]],
) -> float:
    """Of those it has groups of ``sought`` in common with, itself too, how much ``other`` keeps: recall, or turned, precision.

    Two records with n groups in common keep m/n of what ties them when they have m in common on the other side, at most all:
    the multiplicity of Amigó et al. 2009, «A comparison of extrinsic clustering evaluation metrics», section 6.
    """
    company = set().union(*(companies[group] for group in sought[record]))
    return _mean(
        _share(len(sought[record] & sought[each]), len(other[record] & other[each])) for each in sorted(company)
    )


def _share(tied: int, kept: int) -> float:
    return min(tied, kept) / tied


def _scattered(records: set[str], found: Found) -> bool:
    return all(found[one].isdisjoint(found[other]) for one, other in combinations(records, 2))


def _turned(placed: Iterable[tuple[str, Group]]) -> dict[Group, set[str]]:
    groups: dict[Group, set[str]] = {}
    for record, group in placed:
        groups.setdefault(group, set()).add(record)
    return groups


def _mean(shares: Iterable[float]) -> float:
    values = list(shares)
    return sum(values) / len(values) if values else 1.0


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
