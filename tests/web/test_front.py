from __future__ import annotations

from datetime import datetime

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils import translation

from allmenning.organisations.opening import OSLO
from allmenning.organisations.queries import branches, open_now
from allmenning.web.public.opening import line, openings
from tests.web.shelves import Country


def read(client: Client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "html.parser")


def texts(found: list[Tag]) -> list[str]:
    return [" ".join(each.get_text(" ").split()) for each in found]


def test_a_front_page_shows_search_hours_new_titles_and_languages(client: Client, stocked: Country) -> None:
    page = read(client, "/oslo/")
    assert texts(page.select("h1")) == ["Hva vil du finne?"]
    assert [str(each["action"]) for each in page.select("form[role=search]")] == ["/oslo/sok"]
    assert texts(page.select(".card-title")) == ["Sult", "Преступление и наказание", "Fuglane"]
    assert texts(page.select(".opening-words a")) == ["Deichman Bjørvika", "Deichman Grünerløkka"]
    assert texts(page.select(".tongue-own")) == ["nynorsk", "English", "русский"]


def test_titles_and_languages_are_marked_with_their_language(client: Client, stocked: Country) -> None:
    page = read(client, "/oslo/")
    marked = {" ".join(each.get_text().split()): each["lang"] for each in page.select(".card-title span[lang]")}
    assert marked == {"Sult": "nb", "Преступление и наказание": "ru", "Fuglane": "nn"}
    assert page.select_one(".tongue-own[lang=ru]") is not None


def test_a_library_with_nothing_yet_has_a_front_page_without_shelves(client: Client, country: Country) -> None:
    page = read(client, "/alta/")
    assert page.select(".shelf, .tongues") == []
    assert texts(page.select(".opening-line")) == ["Ingen åpningstider de neste ukene"]
    assert page.select(".opening-state") == []


def test_a_sami_librarys_name_stands_in_both_languages(client: Client, country: Country) -> None:
    page = read(client, "/kautokeino/")
    also = page.select_one(".logo-also")
    assert also is not None
    assert (also.get_text(), also["lang"]) == ("Guovdageainnu girjerádju", "se")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23 12:00", "Stenger kl. 19.00"),
        ("2026-11-23 08:00", "Åpner kl. 10.00"),
        ("2026-11-23 19:00", "Åpner i morgen kl. 10.00"),
        ("2026-11-28 18:00", "Åpner mandag kl. 10.00"),
    ],
)
def test_opening_hours_are_told_as_one_says_them(country: Country, moment: str, words: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=OSLO)
    main = branches(country.oslo.id)[0]
    with translation.override("nb"):
        assert line(open_now([main.id], at)[main.id], at) == words


def test_hours_of_all_branches_take_three_queries(country: Country, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(3):
        openings(country.oslo.id, "nb")


def test_the_about_page_tells_hours_addresses_and_contact(client: Client, country: Country) -> None:
    page = read(client, "/oslo/om")
    assert texts(page.select(".week h3")) == ["Deichman Bjørvika", "Deichman Grünerløkka"]
    assert texts(page.select("#bjorvika .hours td")) == ["10.00–19.00"] * 5 + ["10.00–16.00", "Stengt"]
    assert texts(page.select(".week-address"))[0] == "Anne-Cath. Vestlys plass 1, 0150 Oslo"
    assert {str(each["href"]) for each in page.select(".contact a")} == {
        "tel:23 43 29 00",
        "mailto:post@deichman.example.no",
    }


def test_the_about_page_takes_as_many_queries_with_one_branch_as_with_two(
    client: Client,
    country: Country,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    for path in ("/alta/om", "/oslo/om"):
        with django_assert_num_queries(7):
            client.get(path)
