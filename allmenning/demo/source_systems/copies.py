"""Which branches have an edition, on which shelf, under which call number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from allmenning.demo.works import Edition

_SHELVES = {
    "children": "Barn", "young": "Ungdom", "fiction": "Skjønnlitteratur", "facts": "Fag", "film": "Film",
    "music": "Musikk", "large_print": "Storskrift", "audiobook": "Lydbok",
}  # fmt: skip
_ONLINE = frozenset({"ebook", "eaudiobook"})


@dataclass(frozen=True, slots=True)
class Copy:
    """One physical copy, or (without a barcode) access to an online edition."""

    library: str
    branch: str
    shelf: str
    call_number: str
    barcode: str


def copies_of(edition: Edition, library: str, branches: Sequence[str], number: int, rng: Random) -> tuple[Copy, ...]:
    """At least one copy; ``branches`` are the system's own codes, the main branch first."""
    if edition.format in _ONLINE:
        return (Copy(library, "", "Nett", "", ""),)
    having = [branches[0]] if rng.random() < 0.85 else []
    having += [each for each in branches[1:] if rng.random() < 0.3]
    made = []
    for at, branch in enumerate(having or [rng.choice(branches)]):
        for piece in range(rng.choice((1, 1, 1, 2))):
            barcode = f"{sum(map(ord, library)) % 9000 + 1000}{number:06d}{at}{piece:02d}"
            made.append(Copy(library, branch, _shelf(edition), _call_number(edition), barcode))
    return tuple(made)


def _shelf(edition: Edition) -> str:
    if edition.format in _SHELVES:
        return _SHELVES[edition.format]
    if edition.audience in _SHELVES:
        return _SHELVES[edition.audience]
    return _SHELVES["fiction" if edition.fiction else "facts"]


def _call_number(edition: Edition) -> str:
    first = next((each.person.name for each in edition.credits), edition.title)
    letters = re.sub(r"[\W\d_]", "", first)[:3].capitalize()
    return letters if edition.fiction else f"{edition.dewey} {letters}"
