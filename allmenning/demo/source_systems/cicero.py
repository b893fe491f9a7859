"""In the manner of Cicero: MarcXchange in UTF-8 with NORMARC inside, as Biblioteksentralen delivered it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from allmenning.demo.source_systems.habits import Habits
from allmenning.demo.source_systems.normarc import normarc
from allmenning.demo.source_systems.system import Catalogued, System
from allmenning.demo.source_systems.xml import MARCXCHANGE, as_collection


def _number(count: int, library: str) -> str:
    return f"{library[:3].upper()}{count + 1:06d}"


def _write(folder: Path, stem: str, habits: Habits, records: Sequence[Catalogued]) -> list[Path]:
    path = folder / f"{stem}.xml"
    made = (normarc(each.number, each.entry, habits, each.copies) for each in records)
    path.write_bytes(as_collection(made, MARCXCHANGE, marks={"format": "NORMARC", "type": "Bibliographic"}))
    return [path]


SYSTEM = System("cicero", _number, _write)
