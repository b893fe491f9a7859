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
from allmenning.formats.marc.kinds import not_catalogued
from allmenning.formats.marc.problems import shortened
from allmenning.formats.marc.reading import decode
from allmenning.formats.marc.record import Chunk, Read, SetAside
from allmenning.kernel.garbage import look_seldom


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
    return [prepare(each, encoding, dialect) for each in chunks]


def prepare(found: Chunk | SetAside, encoding: str = "auto", dialect: str = "auto") -> Prepared | Aside:
    chunk = found.chunk if isinstance(found, SetAside) else found
    try:
        outcome = found if isinstance(found, SetAside) else decode(found, encoding=encoding, dialect=dialect)
        if isinstance(outcome, SetAside):
            return _aside(chunk, outcome.code, outcome.detail)
        elsewhere = not_catalogued(outcome.record)
        if elsewhere:
            return _aside(chunk, *elsewhere)
        return _prepared(outcome)
    except Exception as error:  # one record of millions must not stop the file, whatever it holds
        return _aside(chunk, "unexpected", f"{type(error).__name__}: {error}")


def _aside(chunk: Chunk, code: str, detail: str) -> Aside:
    return Aside(chunk.position, zlib.compress(chunk.raw, 1), code[:60], shortened(detail.replace("\x00", "␀")))


def _prepared(read: Read) -> Prepared:
    chunk, record = read.chunk, read.record
    made = digest(chunk.raw)
    by = grouped(record)
    description = describe_grouped(by)
    evidence = matching.evidence_grouped(description, by)
    as_json = evidence.to_json()
    return Prepared(
        position=chunk.position,
        raw=zlib.compress(chunk.raw, 1),
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
        work_keys=tuple(matching.work_keys(description)),
        holdings=holdings_in(by),
    )
