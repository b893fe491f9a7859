"""People and what they did, in the words of a title page."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmenning.catalogue.description import Agent

#: MARC relator code → words before the names. Only what a patron asks for; the rest stay in the full description.
ROLES: dict[str, str | Promise] = {
    "trl": _("Translated by"),
    "ill": _("Illustrated by"),
    "nrt": _("Read by"),
    "drt": _("Directed by"),
    "edt": _("Edited by"),
    "act": _("With"),
    "prf": _("Performed by"),
    "cmp": _("Music by"),
    "lyr": _("Lyrics by"),
    "pht": _("Photographs by"),
    "aui": _("Foreword by"),
    "adp": _("Adapted by"),
    "aus": _("Screenplay by"),
}

#: Roles that make a work: named under its title.
MAKERS = frozenset({"aut", "cre", "cmp", "art", "drt", "dub", "ctg"})


def in_reading_order(agent: Agent) -> str:
    """«Sigrid Undset» for «Undset, Sigrid». Names of bodies, and of kings, stay: «Olav V, konge av Norge»."""
    if agent.kind != "person":
        return agent.name
    return turned(agent.name)


def turned(name: str) -> str:
    """The same for a bare name in catalogue order."""
    family, comma, rest = name.partition(", ")
    given, comma_again, suffix = rest.partition(", ")
    if not comma or not given[:1].isupper():
        return name
    return f"{given} {family}" + (f", {suffix}" if comma_again else "")


def makers(agents: Iterable[Agent]) -> tuple[Agent, ...]:
    """Who made it: the main heading, else everybody in a maker's role, else the first person without a role."""
    everyone = tuple(agents)
    main = tuple(each for each in everyone if each.main)
    made = tuple(each for each in everyone if each.role in MAKERS and each not in main)
    if main and main[0].role in MAKERS | {""}:
        return (*main, *(each for each in made if each.role == "aut"))
    return main or made or tuple(each for each in everyone if not each.role)[:1]


def contributors(agents: Iterable[Agent], besides: Iterable[Agent] = ()) -> dict[str, list[Agent]]:
    """Role in words → people, in the order of :data:`ROLES`, without those already named."""
    named = set(besides)
    found: dict[str, list[Agent]] = {}
    everyone = [each for each in agents if each not in named]
    for role, words in ROLES.items():
        theirs = [each for each in everyone if each.role == role]
        if theirs:
            found[str(words)] = theirs
    return found
