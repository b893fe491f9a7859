"""One source record with its versions, byte for byte as they were delivered, and the bytes of what was set aside."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from allmenning.catalogue.models import RecordVersion, Repair, SetAsideRecord, SourceRecord
from allmenning.formats.marc.record import Chunk, Syntax


@dataclass(frozen=True, slots=True)
class DeliveredVersion:
    """One version. ``chunk`` can be decoded anew; ``repairs`` are the codes of what was mended in it."""

    number: int
    received: datetime
    file_name: str
    run_id: int
    encoding: str
    dialect: str
    chunk: Chunk
    repairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RecordDetail:
    """A record and the versions of one page, the newest first. ``version_count`` counts all of them."""

    record: SourceRecord
    versions: tuple[DeliveredVersion, ...]
    version_count: int


def record(record_id: int, *, offset: int = 0, limit: int = 10) -> RecordDetail | None:
    """The record, deleted or not, or None. Four queries, however many versions."""
    found = SourceRecord.objects.select_related("source").filter(id=record_id).first()
    if found is None:
        return None
    versions = RecordVersion.objects.filter(record_id=record_id).select_related("file").order_by("-number")
    repairs: dict[int, list[tuple[str, str]]] = {}
    for version, code, detail in (
        Repair.objects.filter(record_id=record_id).order_by("id").values_list("version", "code", "detail")
    ):
        repairs.setdefault(version, []).append((code, detail))
    page = [
        DeliveredVersion(
            each.number,
            each.received,
            each.file.name,
            each.file.run_id,
            each.encoding,
            each.dialect,
            Chunk(each.position, zlib.decompress(each.raw), cast(Syntax, each.syntax), each.declared),
            tuple(repairs.get(each.number, ())),
        )
        for each in versions[offset : offset + limit]
    ]
    return RecordDetail(found, tuple(page), versions.count())


@dataclass(frozen=True, slots=True)
class Delivered:
    """Bytes to be handed out again, with what a file of them can be called after."""

    raw: bytes
    source_name: str
    name: str
    syntax: str


def delivered_bytes(record_id: int, number: int) -> Delivered | None:
    """One version's bytes as they came."""
    found = RecordVersion.objects.filter(record_id=record_id, number=number).select_related("record__source").first()
    if found is None:
        return None
    return Delivered(
        zlib.decompress(found.raw), found.record.source.name, f"{found.record.key} v{number}", found.syntax
    )


def set_aside_bytes(set_aside_id: int) -> Delivered | None:
    """The bytes of a record that could not be read."""
    found = SetAsideRecord.objects.filter(id=set_aside_id).select_related("file__source").first()
    if found is None:
        return None
    name = f"set-aside {found.file_id} {found.position}"
    return Delivered(zlib.decompress(found.raw), found.file.source.name, name, "unknown")


def beginning(raw: bytes | memoryview, size: int) -> bytes:
    """The first bytes of something kept compressed, without unpacking the rest: it may be large."""
    return zlib.decompressobj().decompress(bytes(raw), size)
