from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import clear_script_prefix
from pytest_django.fixtures import Settings

from allmenning.discovery import follower
from allmenning.discovery import queries as discovery
from tests.web import shelves
from tests.web.shelves import Country


def follow() -> None:
    """What the index follower does all the time."""
    while follower.run_once():
        pass


@pytest.fixture(autouse=True)
def _at_the_door() -> None:
    clear_script_prefix()


@pytest.fixture
def installation(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.SEARCH_URL = "memory://oai"
    settings.OAI_NAMESPACE = "bibliotek.example"
    settings.PRIVATE_NETWORKS = (ipaddress.ip_network("127.0.0.0/8"),)
    settings.MEDIA_ROOT = tmp_path
    discovery.forget()
    yield
    discovery.forget()


@pytest.fixture
def country(installation: None, db: None) -> Country:
    """Three libraries whose catalogues are in the lists."""
    made = shelves.country()
    shelves.stock(made)
    follow()
    return made
