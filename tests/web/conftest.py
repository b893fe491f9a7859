from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from allmenning.discovery import queries as discovery
from allmenning.web.public import front
from tests.web import shelves


@pytest.fixture(autouse=True)
def _own_index(settings: Settings) -> Iterator[None]:
    """A new index in memory for each test, and nothing kept from the one before."""
    settings.SEARCH_URL = "memory://web"
    discovery.forget()
    front.everything.cache_clear()
    yield
    discovery.forget()
    front.everything.cache_clear()


@pytest.fixture
def country(db: None) -> shelves.Country:
    """Libraries without books."""
    return shelves.country()


@pytest.fixture
def stocked(country: shelves.Country) -> shelves.Country:
    """Libraries with books, found by the search."""
    shelves.stock(country)
    return country
