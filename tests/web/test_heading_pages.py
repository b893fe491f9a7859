"""A person's and a subject's own page on a library's site."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from allmenning.authorities import services
from allmenning.catalogue.headings import following
from tests.authorities.registers import HAMSUN, SAMI, SIBLINGS, entity, take_in
from tests.catalogue.records import CATALOGUER
from tests.web.shelves import Country, fill_index


@pytest.fixture
def linked(stocked: Country) -> Country:
    """The country's books, linked to a small register and indexed anew."""
    take_in("prove", HAMSUN, SIBLINGS, SAMI, vocabulary="tgn")
    following.catch_up()
    fill_index()
    return stocked


def page(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path, follow=True)  # ?lang= is kept in a cookie and leads back
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def text(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(each.get_text().split()) for each in soup.select(selector)]


def test_a_persons_page_tells_who_and_what(client: Client, linked: Country) -> None:
    soup = page(client, f"/oslo/navn/{entity('Hamsun, Knut').id}")
    assert text(soup, "h1") == ["Knut Hamsun"]
    assert text(soup, ".heading-kind") + text(soup, ".work-remainder") == ["Person", "1859-1952"]
    assert sorted(text(soup, ".heading-shelf .card-title")) == ["Markens grøde", "Sult"]
    assert text(soup, ".facts dt") == ["Også kalt"]
    assert text(soup, ".facts dd li") == ["Pedersen, Knud", "Гамсун, Кнут"]


def test_a_subject_is_told_in_the_language_of_the_screen(client: Client, linked: Country) -> None:
    subject = entity("Søsken").id
    assert text(page(client, f"/oslo/emne/{subject}?lang=nn"), "h1") == ["Sysken"]
    assert text(page(client, f"/oslo/emne/{subject}?lang=en"), "h1") == ["Siblings"]
    shown = page(client, f"/oslo/emne/{subject}?lang=nb")
    assert (text(shown, "h1"), text(shown, ".card-title")) == (["Søsken"], ["Fuglane"])
    assert [each["lang"] for each in shown.select(".facts dd [lang]")] == ["en", "nn", "se"]


def test_a_works_page_leads_to_them(client: Client, linked: Country) -> None:
    soup = page(client, f"/oslo/verk/{linked.work('Fuglane')}")
    assert soup.select_one(f'a[href="/oslo/emne/{entity("Søsken").id}"]') is not None
    soup = page(client, f"/oslo/verk/{linked.work('Sult')}")
    assert soup.select_one(f'.work-creators a[href="/oslo/navn/{entity("Hamsun, Knut").id}"]') is not None


@pytest.mark.parametrize("typed", ["søsken", "sysken", "siblings", "oappát", "SØSKEN"])
def test_a_search_in_any_language_finds_the_bokmal_heading(typed: str, client: Client, linked: Country) -> None:
    assert "Fuglane" in client.get("/oslo/sok", {"q": typed}).content.decode()


def test_every_spelling_of_a_name_finds_the_person(client: Client, linked: Country) -> None:
    assert "Markens grøde" in client.get("/sok", {"q": "гамсун"}).content.decode()


def test_the_wrong_address_and_old_numbers_lead_on(client: Client, linked: Country) -> None:
    person, subject = entity("Hamsun, Knut").id, entity("Søsken").id
    assert client.get(f"/oslo/emne/{person}").headers["Location"] == f"/oslo/navn/{person}"
    services.replace(actor=CATALOGUER, entity_id=subject, by_id=entity("Samer").id)
    led = client.get(f"/oslo/emne/{subject}")
    assert (led.status_code, led.headers["Location"]) == (301, f"/oslo/emne/{entity('Samer').id}")
    assert client.get("/oslo/navn/999999").status_code == 404
    assert client.get(f"/oslo/navn/{2**70}").status_code == 404


def test_a_divided_heading_offers_a_choice(client: Client, linked: Country) -> None:
    both = [SAMI["id"], SIBLINGS["id"]]
    take_in("prove", {"id": "REAL000007", "type": "topic", "nb": "Begge", "deprecated": True, "replaced_by": both})
    answer = client.get(f"/oslo/emne/{entity('Begge').id}")
    soup = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, text(soup, "main ul a")) == (300, ["Søsken", "Samer"])


def test_a_heading_that_no_title_has(client: Client, linked: Country) -> None:
    assert "Ingen bibliotek har noen tittel her ennå." in client.get(f"/emne/{entity('Samer').id}").content.decode()


def test_many_works_cost_no_more_queries(
    client: Client, linked: Country, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(30):
        client.get(f"/oslo/navn/{entity('Hamsun, Knut').id}")
