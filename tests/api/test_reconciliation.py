"""The reconciliation protocol 0.2 as OpenRefine speaks it, over real requests; shapes as in the specification's schemas."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.authorities.registers import HAMSUN, SAMI, SIBLINGS, entity, take_in

pytestmark = pytest.mark.django_db
HERE = "/api/reconcile"


@pytest.fixture(autouse=True)
def _register(db: None) -> None:
    take_in("prove", HAMSUN, SAMI, SIBLINGS)


def ask(client: Client, method: str = "post", **queries: Any) -> Any:
    send = client.post if method == "post" else client.get
    answer = send(HERE, {"queries": json.dumps(queries)})
    assert answer.status_code == 200
    return answer.json()


def test_the_manifest_names_what_a_client_needs(client: Client) -> None:
    said = client.get(HERE).json()
    assert {
        "versions",
        "name",
        "identifierSpace",
        "schemaSpace",
        "view",
        "defaultTypes",
        "preview",
        "suggest",
        "extend",
    } == set(said)
    assert "0.2" in said["versions"]
    assert said["view"] == {"url": "http://testserver/api/v1/headings/{{id}}"}
    assert said["preview"]["url"] == "http://testserver/api/reconcile/preview/{{id}}"
    assert said["suggest"]["entity"] == {
        "service_url": "http://testserver/api/reconcile",
        "service_path": "/suggest/entity",
    }
    assert {"id": "person", "name": "Person"} in said["defaultTypes"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_batch_of_queries(method: str, client: Client) -> None:
    said = ask(
        client,
        method,
        q0={"query": "Knut Hamsun", "type": "person"},
        q1={"query": "Sysken", "limit": 1},
        q2={"query": "Quux"},
    )
    assert said == {
        "q0": {
            "result": [
                {
                    "id": str(entity("Hamsun, Knut").id),
                    "name": "Hamsun, Knut, 1859-1952",
                    "type": [{"id": "person", "name": "Person"}],
                    "score": 99.0,
                    "match": True,
                }
            ]
        },
        "q1": {
            "result": [
                {
                    "id": str(entity("Søsken").id),
                    "name": "Søsken",
                    "type": [{"id": "topic", "name": "Topic"}],
                    "score": 100.0,
                    "match": True,
                }
            ]
        },
        "q2": {"result": []},
    }


def test_years_tell_people_of_one_name_apart(client: Client) -> None:
    take_in("other", {**HAMSUN, "id": "2", "dates": "1901-1980", "und_alt": []})
    both = ask(client, q0={"query": "Hamsun, Knut"})["q0"]["result"]
    assert [each["match"] for each in both] == [False, False]
    told = ask(client, q0={"query": "Hamsun, Knut", "properties": [{"pid": "dates", "v": "1901-1980"}]})["q0"]["result"]
    assert [(each["name"][-9:], each["match"]) for each in told] == [("1901-1980", True), ("1859-1952", False)]


def test_an_identifier_is_enough(client: Client) -> None:
    found = ask(client, q0={"query": "?", "properties": [{"pid": "noubomn", "v": "REAL001536"}]})["q0"]["result"]
    assert [(each["name"], each["score"], each["match"]) for each in found] == [("Samer", 100.0, True)]


@pytest.mark.parametrize("queries", ["nonsense", "[]", '{"q0": "text"}', '{"q0": {"query": "x", "limit": 0}}'])
def test_what_cannot_be_asked_is_told(queries: str, client: Client) -> None:
    assert client.post(HERE, {"queries": queries}).status_code == 422


def test_too_many_at_once(client: Client) -> None:
    batch = {f"q{at}": {"query": "x"} for at in range(101)}
    assert client.post(HERE, {"queries": json.dumps(batch)}).json()["code"] == "too_many_queries"


def test_suggesting_entities_types_and_properties(client: Client) -> None:
    def names(what: str, prefix: str) -> list[str]:
        return [each["name"] for each in client.get(f"{HERE}/suggest/{what}", {"prefix": prefix}).json()["result"]]

    assert (names("entity", "sam"), names("type", "per"), names("property", "via")) == (
        ["Samer"],
        ["Person", "Period"],
        ["VIAF"],
    )
    assert client.get(f"{HERE}/suggest/nothing", {"prefix": "x"}).status_code == 404


def test_extending_rows(client: Client) -> None:
    number = str(entity("Samer").id)
    asked = {"ids": [number, "999999"], "properties": [{"id": "label:se"}, {"id": "noubomn"}, {"id": "unknown"}]}
    assert client.post(HERE, {"extend": json.dumps(asked)}).json() == {
        "meta": [{"id": "label:se", "name": "Heading in Northern Sámi"}, {"id": "noubomn", "name": "Realfagstermer"}],
        "rows": {
            number: {"label:se": [{"str": "Sámit"}], "noubomn": [{"str": "REAL001536"}]},
            "999999": {"label:se": [], "noubomn": []},
        },
    }
    properties = client.get(f"{HERE}/properties", {"type": "person", "limit": "2"}).json()
    assert properties == {
        "limit": 2,
        "type": "person",
        "properties": [{"id": "dates", "name": "Dates"}, {"id": "label:nb", "name": "Heading in bokmål"}],
    }


def test_the_preview_may_stand_in_another_sites_frame(client: Client) -> None:
    answer = client.get(f"{HERE}/preview/{entity('Samer').id}")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert '<li lang="se">Sámit (se)</li>' in answer.content.decode()
    assert client.get(f"{HERE}/preview/{10**9}").status_code == 404
