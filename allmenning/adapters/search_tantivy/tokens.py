"""How the editions of a work become tokens that filter and count on one edition, exactly.

*Scope* — who holds: ``*`` anybody, ``L7`` library 7, ``L7.B31`` its branch 31.

Four works in five have one signature (languages, format, audience, decade) only. Where such a work fits the filters, all
of it fits: its columns and its ``scope`` tokens say everything. A work of several signatures is *mixed*, and has besides
``edition`` tokens: ``L7|nb|book|||decade|1990`` says that library 7 holds an edition of it in bokmål, as a book, of the
nineties. Every choice of the values before is there (``L7|nb||||decade|1990``, ``L7|||||decade|1990`` …), so that

- any filter is one token for each combination of accepted values: it holds on one edition;
- all tokens that begin alike (``L7|nb|book|||decade|``) count the values of one facet under these filters; a work has
  each token once, so they count distinct works.

``branch`` is one more facet to count in its library (``L7|nb|book|||branch|31``), and so also the filter by branch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from allmenning.discovery import fields
from allmenning.discovery.ports import EditionDocument, WorkDocument

ANYWHERE = "*"
#: The facets in a signature, in its order.
SIGNED = ("language", "format", "audience", "decade")

Signature = tuple[tuple[str, ...], ...]
#: Facet → accepted values, of those in :data:`SIGNED`.
Wanted = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Tokens:
    scope: list[str]
    edition: set[str]
    mixed: bool


def library_scope(library_id: int | str) -> str:
    return f"L{library_id}"


def branch_scope(library_id: int | str, branch_id: int | str) -> str:
    return f"L{library_id}.B{branch_id}"


def tokens_of(work: WorkDocument) -> Tokens:
    """Every token of one work, each once."""
    signatures = [_signature(edition) for edition in work.editions]
    mixed = len(set(signatures)) > 1
    scopes: set[str] = set()
    made: set[str] = set()
    for edition, signature in zip(work.editions, signatures, strict=True):
        libraries = {library_scope(library) for library, _ in edition.holdings}
        scopes |= libraries
        scopes.update(branch_scope(library, branch) for library, branch in edition.holdings if branch)
        if mixed:
            made.update([scope + each for scope in (ANYWHERE, *libraries) for each in _counted(signature)])
            chosen = _chosen(signature)
            made.update(
                [f"L{lib}{each}|branch|{branch}" for lib, branch in edition.holdings if branch for each in chosen]
            )
    return Tokens(list(scopes), made, mixed)


def beginning(scope: str, wanted: Wanted, facet: str) -> str:
    """What the tokens begin with that count ``facet`` under ``wanted``, which accepts one value each."""
    return f"{scope}{_written([(wanted.get(name) or ('',))[0] for name in SIGNED])}|{facet}|"


def fitting(scope: str, wanted: Wanted) -> list[str]:
    """The tokens of which a mixed work has one, if an edition of it in this scope fits. ``wanted`` is not empty."""
    library, _, branch = scope.partition(".B")
    if branch:
        chosen = product(*(wanted.get(name, ("",)) for name in SIGNED))
        return [f"{library}{_written(each)}|branch|{branch}" for each in chosen]
    *_, last = (name for name in SIGNED if name in wanted)
    chosen = product(*(wanted[name] if name in wanted and name != last else ("",) for name in SIGNED))
    return [f"{scope}{_written(each)}|{last}|{value}" for each in chosen for value in wanted[last]]


def _signature(edition: EditionDocument) -> Signature:
    return tuple(fields.edition_values(edition, facet) for facet in SIGNED)


@lru_cache(maxsize=50_000)
def _chosen(signature: Signature) -> tuple[str, ...]:
    """Every choice of values, none or one of each facet."""
    return tuple(_written(each) for each in product(*(("", *values) for values in signature)))


@lru_cache(maxsize=50_000)
def _counted(signature: Signature) -> tuple[str, ...]:
    """Every choice of values, and each value of a facet that is not chosen."""
    return tuple(
        f"{_written(each)}|{facet}|{value}"
        for each in product(*(("", *values) for values in signature))
        for position, facet in enumerate(SIGNED)
        if not each[position]
        for value in signature[position]
    )


def _written(values: Iterable[str]) -> str:
    return "|" + "|".join(values)
