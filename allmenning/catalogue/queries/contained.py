"""Works that stand inside editions of other works: a story in a collection, a novel in a boxed set."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from allmenning.catalogue import matching, sql
from allmenning.catalogue.description import Description


@dataclass(frozen=True, slots=True)
class Inside:
    """One title an edition holds, as its record has it; ``work_id`` is the work where one is found, else None."""

    title: str
    name: str
    work_id: int | None


def contents(description: Description, *, besides: int) -> tuple[Inside, ...]:
    """What the edition says it holds, in its own order. ``besides`` is its own work: never found in itself. One query."""
    titles = matching.titles_held(description)
    keys = matching.keys_of_each(description, titles)
    found: dict[int, list[int]] = {}
    for key, work in sql.rows(
        """SELECT DISTINCT own.key, held.work_id FROM catalogue_workkey own
           JOIN catalogue_sourcerecord held ON held.id = own.record_id AND NOT held.deleted
           WHERE own.key IN ({ids})""",
        {key for each in keys for key in each},
    ):
        found.setdefault(key, []).append(work)
    works = [{work for key in each for work in found.get(key, ()) if work != besides} for each in keys]
    return tuple(
        Inside(each.title, each.name, min(those, default=None)) for each, those in zip(titles, works, strict=True)
    )


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
