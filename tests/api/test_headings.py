"""The REST door to the authority register, over real requests."""

from __future__ import annotations

import pytest
from django.test import Client

from allmenning.authorities import services
from tests.authorities.registers import HAMSUN, SAMI, SIBLINGS, entity, take_in
from tests.catalogue.records import CATALOGUER

pytestmark = pytest.mark.django_db


def test_words_in_any_language_find_a_heading(client: Client) -> None:
    take_in("prove", SAMI, SIBLINGS)
    answer = client.get("/api/v1/headings", {"q": "Sámit"})
    number = entity("Samer").id
    assert answer.json() == {
        "items": [
            {
                "id": number,
                "kind": "topic",
                "name": "Samer",
                "labels": {"en": "Sami people", "nb": "Samer", "nn": "Samar", "se": "Sámit"},
                "dates": "",
                "deprecated": False,
                "url": f"http://testserver/api/v1/headings/{number}",
                "score": 100.0,
                "matched": "Sámit",
            }
        ]
    }
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_an_identifier_of_any_register_finds_it(client: Client) -> None:
    take_in("prove", SAMI)
    for named in ("(NoOU)REAL001536", "http://data.ub.uio.no/realfagstermer/c001536", "noubomn:REAL001536"):
        found = client.get("/api/v1/headings", {"identifier": named}).json()["items"]
        assert [each["name"] for each in found] == ["Samer"]
    assert client.get("/api/v1/headings", {"identifier": "viaf:1"}).json() == {"items": []}


def test_suggestions_while_typing(client: Client) -> None:
    take_in("prove", HAMSUN, SAMI)
    assert client.get("/api/v1/headings/suggest", {"q": "hams", "kind": "person"}).json() == [
        {
            "id": entity("Hamsun, Knut").id,
            "name": "Hamsun, Knut, 1859-1952",
            "kind": "person",
            "matched": "Hamsun, Knut",
        }
    ]


def test_a_replaced_heading_leads_on_and_an_unknown_is_told(client: Client) -> None:
    take_in("prove", SAMI, {**SAMI, "id": "REAL000009", "nb": "Lapper"})
    old, new = entity("Lapper").id, entity("Samer").id
    services.replace(actor=CATALOGUER, entity_id=old, by_id=new)
    led = client.get(f"/api/v1/headings/{old}")
    assert (led.status_code, led.headers["Location"]) == (308, f"/api/v1/headings/{new}")
    gone = client.get(f"/api/v1/headings/{10**9}")
    assert (gone.status_code, gone.headers["Content-Type"], gone.json()["code"]) == (
        404,
        "application/problem+json",
        "no_such_heading",
    )


@pytest.mark.parametrize("query", [{"q": "x" * 301}, {"q": "x", "kind": "galaxy"}, {"q": "x", "limit": "many"}])
def test_what_cannot_be_asked(query: dict[str, str], client: Client) -> None:
    assert client.get("/api/v1/headings", query).status_code == 422


def test_other_methods(client: Client) -> None:
    assert (client.delete("/api/v1/headings").status_code, client.options("/api/v1/headings").status_code) == (405, 204)
