"""Works as facts: their editions merged, their holdings by library and branch. Three queries, however many works."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from allmenning.catalogue.description import Description
from allmenning.catalogue.merging import Merged, SourcedDescription, merge
from allmenning.catalogue.models import Holding, RecordFacts


@dataclass(frozen=True, slots=True)
class HoldingFacts:
    """One copy or holding. ``as_of`` is when the library's own system last told of it."""

    record_id: int
    library_id: int
    branch_id: int | None
    kind: str
    branch_code: str
    shelf: str
    call_number: str
    note: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """One edition: the merged description with the origin of each field, and every library's copies."""

    edition_id: int
    merged: Merged
    holdings: tuple[HoldingFacts, ...]
    record_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """One work. Editions stand by id; ``first_seen`` is the day its first record came in."""

    work_id: int
    first_seen: date
    editions: tuple[EditionFacts, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    record_id: int
    edition_id: int
    work_id: int
    first_seen: datetime
    source: SourcedDescription


def works_for_index(ids: Collection[int]) -> list[WorkFacts]:
    """The live works among ``ids``, by id. A work that ceased is simply not there."""
    rows = _records(ids)
    holdings: dict[int, list[HoldingFacts]] = {}
    for held in _holdings([row.record_id for row in rows]):
        holdings.setdefault(held.record_id, []).append(held)
    works: dict[int, dict[int, list[_Row]]] = {}
    for row in rows:
        works.setdefault(row.work_id, {}).setdefault(row.edition_id, []).append(row)
    return [
        WorkFacts(
            work_id,
            min(row.first_seen for members in editions.values() for row in members).date(),
            tuple(_edition(edition_id, editions[edition_id], holdings) for edition_id in sorted(editions)),
        )
        for work_id, editions in sorted(works.items())
    ]


def _edition(edition_id: int, rows: Sequence[_Row], holdings: dict[int, list[HoldingFacts]]) -> EditionFacts:
    return EditionFacts(
        edition_id,
        merge([row.source for row in rows]),
        tuple(held for row in rows for held in holdings.get(row.record_id, ())),
        tuple(sorted(row.record_id for row in rows)),
    )


def _records(work_ids: Collection[int]) -> list[_Row]:
    found = (
        RecordFacts.objects.filter(record__work_id__in=list(work_ids), record__deleted=False)
        .order_by("record_id")
        .values_list(
            "record_id",
            "record__edition_id",
            "record__work_id",
            "record__first_seen",
            "record__source__rank",
            "record__source__name",
            "record__key",
            "description",
        )
    )
    return [
        _Row(
            record_id,
            edition_id,
            work_id,
            first_seen,
            SourcedDescription(
                source_rank=rank,
                source_name=name,
                record_key=key,
                record_id=record_id,
                description=Description.from_json(text),
            ),
        )
        for record_id, edition_id, work_id, first_seen, rank, name, key, text in found
    ]


def _holdings(record_ids: Collection[int]) -> list[HoldingFacts]:
    found = (
        Holding.objects.unscoped("who has a title is public: the union catalogue tells it of every library")
        .filter(record_id__in=list(record_ids), library__isnull=False)
        .order_by("library_id", "branch_id", "record_id", "ordinal")
        .values_list(
            "record_id", "library_id", "branch_id", "kind", "branch_code", "shelf", "call_number", "note", "as_of"
        )
    )
    return [HoldingFacts(*row) for row in found]
