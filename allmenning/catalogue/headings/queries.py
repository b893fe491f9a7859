"""Who carries a heading: for pages of a person or subject, and for the desk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from allmenning.catalogue import sql
from allmenning.catalogue.headings.models import HeadingDecision, WrittenHeading


@dataclass(frozen=True, slots=True)
class Carried:
    """One heading as records write it, how it is linked, and in how many live records it stands."""

    heading: WrittenHeading
    records: int
    decision: HeadingDecision | None


def works_of(entity_id: int, role: str) -> list[int]:
    """The works whose records name this entity in this role (agent, subject), the newest first."""
    rows = sql.rows(
        """SELECT DISTINCT record.work_id FROM catalogue_writtenheading heading
           JOIN catalogue_headinguse used ON used.heading_id = heading.id
           JOIN catalogue_sourcerecord record ON record.id = used.record_id
           WHERE NOT record.deleted AND heading.role = %s AND heading.entity_id IN ({ids})""",
        [entity_id],
        role,
    )
    return sorted((work_id for (work_id,) in rows), reverse=True)


def carried(entity_id: int, *, limit: int = 100) -> list[Carried]:
    """The headings linked to an entity and those that a person said are not it, most used first."""
    apart = HeadingDecision.objects.filter(undone_at=None, entity=None).values("heading_id")
    named = WrittenHeading.objects.filter(entity_id=entity_id)
    key = named.values("key")
    refused = WrittenHeading.objects.filter(id__in=apart, key__in=key)
    headings = list((named | refused).distinct()[: limit * 5])
    counts = _counts([each.id for each in headings])
    decisions = {
        each.heading_id: each
        for each in HeadingDecision.objects.filter(heading__in=headings, undone_at=None).order_by("id")
    }
    found = [Carried(each, counts.get(each.id, 0), decisions.get(each.id)) for each in headings]
    return sorted(found, key=lambda each: (-each.records, each.heading.text, each.heading.id))[:limit]


def records_of(entity_id: int, *, offset: int, limit: int) -> list[tuple[int, int]]:
    """Live records that name the entity, as ``(record, work)``, by number."""
    rows = sql.rows(
        """SELECT DISTINCT record.id, record.work_id FROM catalogue_writtenheading heading
           JOIN catalogue_headinguse used ON used.heading_id = heading.id
           JOIN catalogue_sourcerecord record ON record.id = used.record_id
           WHERE NOT record.deleted AND heading.entity_id IN ({ids})""",
        [entity_id],
    )
    return sorted(rows)[offset : offset + limit]


def figures() -> dict[str, int]:
    """headings, linked (of them), records (that carry a linked one)."""
    linked = WrittenHeading.objects.filter(entity__isnull=False)
    records = sql.one(
        """SELECT COUNT(DISTINCT used.record_id) FROM catalogue_headinguse used
           JOIN catalogue_writtenheading heading ON heading.id = used.heading_id WHERE heading.entity_id IS NOT NULL"""
    )
    return {"headings": WrittenHeading.objects.count(), "linked": linked.count(), "records": records or 0}


def _counts(heading_ids: Collection[int]) -> dict[int, int]:
    return dict(
        sql.rows(
            """SELECT used.heading_id, COUNT(*) FROM catalogue_headinguse used
               JOIN catalogue_sourcerecord record ON record.id = used.record_id
               WHERE NOT record.deleted AND used.heading_id IN ({ids}) GROUP BY used.heading_id""",
            heading_ids,
        )
    )
