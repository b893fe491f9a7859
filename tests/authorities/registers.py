"""Small real registers as they are handed out, and the way in for tests."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from allmenning.authorities import services
from allmenning.authorities.loading import Counts
from allmenning.authorities.models import Entity
from tests.people_and_places import SYSTEM

HAMSUN: dict[str, Any] = {
    "id": "90053007",
    "type": "person",
    "und": "Hamsun, Knut",
    "und_alt": ["Pedersen, Knud", "Гамсун, Кнут"],
    "dates": "1859-1952",
}
SIBLINGS: dict[str, Any] = {
    "id": "REAL005535",
    "type": "topic",
    "nb": "Søsken",
    "nn": ["Sysken"],
    "en": ["Siblings"],
    "se": ["Oappát"],
}
SAMI: dict[str, Any] = {
    "id": "REAL001536",
    "type": "topic",
    "nb": "Samer",
    "nn": ["Samar"],
    "en": ["Sami people"],
    "se": ["Sámit"],
}


def take_in(register: str, *entries: dict[str, Any], vocabulary: str | None = None) -> Counts:
    """Load entries in the form of JSON lines."""
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in entries)
    return take_in_bytes(register, lines.encode(), vocabulary=vocabulary)


def take_in_bytes(register: str, data: bytes, *, vocabulary: str | None = None) -> Counts:
    known = services.ensure_register(name=register, vocabulary=vocabulary)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register"
        path.write_bytes(data)
        return Counts(**services.load(actor=SYSTEM, register=known, paths=[path]).counts)


def entity(name: str) -> Entity:
    return Entity.objects.get(name=name)
