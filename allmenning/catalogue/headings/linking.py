"""Records' headings into their table, and each heading to what it means. Short transactions; each may come twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from django.db import transaction

from allmenning.authorities import queries as register
from allmenning.catalogue import sql
from allmenning.catalogue.clusters.regroup import WORK_CHANGED
from allmenning.catalogue.headings.meaning import Meaning, meanings
from allmenning.catalogue.headings.models import HeadingIdentifier, WrittenHeading
from allmenning.catalogue.headings.reading import Stored, Written, headings_in
from allmenning.groundwork import outbox

#: Records, headings and works a transaction: each stays under 50 ms, so that nobody at a desk waits.
RECORDS, HEADINGS, WORKS = 120, 300, 1_000
#: Up to so many works are told of as a person's change, which the index takes before what comes in bulk.
FEW = 50


def read_records(record_ids: Sequence[int]) -> None:
    """Read the headings of these records as they stand now, link those that are new, and tell the index what changed."""
    versions: dict[int, int] = dict(
        sql.rows("SELECT id, version FROM catalogue_sourcerecord WHERE id IN ({ids})", record_ids)
    )
    carried = {each.record_id: headings_in(each) for each in _stored(record_ids)}
    written = {each.digest: each for found in carried.values() for each in found}
    known = _known(written)
    new = [each for digest, each in written.items() if digest not in known]
    meant = meanings(new)
    with transaction.atomic():
        sql.lock_grouping()
        # Another process may have met the same headings meanwhile.
        ids = _known(written)
        _add([(each, meaning) for each, meaning in zip(new, meant, strict=True) if each.digest not in ids])
        ids = _known(written)
        uses = [(ids[each.digest], record_id) for record_id, found in carried.items() for each in found]
        before = _linked_records(record_ids)
        sql.run("DELETE FROM catalogue_headinguse WHERE record_id IN ({ids})", record_ids)
        sql.insert("catalogue_headinguse", "heading_id, record_id", list(dict.fromkeys(uses)), ignore=True)
        sql.run("DELETE FROM catalogue_headingsread WHERE record_id IN ({ids})", record_ids)
        sql.insert("catalogue_headingsread", "record_id, version", [(each, versions[each]) for each in versions])
        changed = before | _linked_records(record_ids)
        works = sql.rows(
            "SELECT DISTINCT work_id FROM catalogue_sourcerecord WHERE NOT deleted AND id IN ({ids})", changed
        )
        outbox.publish_many(WORK_CHANGED, [work_id for (work_id,) in works], in_bulk=True)


def relink(entity_ids: Collection[int], *, again: bool = False) -> int:
    """Link anew every heading that these entities may have to do with; tell the index of all works that show them.

    ``again``: it may have been done in part already, so whatever could be touched is told of. Gives how many headings.
    """
    touched = affected(entity_ids)
    told: set[int] = set()
    for some in _parcels(sorted(touched), HEADINGS):
        told |= _link(some, set(entity_ids), again=again)
    _tell(told)
    return len(touched)


def link_headings(heading_ids: Collection[int]) -> None:
    """The machine's word on these headings, where no person has spoken."""
    _tell(_link(list(heading_ids), set(), again=True))


def affected(entity_ids: Collection[int]) -> set[int]:
    """Headings linked to these entities, or that bear one of their names or identifiers."""
    keys, names = register.keys_of(entity_ids)
    found = sql.rows("SELECT id FROM catalogue_writtenheading WHERE entity_id IN ({ids})", entity_ids)
    found += sql.rows("SELECT id FROM catalogue_writtenheading WHERE key IN ({ids})", keys)
    found += sql.rows("SELECT heading_id FROM catalogue_headingidentifier WHERE name IN ({ids})", names)
    return {heading_id for (heading_id,) in found}


def _link(heading_ids: Sequence[int], entity_ids: set[int], *, again: bool) -> set[int]:
    """Gives the headings whose works have to be written anew."""
    rows = list(WrittenHeading.objects.filter(id__in=heading_ids).order_by("id"))
    open_ones = [each for each in rows if not each.decided]
    said = [Written(e.role, e.kind, e.text, e.dates, e.vocabulary, e.identifiers) for e in open_ones]
    changed = [
        (each.id, meaning)
        for each, meaning in zip(open_ones, meanings(said), strict=True)
        if (each.entity_id, each.how) != meaning
    ]
    with transaction.atomic():
        sql.many(
            "UPDATE catalogue_writtenheading SET entity_id = %s, how = %s WHERE id = %s AND NOT decided",
            [(meaning.entity_id, meaning.how, heading_id) for heading_id, meaning in changed],
        )
    shown = {each.id for each in rows if each.entity_id in entity_ids or (again and each.entity_id)}
    return shown | {heading_id for heading_id, _ in changed}


def _tell(heading_ids: Collection[int]) -> None:
    """The outbox hears of every work with one of these headings."""
    works = sql.rows(
        """SELECT DISTINCT record.work_id FROM catalogue_headinguse used
           JOIN catalogue_sourcerecord record ON record.id = used.record_id
           WHERE NOT record.deleted AND used.heading_id IN ({ids})""",
        heading_ids,
    )
    ids = sorted({work_id for (work_id,) in works})
    for some in _parcels(ids, WORKS):
        with transaction.atomic():
            outbox.publish_many(WORK_CHANGED, some, in_bulk=len(ids) > FEW)


def _stored(record_ids: Sequence[int]) -> list[Stored]:
    rows = sql.rows(
        """SELECT record.id, version.syntax, version.declared, version.encoding, version.dialect, version.raw
           FROM catalogue_sourcerecord record
           JOIN catalogue_recordversion version ON version.record_id = record.id AND version.number = record.version
           WHERE NOT record.deleted AND record.id IN ({ids})""",
        record_ids,
    )
    return [Stored._make((*row[:5], bytes(row[5]))) for row in rows]


def _known(digests: Iterable[int]) -> dict[int, int]:
    return dict(sql.rows("SELECT digest, id FROM catalogue_writtenheading WHERE digest IN ({ids})", digests))


def _add(new: Sequence[tuple[Written, Meaning]]) -> None:
    made = WrittenHeading.objects.bulk_create(
        [
            WrittenHeading(
                **each._asdict(), digest=each.digest, key=each.key, entity_id=meaning.entity_id, how=meaning.how
            )
            for each, meaning in new
        ]
    )
    HeadingIdentifier.objects.bulk_create(
        HeadingIdentifier(name=name[:240], heading_id=row.id)
        for row in made
        for name in dict.fromkeys(row.identifiers.split())
    )


def _linked_records(record_ids: Iterable[int]) -> set[int]:
    rows = sql.rows(
        """SELECT DISTINCT used.record_id FROM catalogue_headinguse used
           JOIN catalogue_writtenheading heading ON heading.id = used.heading_id
           WHERE heading.entity_id IS NOT NULL AND used.record_id IN ({ids})""",
        record_ids,
    )
    return {record_id for (record_id,) in rows}


def _parcels(ids: Iterable[int], size: int) -> Iterable[list[int]]:
    coming = iter(ids)
    while some := list(islice(coming, size)):
        yield some
