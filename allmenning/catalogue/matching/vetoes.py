"""What keeps two records apart whatever else they share. A veto is a veto: the score cannot outvote it.

``signature`` holds the few values that vetoes between whole clusters need, so that a cluster is checked by its handful of
distinct signatures instead of by all its pairs.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.fuzz import token_set_ratio

from allmenning.catalogue.matching.comparing import years_apart
from allmenning.catalogue.matching.evidence import Evidence
from allmenning.catalogue.matching.wording import clash

#: Forms a reader would not take for one another. What is not named is a class of its own.
CARRIERS = {
    "book": "text", "thesis": "text", "manuscript": "text", "article": "text", "journal": "serial",
    "newspaper": "serial", "ejournal": "eserial", "ebook": "etext", "website": "etext",
    "image": "image", "toy": "object", "object": "object", "other": "", "kit": "",
}  # fmt: skip
_NORWAY = frozenset(("no", "nb", "nn", "smi", "se", "sma", "smj", "smn", "sms", "fkv", "fi"))
_COLLECTIVE = {"no": frozenset(("nb", "nn")), "smi": frozenset(("se", "sma", "smj", "smn", "sms"))}
_FORMS = {
    "nynorsk": "nn", "bokmal": "nb", "riksmal": "nb", "samisk": "se", "davvisamegiella": "se", "nordsamisk": "se",
    "sorsamisk": "sma", "lulesamisk": "smj", "kvensk": "fkv",
}  # fmt: skip
FAR_APART = 10
_TELLING_TITLE = 25
_MORE_THAN_A_LEAFLET = 24


def carrier(form: str) -> str:
    """The carrier class of a format; empty when it goes with anything."""
    return CARRIERS.get(form, form)


def language_forms(each: Evidence) -> frozenset[str]:
    """Languages of the text; what the edition statement says of the written form («Nynorsk utg.») goes before the code."""
    if each.edition:
        said = {_FORMS[word] for word in each.edition.split() if word in _FORMS}
        if said:
            return frozenset(said)
    return frozenset(each.languages)


def languages_meet(a: frozenset[str], b: frozenset[str]) -> bool:
    """Collective codes say no more than they say: ``no`` goes with bokmål and nynorsk, ``smi`` with every Sámi language.
    Silence goes with everything."""
    if not a or not b or not a.isdisjoint(b):
        return True
    return any(
        (whole in a and not b.isdisjoint(members)) or (whole in b and not a.isdisjoint(members))
        for whole, members in _COLLECTIVE.items()
    )


def parts_conflict(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Different volumes, or a division of a volume against another: one may only say more than the other."""
    shorter = min(len(a), len(b))
    return shorter > 0 and a[:shorter] != b[:shorter]


def veto(a: Evidence, b: Evidence) -> str:
    """The first reason these two can never be one edition, or the empty string. Symmetric."""
    if a.parts or b.parts:
        if parts_conflict(a.parts, b.parts):
            return "veto_volume"
        if _part_of_whole(a, b) or _part_of_whole(b, a):
            return "veto_part_of_whole"
    if a.part_name != b.part_name and a.part_name and b.part_name and _other_part(a.part_name, b.part_name):
        return "veto_part_name"
    if a.format != b.format or a.online != b.online:
        one, two = carrier(a.format), carrier(b.format)
        if (one != two and one and two) or (a.online != b.online and one == two):
            return "veto_carrier"
    if a.edition_number != b.edition_number and a.edition_number and b.edition_number:
        return "veto_edition"
    if (
        (a.languages != b.languages or a.edition != b.edition)
        and not languages_meet(language_forms(a), language_forms(b))
        and not _miscoded_language(a, b)
    ):
        return "veto_language"
    if _years_far_apart(a, b):
        return "veto_years"
    return ""


@lru_cache(maxsize=20_000)
def _other_part(a: str, b: str) -> bool:
    """«… reports New Jersey» and «… reports North Dakota» are alike, and two parts all the same."""
    return token_set_ratio(a, b) < 70 or clash(a, b) >= 1


def _part_of_whole(part: Evidence, other: Evidence) -> bool:
    """One volume against a set described as a whole."""
    return (
        bool(part.parts)
        and not other.parts
        and (other.volumes > 1 or other.volumes == -1)
        and part.volumes == 0
        and bool(part.pages)
    )


def _miscoded_language(a: Evidence, b: Evidence) -> bool:
    """The same long title, year and number of pages: one text, and one of the codes is wrong. Not between the languages of
    Norway, where a schoolbook comes in several with the same title and pages."""
    if set(a.languages) & _NORWAY and set(b.languages) & _NORWAY:
        return False
    title = a.title + a.rest if len(a.title + a.rest) < len(b.title + b.rest) else b.title + b.rest
    return (
        len(title) >= _TELLING_TITLE
        and a.title == b.title
        and a.year == b.year
        and bool(a.year)
        and bool(a.pages)
        and a.pages[:1] == b.pages[:1]
        and a.pages[0] >= _MORE_THAN_A_LEAFLET
    )


def _years_far_apart(a: Evidence, b: Evidence) -> bool:
    """More than ten years between them, no year in common, and no number that says it is a new printing."""
    if years_apart(a, b) <= FAR_APART or not set(a.years).isdisjoint(b.years):
        return False
    return set(a.isbns).isdisjoint(b.isbns) and set(a.ids).isdisjoint(b.ids)


def signature(each: Evidence) -> str:
    """Carrier, parts, edition number and languages as one short text; equal for all records that vetoes treat alike."""
    whole_set = "s" if not each.parts and each.volumes not in (0, 1) else ""
    return "/".join(
        (
            carrier(each.format) + ("@" if each.online else ""),
            ".".join(each.parts),
            whole_set,
            str(each.edition_number or ""),
            " ".join(sorted(language_forms(each))),
        )
    )


def conflict(signature_a: str, signature_b: str) -> str | None:
    """The veto between two signatures, or nothing. Weaker than :func:`veto`: silence on one side never conflicts here."""
    if signature_a == signature_b:
        return None
    carrier_a, parts_a, set_a, edition_a, languages_a = signature_a.split("/")
    carrier_b, parts_b, set_b, edition_b, languages_b = signature_b.split("/")
    if parts_a and parts_b and parts_conflict(tuple(parts_a.split(".")), tuple(parts_b.split("."))):
        return "veto_volume"
    if (parts_a and set_b) or (parts_b and set_a):
        return "veto_part_of_whole"
    if carrier_a != carrier_b and carrier_a and carrier_b:
        return "veto_carrier"
    if edition_a != edition_b and edition_a and edition_b:
        return "veto_edition"
    one, two = frozenset(languages_a.split()), frozenset(languages_b.split())
    if not languages_meet(one, two) and one & _NORWAY and two & _NORWAY:
        return "veto_language"
    return None
