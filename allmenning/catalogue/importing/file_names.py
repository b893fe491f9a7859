"""What a delivered file is called from then on: enough to tell it from its neighbours, and no more of the server's folders."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

LONGEST = 500


def told_apart(paths: Sequence[Path]) -> dict[Path, str]:
    """Each path from the folder that holds all of them on: ``juni/katalog.mrc`` for a folder ``juni`` or a file in it."""
    whole = {path: Path(os.path.abspath(path)) for path in paths}
    if not whole:
        return {}
    shared = Path(os.path.commonpath([each.parent for each in whole.values()]))
    return {path: _readable(each.relative_to(shared.parent)) for path, each in whole.items()}


def _readable(path: Path) -> str:
    raw = os.fsencode(path.as_posix())
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("latin-1")  # a disk from before UTF-8
    return name if len(name) <= LONGEST else "…" + name[1 - LONGEST :]
