"""Two records' evidence side by side: how alike each thing is, as numbers. Every measure is symmetric.

``MISSING`` (-1) says that one of the two is silent, which is neither for nor against.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.fuzz import partial_ratio, ratio, token_set_ratio

from allmenning.catalogue.matching.evidence import Evidence
from allmenning.catalogue.matching.names import name_alike, named_in
from allmenning.catalogue.matching.wording import clash, words_clash

MISSING = -1.0


class Comparison(NamedTuple):
    """Alikeness is 0–100 unless said; MISSING where a side is silent."""

    title: float
    title_full: float
    title_words: float
    title_start: float  # 0–100: does the shorter whole title begin the longer?
    title_length: float  # characters of the shorter whole title
    clash: float  # telling words on both sides that the other lacks, typing errors forgiven; 0.5 for small words only
    part_silent: float  # 1 when one names a part or volume that the other does not mention
    numbers: float  # 0 conflict, 1 one side has more, 2 the same
    person: float
    main_person: float
    body: float
    main_body: float  # 0 when both are entered under a body, and not the same one; 1 when under the same
    statement: float
    years: float  # between the editions' own years, 99 at most; a guessed span that holds the other year says nothing
    year_shared: float  # 0, 1: any year coded or written in both
    publisher: float
    place: float
    country: float
    pages: float  # percent apart
    pages_apart: float  # number of pages apart, 999 at most
    volumes: float  # 0 conflict, 1 one is open or silent, 2 the same
    height: float  # cm apart
    edition_number: float  # 0 conflict, 1 the same
    edition: float
    edition_silent: float  # 1 when only one side states an edition
    series: float
    series_number: float  # 0 conflict, 1 the same
    language: float
    year_kind: float  # 1 the same, 0 not
    subjects: float
    format: float
    stranger: (
        float  # characters of the shorter whole title when the creators differ: two short ones are often two books
    )
    imprint: float  # 0–2: how many of year and publisher agree, when the extent does not


FEATURES = Comparison._fields


class Titles(NamedTuple):
    """How alike the titles are; see :class:`Comparison` for the measures."""

    title: float
    full: float
    words: float
    start: float
    shorter: int  # characters of the shorter whole title
    differ: bool  # whether ``clash`` remains to be taken


def compare(a: Evidence, b: Evidence) -> Comparison:
    """Every measure."""
    titles = compare_titles(a, b)
    measured = compare_but_clash(a, b, titles)
    return measured._replace(clash=titles_clash(a, b)) if titles.differ else measured


def titles_clash(a: Evidence, b: Evidence) -> float:
    """``clash`` of the whole titles."""
    return words_clash(a.words, a.word_set, b.words, b.word_set)


def compare_titles(a: Evidence, b: Evidence) -> Titles:
    """Everything about titles but ``clash``, the dearest of all measures."""
    full_a, full_b = a.whole, b.whole
    title = ratio(a.title, b.title)
    in_other_words = False
    if title < 95 and (a.other_titles or b.other_titles):
        other, in_other_words = _other_title(a, b)
        in_other_words = in_other_words and other > title
        title = max(title, other)
    full = ratio(full_a, full_b)
    if len(full_a) > len(full_b):
        longer, shorter = full_a, full_b
    else:
        longer, shorter = full_b, full_a
    if full == 100:
        words = start = 100.0
    else:
        words = token_set_ratio(full_a, full_b)
        start = ratio(longer[: len(shorter)], shorter)
    differ = not (full == 100 or in_other_words)
    return Titles(title, full, words, start, len(shorter), differ)


def compare_but_clash(a: Evidence, b: Evidence, titles: Titles) -> Comparison:
    """Every measure but ``clash``, which is 0 here. ``titles`` is ``compare_titles(a, b)``."""
    persons = _persons(a, b)
    years, year_shared = compare_years(a, b)
    publisher = _publisher(a.publisher, b.publisher)
    pages, pages_apart = _pages(a, b)
    edition, edition_number, silent = _edition(a, b)
    series, series_number = _series(a, b)
    return Comparison(
        titles.title,
        titles.full,
        titles.words,
        titles.start,
        title_length(titles.shorter),
        0.0,
        _part_silent(a, b, a.whole, b.whole),
        _numbers(a.numbers, b.numbers),
        persons,
        name_alike(a.persons[0], b.persons[0]) if a.persons and b.persons else MISSING,
        _bodies(a, b),
        (0.0 if _bodies_clash(a.bodies[0], b.bodies[0]) else 1.0) if both_by_bodies(a, b) else MISSING,
        token_set_ratio(a.statement, b.statement) if a.statement and b.statement else MISSING,
        years,
        year_shared,
        publisher,
        _publisher(a.place, b.place),
        (1.0 if a.country == b.country else 0.0) if is_known(a.country) and is_known(b.country) else MISSING,
        pages,
        pages_apart,
        _volumes(a, b),
        float(min(abs(a.height - b.height), 30)) if a.height and b.height else MISSING,
        edition_number,
        edition,
        silent,
        series,
        series_number,
        (1.0 if not set(a.languages).isdisjoint(b.languages) else 0.0) if a.languages and b.languages else MISSING,
        (1.0 if a.year_kind == b.year_kind else 0.0) if a.year_kind and b.year_kind else MISSING,
        token_set_ratio(a.subject_words, b.subject_words) if a.subjects and b.subjects else MISSING,
        1.0 if a.format == b.format and a.online == b.online else 0.0,
        float(min(titles.shorter, 60)) if persons != MISSING and persons < 55 else MISSING,
        _imprint(years, publisher, pages_apart),
    )


def title_length(shorter: int) -> float:
    return float(min(shorter, 150))


def both_by_bodies(a: Evidence, b: Evidence) -> bool:
    """Both entered under a body whose name is known."""
    return a.main_is_body and b.main_is_body and bool(a.bodies) and bool(b.bodies)


@lru_cache(maxsize=20_000)
def _bodies_clash(a: str, b: str) -> bool:
    # a country has few offices, and each makes many records
    return bool(clash(a, b))


def _part_silent(a: Evidence, b: Evidence, full_a: str, full_b: str) -> float:
    if bool(a.parts) == bool(b.parts) and bool(a.part_name) == bool(b.part_name):
        return 0.0
    return 1.0 if _unmentioned(a, b, full_b) or _unmentioned(b, a, full_a) else 0.0


def _unmentioned(one: Evidence, other: Evidence, full_other: str) -> bool:
    if one.part_name and not other.part_name and partial_ratio(one.part_name, full_other) < 85:
        return True
    return bool(one.parts) and not other.parts and one.parts[0] not in full_other.split()


def _other_title(a: Evidence, b: Evidence) -> tuple[float, bool]:
    """How alike the most alike titles are, and whether that answers for the titles as wholes.

    A translated or transliterated title does; a title that is only a portion of its own whole («… embassy moscow : art
    in embassies exhibition») does not, nor one that is the title proper of neither, such as the name of a series at the head
    of both: what the rest says still counts.
    """
    best, answers = 0.0, False
    for one in a.titles:
        for two in b.titles:
            alike = ratio(one, two)
            if alike >= 95 and not answers and (one == a.title or two == b.title):
                answers = _in_other_words(one, a) or _in_other_words(two, b)
            best = max(best, alike)
    return best, answers


def _in_other_words(title: str, each: Evidence) -> bool:
    return title != each.title and not each.word_set.issuperset(title.split())


def _numbers(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    if a == b:
        return 2.0 if a else MISSING
    if not a or not b or set(a) <= set(b) or set(b) <= set(a):
        return 1.0
    return 0.0


def _persons(a: Evidence, b: Evidence) -> float:
    """The best pair of names; a side without persons is looked for in the other's statement of responsibility."""
    if a.persons and b.persons:
        best = 0.0
        for one in a.persons:
            for two in b.persons:
                best = max(best, name_alike(one, two))
                if best == 100:
                    return best
        return best
    if a.persons and b.statement:
        return named_in(a.persons, b.statement)
    if b.persons and a.statement:
        return named_in(b.persons, a.statement)
    return MISSING


