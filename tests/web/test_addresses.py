"""One site a library: by host name or by the first part of the path."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django.fixtures import Settings

from allmenning.organisations import services
from tests.people_and_places import SYSTEM
from tests.web.shelves import Country


def links(client: Client, path: str, **headers: str) -> set[str]:
    page = BeautifulSoup(client.get(path, headers=headers).content, "html.parser")
    return {str(each["href"]) for each in page.select("a[href]") if str(each["href"]).startswith(("/", "http"))}


def test_all_links_of_a_site_by_path_stay_within_it(client: Client, stocked: Country) -> None:
    outside = {link for link in links(client, "/oslo/") if not link.startswith("/oslo/")}
    assert outside == {"/"}  # to the national door


def test_without_the_last_slash_the_front_page_is_found_all_the_same(client: Client, country: Country) -> None:
    answer = client.get("/oslo")
    assert (answer.status_code, answer["Location"]) == (302, "/oslo/")
    assert client.get("/oslo?q=1&lang=nn")["Location"] == "/oslo/?q=1&lang=nn"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/oslo/sok/?q=sult", "/oslo/sok?q=sult"),
        ("/oslo/om/", "/oslo/om"),
        ("/oslo/verk/37/", "/oslo/verk/37"),
        ("/sok//?q=%C3%B8", "/sok?q=%C3%B8"),
    ],
)
def test_with_a_slash_too_many_the_page_is_found_all_the_same(
    client: Client, country: Country, asked: str, meant: str
) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, meant)


@pytest.mark.parametrize("path", ["/oslo/nei/", "/oslo//", "/oslo//example.no/"])
def test_a_slash_leads_nowhere_where_there_is_no_page(client: Client, country: Country, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_host_name_is_a_whole_site(client: Client, country: Country, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["alta.example.no"]
    services.change_library(actor=SYSTEM, library_id=country.alta.id, host="alta.example.no")
    page = client.get("/", headers={"host": "alta.example.no"})
    assert "<title>Alta bibliotek</title>" in page.content.decode()
    assert {link for link in links(client, "/", host="alta.example.no") if link.startswith("/alta")} == set()


def test_the_national_door_leads_to_every_library(client: Client, country: Country) -> None:
    assert {"/oslo/", "/alta/", "/kautokeino/"} <= links(client, "/")


def test_the_door_finds_libraries_by_municipality_name_or_county(client: Client, country: Country) -> None:
    def found(text: str) -> set[str]:
        return {each for each in links(client, f"/?kommune={text}") if each in {"/oslo/", "/alta/", "/kautokeino/"}}

    assert found("finnmark") == {"/alta/", "/kautokeino/"}
    assert found("deichman") == {"/oslo/"}
    assert found("GIRJERÁDJU") == {"/kautokeino/"}
    assert found("bergen") == set()


@pytest.mark.parametrize(
    "path", ["/bergen/", "/oslo/nei", "/oslo/verk/12345", "/om", "/oslo/verk/99999999999999999999"]
)
def test_an_unknown_address_is_told_kindly(client: Client, country: Country, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Vi finner ikke denne siden" in answer.content.decode()


def test_a_closed_library_has_no_site(client: Client, country: Country) -> None:
    services.change_library(actor=SYSTEM, library_id=country.alta.id, active=False)
    assert client.get("/alta/").status_code == 404


def test_pages_only_answer_to_reading(client: Client, country: Country) -> None:
    assert client.post("/oslo/sok").status_code == 405


def test_a_colours_stylesheet_may_be_kept_for_ever(client: Client, db: None) -> None:
    answer = client.get("/tema/7a1f2b.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--ds-color-accent-base-default:#7a1f2b;" in answer.content.decode()
    assert client.get("/tema/7A1F2B;x.css").status_code == 404
