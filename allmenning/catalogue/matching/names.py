"""How alike two persons' names are, 0–100; a name is «surname,given names», folded."""

from __future__ import annotations

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import partial_ratio, ratio

from allmenning.catalogue.matching.sounding import sounded


def name_alike(a: str, b: str) -> float:
    """Surnames weigh most; given names may be initials (``r w`` fits ``richard winn``)."""
    if a == b:
        return 100.0
    surname_a, _, given_a = a.partition(",")
    surname_b, _, given_b = b.partition(",")
    surname = 100.0
    if surname_a != surname_b:
        alike = JaroWinkler.similarity(surname_a, surname_b)
        surname = 98.0 if alike > 0.6 and sounded(surname_a) == sounded(surname_b) else 100 * alike
    if surname < 85:
        # Inverted in one place only, or one heading with all names in one part.
        together = ratio(
            "".join(sorted((surname_a + " " + given_a).split())), "".join(sorted((surname_b + " " + given_b).split()))
        )
        return together if together > 85 else min(surname, 60.0) * 0.7
    if not given_a or not given_b:
        return surname * 0.9
    return surname * given_alike(given_a, given_b)


def given_alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    words_a, words_b = a.split(), b.split()
    if words_a[0][0] != words_b[0][0]:
        # Known by a second name, or by an order of their own: any given name in common.
        return 0.8 if set(words_a) & set(words_b) else 0.4
    first_a, first_b = words_a[0], words_b[0]
    if (
        first_a == first_b
        or len(first_a) == 1
        or len(first_b) == 1
        or first_a.startswith(first_b)
        or first_b.startswith(first_a)
    ):
        if len(words_a) > 1 and len(words_b) > 1 and words_a[1][0] != words_b[1][0]:
            return 0.75
        return 0.96
    likeness = ratio(first_a, first_b)
    return 0.92 if likeness > 75 else 0.8 if likeness > 60 else 0.55


def named_in(persons: tuple[str, ...], statement: str) -> float:
    best = 0.0
    for each in persons:
        surname = each.partition(",")[0]
        if surname:
            best = max(best, partial_ratio(surname, statement))
    return best * 0.95
