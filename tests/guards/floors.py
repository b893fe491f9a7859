"""The order of the floors, read from the import contract in pyproject.toml: the one place where it is written down."""

from __future__ import annotations

import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def floors() -> dict[str, int]:
    """Room → floor, 0 at the bottom. Rooms on one line (``a | b``) share a floor and are strangers."""
    written = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = written["tool"]["importlinter"]["contracts"]
    layers = next(
        each["layers"] for each in contracts if each["type"] == "layers" and "allmenning" in each["containers"]
    )
    return {
        room.strip(" ()"): height
        for height, line in enumerate(reversed(layers))
        for room in line.replace(":", "|").split("|")
    }


def room_of(module: str) -> str:
    """``allmenning.web.desk.models`` → ``web``."""
    return module.split(".")[1]
