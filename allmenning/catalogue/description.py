"""What one source record says of its edition, as plain facts in our own words, independent of MARC.

Shared by matching, the merged description, the index and the pages. Everything is text, numbers and tuples, so that
it can be stored as JSON and compared as a value.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import Field, dataclass, fields
from functools import lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, dataclass_transform

_T = TypeVar("_T")


class Agent(NamedTuple):
    """A person or body that had a part in it. ``name`` is in catalogue order («Undset, Sigrid»)."""

    name: str
    role: str = ""  # MARC relator code where known: aut, trl, ill, nrt, drt …
    dates: str = ""
    kind: str = "person"  # person, corporate, meeting
    main: bool = False
    original_script: str = ""  # the linked 880 form
    also: str = ""  # other forms of the name that sources use for the same person, «;» between


class Series(NamedTuple):
    title: str = ""
    number: str = ""


class Subject(NamedTuple):
    label: str
    kind: str = "topic"  # topic, place, person, corporate, period, genre
    language: str = ""  # BCP 47
    vocabulary: str = ""


class Contained(NamedTuple):
    """A work the edition holds. ``name`` is a heading or a statement, as the record has it; empty: the edition's own maker."""

    title: str
    name: str = ""


@dataclass_transform(frozen_default=True)
def _value(made: type[_T]) -> type[_T]:
    """Frozen to the type checker. Guarding every field while it runs makes a description four times as dear to make."""
    return dataclass(slots=True, unsafe_hash=True)(made)


@_value
class Description:
    """One edition as one source describes it; never changed. Languages are BCP 47 tags (``nb``, ``nn``, ``se``, ``fkv``)."""

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
    contained: tuple[Contained, ...] = ()
    notes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Compact JSON without the fields that hold their default."""
        parts = [
            start + written(value)
            for (start, written, silent), value in zip(_WRITERS, _values(self), strict=True)
            if value != silent
        ]
        return "{" + ",".join(parts) + "}"

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


FIELD_NAMES = tuple(each.name for each in fields(Description))
_values = attrgetter(*FIELD_NAMES)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NESTED: dict[str, Any] = {"agents": Agent, "series": Series, "subjects": Subject, "contained": Contained}


# Every record of an import is written as JSON. Piece by piece, with the headings that come again remembered, it takes
# a third of what json.dumps takes for the same text.


@lru_cache(maxsize=20_000)
def _part(part: Agent | Series | Subject | Contained) -> str:
    slim = {name: value for name, value in zip(part._fields, part, strict=True) if value not in ("", None)}
    return _ENCODER.encode(slim)


def _texts(texts: tuple[str, ...]) -> str:
    return "[" + ",".join(map(encode_basestring, texts)) + "]"


def _parts(parts: tuple[Agent | Series | Subject | Contained, ...]) -> str:
    return "[" + ",".join(map(_part, parts)) + "]"


def _boolean(said: bool) -> str:
    return "true" if said else "false"


def _writer(each: Field[Any]) -> Callable[[Any], str]:
    if each.name in _NESTED:
        return _parts
    if each.type == "tuple[str, ...]":
        return _texts
    if each.type == "str":
        return encode_basestring
    return _boolean if each.type == "bool | None" else str


def _silent(each: Field[Any]) -> Any:
    """What tells nothing: a text or tuple of nothing, None; but False and 0 tell something."""
    return "" if each.type == "str" else () if each.type.startswith("tuple") else None


_WRITERS = tuple((f'"{each.name}":', _writer(each), _silent(each)) for each in fields(Description))