def _bodies(a: Evidence, b: Evidence) -> float:
    if not a.bodies or not b.bodies:
        return MISSING
    best = 0.0
    for one in a.bodies:
        for two in b.bodies:
            if one == two and one:
                return 100.0
            best = max(best, token_set_ratio(one, two))
    return best


def _publisher(a: str, b: str) -> float:
    if not a or not b:
        return MISSING
    if a == b:
        return 100.0
    return max(token_set_ratio(a, b), 0.9 * partial_ratio(a, b))


def compare_years(a: Evidence, b: Evidence) -> tuple[float, float]:
    """``years`` and ``year_shared``."""
    if a.span or b.span:
        apart = years_apart(a, b)
        return (MISSING, MISSING) if apart == 0 else (float(min(apart, 99)), 0.0)
    if not a.year or not b.year:
        return MISSING, (1.0 if not set(a.years).isdisjoint(b.years) else 0.0) if a.years and b.years else MISSING
    return float(min(abs(a.year - b.year), 99)), 1.0 if not set(a.years).isdisjoint(b.years) else 0.0


def years_apart(a: Evidence, b: Evidence) -> int:
    """The least number of years between the two, a guessed span counting as any year in it; 0 where one is silent."""
    first_a, last_a = a.span or (a.year, a.year)
    first_b, last_b = b.span or (b.year, b.year)
    if not last_a or not last_b:
        return 0
    return max(0, first_b - last_a, first_a - last_b)


