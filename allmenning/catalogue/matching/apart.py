"""Pairs whose titles are so far apart that nothing else needs to be looked at.

Candidate keys bring together what may be alike; most of what they bring is not. Of 4,430 labelled pairs of one edition
a single one the whole judgement would have kept falls below the line (docs/matching.md), and four pairs of five that an
import has to judge end here, at a tenth of the cost.
"""

from __future__ import annotations

from rapidfuzz.fuzz import ratio, token_set_ratio

from allmenning.catalogue.matching.evidence import Evidence

ALIKE = 70.0


def titles_apart(a: Evidence, b: Evidence) -> bool:
    """True when no title of one is anything like a title of the other, and no number ties the two."""
    full_a, full_b = a.whole, b.whole
    longer, shorter = (full_a, full_b) if len(full_a) > len(full_b) else (full_b, full_a)
    if ratio(longer[: len(shorter)], shorter, score_cutoff=ALIKE) or token_set_ratio(full_a, full_b) >= ALIKE:
        return False
    for one in a.titles:
        for other in b.titles:
            if ratio(one, other, score_cutoff=ALIKE):
                return False
    return set(a.isbns).isdisjoint(b.isbns) and set(a.ids).isdisjoint(b.ids)
