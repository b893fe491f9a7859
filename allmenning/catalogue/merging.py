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
from allmenning.catalogue.matching.works import maker_forms
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
#: ``people``   union of agents; one person once, named as most do, with the fullest of role, dates and original script
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


def _people(ranked: Sequence[SourcedDescription], name: str) -> tuple[tuple[Agent, ...], tuple[int, ...]]:
    speaking = _speaking(ranked, name)
    people, new = _together([agents for _, agents in speaking])
    return people, tuple(each.record_id for (each, _), told in zip(speaking, new, strict=True) if told)


def one_person_once(named: Iterable[Sequence[Agent]]) -> tuple[Agent, ...]:
    """Everybody named by these records or editions of one work, best-ranked first; who is a main heading comes first."""
    return _together(named)[0]


def _together(named: Iterable[Sequence[Agent]]) -> tuple[tuple[Agent, ...], list[bool]]:
    """One person once, and whether each who names them told anything new.

    A name is spelled as most spell it, the first of them where they are equally many; other forms are kept beside it.
    """
    found: list[_Person] = []
    told_new: list[bool] = []
    for agents in named:
        # Two whom one record names apart are two, however alike their names.
        free = list(found)
        new = False
        for agent in agents:
            same = next((one for one in found if one.is_named(agent)), None)
            same = same or next((one for one in free if one.may_be(agent)), None)
            if same is None:
                found.append(_Person(agent))
                new = True
            else:
                new = same.join(agent) or new
                free = [one for one in free if one is not same]
        told_new.append(new)
    return tuple(sorted([one.told() for one in found], key=lambda agent: not agent.main)), told_new


class _Person:
    """What several records say of one who had a part in it."""

    __slots__ = ("agent", "forms", "names")

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self.names: dict[str, list[str]] = {}
        self._hear(agent)
        self.forms: set[str] | None = None  # asked for only where names differ

    def is_named(self, agent: Agent) -> bool:
        """The same name under the same role, or where one record gives no role."""
        return fold(agent.name) in self.names and self._role_fits(agent)

    def may_be(self, agent: Agent) -> bool:
        """Another form of the name: «Rowling, J.K.» and «Rowling, Joanne»; of an edition's main heading also «Lev» and «Leo»."""
        if agent.kind != "person" or self.agent.kind != "person" or not self._role_fits(agent):
            return False
        if self.forms is None:
            self.forms = {form for names in self.names.values() for form in maker_forms(Agent(names[0]))}
        if self.forms.isdisjoint(maker_forms(agent)):
            return False
        return (agent.main and self.agent.main) or any(_shortened(agent.name, each[0]) for each in self.names.values())

    def join(self, agent: Agent) -> bool:
        """Whether ``agent`` told anything new."""
        have = self.agent
        new = self._hear(agent)
        self.agent = Agent(
            name=have.name,
            role=have.role or agent.role,
            dates=max(have.dates, agent.dates, key=len),
            kind=have.kind,
            main=have.main or agent.main,
            original_script=have.original_script or agent.original_script,
        )
        if new:
            self.forms = None
        return new or self.agent != have

    def _hear(self, agent: Agent) -> bool:
        """Whether any form of the name is new."""
        known = len(self.names)
        self.names.setdefault(fold(agent.name), []).append(agent.name)
        for other in filter(None, agent.also.split(";")):
            self.names.setdefault(fold(other), []).append(other)
        return len(self.names) > known

    def told(self) -> Agent:
        if len(self.names) == 1:
            return self.agent
        chosen, *others = sorted(self.names.values(), key=len, reverse=True)  # stable: the best-ranked of equals
        return self.agent._replace(name=chosen[0], also=";".join(each[0] for each in others))

    def _role_fits(self, agent: Agent) -> bool:
        return self.agent.role == agent.role or not agent.role or not self.agent.role


def _shortened(one: str, other: str) -> bool:
    """Whether the given names of one are those of the other, or their initials: «J.K.», «J.», «Joanne K.», «Joanne Kathleen»."""
    (family, _, given), (other_family, _, other_given) = one.partition(","), other.partition(",")
    if fold(family) != fold(other_family):
        return False
    pairs = list(zip(fold(given).split(), fold(other_given).split(), strict=False))
    return bool(pairs) and all(
        a.startswith(b) or b.startswith(a) for a, b in pairs if min(len(a), len(b)) == 1 or a != b
    )


_RULES: dict[str, Callable[[Sequence[SourcedDescription], str], Taken]] = {
    "ranked": _ranked, "longest": _longest, "agreed": _agreed, "union": _union, "numbers": _numbers, "people": _people,
}  # fmt: skip
