"""An edition or a work as staff see it: its records, what ties them together and why, and what people have decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from allmenning.catalogue.merging import Merged, SourcedDescription, merge
from allmenning.catalogue.models import Decision, MatchEdge, SourceRecord
from allmenning.catalogue.queries.facts import WorkFacts, works_for_index
from allmenning.catalogue.queries.members import (
    Pair,
    Resemblance,
    VersionFacts,
    pair,
    parted_by_people,
    records_where,
    resemblances,
)


@dataclass(frozen=True, slots=True)
class EditionDetail:
    """``resemblances`` are within the edition; ``outside`` has the closest pair with each edition it resembles."""

    edition_id: int
    work_id: int
    merged: Merged
    records: tuple[VersionFacts, ...]
    resemblances: tuple[Resemblance, ...]
    outside: tuple[Resemblance, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class WorkDetail:
    """A work with its editions, and what people have said on the level of works."""

    facts: WorkFacts
    decisions: tuple[Decision, ...]


def edition(edition_id: int) -> EditionDetail | None:
    """Everything staff may see of an edition, or None when no live record is in it."""
    records = records_where(Q(edition_id=edition_id))
    if not records:
        return None
    classes = {each.class_id for each in records}
    edges = _edges(classes)
    foreign = {side for edge in edges for side in (edge.a, edge.b)} - classes
    others = records_where(Q(class_id__in=foreign)) if foreign else ()
    apart = parted_by_people({each.edition_id for each in (*records, *others)}) if others else set()
    inside = [edge for edge in edges if {edge.a, edge.b} <= classes]
    outside = [edge for edge in edges if not {edge.a, edge.b} <= classes]
    return EditionDetail(
        edition_id,
        records[0].work_id,
        merge([_sourced(each) for each in records]),
        records,
        tuple(resemblances(inside, records)),
        tuple(closest(resemblances(outside, (*records, *others), apart))),
        decisions_about({each.record_id for each in records}, "edition"),
    )


def work_detail(work_id: int) -> WorkDetail | None:
    """A live work as staff see it, or None."""
    found = works_for_index([work_id])
    if not found:
        return None
    inside = {record for each in found[0].editions for record in each.record_ids}
    return WorkDetail(found[0], decisions_about(inside, "work"))


def decisions_about(records: Collection[int], level: str) -> tuple[Decision, ...]:
    """People's words on these records, the undone ones too, newest first, with the records they speak of."""
    spoken = Q(pairs__a_id__in=records) | Q(pairs__b_id__in=records)
    found = Decision.objects.filter(spoken, level=level).distinct().order_by("-id")
    return tuple(found.prefetch_related("pairs"))


def decision(decision_id: int) -> Decision | None:
    return Decision.objects.filter(id=decision_id).prefetch_related("pairs").first()


def groups_of(records: Collection[int], level: str) -> set[int]:
    """The editions (or works) in which these records, as far as they live, now stand."""
    column = "edition_id" if level == "edition" else "work_id"
    return set(SourceRecord.objects.filter(id__in=records, deleted=False).values_list(column, flat=True))


def records_of_editions(edition_ids: Collection[int]) -> list[int]:
    """The live records of these editions."""
    found = SourceRecord.objects.filter(edition_id__in=list(edition_ids), deleted=False)
    return list(found.order_by("id").values_list("id", flat=True))


def closest(pairs: Sequence[Resemblance]) -> list[Resemblance]:
    """The first pair of each two editions; pairs within one edition are left out."""
    found: dict[Pair, Resemblance] = {}
    for each in pairs:
        if each.a.edition_id != each.b.edition_id:
            found.setdefault(pair(each.a.edition_id, each.b.edition_id), each)
    return list(found.values())


def _edges(classes: set[int]) -> list[MatchEdge]:
    return list(MatchEdge.objects.filter(Q(a__in=classes) | Q(b__in=classes)).order_by("-score", "a", "b"))


def _sourced(record: VersionFacts) -> SourcedDescription:
    return SourcedDescription(
        source_rank=record.rank,
        source_name=record.source_name,
        record_key=record.key,
        record_id=record.record_id,
        description=record.description,
    )
