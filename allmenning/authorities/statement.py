"""What one entry of one register says, as plain values independent of MARC and SKOS. Stored as JSON, compared as a value."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, NamedTuple

Kind = Literal["person", "corporate", "meeting", "place", "topic", "period", "genre"]
KINDS: tuple[Kind, ...] = ("person", "corporate", "meeting", "place", "topic", "period", "genre")
#: Kinds that do or make something; the others are what works are about or what they are.
AGENTS = frozenset(("person", "corporate", "meeting"))

RelationKind = Literal["broader", "narrower", "related", "replaced_by"]

#: The language of a name that belongs to none, such as a person's (BCP 47, ISO 639-2: undetermined).
NO_LANGUAGE = "und"


class Form(NamedTuple):
    """One way of writing the heading. ``preferred``: the one form that its register uses in that language."""

    text: str
    language: str = NO_LANGUAGE
    preferred: bool = False


class Relation(NamedTuple):
    """``target`` is an identifier, ``scheme:value``; ``label`` what the register calls it, for targets that are not here."""

    kind: str
    target: str
    label: str = ""


class Note(NamedTuple):
    text: str
    language: str = NO_LANGUAGE


@dataclass(frozen=True, slots=True)
class Statement:
    """One entry. ``key`` is its identity in its own register; ``own`` names that mean this very entry, ``also`` names that
    other registers have for the same (both ``scheme:value``)."""

    key: str
    kind: str = "topic"
    forms: tuple[Form, ...] = ()
    dates: str = ""
    notes: tuple[Note, ...] = ()
    own: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    classes: tuple[str, ...] = ()  # «ddc:551.46», «msc:60J67»
    deprecated: bool = False
    former: tuple[Form, ...] = ()  # what it preferred before: records go on carrying that

    def after(self, earlier: Statement) -> Statement:
        """This statement, knowing what an earlier one of the same entry preferred."""
        was = (*earlier.former, *(each for each in earlier.forms if each.preferred))
        now = {(each.text, each.language) for each in self.forms}
        return replace(self, former=tuple(dict.fromkeys(each for each in was if (each.text, each.language) not in now)))

    def to_json(self) -> str:
        slim = {each.name: value for each in fields(self) if (value := getattr(self, each.name))}
        return json.dumps(slim, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Statement:
        data: dict[str, Any] = json.loads(text)
        for name, made in (("forms", Form), ("former", Form), ("relations", Relation), ("notes", Note)):
            data[name] = tuple(made(*each) for each in data.get(name, ()))
        for name in ("own", "also", "classes"):
            data[name] = tuple(data.get(name, ()))
        return cls(**data)
