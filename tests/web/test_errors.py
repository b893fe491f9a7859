from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from allmenning.web.public import views
from tests.web.shelves import Country


def test_our_own_mistakes_are_told_as_ours_without_asking_the_database(rf: RequestFactory) -> None:
    with translation.override("nn"):
        answer = views.broken(rf.get("/oslo/"))
    assert answer.status_code == 500
    assert "Noko gjekk gale hos oss" in answer.content.decode()


def test_a_missing_page_stays_in_its_librarys_frame(client: Client, country: Country) -> None:
    page = client.get("/oslo/nei").content.decode()
    assert "<title>Ikke her – Deichman bibliotek</title>" in page
    assert '<a class="ds-button" href="/oslo/">Til forsiden</a>' in page


def test_a_form_sent_to_a_librarys_address_without_its_proof_is_refused_in_words(country: Country) -> None:
    for address in ("/oslo/", "/oslo/sok", "/"):
        answer = Client(enforce_csrf_checks=True).post(address)
        assert answer.status_code == 403, address
        assert "<title>" in answer.content.decode()


def test_more_fields_than_a_form_has_is_refused_in_words(country: Country) -> None:
    too_many = {f"post{number}": "1" for number in range(1_001)}
    for address in ("/desk/tvil/", "/desk/sign-in/"):
        browser = Client(enforce_csrf_checks=True)
        browser.cookies["csrftoken"] = "a" * 32
        answer = browser.post(address, too_many)
        assert answer.status_code == 400, address
        assert "Vi kunne ikke ta imot det som ble sendt" in answer.content.decode()


@pytest.mark.parametrize("address", ["/", "/oslo/", "/oslo/sok?q=sult", "/desk/"])
def test_a_site_that_is_not_here_is_told_so(client: Client, country: Country, address: str) -> None:
    answer = client.get(address, headers={"host": "feil.example.com"})
    assert answer.status_code == 400
    assert "Det er ikke noe bibliotek på denne adressen" in answer.content.decode()
