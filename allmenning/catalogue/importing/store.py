"""Take prepared records into the well: versions, facts, evidence, holdings, editions, works, outbox; one transaction a batch.

Everything a batch changes is seen together or not at all, its place in the file included. So an import that is
killed anywhere goes on where its last transaction ended.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from allmenning.catalogue import sql
from allmenning.catalogue.clusters import evidence
from allmenning.catalogue.clusters.class_ids import salted
from allmenning.catalogue.clusters.regroup import decided, regroup
from allmenning.catalogue.importing.derived import Derived, forget_facts, write_facts, write_repairs
from allmenning.catalogue.importing.placing import Places
from allmenning.catalogue.importing.prepared import Answer, Aside, Prepared, Same
from allmenning.catalogue.importing.preparing import prepare
from allmenning.catalogue.importing.summary import Counts
from allmenning.catalogue.models import Rereading, Source
from allmenning.kernel.errors import Conflict

#: The class of a deleted record: none.
NOBODY = 0


@dataclass(frozen=True, slots=True)
class Current:
    """A record as it stood before the batch."""

    id: int
    version: int
    hash: bytes
    deleted: bool
    class_id: int
    edition_id: int
    work_id: int


@dataclass(slots=True)
class Batch:
    """One transaction's work, gathered before it is written."""

    counts: Counts
    now: object  # as the database takes it
    arrivals: list[tuple[int, Prepared, Current | None]] = field(default_factory=list)  # new or changed: (id, …)
    deletions: list[tuple[int, Prepared, Current | None]] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    classes: dict[int, int] = field(default_factory=dict)  # record → evidence class, of the arrivals


