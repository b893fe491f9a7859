"""What one source record says of its edition, as plain facts in our own words, independent of MARC.

Shared by matching, the merged description, the index and the pages. Everything is text, numbers and tuples, so that
it can be stored as JSON and compared as a value.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Agent:
    """A person or body that had a part in it. ``name`` is in catalogue order («Undset, Sigrid»)."""

    name: str
    role: str = ""  # MARC relator code where known: aut, trl, ill, nrt, drt …
    dates: str = ""
    kind: str = "person"  # person, corporate, meeting
    main: bool = False
    original_script: str = ""  # the linked 880 form


@dataclass(frozen=True, slots=True)
class Series:
    title: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    label: str
    kind: str = "topic"  # topic, place, person, corporate, period, genre
    language: str = ""  # BCP 47
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """One edition as one source describes it. Languages are BCP 47 tags (``nb``, ``nn``, ``se``, ``fkv``)."""

    title: str = ""
    remainder: str = ""
    part_number: str = ""
    part_name: str = ""
    responsibility: str = ""
    title_original_script: str = ""
    variant_titles: tuple[str, ...] = ()
    uniform_title: str = ""
    original_title: str = ""
    agents: tuple[Agent, ...] = ()
    languages: tuple[str, ...] = ()
    original_languages: tuple[str, ...] = ()
    edition: str = ""
    place: str = ""
    publisher: str = ""
    year: int | None = None
    extent: str = ""
    format: str = "book"  # a code of allmenning.catalogue.formats.FORMATS
    audience: str = ""  # children, young, adult, or unknown
    fiction: bool | None = None
    isbns: tuple[str, ...] = ()  # ISBN-13, no hyphens, checked
    issns: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()  # "oclc:123", "lccn:…", "nb:…", "ean:…"
    series: tuple[Series, ...] = ()
    subjects: tuple[Subject, ...] = ()
    dewey: tuple[str, ...] = ()
    summary: str = ""
    contents: str = ""
    notes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Compact JSON without the fields that hold their default."""
        slim: dict[str, Any] = {}
        for name in FIELD_NAMES:
            value = getattr(self, name)
            if value not in ("", (), None):
                slim[name] = [_slim(each) for each in value] if name in _NESTED else value
        return _ENCODER.encode(slim)

    @classmethod
    def from_json(cls, text: str) -> Description:
        return cls.from_dict(json.loads(text))

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Description:
        made: dict[str, Any] = {}
        for key, value in data.items():
            if key in _NESTED:
                made[key] = tuple(_NESTED[key](**each) for each in value)
            elif isinstance(value, list):
                made[key] = tuple(value)
            else:
                made[key] = value
        return cls(**made)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NESTED: dict[str, Any] = {"agents": Agent, "series": Series, "subjects": Subject}


def _slim(part: Agent | Series | Subject) -> dict[str, Any]:
    # dataclasses.asdict copies deeply and takes ten times as long; every record of an import passes here
    return {name: value for name in part.__slots__ if (value := getattr(part, name)) not in ("", None)}


FIELD_NAMES = tuple(each.name for each in fields(Description))
