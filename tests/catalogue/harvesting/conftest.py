from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from allmenning.catalogue.harvesting import repository, services
from allmenning.catalogue.harvesting.models import SourceSettings
from allmenning.catalogue.models import Source
from allmenning.catalogue.services import ensure_source
from tests.catalogue.harvesting.server import Server, Shelf, serving
from tests.people_and_places import SYSTEM


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def server(shelf: Shelf, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    settings.PRIVATE_NETWORKS = (ipaddress.ip_network("127.0.0.0/8"),)
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(repository, "PAUSES", (0.01, 0.02))
    with serving(shelf) as running:
        yield running


@pytest.fixture
def source(db: None, server: Server) -> Source:
    """A source that is fetched from the server."""
    made = ensure_source(name="base")
    services.configure(actor=SYSTEM, source=made, kind=SourceSettings.OAI_PMH, address=server.url)
    return made
