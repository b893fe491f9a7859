"""Whether what is stored was made by this version's rules: a few records are read again and compared, nothing is changed."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Max

from allmenning.catalogue import matching
from allmenning.catalogue.clusters.class_ids import salted
from allmenning.catalogue.importing.prepared import Prepared
from allmenning.catalogue.importing.preparing import prepare
from allmenning.catalogue.models import EvidenceClass, MatchEdge, MatchKey, RecordVersion, SourceRecord, WorkKey
from allmenning.formats.marc.record import Chunk

#: So many records, spread over all of them, tell new rules from old ones unless the rules hardly differ.
LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Outdated:
    """``differing`` of ``looked_at`` records would be read or compared otherwise now; ``links``: judged by another model."""

    looked_at: int
    differing: int
    links: bool

    def __bool__(self) -> bool:
        return bool(self.differing or self.links)


def outdated() -> Outdated:
    """Look some records over. Four queries, some milliseconds a record."""
    found = _spread()
    made = [_read_again(each) for each in found]
    differing = sum(_differ(found, made))
    return Outdated(len(found), differing, MatchEdge.objects.exclude(model=matching.MODEL_VERSION).exists())


def _spread() -> list[RecordVersion]:
    """Present versions of live records. Ids have no gaps, so that equal steps meet records."""
    last = SourceRecord.objects.aggregate(last=Max("id"))["last"] or 0
    ids = {1 + step * last // LOOKED_AT for step in range(LOOKED_AT)}
    versions = RecordVersion.objects.filter(record_id__in=ids, record__deleted=False, number=F("record__version"))
    return list(versions.select_related("record__source", "record__facts").order_by("record_id"))


def _read_again(version: RecordVersion) -> Prepared | None:
    syntax, source = version.syntax, version.record.source
    chunk = Chunk(version.position, zlib.decompress(version.raw), syntax, version.declared)  # type: ignore[arg-type]
    made = prepare(chunk, source.encoding, source.dialect)
    return made if isinstance(made, Prepared) else None


def _differ(found: Sequence[RecordVersion], made: Sequence[Prepared | None]) -> list[bool]:
    classes = [each.record.class_id for each in found]
    signatures = dict(EvidenceClass.objects.filter(id__in=classes).values_list("id", "signature"))
    keys, work_keys = defaultdict(set), defaultdict(set)
    wanted = {key for each in made if each for key in each.keys}
    for key, class_id in MatchKey.objects.filter(key__in=wanted, class_id__in=classes).values_list("key", "class_id"):
        keys[class_id].add(key)
    for key, record in WorkKey.objects.filter(record_id__in=[e.record_id for e in found]).values_list(
        "key", "record_id"
    ):
        work_keys[record].add(key)
    return [
        now is None
        or version.record.facts.description != now.description
        or version.record.class_id not in _classes(version.record, now)
        or signatures.get(version.record.class_id) != now.signature
        or not keys[version.record.class_id].issuperset(now.keys)
        or work_keys[version.record_id] != set(now.work_keys)
        for version, now in zip(found, made, strict=True)
    ]


def _classes(record: SourceRecord, now: Prepared) -> tuple[int, int]:
    """The class that all with this evidence share, or the record's own when it stands alone or a person spoke of it."""
    return now.class_id, salted(now.class_id, record.source.name, record.key)
