"""Records as staff see them inside an edition, and what the machine thought of two of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from allmenning.catalogue import matching
from allmenning.catalogue.description import Description
from allmenning.catalogue.models import Decision, DecisionPair, MatchEdge, Repair, SourceRecord

#: Two editions, the smaller id first.
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A record in an edition as it stands now. ``rank`` is its source's: the lower, the more its wording is trusted."""

    record_id: int
    key: str
    source: str
    source_name: str
    rank: int
    version: int
    changed: datetime
    class_id: int
    edition_id: int
    work_id: int
    description: Description
    repairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resemblance:
    """The machine's decision on two records: certainty 0–1 and reasons as plain words.

    ``kept_apart``: they stand in different editions because a person said so.
    """

    a: VersionFacts
    b: VersionFacts
    score: float
    verdict: str  # same or doubtful
    reasons: tuple[str, ...]
    kept_apart: bool = False


def reasons_in_words(codes: str) -> tuple[str, ...]:
    return tuple(str(matching.reason_text(code)) for code in codes.split(",") if code)


def records_where(which: Q) -> tuple[VersionFacts, ...]:
    """The live records, the most trusted source first. Two queries, however many."""
    found = (
        SourceRecord.objects.filter(which, deleted=False)
        .order_by("source__rank", "source__name", "key", "id")
        .select_related("facts", "source")
        .prefetch_related("repairs")
    )
    return tuple(
        VersionFacts(
            record.id,
            record.key,
            record.source.title,
            record.source.name,
            record.source.rank,
            record.version,
            record.changed,
            record.class_id,
            record.edition_id,
            record.work_id,
            Description.from_json(record.facts.description),
            tuple(repair.code for repair in _repairs(record)),
        )
        for record in found
    )


def resemblances(
    edges: Iterable[MatchEdge], records: Sequence[VersionFacts], apart: Collection[Pair] = ()
) -> list[Resemblance]:
    """The decisions told of one record a class, the first in ``records``. ``apart`` are editions a person parted."""
    by_class: dict[int, VersionFacts] = {}
    for record in records:
        by_class.setdefault(record.class_id, record)
    told = []
    for edge in edges:
        if (a := by_class.get(edge.a)) and (b := by_class.get(edge.b)):
            verdict = "same" if edge.verdict == MatchEdge.SAME else "doubtful"
            kept_apart = pair(a.edition_id, b.edition_id) in apart
            told.append(Resemblance(a, b, edge.score, verdict, reasons_in_words(edge.reasons), kept_apart))
    return told


def parted_by_people(editions: Collection[int]) -> set[Pair]:
    """Pairs among these editions that a person's standing word keeps apart."""
    wanted = list(editions)
    found = DecisionPair.objects.filter(
        decision__undone_at=None,
        decision__level="edition",
        decision__verdict=Decision.DIFFERENT,
        a__edition_id__in=wanted,
        b__edition_id__in=wanted,
    ).values_list("a__edition_id", "b__edition_id")
    return {pair(a, b) for a, b in found if a != b}


def pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _repairs(record: SourceRecord) -> list[Repair]:
    return [repair for repair in record.repairs.all() if repair.version == record.version]
