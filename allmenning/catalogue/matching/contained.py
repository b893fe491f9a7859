"""Keys of the works an edition holds beside its own: «Death in Venice and other stories» holds «Death in Venice».

They are spelled as :mod:`allmenning.catalogue.matching.works` spells a work's own keys, and lead to it; they join nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from allmenning.catalogue.description import Agent, Contained, Description
from allmenning.catalogue.matching.evidence import plain_once
from allmenning.catalogue.matching.generic import GENERIC, without_article
from allmenning.catalogue.matching.keys import hashed
from allmenning.catalogue.matching.sounding import sounded
from allmenning.catalogue.matching.works import kind_of, maker_forms, makers_of, split_part, stated_makers

_KINDS = ("text", "music")
_MOST_IN_TITLE = 8
_JOIN = r"(?:and|og|och|und|et|y|e|en|ja|i|a|és|и)"
#: «… and seven other stories», «… och andra noveller», «…, a jiné novely».
_OTHERS = re.compile(
    rf"\s*[,:;]?\s+{_JOIN}\s+(?:\S+\s+)?"
    r"(?:others?|andre|andra|autres|otr[oa]s|altr[ie]|anderen?|jiné|jine|outr[oa]s|inne|muita|más|другие)\s.*$",
    re.IGNORECASE,
)
#: What parts one title from the next, and marks that part a title's own words too: behind these a single word is no title.
_STRONG = re.compile(rf"\s*[;/=]\s*|\s*,\s+{_JOIN}\s+|\s*,?\s+(?:suivie? de|followed by)\s+", re.IGNORECASE)
#: «Les histoires de Jacob (Die Geschichten Jaakobs)»
_IN_TWO_LANGUAGES = re.compile(r"\s+\(")
_WEAK = re.compile(r"\s*[,.:]\s+")


def contained_keys(description: Description, own: list[int]) -> list[int]:
    """Sorted keys of the works named as contents or in a title that strings several together, but none of ``own``. Pure."""
    kind = kind_of(description)
    if kind not in _KINDS:
        return []
    named = [(each.title, each.name) for each in description.contained]
    named += [(title, "") for title in _strung_together(description)]
    if not named:
        return []
    makers = makers_of(description, kind)
    found: list[str] = []
    for title, name in named:
        found += _spelled(title, _named(name, kind) if name else makers, kind)
    return [key for key in hashed(found) if key not in own]


def titles_held(description: Description) -> tuple[Contained, ...]:
    """What a reader is told that it holds, in the record's order: its contents, else the titles of «A ; B ; C»."""
    if description.contained:
        return description.contained
    parts = [part.strip() for part in description.title.split(" ; ") if part.strip()]
    return tuple(map(Contained, parts)) if len(parts) > 1 else ()


def keys_of_each(description: Description, titles: Iterable[Contained]) -> list[list[int]]:
    """For each of the titles the keys of the works it may be; none for forms of material that have no such keys."""
    kind = kind_of(description)
    makers = makers_of(description, kind) if kind in _KINDS else []
    return [
        hashed(_spelled(each.title, _named(each.name, kind) if each.name else makers, kind)) if kind in _KINDS else []
        for each in titles
    ]


def _spelled(title: str, makers: Iterable[str], kind: str) -> list[str]:
    found: list[str] = []
    by = list(makers)
    for form in _IN_TWO_LANGUAGES.split(title.removesuffix(")")) if title.endswith(")") else (title,):
        whole, part = split_part(without_article(plain_once(form)), "")
        if whole and whole not in GENERIC:
            found += [f"work\x1f{kind}\x1f{maker}\x1f{sounded(whole)}\x1f{part}\x1f" for maker in by]
    return found


def _named(name: str, kind: str) -> list[str]:
    """A heading («Hamsun, Knut») or a statement («av Knut Hamsun»)."""
    return maker_forms(Agent(name)) if "," in name else stated_makers(name, kind)


def _strung_together(description: Description) -> Iterator[str]:
    if not any(each.kind == "person" and (each.main or each.role == "aut") for each in description.agents):
        return
    for text in (description.title, description.remainder):
        head = _OTHERS.sub("", text)
        if head != text:
            yield head
        strong = _STRONG.split(head)
        weak = [part for each in strong for part in _WEAK.split(each)]
        if 1 < len(weak) <= _MOST_IN_TITLE:
            yield from (each for each in strong if each != head)
            yield from (each for each in weak if each not in strong and " " in each.strip())
