"""In the manner of Quria: MARC 21 in ISO 2709 and UTF-8, gzipped, copies in 852 with the library in $a."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

from pymarc import Field

from allmenning.demo.source_systems.copies import Copy
from allmenning.demo.source_systems.habits import Habits
from allmenning.demo.source_systems.iso2709 import as_iso2709
from allmenning.demo.source_systems.marc21 import Manner, field, marc21
from allmenning.demo.source_systems.system import Catalogued, System


def _number(count: int, library: str) -> str:
    return f"q{sum(map(ord, library)) % 900 + 100}-{count + 1:05d}"


def _write(folder: Path, stem: str, habits: Habits, records: Sequence[Catalogued]) -> list[Path]:
    path = folder / f"{stem}.mrc.gz"
    path.write_bytes(gzip.compress(b"".join(_record(each, habits) for each in records), mtime=0))
    return [path]


def _record(item: Catalogued, habits: Habits) -> bytes:
    made = marc21(item.number, item.entry, habits, Manner(role_codes=True))
    made.fields += [_copy(each) for each in item.copies]
    return as_iso2709(made, lambda text: text.encode(), "a")


def _copy(copy: Copy) -> Field:
    parts = [("a", copy.library), ("b", copy.branch), ("c", copy.shelf), ("h", copy.call_number), ("p", copy.barcode)]
    return field("852", "8 ", parts)


SYSTEM = System("quria", _number, _write)
