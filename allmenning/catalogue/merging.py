"""One description from several sources' descriptions of the same edition, by the rules in ``RULES``.

It says where each field came from.

Deterministic, and free of the order the sources come in: ties go to the better source rank, then by source and its own key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from allmenning.catalogue.description import FIELD_NAMES, Agent, Description
from allmenning.kernel.text import fold


@dataclass(frozen=True, slots=True)
class SourcedDescription:
    """One record's description. ``source_rank``: 0 is the most trusted source; ``record_key`` is the source's own id for it.

    Rank, source and key settle every tie, because ``record_id`` depends on which record happened to come in first.
    """

    source_rank: int
    source_name: str
    record_id: int
    description: Description
    record_key: str = ""

    @property
    def place(self) -> tuple[int, str, str, int]:
        """Where it stands among the sources: best first."""
        return self.source_rank, self.source_name, self.record_key, self.record_id


@dataclass(frozen=True, slots=True)
class Merged:
    """``provenance`` maps each field that says something to the records it was taken from, smallest id first."""

    description: Description
    provenance: dict[str, tuple[int, ...]]


#: Field → rule.
#: ``ranked``   the best-ranked source that says anything
#: ``agreed``   what most sources say (folded alike counts as one), spelled as the best-ranked of them spells it
#: ``longest``  the longest text
#: ``union``    everything any source says, best-ranked source's order first; words that fold alike are one
#: ``numbers``  likewise, of numbers and addresses, compared as they are
#: ``people``   union of agents; one person once, with the fullest of role, dates and original script
#: ``titled``   follows the record the title was taken from, so that title, remainder and part belong together
RULES: dict[str, str] = {
    "title": "agreed", "remainder": "titled", "part_number": "titled", "part_name": "titled",
    "responsibility": "longest",
    "title_original_script": "ranked", "variant_titles": "union", "uniform_title": "ranked", "original_title": "agreed",
    "agents": "people", "languages": "agreed", "original_languages": "agreed", "edition": "agreed", "place": "agreed",
    "publisher": "agreed",
    "year": "agreed", "extent": "longest", "format": "agreed", "audience": "agreed", "fiction": "agreed",
    "isbns": "numbers", "issns": "numbers",
    "other_ids": "numbers", "series": "union", "subjects": "union", "dewey": "numbers", "summary": "longest",
    "contents": "longest", "contained": "union", "notes": "union", "links": "numbers",
}  # fmt: skip

_GATHERED = frozenset(name for name, rule in RULES.items() if rule in ("union", "numbers", "people"))
_AS_THEY_ARE = frozenset(
    ("series", "subjects", "contained", *(name for name, rule in RULES.items() if rule == "numbers"))
)
_SILENT = ("", (), None)
_VALUES: Callable[[Description], tuple[Any, ...]] = attrgetter(*FIELD_NAMES)
Taken = tuple[Any, tuple[int, ...]]


def merge(sources: Iterable[SourcedDescription]) -> Merged:
    """At least one source; raises ``ValueError`` when there is none."""
    ranked = sorted(sources, key=lambda each: each.place)
    if not ranked:
        raise ValueError("nothing to merge")
    if len(ranked) == 1:
        return _alone(ranked)
    values: dict[str, Any] = {}
    provenance: dict[str, tuple[int, ...]] = {}
    title_sources = _agreed(ranked, "title")[1]
    for name in FIELD_NAMES:
        rule = RULES[name]
        if rule == "titled":
            value, taken_from = _titled(ranked, name, title_sources)
        else:
            value, taken_from = _RULES[rule](ranked, name)
        values[name] = value
        if value not in _SILENT:
            provenance[name] = tuple(sorted(taken_from))
    return Merged(Description(**values), provenance)


def _alone(ranked: Sequence[SourcedDescription]) -> Merged:
    """One source says it all; nine editions of ten have no other. Only its own repeats are to be taken out."""
    only = ranked[0].description
    told = (ranked[0].record_id,)
    provenance: dict[str, tuple[int, ...]] = {}
    cleaned: dict[str, Any] = {}
    for name, value in zip(FIELD_NAMES, _VALUES(only), strict=True):
        if value or value == 0:
            provenance[name] = told
            if name in _GATHERED and len(value) > 1 and not _plainly_distinct(name, value):
                once = _RULES[RULES[name]](ranked, name)[0]
                if once != value:
                    cleaned[name] = once
    return Merged(replace(only, **cleaned) if cleaned else only, provenance)


def _plainly_distinct(name: str, values: tuple[Any, ...]) -> bool:
    """True when one look tells that none stands twice, because they are compared as they are."""
    return name in _AS_THEY_ARE and len(set(values)) == len(values)


def _speaking(ranked: Sequence[SourcedDescription], name: str) -> list[tuple[SourcedDescription, Any]]:
    return [(each, value) for each in ranked if (value := getattr(each.description, name)) not in _SILENT]


def _silence(ranked: Sequence[SourcedDescription], name: str) -> Taken:
    return getattr(ranked[0].description, name), ()


def _ranked(ranked: Sequence[SourcedDescription], name: str) -> Taken:
    for each, value in _speaking(ranked, name):
        return value, (each.record_id,)
    return _silence(ranked, name)


def _longest(ranked: Sequence[SourcedDescription], name: str) -> Taken:
    speaking = _speaking(ranked, name)
    if not speaking:
        return _silence(ranked, name)
    best, value = max(speaking, key=lambda pair: len(pair[1]))  # max keeps the first of equals: the best-ranked
    return value, (best.record_id,)


def _agreed(ranked: Sequence[SourcedDescription], name: str) -> Taken:
    speaking = _speaking(ranked, name)
    if not speaking:
        return _silence(ranked, name)
    voices: dict[Any, list[tuple[SourcedDescription, Any]]] = {}
    for each, value in speaking:
        voices.setdefault(_alike(value), []).append((each, value))
    # Voices stand in the order of their best-ranked speaker, and max keeps the first of equals.
    chosen = max(voices.values(), key=len)
    return chosen[0][1], tuple(each.record_id for each, _ in chosen)


def _alike(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def _titled(ranked: Sequence[SourcedDescription], name: str, title_sources: tuple[int, ...]) -> Taken:
    agreeing = [each for each in ranked if each.record_id in title_sources]
    return _longest(agreeing or ranked, name)


def _union(ranked: Sequence[SourcedDescription], name: str) -> Taken:
    return _gathered(ranked, name, _alike)


def _numbers(ranked: Sequence[SourcedDescription], name: str) -> Taken:
    return _gathered(ranked, name, _itself)


def _itself(value: Any) -> Any:
    return value


def _gathered(ranked: Sequence[SourcedDescription], name: str, alike: Callable[[Any], Any]) -> Taken:
    found: dict[Any, Any] = {}
    taken_from: list[int] = []
    for each, values in _speaking(ranked, name):
        new = False
        for value in values:
            mark = alike(value)
            if mark not in found:
                found[mark] = value
                new = True
        if new:
            taken_from.append(each.record_id)
    return tuple(found.values()), tuple(taken_from)


def _people(ranked: Sequence[SourcedDescription], name: str) -> Taken:
    """The same person under the same role, or where one record gives no role, is one."""
    found: dict[tuple[str, str], Agent] = {}
    taken_from: list[int] = []
    for each, agents in _speaking(ranked, name):
        new = False
        for agent in agents:
            new = _add_agent(found, agent) or new
        if new:
            taken_from.append(each.record_id)
    return tuple(sorted(found.values(), key=lambda agent: not agent.main)), tuple(taken_from)


def _add_agent(found: dict[tuple[str, str], Agent], agent: Agent) -> bool:
    """Whether ``agent`` told anything new."""
    who = fold(agent.name)
    place = next(
        (key for key in found if key[0] == who and (key[1] == agent.role or not agent.role or not key[1])), None
    )
    if place is None:
        found[who, agent.role] = agent
        return True
    have = found[place]
    fuller = Agent(
        name=have.name,
        role=have.role or agent.role,
        dates=max(have.dates, agent.dates, key=len),
        kind=have.kind,
        main=have.main or agent.main,
        original_script=have.original_script or agent.original_script,
    )
    if fuller == have:
        return False
    del found[place]
    found[who, fuller.role] = fuller
    return True


_RULES: dict[str, Callable[[Sequence[SourcedDescription], str], Taken]] = {
    "ranked": _ranked, "longest": _longest, "agreed": _agreed, "union": _union, "numbers": _numbers, "people": _people,
}  # fmt: skip
