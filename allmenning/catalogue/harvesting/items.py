"""Which records of ours the items on a page are, and which of ours a page says are gone."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models

from allmenning.catalogue.harvesting.models import HarvestedRecord
from allmenning.catalogue.importing.source_keys import digest, source_key
from allmenning.catalogue.models import Source
from allmenning.formats.marc.kinds import not_catalogued
from allmenning.formats.marc.reading import chunks, decode
from allmenning.formats.marc.record import Chunk, Field, Read, Record
from allmenning.formats.marc.writing import marcxml
from allmenning.formats.oai_pmh import Header, Page

#: Leader of what tells that a record is deleted (MARC 21, leader 05 d).
_DELETED = "00000dam a2200000 a 4500"
LONGEST_IDENTIFIER = 300


@dataclass(slots=True)
class Items:
    """A page's items: identifier → its records' keys here, none where it could not be read; who is deleted; how many came
    with nothing. ``told`` are the keys whose own leader says that they are deleted: the import reads that."""

    keys: dict[str, list[str]] = field(default_factory=dict)
    stamps: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    empty: int = 0


def items_of(source: Source, body: bytes, page: Page) -> Items:
    """Read a page's records for their keys. Records that cannot be read have none; the import sets them aside."""
    found = Items({}, {name_of(each): each.datestamp[:20] for each in page.headers})
    spoken_for: set[int] = set()
    for chunk in chunks(io.BytesIO(body)):
        raw = chunk if isinstance(chunk, Chunk) else chunk.chunk
        number = page.header_of(raw.offset)
        if number is None:
            continue
        spoken_for.add(number)
        if isinstance(chunk, Chunk):
            _note(found, name_of(page.headers[number]), chunk, source)
    for number, header in enumerate(page.headers):
        if header.deleted:
            found.deleted.add(name_of(header))
        elif number not in spoken_for:
            found.empty += 1
    return found


def _note(found: Items, identifier: str, chunk: Chunk, source: Source) -> None:
    outcome = decode(chunk, encoding=source.encoding, dialect=source.dialect)
    if not isinstance(outcome, Read) or not_catalogued(outcome.record):
        return
    key = source_key(outcome.record, digest(chunk.raw))
    found.keys.setdefault(identifier, []).append(key)
    if outcome.record.leader[5:6] == "d":
        found.told.add(key)


def name_of(header: Header) -> str:
    return header.identifier[:LONGEST_IDENTIFIER]


def settle(source: Source, items: Items) -> set[str]:
    """Remember which records the items are, and give the keys of ours that no item of the repository stands for any more.

    An item whose record has got another key leaves the old one behind; two items may be one record of ours, which goes
    with the last of them. To be called in the transaction that notes how far the harvest has come.
    """
    before: dict[str, dict[int, HarvestedRecord]] = {}
    for row in HarvestedRecord.objects.filter(source=source, identifier__in=list(items.stamps)):
        before.setdefault(row.identifier, {})[row.part] = row
    rows: list[HarvestedRecord] = []
    left: set[str] = set()
    for identifier, stamp in items.stamps.items():
        known = before.get(identifier, {})
        keys = items.keys.get(identifier, [])
        gone = identifier in items.deleted
        left |= {row.key for row in known.values() if not row.deleted and (gone or (keys and row.key not in keys))}
        for part in range(max(len(keys), len(known))):
            key = keys[part] if part < len(keys) else known[part].key
            dead = gone or key in items.told or (part >= len(keys) > 0) or (not keys and known[part].deleted)
            said = {"identifier": identifier, "part": part, "key": key, "datestamp": stamp, "deleted": dead}
            rows.append(HarvestedRecord(source=source, **said))
    _write(rows)
    left -= items.told
    return left - _alive(source, left)


def _write(rows: list[HarvestedRecord]) -> None:
    HarvestedRecord.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["source", "identifier", "part"],
        update_fields=["key", "datestamp", "deleted"],
        batch_size=500,
    )


def _alive(source: Source, keys: Iterable[str]) -> set[str]:
    standing = models.Q(source=source, deleted=False, key__in=list(keys))
    return set(HarvestedRecord.objects.filter(standing).values_list("key", flat=True))


def deletions(keys: Iterable[str]) -> bytes:
    """A file that says that these records are deleted, as a library system would: leader 05 ``d`` and the number.

    The number stands in 035, where :func:`source_key` takes it as it is.
    """
    told = [marcxml(Record(_DELETED, [Field("035", "", "  ", [("a", key)])])) for key in sorted(keys)]
    return ("<collection>\n" + "\n".join(told) + "\n</collection>\n").encode()
