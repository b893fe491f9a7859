"""What the page does when nothing has all of what was typed, and what it says about it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.test import Client

from allmenning.discovery.ports import Hit, SearchResult
from allmenning.web.public.answering import answer, offer
from allmenning.web.public.asking import Asked
from tests.catalogue.records import take
from tests.web.shelves import Country, fill_index, record
from tests.web.test_front import read, texts
from tests.web.test_results import titles

AUDIO = ("audiobook", "eaudiobook")


class Shelf:
    """Finds one work for the questions it knows, and remembers what it was asked."""

    def __init__(self, *known: Asked, titles: Sequence[tuple[Asked, str]] = ()) -> None:
        self.known, self.titles, self.asked = known, titles, list[Asked]()

    def search(self, asked: Asked) -> SearchResult:
        self.asked.append(asked)
        hits = tuple(Hit(1, 1.0, (1,), {"title": title}, {}) for typed, title in self.titles if typed == asked)
        return SearchResult(1 if asked in self.known else 0, hits, {})


def test_what_names_no_form_and_is_found_as_typed_is_asked_for_once() -> None:
    typed = Asked("fjellets hemmelighet")
    shelf = Shelf(typed)
    answered = answer(typed, shelf.search, "/sok")
    assert (shelf.asked, answered.asked, answered.instead) == ([typed], typed, None)


def test_words_beside_a_form_stay_as_typed_unless_they_are_a_title() -> None:
    typed = Asked("sult lydbok")
    read = Asked("sult", filters={"format": AUDIO})
    assert answer(typed, Shelf(typed, read).search, "/sok").asked == typed
    assert answer(typed, Shelf(typed, read, titles=[(read, "Sult")]).search, "/sok").asked == read
    assert (
        answer(typed, Shelf(typed, read, titles=[(read, "Sult"), (typed, "Sult lydbok")]).search, "/sok").asked == typed
    )
    assert answer(typed, Shelf(read).search, "/sok").asked == read


def test_a_form_alone_is_read_as_one_unless_it_is_a_title() -> None:
    typed, read = Asked("film"), Asked(filters={"format": ("film", "efilm")})
    answered = answer(typed, Shelf(typed, read).search, "/sok")
    assert answered.asked == read
    assert answered.instead is not None
    assert (answered.instead.words, answered.instead.url) == ("Her er filmer.", "/sok?q=film&ordrett=ja")
    titled = answer(typed, Shelf(typed, read, titles=[(typed, "Film")]).search, "/sok")
    assert (titled.asked, titled.instead) == (typed, None)
    offered = offer(titled, "/sok")
    assert offered is not None
    assert offered.label == "Vis bare filmer"
    assert answer(typed, Shelf(typed).search, "/sok").asked == typed  # no film anywhere


def test_a_title_is_one_on_every_page_and_in_every_order() -> None:
    best, later = Asked("film"), Asked("film", page=2, sort="title")
    read = Asked(filters={"format": ("film", "efilm")}, sort="title")
    assert answer(later, Shelf(best, later, read, titles=[(best, "Film")]).search, "/sok").asked == later


def test_a_word_of_a_title_is_not_offered_away() -> None:
    typed = Asked("Bok og bibliotek")
    answered = answer(typed, Shelf(typed, titles=[(typed, "Bok og bibliotek")]).search, "/sok")
    assert (answered.asked, answered.instead, offer(answered, "/sok")) == (typed, None, None)


def test_to_the_letter_is_to_the_letter() -> None:
    shelf = Shelf()
    answered = answer(Asked("boken om lydbok", verbatim=True), shelf.search, "/sok")
    assert (len(shelf.asked), answered.instead) == (1, None)


def test_first_the_form_then_without_small_words_then_both() -> None:
    shelf = Shelf()
    answered = answer(Asked("lydbok av Hamsun", page=3), shelf.search, "/sok")
    assert shelf.asked == [
        Asked("lydbok av Hamsun", page=3),
        Asked("Hamsun", filters={"format": AUDIO}),
        Asked("lydbok Hamsun"),
        Asked("Hamsun"),  # at last in any form
    ]
    assert (answered.asked, answered.instead) == (Asked("lydbok av Hamsun", page=3), None)
    assert offer(answered, "/sok") is None  # it was tried


def test_one_word_that_is_not_found_costs_nothing_more() -> None:
    shelf = Shelf()
    answer(Asked("finnesikke"), shelf.search, "/sok")
    assert len(shelf.asked) == 1


@pytest.fixture
def shelves(stocked: Country) -> Country:
    """Besides the rest, Deichman has «Sult» read aloud, and a book whose title nobody remembers whole."""
    aloud = record("o8", "Sult", year="2009", publisher="Lydbokforlaget", place="Trondheim",
                   standing=[("hbar", "Lydbøker", "Ham")]).replace(b"nam", b"nim", 1)  # fmt: skip
    take("oslo", aloud, record("o9", "Fjellets hemmelighet", year="1999", standing=[("hbar", "", "Fje")]))
    fill_index()
    return stocked


def test_a_form_that_finds_nothing_becomes_a_filter_and_the_page_says_so(client: Client, shelves: Country) -> None:
    page = read(client, "/oslo/sok?q=sult+lydbok&sorter=nyeste")
    assert titles(page) == ["Sult"]
    assert texts(page.select("h1")) == ["1 treff på sult"]
    assert texts(page.select(".aside")) == [
        "Ingen treff på «sult lydbok». Her er treff på «sult» blant lydbøker. Søk etter nøyaktig det jeg skrev"
    ]
    assert texts(page.select(".chosen-one")) == ["Fjern filter: Lydbok"]
    typed = page.select_one("input[type=search]")
    assert typed is not None
    assert typed["value"] == "sult lydbok"
    assert page.select(".aside-offer") == []
    hidden = [(str(each["name"]), str(each["value"])) for each in page.select(".filters input[type=hidden]")]
    assert hidden == [("q", "sult")]


def test_the_way_back_searches_for_exactly_what_was_typed(client: Client, shelves: Country) -> None:
    link = read(client, "/oslo/sok?q=sult+lydbok").select_one(".aside a")
    assert link is not None
    assert link["href"] == "/oslo/sok?q=sult+lydbok&ordrett=ja"
    page = read(client, str(link["href"]))
    assert titles(page) == []
    assert [(each.get_text(), each["href"]) for each in page.select(".aside-offer a")] == [
        ("Vis bare lydbøker", "/oslo/sok?q=sult&form=audiobook&form=eaudiobook")
    ]


def test_a_form_that_is_not_there_is_told_and_the_others_shown(client: Client, shelves: Country) -> None:
    page = read(client, "/oslo/sok?q=sult+film")
    assert titles(page) == ["Sult"]
    assert texts(page.select(".aside")) == [
        "Ingen treff på «sult» blant filmer. Her er «sult» i andre former. Søk etter nøyaktig det jeg skrev"
    ]
    assert page.select(".chosen-one, .aside-offer") == []


def test_a_word_for_several_languages_shows_those_that_are_there(client: Client, shelves: Country) -> None:
    page = read(client, "/sok?q=bøker+på+samisk")
    assert titles(page) == ["Beaivi, áhčážan"]
    assert texts(page.select(".chosen-one")) == ["Fjern filter: Bok", "Fjern filter: nordsamisk"]


def test_a_form_alone_shows_all_of_it(client: Client, shelves: Country) -> None:
    page = read(client, "/oslo/sok?q=lydbøker")
    assert titles(page) == ["Sult"]
    assert texts(page.select("h1")) == ["1 tittel"]
    assert texts(page.select(".aside"))[0].startswith("Ingen treff på «lydbøker». Her er lydbøker.")


def test_small_words_are_left_out_and_the_page_says_so(client: Client, shelves: Country) -> None:
    page = read(client, "/oslo/sok?q=hemmelighet+om+fjellet")
    assert titles(page) == ["Fjellets hemmelighet"]
    assert texts(page.select(".aside")) == [
        "Ingen treff på «hemmelighet om fjellet». Her er treff på «hemmelighet fjellet»."
        " Søk etter nøyaktig det jeg skrev"
    ]


def test_what_is_found_is_shown_and_the_filter_offered(client: Client, shelves: Country) -> None:
    take("oslo", record("o10", "Film og fjell", year="2001", standing=[("hbar", "", "Fil")]))
    fill_index()
    page = read(client, "/oslo/sok?q=film+fjell")
    assert titles(page) == ["Film og fjell"]
    assert page.select(".aside") == []
    assert [(each.get_text(), each["href"]) for each in page.select(".aside-offer a")] == [
        ("Vis bare filmer", "/oslo/sok?q=fjell&form=film&form=efilm")
    ]


def test_what_nothing_helps_is_told_as_ever(client: Client, shelves: Country) -> None:
    page = read(client, "/oslo/sok?q=finnesikke+på+lydbok")
    assert titles(page) == []
    assert page.select(".aside, .aside-offer") == []
    assert texts(page.select(".nothing h2")) == ["Ingen treff – men ikke gi opp"]


def test_the_other_scope_is_asked_for_what_was_typed(client: Client, shelves: Country) -> None:
    page = read(client, "/oslo/sok?q=sult+lydbok")
    assert [str(each["href"]) for each in page.select(".scopes a")] == [
        "/oslo/sok?q=sult+lydbok",
        "/oslo/sok?q=sult+lydbok&hvor=alle",
    ]


def test_who_asks_for_bokmål_is_told_what_is_only_norwegian(client: Client, stocked: Country) -> None:
    take("oslo", record("o11", "Terje Vigen", language="nor", year="1862", standing=[("hbar", "", "Ibs")]))
    fill_index()
    page = read(client, "/oslo/sok?sprak=nb")
    assert texts(page.select(".aside")) == [
        "1 tittel har utgaver som bare er registrert som norsk (uten målform). Ta den med"
    ]
    link = page.select_one(".aside a")
    assert link is not None
    assert link["href"] == "/oslo/sok?sprak=nb&sprak=no"
    both = read(client, str(link["href"]))
    assert sorted(titles(both)) == ["Sult", "Terje Vigen"]
    assert both.select(".aside") == []
    assert read(client, "/oslo/sok?sprak=en").select(".aside") == []


def test_what_was_not_counted_among_the_many_languages_may_be_there_all_the_same(
    client: Client, stocked: Country
) -> None:
    tags = ("eng", "ger", "fre", "spa", "ita", "swe", "dan", "fin", "pol", "dut", "ice", "lit")
    take("oslo", *(record(f"m{tag}", f"Ordbok {tag}", language=tag, standing=[("hbar", "", "Ord")]) for tag in tags))
    fill_index()
    page = read(client, "/oslo/sok?sprak=se")
    assert texts(page.select(".aside")) == [
        "Det kan finnes utgaver som bare er registrert som samisk (uspesifisert). Ta dem også med"
    ]


@pytest.mark.parametrize(
    ("screen", "norwegian", "sámi"),
    [
        ("nb", "norsk (uten målform)", "samisk (uspesifisert)"),
        ("nn", "norsk (utan målform)", "samisk (uspesifisert)"),
        ("en", "Norwegian (form not stated)", "Sámi (unspecified)"),
    ],
)
def test_languages_that_are_not_told_apart_are_called_so(
    client: Client, stocked: Country, screen: str, norwegian: str, sámi: str
) -> None:
    take("oslo", record("o11", "Terje Vigen", language="nor", year="1862", standing=[("hbar", "", "Ibs")]))
    take("oslo", record("o12", "Sámi muitalusat", language="smi", year="1980", standing=[("hbar", "", "Sám")]))
    fill_index()
    client.cookies["allmenning_language"] = screen
    page = read(client, "/oslo/sok")
    shown = {str(each["value"]): each for each in page.select("input[name=sprak]")}
    labels = {value: page.select_one(f"label[for={box['id']}]") for value, box in shown.items()}
    said = {value: label.get_text().rpartition(" ")[0] for value, label in labels.items() if label}
    assert (said["no"], said["smi"]) == (norwegian, sámi)
