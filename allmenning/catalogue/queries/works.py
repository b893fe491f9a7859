"""One work, and all of them by number."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from allmenning.catalogue import sql
from allmenning.catalogue.models import SourceRecord
from allmenning.catalogue.queries.facts import WorkFacts, works_for_index


def work(work_id: int) -> WorkFacts | None:
    """The live work with this id, or None: then ask :func:`allmenning.catalogue.queries.resolve`."""
    found = works_for_index([work_id])
    return found[0] if found else None


def living_works(ids: Collection[int]) -> set[int]:
    """Those of these works that have a live record."""
    found = sql.rows(
        "SELECT DISTINCT work_id FROM catalogue_sourcerecord WHERE NOT deleted AND work_id IN ({ids})", ids
    )
    return {work_id for (work_id,) in found}


def work_of_record(record_id: int) -> int | None:
    """The work a live record is in."""
    return SourceRecord.objects.filter(id=record_id, deleted=False).values_list("work_id", flat=True).first()


def all_work_ids(*, after: int = 0, size: int = 10_000) -> Iterator[list[int]]:
    """Every live work's id, rising, in parcels; memory stays flat whatever the catalogue's size."""
    while True:
        found = list(
            SourceRecord.objects.filter(deleted=False, work_id__gt=after)
            .order_by("work_id")
            .values_list("work_id", flat=True)
            .distinct()[:size]
        )
        if not found:
            return
        yield found
        after = found[-1]
