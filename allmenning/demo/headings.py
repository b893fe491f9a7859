"""The demo's authority register: the people and some subjects of the works we wrote down, as a file a register could hand out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allmenning.demo.works import FACTS, all_persons

REGISTER, TITLE = "demo", "Demoens autoritetsregister"
_LANGUAGES = ("nb", "nn", "se", "en")


def write_register(folder: Path) -> Path:
    """One file of JSON lines. The same facts give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "autoriteter.jsonl"
    lines = [json.dumps(each, ensure_ascii=False) for each in (*_persons(), *_subjects())]
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def _persons() -> Iterator[dict[str, Any]]:
    """A person whose years are not known is no better told apart than by the record: left out."""
    for person in all_persons():
        if person.born and not person.group:
            yield {
                "id": f"person-{person.name}",
                "type": "person",
                "und": person.name,
                "und_alt": [each for each in (person.original, person.other) if each],
                "dates": f"{person.born}-{person.died}",
            }


def _subjects() -> Iterator[dict[str, Any]]:
    for line in (FACTS / "subjects.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            labels = dict(zip(_LANGUAGES, line.split("\t"), strict=True))
            yield {"id": f"emne-{labels['nb']}", "type": "topic", **{tag: text for tag, text in labels.items() if text}}
