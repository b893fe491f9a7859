from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.shelves import Country
from tests.web.test_front import read, texts


def titles(page: BeautifulSoup) -> list[str]:
    return texts(page.select(".hit h2"))


def test_a_hit_tells_what_it_is_and_where_it_stands(client: Client, stocked: Country) -> None:
    page = read(client, "/oslo/sok?q=sult")
    assert texts(page.select("h1")) == ["1 treff på sult"]
    assert titles(page) == ["Sult"]
    assert texts(page.select(".hit-creator")) == ["Knut Hamsun · 1890–2016"]
    assert texts(page.select(".hit-facts li")) == ["Bok", "Språk: bokmål, engelsk"]
    assert texts(page.select(".hit-where")) == ["Deichman Bjørvika, Deichman Grünerløkka"]
    assert page.select(".hit svg.cover[aria-hidden=true]") != []


def test_a_hit_says_why_when_its_title_does_not(client: Client, stocked: Country) -> None:
    page = read(client, "/oslo/sok?q=hunger&sprak=en")
    assert titles(page) == ["Sult"]
    assert texts(page.select(".hit-why")) == ["Funnet i utgaven som heter Hunger"]
    assert [each["lang"] for each in page.select(".hit-why span[lang]")] == ["en"]


def test_a_search_stays_within_the_library_until_told_otherwise(client: Client, stocked: Country) -> None:
    assert titles(read(client, "/oslo/sok?q=beaivi")) == []
    everywhere = read(client, "/oslo/sok?q=beaivi&hvor=alle")
    assert titles(everywhere) == ["Beaivi, áhčážan"]
    assert texts(everywhere.select(".hit-where")) == ["Ikke her – 1 annet bibliotek har den"]
    assert texts(everywhere.select(".scopes [aria-current]")) == ["Hele Norge"]


def test_the_national_door_searches_everything_and_names_libraries(client: Client, stocked: Country) -> None:
    page = read(client, "/sok?q=sult")
    assert texts(page.select(".hit-where")) == ["Alta bibliotek, Deichman bibliotek"]
    assert page.select(".scopes") == []


def test_nothing_found_offers_ways_on(client: Client, stocked: Country) -> None:
    page = read(client, "/oslo/sok?q=beaivi")
    assert texts(page.select(".ways a")) == [
        "Søk i alle bibliotekene i Norge",
        "post@deichman.example.no",
        "23 43 29 00",
    ]
    assert "1 treff der" in texts(page.select(".ways"))[0]


def test_other_libraries_are_asked_as_their_own_page_reads_it(client: Client, stocked: Country) -> None:
    ways = read(client, "/alta/sok?q=bok på engelsk").select(".ways a[href*=alle]")
    assert texts(ways) == ["Søk i alle bibliotekene i Norge"]
    assert ways[0].parent is not None
    assert "1 treff der" in ways[0].parent.get_text()
    assert titles(read(client, str(ways[0]["href"]))) == ["Sult"]


def test_other_libraries_are_not_offered_where_they_have_nothing_either(client: Client, stocked: Country) -> None:
    assert read(client, "/alta/sok?q=xyzzy").select(".ways a[href*=alle]") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("fulgane", ["Fuglane"]), ("hamsunn", ["Knut Hamsun"]), ("knut hamsen", ["Knut Hamsun"]), ("xyzzy", [])],
)
def test_a_slip_of_the_finger_is_understood(client: Client, stocked: Country, typed: str, meant: list[str]) -> None:
    page = read(client, f"/oslo/sok?q={typed}")
    offered = [each for each in page.select(".ways li:first-child a") if "Mente du" in page.get_text()]
    assert texts(offered) == meant
    for each in offered:
        assert titles(read(client, str(each["href"]))) != []


