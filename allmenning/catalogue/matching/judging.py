"""Are two records the same edition? Learned evidence, declared evidence of identifiers, and vetoes; with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from allmenning.catalogue.matching.apart import titles_apart
from allmenning.catalogue.matching.comparing import (
    MISSING,
    Comparison,
    Titles,
    compare_but_clash,
    compare_titles,
    titles_clash,
)
from allmenning.catalogue.matching.evidence import Evidence
from allmenning.catalogue.matching.model import Model, committed, probability
from allmenning.catalogue.matching.screening import committed_best
from allmenning.catalogue.matching.vetoes import veto

Verdict = Literal["same", "doubtful", "different"]
TELLING_TITLE = 25
DIFFERENT_PERSON = 55
#: With these a person decides, however high the score.
ASKING = frozenset(("isbn_shared_title_differs", "number_shared_title_differs", "isbn_differs"))


class Judgement(NamedTuple):
    """``score`` is the probability, 0–1, that they are one edition; ``reasons`` are codes, see ``reasons.reason_text``."""

    score: float
    verdict: Verdict
    reasons: tuple[str, ...]


class _Weighed(NamedTuple):
    """A judgement before it is put into words."""

    score: float
    verdict: Verdict
    declared: tuple[str, ...]
    measured: Comparison


def judge(a: Evidence, b: Evidence, model: Model | None = None) -> Judgement:
    """Pure and symmetric. A veto gives "different" with score 0 and itself as the only reason; nothing else is looked at."""
    forbidden = veto(a, b)
    if forbidden:
        return Judgement(0.0, "different", (forbidden,))
    if titles_apart(a, b):
        return Judgement(0.0, "different", ("title_differs",))
    return _worded(_weigh(a, b, model or committed(), compare_titles(a, b)))


def resemblance(a: Evidence, b: Evidence) -> Judgement | None:
    """:func:`judge` where the two are the same or nobody can tell; None where they are different, without the reasons.

    Four pairs of five that are not ruled out by a veto or far apart are different all the same. What they differ in is
    asked for in the order of what it costs, and no further than where the rest could not make up for it.
    """
    if veto(a, b) or titles_apart(a, b):
        return None
    model = committed()
    titles = compare_titles(a, b)
    declared = identifier_reasons(a, b, titles)
    best = committed_best().without_clash(a, b, titles) + sum(model.declared[code] for code in declared)
    if probability(best) < model.doubtful:
        return None
    clash = titles_clash(a, b) if titles.differ else 0.0
    if probability(best + model.of("clash", clash) - model.of("clash", 0.0)) < model.doubtful:
        return None
    weighed = _weigh(a, b, model, titles, clash)
    return None if weighed.verdict == "different" else _worded(weighed)


def _worded(weighed: _Weighed) -> Judgement:
    return Judgement(weighed.score, weighed.verdict, (*weighed.declared, *described(weighed.measured)))


def _weigh(a: Evidence, b: Evidence, model: Model, titles: Titles, clash: float | None = None) -> _Weighed:
    """``clash`` where it was taken already."""
    measured = compare_but_clash(a, b, titles)
    declared = identifier_reasons(a, b, titles)
    log_odds = model.log_odds(measured) + sum(model.declared[code] for code in declared)
    if titles.differ:
        # 0 is the best that ``clash`` can say: where even that is not enough, it need not be counted word by word.
        if probability(log_odds) < model.doubtful:
            return _Weighed(probability(log_odds), "different", declared, measured)
        words_differ = titles_clash(a, b) if clash is None else clash
        log_odds += model.of("clash", words_differ) - model.of("clash", 0.0)
        measured = measured._replace(clash=words_differ)
    score = probability(log_odds)
    verdict: Verdict = "different"
    if namesakes(declared, measured):
        pass
    elif score >= model.same:
        verdict = (
            "doubtful"
            if _numbered_apart(a, b, declared)
            or must_ask(declared, measured, one_year=_one_year(a, b), editions_apart=_editions_apart(a, b))
            else "same"
        )
    elif score >= model.doubtful:
        verdict = "doubtful"
    return _Weighed(score, verdict, declared, measured)


def identifier_reasons(a: Evidence, b: Evidence, titles: Titles) -> tuple[str, ...]:
    """What the numbers say. A shared number counts in full only when the titles agree: one ISBN stands on all volumes of a
    set, and publishers use old ones again."""
    found: list[str] = []
    titles_agree = titles.words >= 75 or titles.title >= 75 or titles.start >= 85
    if a.isbns and b.isbns:
        if not set(a.isbns).isdisjoint(b.isbns):
            found.append("isbn_shared" if titles_agree else "isbn_shared_title_differs")
        else:
            found.append("isbn_differs")
    if a.ids and b.ids:
        shared = set(a.ids) & set(b.ids)
        if shared:
            found.append("number_shared" if titles_agree else "number_shared_title_differs")
        if (_registers(a.ids) & _registers(b.ids)) - _registers(shared):
            found.append("number_differs")
    return tuple(found)


def _registers(ids: Iterable[str]) -> set[str]:
    return {each.partition(":")[0] for each in ids}


def namesakes(declared: tuple[str, ...], measured: Comparison) -> bool:
    """Two makers' books under one short title («Dikt»): not worth asking about unless publisher, year and extent allow it."""
    strangers = MISSING < measured.person < DIFFERENT_PERSON and measured.title_length < TELLING_TITLE
    agree = measured.publisher >= 80 and measured.pages_apart <= 2 and measured.years <= 0
    return strangers and not agree and "isbn_shared" not in declared and "number_shared" not in declared


