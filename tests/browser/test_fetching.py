"""The desk's pages of fetched sources in Chromium: for everybody, at both widths."""

from __future__ import annotations

import ipaddress
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from allmenning.catalogue.harvesting import services
from allmenning.catalogue.models import Source
from allmenning.groundwork.outside import NoAnswer
from tests.browser.conftest import Open
from tests.browser.test_desk import sign_in, told_of
from tests.catalogue.harvesting.asking import book
from tests.catalogue.harvesting.server import Shelf, serving
from tests.people_and_places import SYSTEM
from tests.web.shelves import Country

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_for_everybody(
    live_server: LiveServer, country: Country, open_page: Open, width: int, settings: Settings, tmp_path: Path
) -> None:
    settings.PRIVATE_NETWORKS = (ipaddress.ip_network("127.0.0.0/8"),)
    settings.MEDIA_ROOT = tmp_path
    shelf = Shelf()
    shelf.put("oai:base.example.no:1", book("1", "En tittel som er så lang at den må brytes på en liten skjerm"))
    shelf.put("oai:base.example.no:2", None)
    source = Source.objects.get(name="oslo")
    wrong: list[str] = []
    with serving(shelf) as server:
        services.configure(actor=SYSTEM, source=source, kind="oai-pmh", address=server.url, every_hours=24)
        services.harvest(actor=SYSTEM, source=source)
        page = open_page(f"{live_server.url}/desk/kilder/oslo/", width=width, errors=False)
        sign_in(page, country)
        expect(page.get_by_role("heading", name="Henting")).to_be_visible()
        wrong += told_of(page)
        page.get_by_role("link", name="Prøv én post").click()
        wrong += told_of(page)
        page.get_by_role("button", name="Prøv én post").click()
        expect(page.get_by_role("heading", name="Slik den kom")).to_be_visible()
        wrong += told_of(page)
        page.goto(f"{live_server.url}/desk/kilder/oslo/innstillinger/")
        wrong += told_of(page)
        page.get_by_label("Adresse").fill("oai.base.no")
        page.get_by_role("button", name="Lagre").click()
        expect(page.get_by_role("alert")).to_contain_text("Skriv en adresse som begynner med https://")
        wrong += told_of(page)
    asked_to_end = threading.Event()
    asked_to_end.set()  # no waiting for a server that is gone
    with pytest.raises(NoAnswer):
        services.harvest(actor=SYSTEM, source=source, stop=asked_to_end)
    page.goto(f"{live_server.url}/desk/kilder/oslo/")
    expect(page.locator(".fetching .ds-alert")).to_contain_text("Ingenting er tapt")
    wrong += told_of(page)
    assert wrong == []
