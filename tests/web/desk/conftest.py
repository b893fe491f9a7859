"""People at the desk, and a catalogue with an edition of three records, a lone one, a doubtful pair and a broken record."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import clear_script_prefix

from allmenning.organisations.models import Library
from allmenning.people.models import Role
from tests import people_and_places as known
from tests.catalogue.records import book, isbn, record, take
from tests.web.shelves import fill_index

BROKEN = b"00026\x1ethis is no record\xff\x1d"


def sult(*, part: str = "", extent: str = "166 s.", title: str = "Sult") -> bytes:
    return book("1", title, isbn="9788205385627", year="1999", publisher="Gyldendal", part=part, extent=extent)


@pytest.fixture(autouse=True)
def _at_the_door() -> None:
    """A server forgets the library's address after each request; the test client does not."""
    clear_script_prefix()


@pytest.fixture
def catalogue(db: None) -> None:
    take("oslo", sult(), BROKEN)
    take("bergen", sult())
    take("utsira", sult(title="Sult : roman", extent="170 s."))
    # All is the same but the ISBN: there the machine always asks a person.
    take("oslo", book("2", "Pan", year="1994", extent="269 s.", isbn=isbn(1)))
    take("bergen", book("2", "Pan", year="1994", extent="269 s.", isbn=isbn(2)))
    take("oslo", book("3", "Markens grøde", year="1917"))
    fill_index()


@pytest.fixture
def library(db: None) -> Library:
    return known.oslo()


@pytest.fixture
def cataloguer(library: Library) -> Client:
    return _signed_in(library, Role.CATALOGUER)


@pytest.fixture
def librarian(library: Library) -> Client:
    return _signed_in(library, Role.LIBRARIAN)


def _signed_in(library: Library, role: Role) -> Client:
    client = Client()
    client.force_login(known.staff(library, role))
    return client


def edition_of(source: str, key: str) -> int:
    return record(source, key).edition_id


def work_of(source: str, key: str) -> int:
    return record(source, key).work_id


def id_of(source: str, key: str) -> int:
    return record(source, key).id


def together(*where: tuple[str, str]) -> bool:
    editions = {edition_of(*each) for each in where}
    return len(editions) == 1