def must_ask(
    declared: tuple[str, ...], measured: Comparison, *, one_year: bool = False, editions_apart: bool = False
) -> bool:
    """Whether a person decides although the score is high: numbers that contradict the titles, or too little said.

    Beside the title two facts must agree (year, creator, body, publisher, extent, number in a series); three for a short
    title without a creator; one more where only one of them has a year (``one_year``) and where they are entered under
    different bodies. Two bare records that say only «Poems» score as alike as can be, and tell nothing.
    """
    if not ASKING.isdisjoint(declared) or measured.part_silent == 1:
        return True
    if "isbn_shared" in declared:
        return measured.clash >= 1
    if "number_shared" in declared:
        # One register's number is carried over from edition to edition, and another register says that these are two.
        return measured.clash >= 1 or ("number_differs" in declared and measured.years > 0)
    if (
        measured.numbers == 0
        or measured.clash >= 1
        or ("number_differs" in declared and not _alike_throughout(measured))
    ):
        return True
    same_extent = measured.pages_apart in (0.0, 1.0, 2.0) or measured.volumes == 2
    if MISSING < measured.publisher < 60 and not same_extent:
        return True
    agreeing = sum(
        (
            measured.person >= 75 or measured.statement >= 80,
            measured.body >= 90 and measured.main_body != 0,
            measured.publisher >= 80,
            measured.years == 0,
            same_extent,
            measured.series_number == 1,
        )
    )
    needed = 2 + (measured.title_length < TELLING_TITLE and measured.person < 75) + one_year + (measured.main_body == 0)
    needed += editions_apart and not same_extent
    return agreeing < needed


def _alike_throughout(measured: Comparison) -> bool:
    """Whether nothing sets apart two records that a register has under two numbers, and enough is said to tell by.

    Registers have doubles; but the leaflet of May and that of June, and the sheets of one map, are alike too, in all that is
    compared.
    """
    return (
        measured.title_full >= 99
        and measured.title_length >= TELLING_TITLE
        and measured.years == 0
        and measured.pages_apart == 0
        and measured.series_number != 0
        and measured.edition_silent == 0
        and not MISSING < measured.edition < 99
        and not MISSING < measured.publisher < 80
        and not MISSING < measured.person < 75
        and not MISSING < measured.statement < 80
        and (measured.person >= 75 or measured.statement >= 80)
    )


