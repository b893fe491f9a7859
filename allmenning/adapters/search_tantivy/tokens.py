"""How the editions of a work become tokens that filter and count on one edition, exactly.

*Scope* — who holds: ``*`` anybody, ``L7`` library 7, ``L7.B31`` its branch 31.
*Signature* — what of an edition is filtered and counted: ``nb|book|adult|1990`` (languages parted by commas).

Four works in five have one signature only. Where such a work fits the filters, all of it fits: its columns (``language``,
``format``, …) and its ``scope`` tokens say everything. A work of several signatures is *mixed*, and has besides

- ``edition``  ``L7|nb|book|adult|1990``: library 7 holds such an edition of it. Filters choose the signatures that fit
  and ask for any of those tokens, so that they hold together on one edition.
- ``profile``  ``L7|sig;sig``: all signatures it has in that scope, as one token. A work has one profile a scope, so
  counts over profiles are counts of distinct works, whatever the filters.
"""

from __future__ import annotations

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
    profile: list[str]


def library_scope(library_id: int | str) -> str:
    return f"L{library_id}"


def branch_scope(library_id: int | str, branch_id: int | str) -> str:
    return f"L{library_id}.B{branch_id}"


def tokens_of(work: WorkDocument) -> Tokens:
    """Every token of one work, each once. Only mixed works have ``edition`` and ``profile`` tokens."""
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
        [f"{scope}|{';'.join(sorted(several))}" for scope, several in scopes.items()],
    )


@lru_cache(maxsize=200_000)
def signatures(profile: str) -> tuple[Signature, ...]:
    """The signatures of a profile, or the one of an edition token, without the scope."""
    return tuple(_read(each) for each in profile.split(";"))


def fits(signature: Signature, wanted: Wanted) -> bool:
    """Does one edition's signature have an accepted value at each position asked for?"""
    for position, accepted in wanted.items():  # noqa: SIM110 (the innermost loop of counting: no generator)
        if accepted.isdisjoint(signature[position]):
            return False
    return True


def _written(edition: EditionDocument) -> str:
    return "|".join([",".join(fields.edition_values(edition, facet)) for facet in SIGNED])


def _read(signature: str) -> Signature:
    return tuple(tuple(values.split(",")) if values else () for values in signature.split("|"))
