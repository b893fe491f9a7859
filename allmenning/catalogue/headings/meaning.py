"""Which entity a heading means: by the identifiers it carries, else by name, where that is certain.

Never by name alone where several bear it, nor against dates that differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from allmenning.authorities import queries as register
from allmenning.authorities.queries import Keyed
from allmenning.authorities.statement import AGENTS
from allmenning.catalogue.headings.reading import Written

_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"\d{3,4}")


class Meaning(NamedTuple):
    """``how``: id, dates, name; nothing with no entity."""

    entity_id: int | None = None
    how: str = ""


NOTHING = Meaning()


def meanings(headings: Sequence[Written]) -> list[Meaning]:
    """One answer a heading. Five queries, however many."""
    named = register.by_identifier({name for each in headings for name in each.identifiers.split()})
    keyed = register.by_key({each.key for each in headings})
    entities = register.brief({entity_id for found in named.values() for entity_id in found})
    kinds = {each.id: each.kind for each in entities.values()}
    old = {each.entity_id for found in keyed.values() for each in found if each.deprecated}
    onward = register.successors(old | {each.id for each in entities.values() if each.deprecated})
    return [_by_id(each, named, kinds, onward) or _by_name(each, keyed.get(each.key, []), onward) for each in headings]


def _by_id(
    heading: Written, named: Mapping[str, list[int]], kinds: Mapping[int, str], onward: Mapping[int, int]
) -> Meaning | None:
    """Every identifier that leads anywhere must lead to the same one."""
    found: set[int] = set()
    for name in heading.identifiers.split():
        fitting = [each for each in named.get(name, ()) if _may_be(heading.kind, kinds[each])]
        found.update(onward.get(each, each) for each in fitting)
    return Meaning(found.pop(), "id") if len(found) == 1 else None


def _by_name(heading: Written, bearers: Sequence[Keyed], onward: Mapping[int, int]) -> Meaning:
    if heading.kind in AGENTS:
        return _agent(heading, [each for each in bearers if each.kind == heading.kind], onward)
    # Folding makes «Malere» and «Målere» one: for a word without more to tell by, every letter counts.
    plain = _letters(heading.text)
    fitting = [each for each in bearers if _may_be(heading.kind, each.kind) and _letters(each.text) == plain]
    if heading.vocabulary:
        return _only([each for each in fitting if each.vocabulary == heading.vocabulary], heading.kind, onward)
    return _only([each for each in fitting if each.established and each.kind == heading.kind], heading.kind, onward)


def _agent(heading: Written, bearers: Sequence[Keyed], onward: Mapping[int, int]) -> Meaning:
    years = _YEAR.findall(heading.dates)
    if heading.kind == "person" and years:
        same = {onward.get(each.entity_id, each.entity_id) for each in bearers if _same_life(years, each.dates)}
        return Meaning(same.pop(), "dates") if len(same) == 1 else NOTHING
    plain = _letters(heading.text)
    bearers = [each for each in bearers if _letters(each.text) == plain]
    bearing = {onward.get(each.entity_id, each.entity_id) for each in bearers}
    # One word alone («Madonna») is a name that many bear, whatever the register knows of.
    enough = heading.kind != "person" or " " in heading.key
    return Meaning(bearing.pop(), "name") if len(bearing) == 1 and enough else NOTHING


def _only(bearers: Sequence[Keyed], kind: str, onward: Mapping[int, int]) -> Meaning:
    """The one that prefers it, else that once did, else that bears it at all; of the heading's own kind first."""
    for chosen in (
        [each for each in bearers if each.preferred and each.kind == kind],
        [each for each in bearers if each.established and each.kind == kind],
        [each for each in bearers if each.preferred],
        list(bearers),
    ):
        using = [each for each in chosen if not each.deprecated or each.entity_id in onward] or chosen
        found = {onward.get(each.entity_id, each.entity_id) for each in using}
        if found:
            return Meaning(found.pop(), "name") if len(found) == 1 else NOTHING
    return NOTHING


def _letters(text: str) -> list[str]:
    """Its words in lower case, with their own letters."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def _same_life(years: Sequence[str], dates: str) -> bool:
    """The same birth, and the same death where both tell of one: «1957-» was written while she lived."""
    theirs = _YEAR.findall(dates)
    return bool(theirs) and all(mine == other for mine, other in zip(years, theirs, strict=False))


def _may_be(kind: str, other: str) -> bool:
    """People and bodies are what they are; a place or form may stand among another register's topics."""
    return kind == other if kind in AGENTS or other in AGENTS else True
