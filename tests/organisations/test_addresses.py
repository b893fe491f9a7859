"""Which library a request is for, and where its links lead."""

from __future__ import annotations

import pytest

from allmenning.organisations.addresses import LibraryAddress, first_segment, host_without_port
from allmenning.organisations.queries import address_of, library_by_address
from allmenning.organisations.services import change_library
from tests.people_and_places import SYSTEM, kautokeino, oslo

OSLO_HOST = "deichman.example.no"


@pytest.mark.parametrize(
    ("address", "path", "url"),
    [
        (LibraryAddress(prefix="oslo"), "/oslo/sok", "https://bibliotek.example.no:8000/oslo/sok"),
        (LibraryAddress(host=OSLO_HOST), "/sok", "https://deichman.example.no/sok"),
    ],
)
def test_links_come_from_the_address(address: LibraryAddress, path: str, url: str) -> None:
    assert address.path("/sok") == address.path("sok") == path
    assert address.url("/sok", installation_host="bibliotek.example.no:8000") == url
    assert address.inside(path) == "/sok"


def test_the_parts_of_a_request() -> None:
    assert host_without_port("Deichman.Example.no:8000") == "deichman.example.no"
    assert host_without_port("[::1]:8000") == "[::1]"
    assert first_segment("/oslo/sok") == first_segment("/oslo") == "oslo"
    assert first_segment("/") == ""


@pytest.mark.django_db
def test_a_library_is_found_by_its_first_path_segment() -> None:
    found = oslo()
    kautokeino()
    assert library_by_address("localhost:8000", "/oslo/sok") == (found, LibraryAddress(prefix="oslo"))
    assert library_by_address("localhost:8000", "/oslo") == (found, LibraryAddress(prefix="oslo"))
    assert address_of(found) == LibraryAddress(prefix="oslo")


@pytest.mark.django_db
def test_a_host_name_of_its_own_comes_first() -> None:
    found, other = oslo(host=OSLO_HOST), kautokeino()
    assert library_by_address(f"{OSLO_HOST}:443", "/sok") == (found, LibraryAddress(host=OSLO_HOST))
    assert library_by_address(OSLO_HOST, "/kautokeino/sok") == (found, LibraryAddress(host=OSLO_HOST))
    assert library_by_address("localhost", "/kautokeino/sok") == (other, LibraryAddress(prefix="kautokeino"))
    assert address_of(found) == LibraryAddress(host=OSLO_HOST)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/bergen/", "/sok", "/Oslo/"])
def test_elsewhere_is_the_national_door(path: str) -> None:
    oslo()
    assert library_by_address("localhost", path) is None
    assert library_by_address("", path) is None


@pytest.mark.django_db
def test_a_library_that_is_not_active_has_no_address() -> None:
    change_library(actor=SYSTEM, library_id=oslo().id, active=False)
    assert library_by_address("localhost", "/oslo/") is None
