"""In the manner of Bibliofil: NORMARC in ISO 2709 and Latin-1, one file, numbers that count upwards.

Letters outside Latin-1 lose their marks, as they did when such records were exchanged: «Beaivi, áhčážan» keeps its á
and loses the marks of č and ž.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from allmenning.demo.source_systems.habits import Habits
from allmenning.demo.source_systems.iso2709 import as_iso2709
from allmenning.demo.source_systems.lettering import latin1
from allmenning.demo.source_systems.normarc import normarc
from allmenning.demo.source_systems.system import Catalogued, System


def _number(count: int, library: str) -> str:
    return str(400_000 + sum(map(ord, library)) % 90_000 + count * 3)


def _write(folder: Path, stem: str, habits: Habits, records: Sequence[Catalogued]) -> list[Path]:
    path = folder / f"{stem}.mrc"
    made = (normarc(each.number, each.entry, habits, each.copies) for each in records)
    path.write_bytes(b"".join(as_iso2709(each, latin1, " ") for each in made))
    return [path]


SYSTEM = System("bibliofil", _number, _write)
