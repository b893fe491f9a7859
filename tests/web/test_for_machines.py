"""What browsers and crawlers ask for by themselves."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from allmenning.organisations import services
from allmenning.web.public.for_machines import initial
from tests.people_and_places import SYSTEM
from tests.web.shelves import Country
from tests.web.test_front import read


def may_fetch(rules: str, path: str) -> bool:
    """RFC 9309 §2.2.2: the longest pattern that fits decides, Allow before Disallow; without any, all is open."""
    fitting = [(0, True)]
    for line in rules.splitlines():
        kind, _, pattern = line.partition(": ")
        if kind in ("Allow", "Disallow") and re.match(re.escape(pattern).replace(r"\*", ".*"), path):
            fitting.append((len(pattern), kind == "Allow"))
    return max(fitting)[1]


@pytest.mark.parametrize("below", ["", "/oslo"])
def test_crawlers_find_the_works_and_are_kept_from_searches_and_the_desk(
    client: Client, country: Country, below: str
) -> None:
    rules = client.get("/robots.txt").content.decode()
    opened = ["/", "/verk/5", "/verk/5.json", "/om", "/sok", "/sok?side=3", "/tema/7a1f2b.css", "/ikon.svg"]
    closed = ["/sok?q=sult", "/sok?sprak=nb", "/sok?person=Hamsun", "/sok?q=x&side=2", "/forslag?q=su", "/?lang=en"]
    assert [path for path in opened if not may_fetch(rules, below + path)] == []
    assert [path for path in closed if may_fetch(rules, below + path)] == []
    assert not may_fetch(rules, "/desk/sign-in/")


def test_a_library_with_a_host_of_its_own_has_its_own_rules(
    client: Client, country: Country, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["alta.example.no"]
    services.change_library(actor=SYSTEM, library_id=country.alta.id, host="alta.example.no")
    answer = client.get("/robots.txt", headers={"host": "alta.example.no"})
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /sok?",
        "Allow: /sok?side=",
        "Disallow: /forslag",
        "Disallow: /*?lang=",
        "Disallow: /*&lang=",
    ]


@pytest.mark.parametrize(
    ("path", "colour", "sign"),
    [("/oslo/", "#7a1f2b", ">D</text>"), ("/kautokeino/", "#f2c100", ">K</text>"), ("/", "#1f5a4d", "<path")],
)
def test_a_tab_shows_whose_page_it_is(client: Client, country: Country, path: str, colour: str, sign: str) -> None:
    named = read(client, path).select_one("link[rel=icon]")
    assert named is not None
    assert named["href"] == f"{path}ikon.svg"
    answer = client.get(str(named["href"]))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/svg+xml", "public, max-age=86400")
    drawn = answer.content.decode()
    assert f'fill="{colour}"' in drawn
    assert sign in drawn


def test_browsers_that_look_in_the_old_place_are_led_on(client: Client, country: Country) -> None:
    assert [client.get(f"{site}favicon.ico")["Location"] for site in ("/", "/oslo/")] == ["/ikon.svg", "/oslo/ikon.svg"]


@pytest.mark.parametrize(
    ("name", "letter"), [("«Ørland»", "Ø"), ("álttá", "Á"), ("4 byer", "4"), ("–", "•"), ("", "•")]
)
def test_the_sign_is_the_first_letter_of_the_name(name: str, letter: str) -> None:
    assert initial(name) == letter


def test_the_desk_has_the_sign_of_allmenning(client: Client, db: None) -> None:
    named = read(client, "/desk/sign-in/").select_one("link[rel=icon]")
    assert named is not None
    assert urlsplit(str(named["href"])).path == "/ikon.svg"
