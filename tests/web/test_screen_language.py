from __future__ import annotations

from django.test import Client

from allmenning.web.screen_language import COOKIE
from tests.web.shelves import Country


def spoken(client: Client, path: str) -> str:
    answer = client.get(path)
    assert f'<html lang="{answer["Content-Language"]}"' in answer.content.decode()
    return str(answer["Content-Language"])


def test_a_page_speaks_the_librarys_language(client: Client, country: Country) -> None:
    assert spoken(client, "/oslo/") == "nb"
    assert spoken(client, "/kautokeino/") == "nn"
    assert spoken(client, "/") == "nb"


def test_a_choice_is_remembered_and_leaves_the_address(client: Client, country: Country) -> None:
    answer = client.get("/oslo/sok?q=sult&lang=en")
    assert (answer.status_code, answer["Location"]) == (302, "/oslo/sok?q=sult")
    assert client.cookies[COOKIE].value == "en"
    assert spoken(client, "/oslo/") == "en"
    assert spoken(client, "/kautokeino/") == "en"


def test_a_language_we_do_not_speak_yet_changes_nothing(client: Client, country: Country) -> None:
    assert client.get("/oslo/?lang=se").status_code == 200
    client.cookies[COOKIE] = "xx"
    assert spoken(client, "/oslo/") == "nb"


def test_the_browsers_wish_is_not_asked(client: Client, country: Country) -> None:
    assert client.get("/oslo/", headers={"accept-language": "en"})["Content-Language"] == "nb"


def test_the_way_back_never_leaves_the_site(client: Client, country: Country) -> None:
    assert client.get("/", {"lang": "en"}, PATH_INFO="//evil.example/")["Location"] == "/%2Fevil.example/"


def test_caches_are_told_what_the_page_depends_on(client: Client, country: Country) -> None:
    answer = client.get("/oslo/")
    assert "Cookie" in answer["Vary"]
    assert answer["Cache-Control"] == "no-cache"
    assert answer.cookies == {}
