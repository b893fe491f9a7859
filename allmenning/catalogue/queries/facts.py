"""Works as facts: editions merged, holdings by library and branch. Three queries, however many; five with headings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from allmenning.catalogue import sql
from allmenning.catalogue.description import Description
from allmenning.catalogue.headings.facts import Headings, LinkedHeading
from allmenning.catalogue.merging import Merged, SourcedDescription, merge
from allmenning.catalogue.models import Holding


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
    headings: tuple[LinkedHeading, ...] = ()  # what of it the authority register knows


class _Row(NamedTuple):
    record_id: int
    edition_id: int
    work_id: int
    first_seen: date
    source: SourcedDescription


def works_for_index(ids: Collection[int]) -> list[WorkFacts]:
    """The live works among ``ids``, by id. A work that ceased is simply not there."""
    rows = _records(ids)
    headings = Headings([row.record_id for row in rows])
    if headings:
        rows = [_with_headings(row, headings) for row in rows]
    holdings: dict[int, list[HoldingFacts]] = {}
    for held in _holdings([row.record_id for row in rows]):
        holdings.setdefault(held.record_id, []).append(held)
    works: dict[int, dict[int, list[_Row]]] = {}
    for row in rows:
        works.setdefault(row.work_id, {}).setdefault(row.edition_id, []).append(row)
    return [
        WorkFacts(
            work_id,
            min(row.first_seen for members in editions.values() for row in members),
            tuple(_edition(edition_id, editions[edition_id], holdings) for edition_id in sorted(editions)),
            headings.linked([row.record_id for members in editions.values() for row in members]) if headings else (),
        )
        for work_id, editions in sorted(works.items())
    ]


def _with_headings(row: _Row, headings: Headings) -> _Row:
    """The register's heading in the place of the record's own, before sources are merged: so they agree on it."""
    description = headings.applied(row.record_id, row.source.description)
    return row._replace(source=replace(row.source, description=description))


def _edition(edition_id: int, rows: Sequence[_Row], holdings: dict[int, list[HoldingFacts]]) -> EditionFacts:
    return EditionFacts(
        edition_id,
        merge([row.source for row in rows]),
        tuple(held for row in rows for held in holdings.get(row.record_id, ())),
        tuple(sorted(row.record_id for row in rows)),
    )


def _records(work_ids: Collection[int]) -> list[_Row]:
    # Plain SQL: the follower reads every work of an import this way, some of them more than once.
    found = sql.rows(
        """SELECT record.id, record.edition_id, record.work_id, record.first_seen, source.rank, source.name, record.key,
                  facts.description
           FROM catalogue_sourcerecord record
           JOIN catalogue_recordfacts facts ON facts.record_id = record.id
           JOIN catalogue_source source ON source.id = record.source_id
           WHERE NOT record.deleted AND record.work_id IN ({ids})""",
        work_ids,
    )
    found.sort()
    return [
        _Row(
            record_id,
            edition_id,
            work_id,
            sql.date_of(first_seen),
            SourcedDescription(rank, name, record_id, Description.from_json(text), key),
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
