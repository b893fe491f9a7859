"""A page repeats only what it has understood of its address, and little of that."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.http import urlencode

from allmenning.people.models import Role
from tests import people_and_places as known
from tests.web.shelves import Country

LONG = "lang" * 500


@pytest.mark.parametrize(
    ("path", "field"), [("/", "kommune"), ("/", "noe"), ("/oslo/", "kommune"), ("/oslo/om", "q"), ("/oslo/nei", "q")]
)
def test_a_long_text_is_not_repeated(client: Client, country: Country, path: str, field: str) -> None:
    page = client.get(path, {field: LONG}).content.decode()
    assert "lang" * 26 not in page
    assert len(page) - len(client.get(path).content.decode()) < 2_000


def test_a_long_search_is_shown_shortened_but_goes_along_whole(client: Client, stocked: Country) -> None:
    page = client.get("/oslo/sok", {"q": "sult " + LONG, "noe": LONG}).content.decode()
    assert f"<q>sult {'lang' * 23}la…</q>" in " ".join(page.split())
    assert page.count(LONG) == 0
    assert page.count(LONG[:995]) >= 1


def test_a_page_of_filters_does_not_grow_out_of_its_address(client: Client, stocked: Country) -> None:
    """Each filter stands in the links of all the others."""
    facets = ("form", "sprak", "malgruppe", "tiar", "avdeling", "bibliotek", "person", "emne")
    many = urlencode([(facet, f"{at:03}" + "x" * 190) for facet in facets for at in range(50)])
    assert len(client.get(f"/oslo/sok?{many}").content) < 120_000
    few = urlencode([("form", f"f{at}") for at in range(100)])
    assert len(client.get(f"/oslo/sok?{few}").content) < 120_000


def test_the_screens_language_keeps_the_search_and_nothing_else(client: Client, stocked: Country) -> None:
    page = client.get("/oslo/sok?q=sult&sprak=en&noe=annet&lang=xx").content.decode()
    assert "?q=sult&amp;sprak=en&amp;lang=nn" in page
    assert "annet&" not in page


def test_the_desk_repeats_no_more(country: Country) -> None:
    client = Client()
    client.force_login(known.staff(country.oslo, Role.CATALOGUER))
    for path in ("/desk/tvil/", "/desk/finn/", "/desk/"):
        page = client.get(path, {"q": LONG, "noe": LONG, "gjort": LONG, "etter": LONG}).content.decode()
        assert "lang" * 60 not in page, path
    assert "lang" * 60 not in Client().get("/desk/sign-in/", {"noe": LONG}).content.decode()
