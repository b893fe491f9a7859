"""What kind of error it is that two records were joined into one work, or were not: told from what the records say."""

from __future__ import annotations

import re

from allmenning.catalogue.description import Description
from allmenning.catalogue.matching.evidence import plain
from allmenning.catalogue.matching.measures import part_numbers
from allmenning.catalogue.matching.sounding import sounded
from allmenning.catalogue.matching.works import split_part

TRANSLATION = "translations not joined"
ADAPTATION = "adaptations joined"
PART = "parts and wholes confused"
SEVERAL = "several works in one edition lost"
STRANGERS = "same-title strangers joined"
NOT_JOINED = "other, not joined"
JOINED = "other, wrongly joined"
KINDS = (TRANSLATION, ADAPTATION, PART, SEVERAL, STRANGERS, NOT_JOINED, JOINED)

#: Bokmål, nynorsk, Danish, Swedish, English, German, French, Finnish.
_ADAPTED = re.compile(
    r"dramatis|dramatiz|tilrettelagt|gjenfort|attfort|bearbeid|omarbeid|bearbet|forkort|förkort|lettles|lettlest|lettvint"
    r"|adapt|retold|abridg|tegneserie|teikneserie|graphic novel|comic|libretto|hørespill|høyrespel|nacherzähl|gekürzt|mukael",
    re.IGNORECASE,
)


def kind_of_missed(one: Description, other: Description, *, several_works: bool) -> str:
    """Why two records of one work may have missed each other. ``several_works``: the gold has one of them in several."""
    if several_works:
        return SEVERAL
    if _part(one) != _part(other):
        return PART
    if one.languages and other.languages and set(one.languages).isdisjoint(other.languages):
        return TRANSLATION
    return NOT_JOINED


def kind_of_wrong(one: Description, other: Description, *, several_works: bool) -> str:
    """Why two records without a common work may have been joined."""
    if several_works or _part(one) != _part(other):
        return PART
    if _is_adapted(one) != _is_adapted(other):
        return ADAPTATION
    return JOINED if _titles(one).isdisjoint(_titles(other)) else STRANGERS


def _part(description: Description) -> str:
    said = ".".join(part_numbers(plain(description.part_number))) or plain(description.part_name)
    return split_part(plain(description.title), said)[1]


def _is_adapted(description: Description) -> bool:
    told = (
        description.title,
        description.remainder,
        description.responsibility,
        description.edition,
        *description.notes,
    )
    by_heading = any(each.role == "adp" for each in description.agents)
    return by_heading or description.format == "film" or _ADAPTED.search(" ".join(told)) is not None


def _titles(description: Description) -> set[str]:
    forms = (description.title, description.uniform_title, description.original_title)
    return {sounded(plain(each)) for each in forms if each}
