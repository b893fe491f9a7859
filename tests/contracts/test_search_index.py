"""The contract of :class:`allmenning.discovery.ports.SearchIndex`, held against every adapter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from allmenning.adapters import search_memory, search_tantivy
from allmenning.discovery.ports import FACETS, SearchIndex, SearchRequest, SearchResult, Suggestion
from allmenning.discovery.query import parse
from tests.discovery import samples
from tests.discovery.samples import OSLO, OSLO_EAST, OSLO_MAIN, VARDO, VARDO_MAIN, edition, work

ADAPTERS: dict[str, Callable[[Path], SearchIndex]] = {
    "memory": lambda folder: search_memory.open_index("memory://"),
    "tantivy": lambda folder: search_tantivy.open_index(f"tantivy://{folder}"),
}


@pytest.fixture(scope="module", params=sorted(ADAPTERS))
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """The samples, read by many tests and changed by none."""
    made = ADAPTERS[request.param](tmp_path_factory.mktemp("index"))
    made.write(samples.WORKS)
    return made


@pytest.fixture(params=sorted(ADAPTERS))
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> SearchIndex:
    return ADAPTERS[request.param](tmp_path / "index")


def ask(index: SearchIndex, text: str, **asked: Any) -> SearchResult:
    return index.search(SearchRequest(parse(text), **asked))


def found(index: SearchIndex, text: str, **asked: Any) -> set[int]:
    result = ask(index, text, **asked)
    assert result.total == len(result.hits)
    return {hit.work_id for hit in result.hits}


@pytest.mark.parametrize(
    ("typed", "works"),
    [
        ("", set(range(1, 13))),
        ("???", set()),
        ("sult", {1, 11}),
        ("SULT", {1, 11}),
        ("hamsun sult", {1, 11}),
        ("sult hamsun", {1, 11}),
        ("sult hamsun kristiania", {1}),
        ("hunger", {1}),
        ("finnesikke", set()),
        ("sult finnesikke", set()),
    ],
)
def test_all_words_must_be_found_in_any_order_and_any_field(index: SearchIndex, typed: str, works: set[int]) -> None:
    assert found(index, typed) == works


@pytest.mark.parametrize(
    ("typed", "works"),
    [
        ("bok", {4, 12}),
        ("bøker", {4, 12}),
        ("boker", {4, 12}),
        ("bibliotek", {4}),
        ("biblioteket", {4}),
        ("bibliotekar", {3}),
        ("bibliotekarer", {3}),
        ("forfatter", {1}),
        ("badeland", {7}),
    ],
)
def test_a_word_is_found_in_its_other_forms_but_is_not_another_word(
    index: SearchIndex, typed: str, works: set[int]
) -> None:
    assert found(index, typed) == works


@pytest.mark.parametrize(
    ("typed", "works"),
    [
        ("ørnen", {10}),
        ("ornen", {10}),
        ("áhčážan", {6}),
        ("ahcazan", {6}),
        ("valkeapaa", {6}),
        ("Valkeapää", {6}),
        ("преступление", {5}),
        ("prestuplenie", {5}),
        ("наказание", {5}),
        ("kjaerlighet", {2}),
        ("rorvik", {7, 8}),
    ],
)
def test_letters_of_every_language_and_both_scripts(index: SearchIndex, typed: str, works: set[int]) -> None:
    assert found(index, typed) == works


@pytest.mark.parametrize(
    ("typed", "works"),
    [
        ('"bukkene bruse"', {7, 8}),
        ('"bruse bukkene"', set()),
        ('"bruse på badeland"', {7}),
        ('"hamsun og sult"', {11}),
        ('"sult hamsun', {1, 11}),
        ('tittel:"bukkene bruse"', {7, 8}),
        ("tittel:hamsun", {11}),
        ("forfatter:hamsun", {1, 2}),
        ("forfatter:moursund", {7, 8}),
        ("emne:hamsun", {11}),
        ("serie:bukkene", {7, 8}),
        ("tittel:hamsun emne:hamsun", {11}),
        ("Bukkene: Bruse", {7, 8}),
        ("hamsun -sult", {2}),
        ("-hamsun -bruse", {3, 4, 5, 6, 9, 10, 12}),
        ('hamsun -"og sult"', {1, 2}),
        ("hams*", {1, 2, 11}),
        ("bibliotek*", {3, 4}),
        ("tittel:hams*", {11}),
        ("år:1890", {1}),
        ("år:1985-1988", {3, 6}),
        ("år:2010-", {1, 8, 11}),
        ("hamsun år:1894", {2}),
        ("978-82-05-41519-5", {1}),
        ("isbn:9788205415195", {1}),
        ("82-05-41519-6", {1}),
        ("9788202246006", set()),
    ],
)
def test_phrases_fields_minus_beginnings_years_and_isbn(index: SearchIndex, typed: str, works: set[int]) -> None:
    assert found(index, typed) == works


def test_the_item_that_is_what_was_typed_comes_first(index: SearchIndex) -> None:
    assert [hit.work_id for hit in ask(index, "sult").hits] == [1, 11]
    assert [hit.work_id for hit in ask(index, "sult hamsun").hits] == [1, 11]
    assert [hit.work_id for hit in ask(index, "knut hamsun sult").hits] == [1, 11]
    assert ask(index, "hamsun og sult").hits[0].work_id == 11


def test_a_hit_carries_what_a_page_of_results_shows(index: SearchIndex) -> None:
    (hit,) = ask(index, "kristiania ung").hits
    assert hit.display == {"title": "Sult", "creators": ["Hamsun, Knut"]}
    assert hit.editions == (101, 102, 1)
    assert hit.edition_display == {"title": "Hunger", "language": "en", "year": 2016}


def test_the_edition_that_was_asked_for_comes_first_in_the_hit(index: SearchIndex) -> None:
    assert ask(index, "9788205415195").hits[0].editions == (1, 101, 102)
    assert ask(index, "hamsun hunger").hits[0].editions == (101, 102, 1)
    assert ask(index, "tittel:sult forfatter:hamsun").hits[0].editions == (102, 1, 101)
    assert ask(index, "hamsun år:1999").hits[0].editions[0] == 102


@pytest.mark.parametrize(
    ("library", "filters", "works"),
    [
        (OSLO, {}, {1, 2, 3, 5, 7, 8, 9, 10, 11}),
        (VARDO, {}, {1, 4, 6, 7, 12}),
        (VARDO, {"language": ("en",)}, set()),  # Vardø has Sult, Oslo has it in English
        (OSLO, {"language": ("en",)}, {1}),
        (None, {"language": ("en",), "format": ("book",)}, set()),  # the book is Norwegian, the English one an e-book
        (None, {"language": ("en",), "format": ("ebook",)}, {1}),
        (OSLO, {"format": ("audiobook",)}, set()),
        (VARDO, {"format": ("audiobook",)}, {1}),
        (None, {"branch": (str(OSLO_MAIN),), "language": ("en",)}, set()),
        (None, {"branch": (str(OSLO_EAST),), "language": ("en",)}, {1}),
        (VARDO, {"branch": (str(OSLO_MAIN),)}, set()),
        (None, {"library": (str(VARDO),), "branch": (str(OSLO_MAIN),)}, set()),
        (None, {"library": (str(VARDO), str(OSLO)), "branch": (str(VARDO_MAIN),)}, {1, 4, 6, 7, 12}),
        (None, {"language": ("ru", "se")}, {5, 6}),
        (None, {"decade": ("2000",), "audience": ("children",)}, {7}),
        (None, {"creator": ("Hamsun, Knut",), "format": ("ebook",)}, {1}),
        (None, {"subject": ("Dikt",)}, {6, 9}),
        (None, {"language": ()}, set(range(1, 13))),
        (3, {}, set()),
    ],
)
def test_filters_hold_together_on_one_edition(
    index: SearchIndex, library: int | None, filters: dict[str, tuple[str, ...]], works: set[int]
) -> None:
    assert found(index, "", library_id=library, filters=filters) == works


def test_a_hit_names_only_the_editions_that_fit(index: SearchIndex) -> None:
    (hit,) = ask(index, "kristiania ung", library_id=VARDO).hits
    assert hit.editions == (102, 1)
    assert hit.edition_display["year"] == 1999
    (hit,) = ask(index, "kristiania ung", filters={"language": ("en",)}).hits
    assert hit.editions == (101,)


def test_facets_count_distinct_works(index: SearchIndex) -> None:
    facets = ask(index, "hamsun", facets=FACETS).facets
    assert facets == {
        "library": (("1", 3), ("2", 1)),
        "branch": (("11", 3), ("12", 1), ("21", 1)),
        "language": (("nb", 3), ("en", 1)),
        "format": (("book", 3), ("audiobook", 1), ("ebook", 1)),
        "audience": (("adult", 3),),
        "decade": (("1890", 2), ("2010", 2), ("1990", 1)),
        "creator": (("Hamsun, Knut", 2), ("Kittang, Atle", 1)),
        "subject": (("Forfattere", 1), ("Hamsun, Knut", 1), ("Kjærlighet", 1), ("Kristiania", 1), ("Nordland", 1)),
    }


def test_facets_of_one_library_count_its_own_editions_only(index: SearchIndex) -> None:
    facets = ask(index, "sult", library_id=VARDO, facets=("branch", "language", "format", "decade", "library")).facets
    assert facets == {
        "branch": (("21", 1),),
        "language": (("nb", 1),),
        "format": (("audiobook", 1), ("book", 1)),
        "decade": (("1890", 1), ("1990", 1)),
        "library": (("2", 1),),
    }


def test_a_facet_counts_under_the_other_filters_on_the_same_edition_but_not_under_its_own(index: SearchIndex) -> None:
    facets = ask(
        index, "hamsun", filters={"language": ("nb",), "decade": ("1890", "1990")},
        facets=("language", "format", "decade", "branch", "creator"),
    ).facets  # fmt: skip
    assert facets == {
        "language": (("nb", 2),),
        "format": (("book", 2), ("audiobook", 1)),
        "decade": (("1890", 2), ("1990", 1), ("2010", 1)),
        "branch": (("11", 2), ("21", 1)),
        "creator": (("Hamsun, Knut", 2),),
    }
    facets = ask(index, "hamsun", filters={"creator": ("Kittang, Atle",)}, facets=("creator", "decade")).facets
    assert facets == {"creator": (("Hamsun, Knut", 2), ("Kittang, Atle", 1)), "decade": (("2010", 1),)}


def test_branch_and_library_filters_lift_each_their_own(index: SearchIndex) -> None:
    facets = ask(index, "", filters={"branch": (str(VARDO_MAIN),)}, facets=("branch", "library", "format")).facets
    assert facets == {
        "branch": (("11", 7), ("21", 5), ("12", 4)),
        "library": (("2", 5),),
        "format": (("book", 5), ("audiobook", 1)),
    }


def test_facets_are_cut_to_size(index: SearchIndex) -> None:
    assert ask(index, "", facets=("subject",), facet_size=2).facets == {"subject": (("Bukker", 2), ("Dikt", 2))}


def test_facets_without_a_query_and_for_nothing(index: SearchIndex) -> None:
    assert ask(index, "", facets=("audience",)).facets == {"audience": (("adult", 10), ("children", 2))}
    assert ask(index, "finnesikke", facets=("audience", "branch")).facets == {"audience": (), "branch": ()}


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("newest", [1, 8, 11, 7, 4, 12, 5, 6, 3, 10, 2, 9]),
        ("oldest", [1, 2, 10, 5, 3, 6, 12, 4, 7, 11, 8, 9]),
        ("title", [6, 3, 4, 7, 8, 12, 11, 9, 2, 5, 1, 10]),
    ],
)
def test_sorting(index: SearchIndex, sort: Any, order: list[int]) -> None:
    assert [hit.work_id for hit in ask(index, "", sort=sort).hits] == order


def test_sorting_by_the_day_a_work_came_in(empty: SearchIndex) -> None:
    """A whole catalogue comes in on one day: within a day the newest year comes first, and what has none last."""
    empty.write(
        [
            work(1, "Sult", edition(1, "Sult", year=1890), edition(5, "Hunger", year=2016), added=20_000),
            work(2, "Pan", edition(2, "Pan", year=1894), added=20_001),
            work(3, "Victoria", edition(3, "Victoria", year=2020), added=20_000),
            work(4, "Mysterier", edition(4, "Mysterier", year=None), added=20_000),
        ]
    )
    assert [hit.work_id for hit in ask(empty, "", sort="added").hits] == [2, 3, 1, 4]
    assert not empty.outdated()


def test_sorting_by_creator_puts_works_without_one_last(index: SearchIndex) -> None:
    order = [hit.work_id for hit in ask(index, "", sort="creator").hits]
    assert set(order[2:4]) == {1, 2}  # Hamsun twice
    assert set(order[5:7]) == {7, 8}  # Rørvik twice
    assert order[8] == 12  # Aasen stands under Å
    assert order[:2] + order[4:5] + order[7:8] == [5, 4, 11, 6]
    assert set(order[9:]) == {3, 9, 10}


@pytest.mark.parametrize("sort", ["relevance", "added", "newest", "title", "creator"])
@pytest.mark.parametrize("typed", ["", "bruse", "hamsun"])
def test_pages_neither_overlap_nor_leave_gaps(index: SearchIndex, sort: Any, typed: str) -> None:
    whole = [hit.work_id for hit in ask(index, typed, sort=sort, limit=50).hits]
    pages = [ask(index, typed, sort=sort, offset=at, limit=2) for at in range(0, len(whole) + 2, 2)]
    assert [hit.work_id for page in pages for hit in page.hits] == whole
    assert {page.total for page in pages} == {len(whole)}


def test_suggestions_while_typing(index: SearchIndex) -> None:
    assert index.suggest("ham") == (
        Suggestion("Hamsun, Knut", "creator", 2),
        Suggestion("Hamsun og Sult", "title", 1, "nb"),
        Suggestion("Hamsun, Knut", "subject", 1),
    )
    assert index.suggest("knut h", limit=1) == (Suggestion("Hamsun, Knut", "creator", 2),)
    assert index.suggest("bok") == (Suggestion("Ei bok", "title", 1, "nn"),)
    assert index.suggest("ornE") == (Suggestion("Ørnen", "title", 1, "nn"),)
    assert index.suggest("bukkene bruse", limit=1) == (Suggestion("Bukkene Bruse", "series", 2),)
    assert index.suggest("преступ")[0].text == "Преступление и наказание"
    assert index.suggest("") == ()
    assert index.suggest("xyz") == ()


def test_suggestions_of_one_library(index: SearchIndex) -> None:
    assert index.suggest("ham", library_id=VARDO) == (Suggestion("Hamsun, Knut", "creator", 1),)
    assert index.suggest("pan", library_id=VARDO) == ()


def test_an_empty_index_answers(empty: SearchIndex) -> None:
    assert empty.count() == 0
    nothing = SearchResult(0, (), {"language": (), "branch": ()})
    assert ask(empty, "sult", facets=("language", "branch"), library_id=OSLO) == nothing
    assert list(empty.digests()) == []
    assert empty.suggest("s") == ()


def test_writing_replaces_removes_and_is_seen_at_once(empty: SearchIndex) -> None:
    empty.write([samples.HUNGER, samples.PAN])
    assert found(empty, "hamsun") == {1, 2}
    changed = samples.work(1, "Mysterier", samples.edition(1, "Mysterier"), creators=("Hamsun, Knut",), digest="new")
    empty.write([changed, samples.EAGLE], removed=[2, 999])
    assert found(empty, "hamsun") == {1}
    assert found(empty, "sult") == set()
    assert found(empty, "mysterier") == {1}
    assert sorted(empty.digests()) == [(1, "new"), (10, "digest-10")]
    assert empty.count() == 2
    assert ask(empty, "", facets=("creator",)).facets == {"creator": (("Hamsun, Knut", 1),)}
    assert empty.suggest("pan") == ()


def test_a_rebuild_is_not_seen_before_it_is_published(empty: SearchIndex) -> None:
    empty.write([samples.HUNGER])
    rebuild = empty.rebuild()
    rebuild.write([samples.PAN, samples.EAGLE])
    rebuild.write([], removed=[10])
    assert found(empty, "") == {1}
    empty.write([samples.SAMI])
    assert found(empty, "") == {1, 6}
    rebuild.publish()
    assert found(empty, "") == {2}
    empty.write([samples.SAMI])
    assert found(empty, "") == {2, 6}


def test_an_abandoned_rebuild_changes_nothing(empty: SearchIndex) -> None:
    empty.write([samples.HUNGER])
    rebuild = empty.rebuild()
    rebuild.write([samples.PAN])
    rebuild.abandon()
    assert found(empty, "") == {1}
    again = empty.rebuild()
    again.write([samples.EAGLE])
    again.publish()
    assert found(empty, "") == {10}
