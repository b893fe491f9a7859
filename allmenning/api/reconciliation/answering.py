"""Candidates for reconciliation queries, and rows of data extension, from the register."""

from __future__ import annotations

import re
from typing import Any

from allmenning.api.headings import shown
from allmenning.api.reconciliation.asking import Extension, Query
from allmenning.api.reconciliation.manifest import PROPERTIES, TYPES, type_of
from allmenning.authorities import queries as register
from allmenning.authorities.identifiers import identifier
from allmenning.authorities.queries import Candidate, Detail
from allmenning.kernel.text import fold

_YEAR = re.compile(r"\d{3,4}")
#: What agreeing and differing dates add to and take from a score of at most 100.
_AGREE, _DIFFER = 5.0, 40.0


def candidates(query: Query) -> list[dict[str, Any]]:
    """§4.3: id, name, type, score, match. ``match`` only where one alone fits and nothing given speaks against it."""
    exact = _by_identifier(query)
    if exact:
        return [_as_data(each, 100.0, match=len(exact) == 1) for each in exact[: query.limit]]
    found = register.find(query.text, kinds=query.kinds, limit=max(query.limit, 20))
    dates = [years for name, value in query.properties if name == "dates" and (years := _YEAR.findall(value))]
    weighed = sorted(((_weighed(each, dates), each) for each in found), key=lambda each: (-each[0], each[1].brief.id))
    whole = [each for score, each in weighed if score >= 99]
    return [
        _as_data(each, score, match=whole == [each] and (not dates or score > 100))
        for score, each in weighed[: query.limit]
    ]


def rows(asked: Extension) -> dict[str, Any]:
    """§7: ``{"meta": [{id, name}], "rows": {id: {property: [{"str": …} | {"id", "name"}]}}}``."""
    known = [each for each in asked.properties if each in PROPERTIES]
    found: dict[str, Any] = {}
    for each in asked.ids:
        detail = register.detail(int(each)) if each.isascii() and each.isdigit() and len(each) < 19 else None
        found[each] = {name: _values(detail, name) if detail else [] for name in known}
    return {"meta": [{"id": each, "name": PROPERTIES[each]} for each in known], "rows": found}


def suggested(what: str, prefix: str, limit: int = 10) -> list[dict[str, Any]]:
    """§6: entities, types or properties that begin so."""
    if what == "entity":
        found = register.find(prefix, limit=limit)
        return [
            {
                "id": str(e.brief.id),
                "name": shown(e.brief),
                "description": TYPES[e.brief.kind],
                "notable": [type_of(e.brief.kind)],
            }
            for e in found
        ]
    known = TYPES if what == "type" else PROPERTIES
    key = fold(prefix)
    return [
        {"id": name, "name": words}
        for name, words in known.items()
        if fold(words).startswith(key) or name.startswith(key)
    ]


def _by_identifier(query: Query) -> list[register.Brief]:
    """A query that is an identifier, or brings one as a property, needs no words."""
    told = [
        identifier(query.text),
        *(identifier(value, name) for name, value in query.properties if name not in ("dates",)),
    ]
    names = [str(each) for each in told if each]
    ids = dict.fromkeys(entity_id for found in register.by_identifier(names).values() for entity_id in found)
    entities = register.brief(ids)
    return [
        entities[each] for each in ids if each in entities and (not query.kinds or entities[each].kind in query.kinds)
    ]


def _weighed(each: Candidate, dates: list[list[str]]) -> float:
    own = _YEAR.findall(each.brief.dates)
    if not dates or not own:
        return each.score
    agree = any(all(a == b for a, b in zip(years, own, strict=False)) for years in dates)
    return each.score + _AGREE if agree else max(0.0, each.score - _DIFFER)


def _as_data(each: Candidate | register.Brief, score: float, *, match: bool) -> dict[str, Any]:
    brief = each.brief if isinstance(each, Candidate) else each
    return {
        "id": str(brief.id),
        "name": shown(brief),
        "type": [type_of(brief.kind)],
        "score": round(min(score, 100.0), 1),
        "match": match,
    }


def _values(detail: Detail, name: str) -> list[dict[str, Any]]:
    if name == "dates":
        return [{"str": detail.brief.dates}] if detail.brief.dates else []
    if name == "variant":
        return [{"str": each.text} for each in detail.variants]
    if name.startswith("label:"):
        text = detail.brief.labels.get(name.removeprefix("label:"))
        return [{"str": text}] if text else []
    if name in ("broader", "narrower", "related"):
        return [
            {"id": str(each.to.id), "name": each.label} for each in detail.relations if each.kind == name and each.to
        ]
    return [{"str": value} for scheme, value, _ in detail.links if scheme == name]