class Store:
    """Writes one file of one source. ``take`` is called with records in the file's order."""

    def __init__(self, *, source: Source, file_id: int, places: Places) -> None:
        self.source_id = source.id
        self.reading = (source.encoding, source.dialect)
        self.source_name = source.name
        self.file_id = file_id
        self.places = places

    def take(self, found: Sequence[Answer], *, now: datetime) -> Counts:
        """Store the records in one transaction and return what became of them. A key may stand only once in ``found``.

        Raises ``Conflict`` while the stored records are being read anew.
        """
        batch = Batch(Counts(read=len(found)), sql.moment(now))
        with transaction.atomic():
            sql.lock_grouping()
            refuse_while_rereading()
            self._sort(found, batch)
            self._write_asides(batch)
            self._write_records(batch)
            self._group(batch)
            reached = found[-1].position + 1
            sql.many(
                "UPDATE catalogue_importfile SET high_water = %s WHERE id = %s AND high_water < %s",
                [(reached, self.file_id, reached)],
            )
        return batch.counts

    def _sort(self, found: Sequence[Answer], batch: Batch) -> None:
        keys = [each.key for each in found if not isinstance(each, Aside)]
        current = {row[0]: _current(row) for row in self._current_rows(keys)}
        next_id = (sql.one("SELECT MAX(id) FROM catalogue_sourcerecord") or 0) + 1
        for answer in found:
            each: Prepared | Aside
            if isinstance(answer, Same):
                before = current.get(answer.key)
                if before and before.hash == answer.hash:
                    batch.counts.unchanged += 1
                    continue
                # Something else has come to stand there meanwhile: this delivery is later, and counts.
                each = prepare(answer.chunk, *self.reading)
            else:
                each = answer
            if isinstance(each, Aside):
                batch.asides.append(each)
                continue
            before = current.get(each.key)
            if before and before.hash == each.hash:
                batch.counts.unchanged += 1
                continue
            record_id = before.id if before else next_id
            next_id += 0 if before else 1
            if each.deletion:
                batch.deletions.append((record_id, each, before))
                batch.counts.deleted += 1
            else:
                batch.arrivals.append((record_id, each, before))
                batch.counts.new += 0 if before else 1
                batch.counts.changed += 1 if before else 0
            batch.counts.repaired += bool(each.repairs)
        batch.counts.set_aside += len(batch.asides)
        batch.counts.reasons.update(each.code for each in batch.asides)
        spoken_of = decided([before.id for _, _, before in batch.arrivals if before is not None])
        for record, each, _ in batch.arrivals:
            alone = each.lone or record in spoken_of
            batch.classes[record] = salted(each.class_id, self.source_name, each.key) if alone else each.class_id

    def _current_rows(self, keys: Collection[str]) -> list[sql.Row]:
        return sql.rows(
            """SELECT key, id, version, hash, deleted, class_id, edition_id, work_id FROM catalogue_sourcerecord
               WHERE source_id = %s AND key IN ({ids})""",
            keys,
            self.source_id,
        )

    def _write_asides(self, batch: Batch) -> None:
        sql.insert(
            "catalogue_setasiderecord",
            "file_id, position, code, detail, raw, received",
            [(self.file_id, each.position, each.code, each.detail, each.raw, batch.now) for each in batch.asides],
            ignore=True,
        )

    def _write_records(self, batch: Batch) -> None:
        written = [*batch.arrivals, *batch.deletions]
        sql.insert(
            "catalogue_sourcerecord",
            "source_id, key, version, hash, deleted, class_id, edition_id, work_id, changed, first_seen, id",
            [
                (self.source_id, each.key, *self._standing(batch, record, each, before), batch.now, record)
                for record, each, before in written
                if before is None
            ],
        )
        sql.many(
            """UPDATE catalogue_sourcerecord SET version = %s, hash = %s, deleted = %s, class_id = %s, edition_id = %s,
               work_id = %s, changed = %s WHERE id = %s""",
            [
                (*self._standing(batch, record, each, before), record)
                for record, each, before in written
                if before is not None
            ],
        )
        numbered = [(record, each, before.version + 1 if before else 1) for record, each, before in written]
        sql.insert(
            "catalogue_recordversion",
            "record_id, number, file_id, position, received, hash, syntax, declared, encoding, dialect, raw",
            [
                (record, number, self.file_id, each.position, batch.now, each.hash, *_delivered(each))
                for record, each, number in numbered
            ],
        )
        self._write_facts(batch)

    def _standing(self, batch: Batch, record: int, each: Prepared, before: Current | None) -> sql.Row:
        """version, hash, deleted, class, edition, work, changed. What is new or back from the deleted starts alone."""
        alone = before is None or before.deleted
        edition, work = (record, record) if alone or before is None else (before.edition_id, before.work_id)
        number = before.version + 1 if before else 1
        return (number, each.hash, each.deletion, batch.classes.get(record, NOBODY), edition, work, batch.now)

    def _write_facts(self, batch: Batch) -> None:
        forget_facts([record for record, _, before in (*batch.arrivals, *batch.deletions) if before is not None])
        write_facts(self._derived(batch, batch.arrivals))
        write_repairs(self._derived(batch, [*batch.arrivals, *batch.deletions]))

    def _derived(self, batch: Batch, written: Sequence[tuple[int, Prepared, Current | None]]) -> list[Derived]:
        return [
            Derived(record, before.version + 1 if before else 1, batch.now, each, self.places)
            for record, each, before in written
        ]

    def _group(self, batch: Batch) -> None:
        written = [*batch.arrivals, *batch.deletions]
        if not written:
            return
        was = [before for _, _, before in written if before is not None and not before.deleted]
        touched = evidence.add(
            [
                evidence.NewClass(batch.classes[record], each.evidence, each.signature, each.keys)
                for record, each, _ in batch.arrivals
            ]
        )
        touched |= evidence.release({before.class_id for before in was})
        batch.counts.matched += regroup(
            touched | set(batch.classes.values()),
            records=batch.classes.keys(),
            shrunk={before.work_id for before in was},
            now=batch.now,
            in_bulk=True,
        )


def _current(row: sql.Row) -> Current:
    # SQLite gives bytes, PostgreSQL a memoryview
    return Current(row[1], row[2], bytes(row[3]), bool(row[4]), *row[5:])


def _delivered(each: Prepared) -> sql.Row:
    return (each.syntax, each.declared, each.encoding, each.dialect, each.raw)


def refuse_while_rereading() -> None:
    """Raises ``Conflict``: what is read anew must not change under it."""
    if Rereading.objects.filter(finished=None).exists():
        raise Conflict(
            "rereading",
            "The stored records are being read anew. Wait until «allmenning reread» is done, or start it again.",
        )