def _editions_apart(a: Evidence, b: Evidence) -> bool:
    """One says in words which edition it is («Arabic edition»), and the other, in edition and title, nothing of the kind."""
    if a.edition == b.edition:
        return False
    words_a, words_b = frozenset(a.edition.split()), frozenset(b.edition.split())
    return words_a.isdisjoint(words_b | b.word_set) and words_b.isdisjoint(a.word_set)


def _numbered_apart(a: Evidence, b: Evidence, declared: tuple[str, ...]) -> bool:
    """Another title of each is the same but for its number («H.R. 5687», «H.R. 6857»), and no number of their own is shared."""
    if not a.other_titles or not b.other_titles or "isbn_shared" in declared or "number_shared" in declared:
        return False
    one, other = _numbered(a.other_titles), _numbered(b.other_titles)
    return any(numbers.isdisjoint(other[words]) for words, numbers in one.items() if words in other)


def _numbered(titles: Iterable[str]) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """The words of the titles that have both words and numbers → the numbers."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for title in titles:
        told = title.split()
        words, numbers = tuple(w for w in told if not w.isdigit()), tuple(w for w in told if w.isdigit())
        if words and numbers:
            found.setdefault(words, set()).add(numbers)
    return found


def _one_year(a: Evidence, b: Evidence) -> bool:
    return bool(a.year or a.span) != bool(b.year or b.span)


def described(measured: Comparison) -> tuple[str, ...]:
    """The comparison in reason codes, most telling first; what both are silent about is not mentioned."""
    return tuple(
        filter(
            None,
            (
                _title(measured),
                _level(measured.clash, ((1, "title_words_differ"), (0, ""))),
                "part_on_one_side" if measured.part_silent == 1 else "",
                _level(measured.numbers, ((2, "title_numbers_same"), (1, ""), (0, "title_numbers_differ"))),
                _level(measured.person, ((95, "creator_same"), (75, "creator_alike"), (0, "creator_differs"))),
                _level(measured.main_body, ((1, ""), (0, "body_differs"))),
                _level(measured.body, ((95, "body_same"), (0, ""))) if measured.main_body != 0 else "",
                _year(measured),
                _level(measured.publisher, ((90, "publisher_same"), (70, "publisher_alike"), (0, "publisher_differs"))),
                _level(
                    measured.pages_apart,
                    ((999, "extent_differs"), (6, "extent_differs"), (1, "extent_alike"), (0, "extent_same")),
                ),
                _level(measured.volumes, ((2, "volumes_same"), (0.5, ""), (0, "volumes_differ"))),
                _level(measured.edition_number, ((1, "edition_same"), (0, "edition_differs"))),
                "edition_on_one_side" if measured.edition_silent == 1 else "",
                _level(measured.series_number, ((1, "series_number_same"), (0, "series_number_differs"))),
                "language_differs" if measured.language == 0 else "",
            ),
        )
    )


def _level(value: float, levels: tuple[tuple[float, str], ...]) -> str:
    if value == MISSING:
        return ""
    for least, code in levels:
        if value >= least:
            return code
    return ""


def _title(measured: Comparison) -> str:
    if measured.title_full >= 99:
        return "title_same"
    if measured.title_words >= 97 or measured.title_start >= 97:
        return "title_one_says_more"
    if measured.title >= 90 or measured.title_full >= 90:
        return "title_alike"
    return "title_differs"


def _year(measured: Comparison) -> str:
    if measured.years == MISSING:
        return ""
    if measured.years == 0:
        return "year_same"
    if measured.years == 1:
        return "year_differs_by_1"
    return "year_shared" if measured.year_shared == 1 else "year_differs"
