"""Fetched sources at the desk: how they are, their settings, and one record to try."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from allmenning.catalogue.harvesting import services
from allmenning.catalogue.harvesting.models import SourceSettings
from allmenning.catalogue.models import RecordVersion, Source, SourceRecord
from allmenning.catalogue.services import ensure_source
from allmenning.groundwork.outside import NoAnswer
from allmenning.organisations.models import Library
from tests.catalogue.harvesting.asking import book
from tests.catalogue.harvesting.server import Server, Shelf, serving
from tests.people_and_places import SYSTEM
from tests.web.desk.test_looking import words


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def server(shelf: Shelf, settings: Settings, tmp_path: object) -> Iterator[Server]:
    settings.PRIVATE_NETWORKS = (ipaddress.ip_network("127.0.0.0/8"),)
    settings.MEDIA_ROOT = tmp_path
    with serving(shelf) as running:
        yield running


@pytest.fixture
def source(library: Library, server: Server) -> Source:
    made = ensure_source(name="deichman", title="Deichmans katalog", library_id=library.id)
    services.configure(actor=SYSTEM, source=made, kind="oai-pmh", address=server.url, every_hours=24)
    return made


def test_how_it_is(cataloguer: Client, source: Source, shelf: Shelf) -> None:
    page = "/desk/kilder/deichman/"
    assert "Ikke hentet ennå" in words(cataloguer.get(page))
    shelf.put("oai:base:1", book("1"))
    shelf.put("oai:base:2", None)
    services.harvest(actor=SYSTEM, source=source)
    told = words(cataloguer.get(page))
    assert "Svarer" in told
    assert "Hentet 2 Slettet 1" in told
    assert "hver 24. time, neste" in told


def test_when_the_outside_is_down_it_says_how_old_its_knowledge_is(
    cataloguer: Client, source: Source, server: Server, shelf: Shelf
) -> None:
    shelf.put("oai:base:1", book("1"))
    services.harvest(actor=SYSTEM, source=source)
    source.harvests.update(started=timezone.now() - timedelta(days=2))
    server.trouble = lambda _query, _number: (403, {}, b"")
    with pytest.raises(NoAnswer):
        services.harvest(actor=SYSTEM, source=source)
    told = words(cataloguer.get("/desk/kilder/deichman/"))
    assert "Tjeneren slipper oss ikke inn. Be eieren åpne den for oss." in told
    assert "(2 dager siden). Ingenting er tapt" in told


def test_the_page_costs_the_same_with_one_harvest_and_three(cataloguer: Client, source: Source, shelf: Shelf) -> None:
    counted = []
    for more in (1, 2):
        for _ in range(more):
            services.harvest(actor=SYSTEM, source=source)
        cataloguer.get("/desk/kilder/deichman/")
        with CaptureQueriesContext(connection) as asked:
            cataloguer.get("/desk/kilder/deichman/")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_one_record_is_tried_and_nothing_taken_in(cataloguer: Client, source: Source, shelf: Shelf) -> None:
    shelf.put("oai:base:1", book("1", "Øl & vin"))
    first = words(cataloguer.get("/desk/kilder/deichman/prov/"))
    assert "Ingenting tas inn." in first
    answer = cataloguer.get("/desk/kilder/deichman/prov/?prov=1")
    told = words(answer)
    assert "En høsting ville ta den inn som ny post." in told
    assert "Format Bok Språk bokmål" in told
    assert "245 10 $ a Øl & vin" in told.replace("$a", "$ a").replace("  ", " ")
    page = BeautifulSoup(answer.content.decode(), "lxml")
    [before] = page.select("pre.bytes")
    assert '<subfield code="a">&#216;l &amp; vin</subfield>' in before.get_text()
    assert (SourceRecord.objects.count(), RecordVersion.objects.count()) == (0, 0)


def test_a_record_by_its_identifier_and_what_stands_already(cataloguer: Client, source: Source, shelf: Shelf) -> None:
    shelf.put("oai:base:1", book("1"))
    shelf.put("oai:base:2", book("2", "Pan"))
    services.harvest(actor=SYSTEM, source=source)
    told = words(cataloguer.get("/desk/kilder/deichman/prov/?prov=1&id=oai:base:2"))
    assert "Den står her allerede, byte for byte den samme." in told
    shelf.put("oai:base:2", None)
    gone = words(cataloguer.get("/desk/kilder/deichman/prov/?prov=1&id=oai:base:2"))
    assert "Arkivet sier at den er slettet. En høsting ville slette den her." in gone
    none = words(cataloguer.get("/desk/kilder/deichman/prov/?prov=1&id=oai:base:99"))
    assert "Arkivet har ingen post med den identifikatoren." in none


def test_what_cannot_be_read_and_who_does_not_answer_are_told(
    cataloguer: Client, source: Source, server: Server, shelf: Shelf
) -> None:
    shelf.put("oai:base:1", b'<record xmlns="http://www.loc.gov/MARC21/slim"><leader>x</leader></record>')
    assert "En høsting ville legge den til side" in words(cataloguer.get("/desk/kilder/deichman/prov/?prov=1"))
    server.trouble = lambda _query, _number: (200, {}, b"<html><body>Velkommen</body></html>")
    answer = cataloguer.get("/desk/kilder/deichman/prov/?prov=1")
    assert answer.status_code == 200
    assert "Det som svarer på denne adressen, er ikke noe OAI-PMH-arkiv." in words(answer)


def test_settings_are_changed(cataloguer: Client, source: Source, server: Server) -> None:
    page = BeautifulSoup(cataloguer.get("/desk/kilder/deichman/innstillinger/").content.decode(), "lxml")
    address = page.select_one("input[name=address]")
    assert address is not None
    assert address["value"] == server.url
    said = {
        "kind": "oai-pmh",
        "address": server.url,
        "set_spec": "bok",
        "metadata_prefix": "marcxml",
        "every_hours": "6",
    }
    answer = cataloguer.post("/desk/kilder/deichman/innstillinger/", said)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/kilder/deichman/#henting")
    row = SourceSettings.objects.get()
    assert (row.set_spec, row.prefix, row.every_hours) == ("bok", "marcxml", 6)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"address": "oai.base.no"}, "Skriv en adresse som begynner med https:// eller http://"),
        ({"every_hours": ""}, "Skriv et antall timer; 0 for aldri av seg selv."),
        ({"every_hours": "9999"}, "2208"),
    ],
)
def test_settings_that_do_not_fit_are_told(
    cataloguer: Client, source: Source, server: Server, changed: dict[str, str], told: str
) -> None:
    said = {"kind": "oai-pmh", "address": server.url, "every_hours": "6", **changed}
    answer = cataloguer.post("/desk/kilder/deichman/innstillinger/", said)
    assert answer.status_code == 422
    assert told in words(answer)
    assert SourceSettings.objects.get().every_hours == 24


def test_fetch_now_makes_it_due(cataloguer: Client, source: Source) -> None:
    SourceSettings.objects.update(due_at=timezone.now() + timedelta(hours=9))
    answer = cataloguer.post("/desk/kilder/deichman/hent/", follow=True)
    assert "Bestilt: Kilden hentes om noen få sekunder." in words(answer)
    row = SourceSettings.objects.get()
    assert row.due_at is not None
    assert row.due_at <= timezone.now()


def test_a_librarian_sees_how_it_is_and_changes_nothing(librarian: Client, source: Source) -> None:
    told = words(librarian.get("/desk/kilder/deichman/"))
    assert "Ikke hentet ennå" in told
    assert "Prøv én post" not in told
    for path, data in (("prov/", None), ("innstillinger/", {"kind": "file", "every_hours": "0"}), ("hent/", {})):
        address = f"/desk/kilder/deichman/{path}"
        answer = librarian.get(address) if data is None else librarian.post(address, data)
        assert answer.status_code == 404
