"""From what the entries say of an entity to what it is. Pure: the same entries in the same order give the same state."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from allmenning.authorities.statement import NO_LANGUAGE, Form, Relation, Statement
from allmenning.kernel.labels import Labels


@dataclass(frozen=True, slots=True)
class State:
    """What an entity is. ``forms`` stand once for each register's vocabulary ($2 code) that has them; *established* are
    those that anybody prefers or preferred: headings that records were written with."""

    kind: str
    labels: dict[str, str]
    notes: dict[str, str]
    dates: str
    forms: tuple[tuple[Form, str, bool], ...]  # (form, vocabulary, established)
    own: tuple[str, ...]
    also: tuple[str, ...]
    relations: tuple[Relation, ...]
    classes: tuple[str, ...]
    deprecated: bool

    @property
    def name(self) -> str:
        """The heading of a catalogue in bokmål: the name that has no language, else bokmål or what stands in for it."""
        return self.labels.get(NO_LANGUAGE) or Labels(self.labels).text("nb")

    def as_json(self) -> dict[str, Any]:
        """Plain values; forms and relations are lists in the order of their fields."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def digest(self) -> str:
        written = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True).encode()
        return hashlib.blake2b(written, digest_size=20).hexdigest()


def merged(statements: Sequence[tuple[Statement, str]]) -> State:
    """``statements`` with their registers' vocabulary codes, the most trusted first.

    A language's label is the first that is preferred in it; whatever else anybody prefers is a variant. It is deprecated
    when everybody who told of it says so, or who is trusted most does with a successor.
    """
    said = [each for each, _ in statements]
    labels: dict[str, str] = {}
    for each in said:
        for form in each.forms:
            if form.preferred:
                labels.setdefault(form.language, form.text)
    if not labels:  # a deprecated entry may have variants only
        first = next((form for each in said for form in each.forms), Form(said[0].key))
        labels[first.language] = first.text
    notes: dict[str, list[str]] = {}
    for each in said:
        for note in each.notes:
            texts = notes.setdefault(note.language, [])
            if note.text not in texts:
                texts.append(note.text)
    own = _distinct(name for each in said for name in each.own)
    return State(
        # «Topic» is also what a register says that does not tell places and genres apart.
        kind=next((each.kind for each in said if each.kind != "topic"), "topic"),
        labels=labels,
        notes={language: " ".join(texts) for language, texts in notes.items()},
        dates=next((each.dates for each in said if each.dates), ""),
        forms=_forms(statements, labels),
        own=own,
        also=tuple(name for name in _distinct(name for each in said for name in each.also) if name not in own),
        relations=_relations(said),
        classes=_distinct(each for one in said for each in one.classes),
        deprecated=all(each.deprecated for each in said) or said[0].deprecated,
    )


def _forms(statements: Sequence[tuple[Statement, str]], labels: dict[str, str]) -> tuple[tuple[Form, str, bool], ...]:
    """The labels first, then in the order of the statements."""
    found: dict[tuple[str, str, str], tuple[Form, str, bool]] = {}
    told = [
        (form, vocabulary, former or form.preferred)
        for each, vocabulary in statements
        for forms, former in ((each.forms, False), (each.former, True))
        for form in forms
    ]
    for form, vocabulary, established in told:
        preferred = labels.get(form.language) == form.text
        known = found.get((form.text, form.language, vocabulary))
        settled = established or preferred or (known is not None and known[2])
        found[form.text, form.language, vocabulary] = (Form(form.text, form.language, preferred), vocabulary, settled)
    return tuple(sorted(found.values(), key=lambda each: not each[0].preferred))


def _relations(said: Sequence[Statement]) -> tuple[Relation, ...]:
    found: dict[tuple[str, str], Relation] = {}
    for each in said:
        for relation in each.relations:
            known = found.get(relation[:2])
            if known is None or (relation.label and not known.label):
                found[relation.kind, relation.target] = relation
    return tuple(found.values())


def _distinct(values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
