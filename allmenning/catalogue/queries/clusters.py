"""An edition as staff see it: its records, what ties them together and why, and what people have decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from allmenning.catalogue import matching
from allmenning.catalogue.description import Description
from allmenning.catalogue.merging import Merged
from allmenning.catalogue.models import Decision, DecisionPair, MatchEdge, Repair, SourceRecord
from allmenning.catalogue.queries.facts import works_for_index


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A record in an edition as it stands now."""

    record_id: int
    key: str
    source: str
    source_name: str
    version: int
    changed: datetime
    class_id: int
    description: Description
    repairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resemblance:
    """The machine's decision on two records: certainty 0–1 and reasons as plain words."""

    a: VersionFacts
    b: VersionFacts
    score: float
    verdict: str  # same or doubtful
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditionDetail:
    """``resemblances`` are within the edition; ``outside`` lists doubtful pairs with records of other editions."""

    edition_id: int
    work_id: int
    merged: Merged
    records: tuple[VersionFacts, ...]
    resemblances: tuple[Resemblance, ...]
    outside: tuple[Resemblance, ...]
    decisions: tuple[Decision, ...]


def edition(edition_id: int) -> EditionDetail | None:
    """Everything staff may see of an edition, or None when no live record is in it."""
    records = _versions(Q(edition_id=edition_id))
    if not records:
        return None
    work_id = SourceRecord.objects.values_list("work_id", flat=True).get(id=records[0].record_id)
    facts = next(e for e in works_for_index([work_id])[0].editions if e.edition_id == edition_id)
    edges = list(_edges({each.class_id for each in records}))
    foreign = {side for edge in edges for side in (edge.a, edge.b)} - {each.class_id for each in records}
    others = _versions(Q(class_id__in=foreign)) if foreign else ()
    said = _resemblances(edges, (*records, *others))
    inside = {each.record_id for each in records}
    return EditionDetail(
        edition_id,
        work_id,
        facts.merged,
        records,
        tuple(each for each in said if {each.a.record_id, each.b.record_id} <= inside),
        tuple(each for each in said if not {each.a.record_id, each.b.record_id} <= inside),
        decisions_about(inside),
    )


def decisions_about(records: set[int]) -> tuple[Decision, ...]:
    """People's words on these records, the undone ones too, newest first."""
    return tuple(
        Decision.objects.filter(Q(pairs__a_id__in=records) | Q(pairs__b_id__in=records)).distinct().order_by("-id")
    )


def doubtful(*, offset: int = 0, limit: int = 25) -> list[Resemblance]:
    """Pairs the machine leaves to a person, the most alike first. Pairs a person has decided on are gone from it."""
    decided = _decided_classes()
    edges = MatchEdge.objects.filter(verdict=MatchEdge.DOUBTFUL).order_by("-score", "a", "b")
    # A decided record is a class of its own, so its earlier pairs are few: read a little more and leave them out.
    page = [edge for edge in edges[: offset + limit + 4 * len(decided)] if not {edge.a, edge.b} <= decided]
    page = page[offset : offset + limit]
    found = _versions(Q(class_id__in={side for edge in page for side in (edge.a, edge.b)}))
    one_each = {each.class_id: each for each in reversed(found)}
    return _resemblances(page, tuple(one_each.values()))


def reasons_in_words(codes: str) -> tuple[str, ...]:
    return tuple(str(matching.reason_text(code)) for code in codes.split(",") if code)


def _decided_classes() -> set[int]:
    standing = DecisionPair.objects.filter(decision__undone_at=None, decision__level="edition")
    spoken_of = Q(id__in=standing.values("a_id")) | Q(id__in=standing.values("b_id"))
    return set(SourceRecord.objects.filter(spoken_of, deleted=False).values_list("class_id", flat=True))


def _edges(classes: set[int]) -> Sequence[MatchEdge]:
    return list(MatchEdge.objects.filter(Q(a__in=classes) | Q(b__in=classes)).order_by("-score", "a", "b"))


def _versions(which: Q) -> tuple[VersionFacts, ...]:
    found = (
        SourceRecord.objects.filter(which, deleted=False)
        .order_by("source__rank", "id")
        .select_related("facts", "source")
        .prefetch_related("repairs")
    )
    return tuple(
        VersionFacts(
            record.id,
            record.key,
            record.source.title,
            record.source.name,
            record.version,
            record.changed,
            record.class_id,
            Description.from_json(record.facts.description),
            tuple(repair.detail for repair in _repairs(record)),
        )
        for record in found
    )


def _repairs(record: SourceRecord) -> list[Repair]:
    return [repair for repair in record.repairs.all() if repair.version == record.version]


def _resemblances(edges: Sequence[MatchEdge], records: Sequence[VersionFacts]) -> list[Resemblance]:
    by_class: dict[int, VersionFacts] = {}
    for record in records:
        by_class.setdefault(record.class_id, record)
    return [
        Resemblance(
            by_class[edge.a],
            by_class[edge.b],
            edge.score,
            "same" if edge.verdict == MatchEdge.SAME else "doubtful",
            reasons_in_words(edge.reasons),
        )
        for edge in edges
        if edge.a in by_class and edge.b in by_class
    ]
