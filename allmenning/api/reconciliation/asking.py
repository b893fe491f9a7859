"""Reading a batch of reconciliation queries (0.2, §4) and of data extension (§7). Pure: JSON to values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from allmenning.authorities.statement import KINDS
from allmenning.kernel.errors import Invalid

#: Queries a batch, candidates a query, ids and properties of an extension.
MOST_QUERIES, MOST_CANDIDATES, MOST_IDS = 100, 50, 500
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Query:
    """``years`` and ``identifiers`` are what the properties given say of it."""

    text: str
    kinds: tuple[str, ...]
    limit: int
    properties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Extension:
    ids: tuple[str, ...]
    properties: tuple[str, ...]


def queries(text: str) -> dict[str, Query]:
    """``{"q0": {"query": "…", "type": …, "limit": 5, "properties": [{"pid", "v"}]}}``. Raises ``Invalid``."""
    batch = _object(text, "queries")
    if len(batch) > MOST_QUERIES:
        raise Invalid("too_many_queries", f"Send at most {MOST_QUERIES} queries at a time.")
    return {name: _query(each) for name, each in batch.items()}


def extension(text: str) -> Extension:
    """``{"ids": […], "properties": [{"id": "dates"}]}``. Raises ``Invalid``."""
    asked = _object(text, "extend")
    ids, properties = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list) or len(ids) > MOST_IDS:
        raise Invalid("extend", f"«extend» holds «ids» (at most {MOST_IDS}) and «properties».")
    named = [each.get("id") for each in properties if isinstance(each, dict)]
    return Extension(tuple(str(each) for each in ids), tuple(each for each in named if isinstance(each, str)))


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Invalid(name, f"«{name}» is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise Invalid(name, f"«{name}» is a JSON object.")
    return found


def _query(asked: Any) -> Query:
    if not isinstance(asked, dict) or not isinstance(asked.get("query"), str):
        raise Invalid("query", "Each query is an object with a text «query».")
    said = asked.get("type", [])
    kinds = said if isinstance(said, list) else [said]
    limit = asked.get("limit", 5)
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise Invalid("limit", "«limit» is a number from 1.")
    return Query(
        asked["query"].strip()[:LONGEST],
        tuple(each for each in kinds if each in KINDS),
        min(limit, MOST_CANDIDATES),
        tuple(_properties(asked.get("properties", []))),
    )


def _properties(said: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for each in said if isinstance(said, list) else []:
        if isinstance(each, dict) and isinstance(each.get("pid"), str):
            values = each.get("v")
            for value in values if isinstance(values, list) else [values]:
                plain = value.get("id") or value.get("name") if isinstance(value, dict) else value
                if isinstance(plain, str | int):
                    found.append((each["pid"], str(plain)[:LONGEST]))
    return found
