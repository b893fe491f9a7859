"""Would a record's evidence be taken for the same edition as its equal from elsewhere? Where it says too little, no."""

from __future__ import annotations

from functools import lru_cache

from allmenning.catalogue.matching.comparing import MISSING, Comparison, is_known
from allmenning.catalogue.matching.evidence import Evidence
from allmenning.catalogue.matching.judging import must_ask
from allmenning.catalogue.matching.model import committed, probability


def recognises_itself(each: Evidence) -> bool:
    """``judge(each, each).verdict == "same"``, at a tenth of the cost: every record of an import passes here.

    No veto stands between equals and every measure is the best there is, or MISSING; what is left to ask is how many
    facts there are. Tests hold the two against each other.
    """
    return _certain(beside_itself(each), bool(each.isbns), bool(each.ids))


@lru_cache(maxsize=20_000)
def _certain(measured: Comparison, isbn: bool, number: bool) -> bool:
    declared = ("isbn_shared",) * isbn + ("number_shared",) * number
    if must_ask(declared, measured):
        return False
    model = committed()
    return probability(model.log_odds(measured) + sum(model.declared[code] for code in declared)) >= model.same


def beside_itself(each: Evidence) -> Comparison:
    """``compare(each, each)``."""
    length = len(each.whole)
    person = _best(bool(each.persons))
    years, year_shared = _years(each)
    pages = 0.0 if each.pages else MISSING
    series, series_number = _series(each)
    return Comparison(
        title=100.0,
        title_full=100.0,
        title_words=100.0,
        title_start=100.0,
        title_length=float(min(length, 150)),
        clash=0.0,
        part_silent=0.0,
        numbers=2.0 if each.numbers else MISSING,
        person=person,
        main_person=person,
        body=_worded(each.bodies),
        main_body=1.0 if each.main_is_body and each.bodies else MISSING,
        statement=_best(bool(each.statement)),
        years=years,
        year_shared=year_shared,
        publisher=_best(bool(each.publisher)),
        place=_best(bool(each.place)),
        country=1.0 if is_known(each.country) else MISSING,
        pages=pages,
        pages_apart=pages,
        volumes=2.0 if each.volumes else MISSING,
        height=0.0 if each.height else MISSING,
        edition_number=1.0 if each.edition_number else MISSING,
        edition=_best(bool(each.edition)),
        edition_silent=0.0,
        series=series,
        series_number=series_number,
        language=1.0 if each.languages else MISSING,
        year_kind=1.0 if each.year_kind else MISSING,
        subjects=_worded(each.subjects),
        format=1.0,
        stranger=MISSING,
        imprint=MISSING,
    )


def _best(said: bool) -> float:
    return 100.0 if said else MISSING


def _worded(texts: tuple[str, ...]) -> float:
    # rapidfuzz finds nothing alike in two empty texts, which headings of punctuation alone fold to
    return MISSING if not texts else 100.0 if any(texts) else 0.0


def _years(each: Evidence) -> tuple[float, float]:
    if each.span:
        return MISSING, MISSING
    if each.year:
        return 0.0, 1.0 if each.years else 0.0
    return MISSING, 1.0 if each.years else MISSING


def _series(each: Evidence) -> tuple[float, float]:
    """The first series with a name is found again first."""
    for name, _, number in (text.partition("|") for text in each.series):
        if name:
            return 100.0, 1.0 if any(word.isdigit() for word in number.split()) else MISSING
    return (0.0 if each.series else MISSING), MISSING
