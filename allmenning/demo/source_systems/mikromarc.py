"""In the manner of Mikromarc: MARC 21 in ISO 2709 and MARC-8, older rules (260, 245 $h), copies in 852 $b $c $p."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pymarc import Field

from allmenning.demo.source_systems.copies import Copy
from allmenning.demo.source_systems.habits import Habits
from allmenning.demo.source_systems.iso2709 import as_iso2709
from allmenning.demo.source_systems.lettering import marc8
from allmenning.demo.source_systems.marc21 import Manner, field, marc21
from allmenning.demo.source_systems.system import Catalogued, System

_MANNER = Manner(rda=False, role_codes=False)


def _number(count: int, _library: str) -> str:
    return f"{count + 1:07d}"


def _write(folder: Path, stem: str, habits: Habits, records: Sequence[Catalogued]) -> list[Path]:
    path = folder / f"{stem}.mrc"
    path.write_bytes(b"".join(_record(each, habits) for each in records))
    return [path]


def _record(item: Catalogued, habits: Habits) -> bytes:
    made = marc21(item.number, item.entry, habits, _MANNER)
    made.fields += [_copy(each, index) for index, each in enumerate(item.copies, start=1)]
    return as_iso2709(made, marc8, " ")


def _copy(copy: Copy, piece: int) -> Field:
    parts = [("b", copy.branch), ("c", copy.shelf), ("h", copy.call_number), ("p", copy.barcode), ("t", str(piece))]
    return field("852", "8 ", parts)


SYSTEM = System("mikromarc", _number, _write)