def _imprint(years: float, publisher: float, pages_apart: float) -> float:
    if pages_apart <= 5:
        return MISSING
    return float(years == 0) + float(publisher >= 85)


def is_known(country: str) -> bool:
    return country not in ("", "xx", "vp")


def _pages(a: Evidence, b: Evidence) -> tuple[float, float]:
    if not a.pages or not b.pages:
        return MISSING, MISSING
    one, two = a.pages[0], b.pages[0]
    apart = abs(one - two)
    if apart and (a.pages[0] in b.pages or b.pages[0] in a.pages):
        apart = min(apart, 5)
    return 100.0 * apart / max(one, two, 1), float(min(apart, 999))


def _volumes(a: Evidence, b: Evidence) -> float:
    if a.volumes == b.volumes:
        return 2.0 if a.volumes else MISSING
    if a.volumes > 0 and b.volumes > 0:
        return 0.0
    if (a.volumes and b.pages) or (b.volumes and a.pages):
        return 0.5
    return 1.0


def _edition(a: Evidence, b: Evidence) -> tuple[float, float, float]:
    number = MISSING
    if a.edition_number and b.edition_number:
        number = 1.0 if a.edition_number == b.edition_number else 0.0
    stated_a, stated_b = bool(a.edition_number > 1 or a.edition), bool(b.edition_number > 1 or b.edition)
    words = token_set_ratio(a.edition, b.edition) if a.edition and b.edition else MISSING
    return words, number, 1.0 if stated_a != stated_b else 0.0


def _series(a: Evidence, b: Evidence) -> tuple[float, float]:
    best, number = MISSING, MISSING
    for one in a.series:
        name_a, _, number_a = one.partition("|")
        for two in b.series:
            name_b, _, number_b = two.partition("|")
            alike = token_set_ratio(name_a, name_b)
            if alike > best:
                best = alike
                # «… retail trade» and «… wholesale trade» are two series that number their parts alike.
                one_series = alike == 100 or (alike > 80 and clash(name_a, name_b) < 1)
                number = _series_numbers(number_a, number_b) if one_series else MISSING
    return best, number


def _series_numbers(a: str, b: str) -> float:
    """1 when the numbers end alike (``2`` and ``no 5 v 2``), 0 when they do not."""
    digits_a = [each.lstrip("0") for each in a.split() if each.isdigit()]
    digits_b = [each.lstrip("0") for each in b.split() if each.isdigit()]
    if not digits_a or not digits_b:
        return MISSING
    shared = min(len(digits_a), len(digits_b))
    return 1.0 if digits_a[-shared:] == digits_b[-shared:] else 0.0
