"""Would a record's evidence be taken for the same edition as its equal from elsewhere? Where it says too little, no."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from allmenning.catalogue.matching.comparing import FEATURES, MISSING, Comparison, is_known
from allmenning.catalogue.matching.evidence import Evidence
from allmenning.catalogue.matching.judging import TELLING_TITLE, must_ask
from allmenning.catalogue.matching.model import committed, probability

_LONGEST = 150  # as compare has it


class _Said(NamedTuple):
    """What there is to be compared, of all that a record says: few records in a hundred differ in this."""

    length: int
    isbns: bool
    ids: bool
    numbers: bool
    persons: bool
    bodies: float
    main_is_body: bool
    statement: bool
    years: tuple[float, float]
    publisher: bool
    place: bool
    country: bool
    pages: bool
    volumes: bool
    height: bool
    edition_number: bool
    edition: bool
    series: tuple[float, float]
    languages: bool
    year_kind: bool
    subjects: float


def recognises_itself(each: Evidence) -> bool:
    """``judge(each, each).verdict == "same"``, at a tenth of the cost: every record of an import passes here.

    No veto stands between equals and every measure is the best there is, or MISSING; what is left to ask is how many
    facts there are. Tests hold the two against each other.
    """
    return _certain(_said(each, _telling_length()))


@lru_cache(maxsize=20_000)
def _certain(said: _Said) -> bool:
    declared = ("isbn_shared",) * said.isbns + ("number_shared",) * said.ids
    measured = _measured(said)
    if must_ask(declared, measured):
        return False
    model = committed()
    return probability(model.log_odds(measured) + sum(model.declared[code] for code in declared)) >= model.same


def beside_itself(each: Evidence) -> Comparison:
    """``compare(each, each)``."""
    return _measured(_said(each, _LONGEST))


@cache
def _telling_length() -> int:
    """Longer titles tell no more, neither the model nor what must be asked; so few verdicts have to be worked out."""
    return int(max(TELLING_TITLE, *committed().steps[FEATURES.index("title_length")].cuts)) + 1


def _said(each: Evidence, longest: int) -> _Said:
    return _Said(
        min(len(each.whole), longest),
        bool(each.isbns),
        bool(each.ids),
        bool(each.numbers),
        bool(each.persons),
        _worded(each.bodies),
        bool(each.main_is_body and each.bodies),
        bool(each.statement),
        _years(each),
        bool(each.publisher),
        bool(each.place),
        is_known(each.country),
        bool(each.pages),
        bool(each.volumes),
        bool(each.height),
        bool(each.edition_number),
        bool(each.edition),
        _series(each),
        bool(each.languages),
        bool(each.year_kind),
        _worded(each.subjects),
    )


def _measured(said: _Said) -> Comparison:
    person = _best(said.persons)
    pages = 0.0 if said.pages else MISSING
    return Comparison(
        title=100.0,
        title_full=100.0,
        title_words=100.0,
        title_start=100.0,
        title_length=float(said.length),
        clash=0.0,
        part_silent=0.0,
        numbers=2.0 if said.numbers else MISSING,
        person=person,
        main_person=person,
        body=said.bodies,
        main_body=1.0 if said.main_is_body else MISSING,
        statement=_best(said.statement),
        years=said.years[0],
        year_shared=said.years[1],
        publisher=_best(said.publisher),
        place=_best(said.place),
        country=1.0 if said.country else MISSING,
        pages=pages,
        pages_apart=pages,
        volumes=2.0 if said.volumes else MISSING,
        height=0.0 if said.height else MISSING,
        edition_number=1.0 if said.edition_number else MISSING,
        edition=_best(said.edition),
        edition_silent=0.0,
        series=said.series[0],
        series_number=said.series[1],
        language=1.0 if said.languages else MISSING,
        year_kind=1.0 if said.year_kind else MISSING,
        subjects=said.subjects,
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
