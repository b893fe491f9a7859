"""How the editions of a work become tokens that filter and count on one edition, exactly.

*Scope* — who holds: ``*`` anybody, ``L7`` library 7, ``B31`` branch 31.
*Signature* — what of an edition is filtered and counted: ``nb|book|adult|1990`` (languages parted by commas).

- ``scope``    ``L7`` and ``L7.B31``: held there, by whatever edition.
- ``edition``  ``L7|nb|book|adult|1990``: library 7 holds such an edition. Filters choose the signatures that fit and
  ask for any of those tokens, so that they hold together on one edition.
- ``held``     ``L7|format|book``: one facet's value in that scope. Enough to count works that have one signature only:
  where such a work fits, all of it fits.
- ``profile``  ``L7|sig;sig``: of a *mixed* work (two signatures or more), those it has in that scope, as one token.
  A work has one profile a scope, so counts over profiles are counts of distinct works, whatever the filters.
- ``shelved``  ``L7.B31|sig;sig``: the same for a branch, found by its library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from allmenning.discovery import fields
from allmenning.discovery.ports import EditionDocument, WorkDocument

ANYWHERE = "*"
#: The facets in a signature, in its order.
SIGNED = ("language", "format", "audience", "decade")

Signature = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    scope: list[str]
    edition: list[str]
    held: list[str]
    profile: list[str]
    shelved: list[str]
    mixed: bool


def library_scope(library_id: int | str) -> str:
    return f"L{library_id}"


def branch_scope(branch_id: int | str) -> str:
    return f"B{branch_id}"


def tokens_of(work: WorkDocument) -> Tokens:
    """Every token of one work, each once."""
    scopes: dict[str, set[str]] = {}
    places: dict[str, str] = {}  # a library or branch → where it is found: L7, L7.B31
    for edition in work.editions:
        signature = _written(edition)
        scopes.setdefault(ANYWHERE, set()).add(signature)
        for library, branch in edition.holdings:
            scopes.setdefault(library_scope(library), set()).add(signature)
            places[library_scope(library)] = library_scope(library)
            if branch:
                scopes.setdefault(branch_scope(branch), set()).add(signature)
                places[branch_scope(branch)] = f"{library_scope(library)}.{branch_scope(branch)}"
    mixed = len(scopes.get(ANYWHERE, ())) > 1
    made = Tokens(list(places.values()), [], [], [], [], mixed)
    values = {signature: _held(signature) for signature in scopes.get(ANYWHERE, ())}
    for scope, signatures in scopes.items():
        made.edition.extend(f"{scope}|{signature}" for signature in signatures)
        if scope != ANYWHERE:
            made.held.extend(f"{scope}|{each}" for each in set().union(*(values[each] for each in signatures)))
        if mixed:
            profile = ";".join(sorted(signatures))
            made.profile.append(f"{scope}|{profile}")
            if scope.startswith("B"):
                made.shelved.append(f"{places[scope]}|{profile}")
    return made


@lru_cache(maxsize=200_000)
def signatures(profile: str) -> tuple[Signature, ...]:
    """The signatures of a profile, or the one of an edition token, without the scope."""
    return tuple(_read(each) for each in profile.split(";"))


def fits(signature: Signature, wanted: dict[int, frozenset[str]]) -> bool:
    """Does one edition's signature have an accepted value at each position asked for?"""
    return all(not accepted.isdisjoint(signature[position]) for position, accepted in wanted.items())


def _written(edition: EditionDocument) -> str:
    return "|".join(",".join(fields.edition_values(edition, facet)) for facet in SIGNED)


def _read(signature: str) -> Signature:
    return tuple(tuple(values.split(",")) if values else () for values in signature.split("|"))


def _held(signature: str) -> set[str]:
    return set(_each_value(_read(signature)))


def _each_value(signature: Signature) -> Iterator[str]:
    for facet, values in zip(SIGNED, signature, strict=True):
        yield from (f"{facet}|{value}" for value in values)


def distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
