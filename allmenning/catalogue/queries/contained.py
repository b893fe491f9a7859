"""Works that stand inside editions of other works: a story in a collection, a novel in a boxed set."""

from __future__ import annotations

from collections.abc import Collection

from allmenning.catalogue import sql


def held_by_records(record_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Record → the live works it holds beside its own; records that hold none are left out."""
    found: dict[int, set[int]] = {}
    for record, work in sql.rows(
        """SELECT DISTINCT inside.record_id, held.work_id FROM catalogue_containedkey inside
           JOIN catalogue_sourcerecord record ON record.id = inside.record_id
           JOIN catalogue_workkey own ON own.key = inside.key
           JOIN catalogue_sourcerecord held ON held.id = own.record_id AND NOT held.deleted
           WHERE held.work_id <> record.work_id AND inside.record_id IN ({ids})""",
        record_ids,
    ):
        found.setdefault(record, set()).add(work)
    return {record: frozenset(works) for record, works in found.items()}


def works_holding(work_id: int) -> list[int]:
    """The live works with an edition that holds this one too, by id."""
    found = sql.rows(
        """SELECT DISTINCT record.work_id FROM catalogue_sourcerecord held
           JOIN catalogue_workkey own ON own.record_id = held.id
           JOIN catalogue_containedkey inside ON inside.key = own.key
           JOIN catalogue_sourcerecord record ON record.id = inside.record_id AND NOT record.deleted
           WHERE NOT held.deleted AND record.work_id <> held.work_id AND held.work_id IN ({ids})""",
        [work_id],
    )
    return sorted(work for (work,) in found)
