"""In the manner of Alma: MARCXML in a zip, by RDA, with 852 for holdings and AVA or AVE for what is available where."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from pymarc import Field, Record

from allmenning.demo.source_systems.copies import Copy
from allmenning.demo.source_systems.habits import Habits
from allmenning.demo.source_systems.marc21 import Manner, field, marc21
from allmenning.demo.source_systems.system import Catalogued, System
from allmenning.demo.source_systems.xml import as_collection

_PER_FILE = 100


def _number(count: int, _library: str) -> str:
    return f"9900{count * 7 + 1000:07d}02201"


def _write(folder: Path, stem: str, habits: Habits, records: Sequence[Catalogued]) -> list[Path]:
    """Publishing jobs split their output: several files of at most a hundred records in one archive."""
    path = folder / f"{stem}.zip"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for start in range(0, len(records), _PER_FILE):
            made = as_collection(_record(each, habits) for each in records[start : start + _PER_FILE])
            # A fixed time, so that the same facts give the same bytes.
            info = zipfile.ZipInfo(f"{stem}_{start // _PER_FILE + 1}.xml", (2026, 11, 1, 6, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, made)
    path.write_bytes(buffer.getvalue())
    return [path]


def _record(item: Catalogued, habits: Habits) -> Record:
    made = marc21(item.number, item.entry, habits, Manner())
    held = list(dict.fromkeys((each.branch, each.shelf, each.call_number) for each in item.copies if each.barcode))
    for number, (branch, shelf, call_number) in enumerate(held):
        parts = [("b", branch), ("c", shelf), ("h", call_number), ("8", f"22{item.number[4:]}{number}")]
        made.fields.append(field("852", "8 ", parts))
    made.fields.extend(_availability(item))
    return made


def _availability(item: Catalogued) -> list[Field]:
    by_branch: dict[str, list[Copy]] = {}
    for copy in item.copies:
        by_branch.setdefault(copy.branch, []).append(copy)
    made = []
    for branch, copies in by_branch.items():
        if not branch:
            made.append(field("AVE", "  ", [("m", item.entry.publisher), ("e", "Available"), ("u", "")]))
            continue
        where = [("b", branch), ("c", copies[0].shelf), ("d", copies[0].call_number)]
        made.append(field("AVA", "  ", [("0", item.number), *where, ("e", "available"), ("f", str(len(copies)))]))
    return made


SYSTEM = System("alma", _number, _write)
