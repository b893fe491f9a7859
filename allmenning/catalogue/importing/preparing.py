"""From the bytes of a record to everything that can be known without the database. Runs in worker processes."""

from __future__ import annotations

import multiprocessing
import os
import threading
import zlib
from collections.abc import Sequence

from allmenning.catalogue import matching
from allmenning.catalogue.clusters.class_ids import signed_hash
from allmenning.catalogue.describe import describe_grouped
from allmenning.catalogue.describe.grouped import grouped
from allmenning.catalogue.holdings import holdings_in
from allmenning.catalogue.importing.prepared import Aside, Prepared
from allmenning.catalogue.importing.source_keys import digest, source_key
from allmenning.formats.details import kept, said
from allmenning.formats.marc.kinds import OTHER_LEADERS, not_catalogued
from allmenning.formats.marc.reading import decode
from allmenning.formats.marc.record import Chunk, Outcome, Read, SetAside
from allmenning.kernel.garbage import look_seldom

#: Every tag that anything below reads (a test holds the list against the code). The others stay in the stored bytes.
READ = frozenset((
    "001", "003", "007", "008", "010", "015", "020", "022", "024", "035", "041", "082", "092", "100",
    "110", "111", "130", "210", "240", "245", "246", "247", "250", "260", "264", "300", "338", "385",
    "440", "490", "500", "502", "503", "505", "511", "518", "520", "521", "534", "546", "574", "586",
    "600", "610", "611", "630", "647", "648", "650", "651", "653", "655", "700", "710", "711", "740",
    "765", "800", "810", "830", "850", "852", "856", "880", "952",
))  # fmt: skip


def start_worker() -> None:
    """Ready a worker process; a killed import must not leave it waiting for ever."""
    look_seldom()

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def prepare_all(
    chunks: Sequence[Chunk | SetAside], encoding: str = "auto", dialect: str = "auto"
) -> list[Prepared | Aside]:
    """One answer a chunk, in the same order. Nothing raises: what fails unexpectedly is set aside with its bytes."""
    # The packer's tables fill the processor's nearest memory: all records are packed before the first is described.
    packed = [zlib.compress((each.chunk if isinstance(each, SetAside) else each).raw, 1) for each in chunks]
    return [_prepare(each, raw, encoding, dialect) for each, raw in zip(chunks, packed, strict=True)]


def prepare(found: Chunk | SetAside, encoding: str = "auto", dialect: str = "auto") -> Prepared | Aside:
    """:func:`prepare_all` for one."""
    return prepare_all([found], encoding, dialect)[0]


def _prepare(found: Chunk | SetAside, packed: bytes, encoding: str, dialect: str) -> Prepared | Aside:
    chunk = found.chunk if isinstance(found, SetAside) else found
    try:
        outcome = found if isinstance(found, SetAside) else _decoded(found, encoding, dialect)
        if isinstance(outcome, SetAside):
            return _aside(chunk, packed, outcome.code, outcome.detail)
        elsewhere = not_catalogued(outcome.record)
        if elsewhere:
            return _aside(chunk, packed, *elsewhere)
        return _prepared(outcome, packed)
    except Exception as error:  # one record of millions must not stop the file, whatever it holds
        return _aside(chunk, packed, "unexpected", said("%(kind)s: %(error)s", kind=type(error).__name__, error=error))


def _decoded(chunk: Chunk, encoding: str, dialect: str) -> Outcome:
    # What may be a heading or copies is told apart, and told of, by fields that nothing else reads.
    only = None if chunk.raw[6:7] in OTHER_LEADERS else READ
    return decode(chunk, encoding=encoding, dialect=dialect, only=only)


def _aside(chunk: Chunk, packed: bytes, code: str, detail: str) -> Aside:
    return Aside(chunk.position, packed, code[:60], kept(detail))


def _prepared(read: Read, packed: bytes) -> Prepared:
    chunk, record = read.chunk, read.record
    made = digest(chunk.raw)
    by = grouped(record)
    description = describe_grouped(by)
    evidence = matching.evidence_grouped(description, by)
    as_json = evidence.to_json()
    work_keys = matching.work_keys(description, evidence)
    return Prepared(
        position=chunk.position,
        raw=packed,
        hash=made,
        key=source_key(record, made),
        # MARC 21 leader 05: d is a deleted record.
        deletion=record.leader[5:6] == "d",
        syntax=chunk.syntax,
        declared=chunk.declared[:40],
        encoding=read.encoding[:20],
        dialect=read.dialect,
        repairs=read.repairs,
        description=description.to_json(),
        evidence=as_json,
        signature=matching.signature(evidence)[:200],
        class_id=signed_hash(as_json),
        lone=not matching.recognises_itself(evidence),
        keys=tuple(matching.keys(evidence)),
        work_keys=tuple(work_keys),
        contained_keys=tuple(matching.contained_keys(description, work_keys)),
        holdings=holdings_in(by),
    )
