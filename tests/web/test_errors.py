from __future__ import annotations

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
