"""In the manner of Koha: MARCXML, gzipped, one 952 for every item, local numbers in 999 $c $d."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

from pymarc import Field, Record

from allmenning.demo.source_systems.copies import Copy
from allmenning.demo.source_systems.habits import Habits
from allmenning.demo.source_systems.marc21 import Manner, field, marc21
from allmenning.demo.source_systems.system import Catalogued, System
from allmenning.demo.source_systems.xml import as_collection

_TYPES = {"film": "FILM", "music": "MUSIKK", "audiobook": "LYDBOK", "ebook": "EBOK", "eaudiobook": "ELYDBOK"}


def _number(count: int, _library: str) -> str:
    return str(626_460 + count)


def _write(folder: Path, stem: str, habits: Habits, records: Sequence[Catalogued]) -> list[Path]:
    path = folder / f"{stem}.marcxml.gz"
    text = as_collection((_record(each, habits) for each in records), prefix="marc")
    path.write_bytes(gzip.compress(text, mtime=0))
    return [path]


def _record(item: Catalogued, habits: Habits) -> Record:
    made = marc21(item.number, item.entry, habits, Manner())
    kind = _TYPES.get(item.entry.edition.format, "BOK")
    made.fields += [_item(each, kind) for each in item.copies if each.barcode]
    made.fields.append(field("999", "  ", [("c", item.number), ("d", item.number)]))
    return made


def _item(copy: Copy, kind: str) -> Field:
    parts = [
        ("0", "0"), ("1", "0"), ("a", copy.branch), ("b", copy.branch), ("c", copy.shelf), ("o", copy.call_number),
        ("p", copy.barcode), ("y", kind),
    ]  # fmt: skip
    return field("952", "  ", parts)


SYSTEM = System("koha", _number, _write)
