"""What the page does when nothing has all of what was typed, and what it says about it."""

from __future__ import annotations

import pytest
from django.test import Client

from allmenning.discovery.ports import SearchResult
from allmenning.web.public.answering import answer, offer
from allmenning.web.public.asking import Asked
from tests.catalogue.records import take
from tests.web.shelves import Country, fill_index, record
from tests.web.test_front import read, texts
from tests.web.test_results import titles

AUDIO = ("audiobook", "eaudiobook")


class Shelf:
    """Finds one work for the questions it knows, and remembers what it was asked."""

    def __init__(self, *known: Asked) -> None:
        self.known, self.asked = known, list[Asked]()

    def search(self, asked: Asked) -> SearchResult:
        self.asked.append(asked)
        return SearchResult(1 if asked in self.known else 0, (), {})


def test_what_is_found_as_typed_is_asked_for_once() -> None:
    typed = Asked("boken om lydbok")
    shelf = Shelf(typed)
    answered = answer(typed, shelf.search, "/sok")
    assert (shelf.asked, answered.asked, answered.instead) == ([typed], typed, None)


def test_to_the_letter_is_to_the_letter() -> None:
    shelf = Shelf()
    answered = answer(Asked("boken om lydbok", verbatim=True), shelf.search, "/sok")
    assert (len(shelf.asked), answered.instead) == (1, None)


def test_first_the_form_then_without_small_words_then_both() -> None:
    shelf = Shelf()
    answered = answer(Asked("lydbok av Hamsun", page=3), shelf.search, "/sok")
    assert shelf.asked == [
        Asked("lydbok av Hamsun", page=3),
        Asked("av Hamsun", filters={"format": AUDIO}),
        Asked("lydbok Hamsun"),
        Asked("Hamsun", filters={"format": AUDIO}),
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
    assert texts(page.select(".chosen-one")) == ["Fjern filter: Lydbok", "Fjern filter: Lydbok på nett"]
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
