"""Makes training pairs harder and poorer, as small catalogues are: silent fields, typing errors, other editions.

Only for training: the labelled pairs come from large libraries whose records are complete and carefully typed.
"""

from __future__ import annotations

from random import Random
from typing import Any

from allmenning.catalogue.matching.evidence import Evidence
from allmenning.catalogue.matching.measures import numbers_in

_SILENT: dict[str, Any] = {
    "rest": "", "statement": "", "persons": (), "bodies": (), "publisher": "", "place": "", "country": "",
    "pages": (), "height": 0, "series": (),
    "edition": "", "subjects": (), "year_kind": "", "languages": (),
}  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def poorer(each: Evidence, chance: Random) -> Evidence:
    """Two to five fields fall silent, and one title in three is mistyped."""
    changes = {name: _SILENT[name] for name in chance.sample(sorted(_SILENT), chance.randint(2, 5))}
    if "edition" in changes:
        changes["edition_number"] = 0
    if chance.random() < 0.34 and len(each.title) > 6:
        changes["title"] = mistyped(each.title, chance)
    if "rest" in changes:
        changes["numbers"] = numbers_in(each.title)
    return each._replace(**changes)


def mistyped(text: str, chance: Random) -> str:
    """One letter dropped, doubled, swapped with the next, or struck wrong."""
    at = chance.randrange(1, len(text) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + chance.choice(_LETTERS) + text[at + 1 :]


def other_edition(each: Evidence, chance: Random) -> Evidence:
    """The same work published again: another year, other pages, often another publisher or an edition statement."""
    apart = chance.choice((-1, 1)) * chance.randint(2, 40)
    year = max(1450, each.year + apart) if each.year else 0
    changes: dict[str, Any] = {"year": year, "years": (year,) if year else ()}
    if each.pages:
        changes["pages"] = (
            max(8, int(each.pages[0] * chance.choice((0.7, 0.85, 0.93, 1.06, 1.15, 1.4))) + chance.randint(-4, 4)),
        )
    if chance.random() < 0.3:
        changes["edition_number"] = each.edition_number + chance.randint(1, 3)
    if chance.random() < 0.4:
        changes["publisher"] = changes["place"] = changes["country"] = ""
    return each._replace(**changes)
