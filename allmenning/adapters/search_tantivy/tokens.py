"""How the editions of a work become tokens that filter and count on one edition, exactly.

*Scope* — who holds: ``*`` anybody, ``L7`` library 7, ``L7.B31`` its branch 31.
*Signature* — what of an edition is filtered and counted: ``nb|book|adult|1990`` (languages parted by commas).

Four works in five have one signature only. Where such a work fits the filters, all of it fits: its columns (``language``,
``format``, …) and its ``scope`` tokens say everything. A work of several signatures is *mixed*, and has besides

- ``edition``  ``L7|nb|book|adult|1990``: library 7 holds such an edition of it. Filters choose the signatures that fit
  and ask for any of those tokens, so that they hold together on one edition.
- ``held``     ``L7|format|book``: library 7 holds an edition of it with this value of one facet. A work has each such token
  once, so they count distinct works where nothing else is asked of the edition.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from allmenning.discovery import fields
from allmenning.discovery.ports import EditionDocument, WorkDocument

ANYWHERE = "*"
#: The facets in a signature, in its order.
SIGNED = ("language", "format", "audience", "decade")

Signature = tuple[tuple[str, ...], ...]
#: Position in a signature → accepted values.
Wanted = dict[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Tokens:
    scope: list[str]
    edition: list[str]
    held: list[str]


def library_scope(library_id: int | str) -> str:
    return f"L{library_id}"


def branch_scope(library_id: int | str, branch_id: int | str) -> str:
    return f"L{library_id}.B{branch_id}"


def tokens_of(work: WorkDocument) -> Tokens:
    """Every token of one work, each once. Only mixed works have ``edition`` and ``held`` tokens."""
    signatures = [_written(edition) for edition in work.editions]
    scopes: dict[str, set[str]] = {ANYWHERE: set(signatures)}
    for edition, signature in zip(work.editions, signatures, strict=True):
        for library, branch in edition.holdings:
            scopes.setdefault(library_scope(library), set()).add(signature)
            if branch:
                scopes.setdefault(branch_scope(library, branch), set()).add(signature)
    held = [scope for scope in scopes if scope != ANYWHERE]
    if len(scopes[ANYWHERE]) < 2:
        return Tokens(held, [], [])
    return Tokens(
        held,
        [f"{scope}|{signature}" for scope, several in scopes.items() for signature in several],
        [f"{scope}|{value}" for scope, several in scopes.items() for value in _values(several) if scope != ANYWHERE],
    )


@lru_cache(maxsize=50_000)
def read(signature: str) -> Signature:
    return tuple(tuple(values.split(",")) if values else () for values in signature.split("|"))


def fits(signature: Signature, wanted: Wanted) -> bool:
    """Does one edition's signature have an accepted value at each position asked for?"""
    for position, accepted in wanted.items():  # noqa: SIM110 (the innermost loop of filters: no generator)
        if accepted.isdisjoint(signature[position]):
            return False
    return True


def _written(edition: EditionDocument) -> str:
    return "|".join([",".join(fields.edition_values(edition, facet)) for facet in SIGNED])


def _values(several: Iterable[str]) -> set[str]:
    """``facet|value`` of every value in some of the signatures."""
    return {
        f"{facet}|{value}"
        for signature in several
        for facet, values in zip(SIGNED, read(signature), strict=True)
        for value in values
    }
