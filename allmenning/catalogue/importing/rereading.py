"""All stored records read anew with this version's rules: descriptions, evidence, links, editions and works.

Evidence made by other rules cannot be compared with new evidence, nor can its keys be found again. So the first phase
throws all evidence away and makes it anew, record by record, and the second brings editions and works up to date with it;
meanwhile people see the catalogue as it was. Each transaction notes how far it came: who is killed goes on from there.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import transaction
from django.utils import timezone

from allmenning.catalogue import sql
from allmenning.catalogue.clusters import evidence
from allmenning.catalogue.clusters.class_ids import salted
from allmenning.catalogue.clusters.evidence import NewClass
from allmenning.catalogue.clusters.regroup import WORK_CHANGED, decided, regroup
from allmenning.catalogue.importing.derived import Derived, forget_facts, write_facts, write_repairs
from allmenning.catalogue.importing.placing import Places
from allmenning.catalogue.importing.prepared import Aside, Prepared
from allmenning.catalogue.importing.preparing import prepare
from allmenning.catalogue.importing.store import NOBODY
from allmenning.catalogue.models import EvidenceClass, HotKey, MatchEdge, MatchKey, Rereading
from allmenning.formats.marc.record import Chunk, Syntax
from allmenning.groundwork import outbox

#: Records a transaction, so that nobody waits long for one.
RECORDS, GROUPS = 40, 200

Tick = Callable[[Rereading], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """A live record's present version, as it was delivered."""

    id: int
    key: str
    source: str
    encoding: str
    dialect: str
    library_id: int | None
    work_id: int
    version: int
    file_id: int
    received: object
    position: int
    syntax: Syntax
    declared: str
    raw: bytes

    def chunk(self) -> Chunk:
        return Chunk(self.position, zlib.decompress(self.raw), self.syntax, self.declared)


def under_way() -> Rereading | None:
    """The one that has been started and is not done."""
    return Rereading.objects.filter(finished=None).order_by("id").first()


def reread(tick: Tick) -> Rereading:
    """Go on with what is under way, or begin. Returns it finished; ``tick`` hears of every transaction."""
    run = under_way() or _begin()
    if run.phase == Rereading.RECORDS:
        places = lru_cache(maxsize=8)(Places)
        for batch in _batches(run):
            prepared = [prepare(each.chunk(), each.encoding, each.dialect) for each in batch]
            with transaction.atomic():
                sql.lock_grouping()
                _take(run, list(zip(batch, prepared, strict=True)), places)
                run.reached = batch[-1].id
                run.read += len(batch)
                run.save()
            tick(run)
        run.phase, run.reached = Rereading.GROUPS, 0
        run.save()
    _regroup_all(run, tick)
    run.finished = timezone.now()
    run.save()
    return run


def _begin() -> Rereading:
    with transaction.atomic():
        sql.lock_grouping()
        for model in (EvidenceClass, MatchKey, MatchEdge, HotKey):
            model.objects.all().delete()
        return Rereading.objects.create(started=timezone.now())


def _batches(run: Rereading) -> Iterator[list[Stored]]:
    while True:
        found = sql.rows(
            f"""SELECT record.id, record.key, source.name, source.encoding, source.dialect, source.library_id, record.work_id,
                v.number, v.file_id, v.received, v.position, v.syntax, v.declared, v.raw
                FROM catalogue_sourcerecord record
                JOIN catalogue_source source ON source.id = record.source_id
                JOIN catalogue_recordversion v ON v.record_id = record.id AND v.number = record.version
                WHERE NOT record.deleted AND record.id > {{ids}} ORDER BY record.id LIMIT {RECORDS}""",  # noqa: S608
            [run.reached],
        )
        if not found:
            return
        yield [Stored(*row) for row in found]


def _take(
    run: Rereading, found: Sequence[tuple[Stored, Prepared | Aside]], places: Callable[[int | None], Places]
) -> None:
    """Replace all that follows from these records, except where they belong, which the second phase finds."""
    forget_facts([stored.id for stored, _ in found])
    # Earlier versions are read no more: what was mended in them stays told.
    sql.many(
        "DELETE FROM catalogue_repair WHERE record_id = %s AND version = %s",
        [(stored.id, stored.version) for stored, _ in found],
    )
    read = [(stored, made) for stored, made in found if isinstance(made, Prepared)]
    _write_evidence(read)
    derived = [Derived(old.id, old.version, old.received, made, places(old.library_id)) for old, made in read]
    write_facts(derived)
    write_repairs(derived)
    sql.many(
        "UPDATE catalogue_recordversion SET encoding = %s, dialect = %s WHERE record_id = %s AND number = %s",
        [(made.encoding, made.dialect, old.id, old.version) for old, made in read],
    )
    _set_aside(run, [(stored, made) for stored, made in found if isinstance(made, Aside)])


def _write_evidence(read: Sequence[tuple[Stored, Prepared]]) -> None:
    spoken_of = decided([stored.id for stored, _ in read])
    classes = {
        stored.id: salted(made.class_id, stored.source, stored.key)
        if made.lone or stored.id in spoken_of
        else made.class_id
        for stored, made in read
    }
    evidence.add([NewClass(classes[stored.id], made.evidence, made.signature, made.keys) for stored, made in read])
    sql.many(
        "UPDATE catalogue_sourcerecord SET class_id = %s WHERE id = %s",
        [(class_id, record) for record, class_id in classes.items()],
    )


def _set_aside(run: Rereading, found: Sequence[tuple[Stored, Aside]]) -> None:
    """What these rules do not take for a record of the catalogue leaves it, and is kept as other such records are."""
    sql.insert(
        "catalogue_setasiderecord",
        "file_id, position, code, detail, raw, received",
        [(old.file_id, why.position, why.code, why.detail, why.raw, old.received) for old, why in found],
        ignore=True,
    )
    # No bytes have this hash: whatever the source sends next is looked at.
    sql.many(
        "UPDATE catalogue_sourcerecord SET deleted = %s, class_id = %s, hash = %s WHERE id = %s",
        [(True, NOBODY, bytes(16), old.id) for old, _ in found],
    )
    outbox.publish_many(WORK_CHANGED, sorted({old.work_id for old, _ in found}), in_bulk=True)
    run.set_aside += len(found)


def _regroup_all(run: Rereading, tick: Tick) -> None:
    while True:
        with transaction.atomic():
            sql.lock_grouping()
            found = sql.rows(
                f"""SELECT id, class_id, work_id FROM catalogue_sourcerecord
                    WHERE NOT deleted AND id > {{ids}} ORDER BY id LIMIT {GROUPS}""",  # noqa: S608
                [run.reached],
            )
            if not found:
                return
            regroup(
                {class_id for _, class_id, _ in found},
                records=(),
                shrunk={work for _, _, work in found},
                now=sql.moment(timezone.now()),
                in_bulk=True,
            )
            run.reached = found[-1][0]
            run.grouped += len(found)
            run.save()
        tick(run)