def test_filters_are_boxes_with_one_button(client: Client, stocked: Country) -> None:
    page = read(client, "/oslo/sok")
    assert texts(page.select(".filters legend")) == ["Språk", "Avdeling", "Utgitt"]
    assert texts(page.select(".filters button")) == ["Filtrer"]
    boxes = {(str(box["name"]), str(box["value"])) for box in page.select(".filters input[type=checkbox]")}
    assert {("sprak", "nn"), ("avdeling", "grunerlokka"), ("tiar", "1890")} <= boxes
    labelled = {str(label["for"]) for label in page.select(".filters label")}
    assert {str(box["id"]) for box in page.select(".filters input[type=checkbox]")} <= labelled


def test_filters_hold_and_can_be_taken_away(client: Client, stocked: Country) -> None:
    page = read(client, "/oslo/sok?sprak=nn&avdeling=grunerlokka")
    assert titles(page) == ["Fuglane"]
    assert texts(page.select(".chosen-one")) == ["Fjern filter: nynorsk", "Fjern filter: Deichman Grünerløkka"]
    assert [str(each["href"]) for each in page.select(".chosen a")] == [
        "/oslo/sok?avdeling=grunerlokka",
        "/oslo/sok?sprak=nn",
        "/oslo/sok",
    ]
    ticked = {str(box["value"]) for box in page.select(".filters input[checked]")}
    assert ticked == {"nn", "grunerlokka"}


def test_filters_without_boxes_go_along_with_the_form(client: Client, stocked: Country) -> None:
    page = read(client, "/oslo/sok?person=Hamsun, Knut&q=sult")
    hidden = [(str(each["name"]), str(each["value"])) for each in page.select(".filters input[type=hidden]")]
    assert hidden == [("q", "sult"), ("person", "Hamsun, Knut")]
    assert texts(page.select(".chosen-one")) == ["Fjern filter: Knut Hamsun"]


def test_a_filter_nobody_has_finds_nothing(client: Client, stocked: Country) -> None:
    assert titles(read(client, "/oslo/sok?avdeling=finnes-ikke")) == []


@pytest.mark.parametrize(
    ("order", "first"), [("tittel", "Fuglane"), ("eldste", "Sult"), ("nyeste", "Sult"), ("forfatter", "Sult")]
)
def test_results_can_be_sorted(client: Client, stocked: Country, order: str, first: str) -> None:
    assert titles(read(client, f"/oslo/sok?sorter={order}"))[0] == first


def test_a_page_past_the_end_is_empty_and_says_so(client: Client, stocked: Country) -> None:
    answer = client.get("/oslo/sok?side=9")
    assert answer.status_code == 200


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(path)
    return len(seen)


def test_three_hits_take_as_many_queries_as_one(client: Client, stocked: Country) -> None:
    assert queries(client, "/oslo/sok?q=sult") == queries(client, "/oslo/sok") == 4


def test_odd_searches_are_answered(client: Client, stocked: Country) -> None:
    for odd in ('"', ":::", "tittel:", "-", "*", "%00", "<script>alert(1)</script>", "æ" * 3000, "🦊", "OR AND NOT"):
        assert client.get("/oslo/sok", {"q": odd}).status_code == 200
        assert client.get("/oslo/forslag", {"q": odd}).status_code == 200


def test_what_was_typed_is_only_text(client: Client, stocked: Country) -> None:
    assert b"<script>alert" not in client.get("/oslo/sok", {"q": "<script>alert(1)</script>"}).content


def test_suggestions_lead_on(client: Client, stocked: Country) -> None:
    page = read(client, "/oslo/forslag?q=ham")
    assert texts(page.select("[role=option]")) == ["Knut Hamsun Person"]
    assert [str(each["data-url"]) for each in page.select("[role=option]")] == ["/oslo/sok?person=Hamsun%2C+Knut"]
    assert titles(read(client, "/oslo/sok?person=Hamsun%2C+Knut")) == ["Sult"]


def test_suggestions_are_the_librarys_own(client: Client, stocked: Country) -> None:
    assert read(client, "/oslo/forslag?q=beai").select("[role=option]") == []
    assert texts(read(client, "/oslo/forslag?q=beai&hvor=alle").select(".suggestion-text")) == ["Beaivi, áhčážan"]
