"""Our repository over real sockets: harvested by a client written by others, and by our own."""

from __future__ import annotations

import pytest
from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import NoRecordsMatch
from pytest_django.live_server_helper import LiveServer

from allmenning.catalogue.harvesting import services as harvesting
from allmenning.catalogue.harvesting.models import EditionListing
from allmenning.catalogue.models import Library, Source, SourceRecord
from allmenning.catalogue.services import ensure_source
from allmenning.protocols.oai_pmh import verbs
from tests.catalogue.records import book, take
from tests.people_and_places import SYSTEM
from tests.protocols.oai_pmh.conftest import follow
from tests.web import shelves


@pytest.fixture
def address(installation: None, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(verbs, "RECORDS", 3)
    monkeypatch.setattr(verbs, "IDENTIFIERS", 4)
    shelves.stock(shelves.country())
    follow()
    return f"{live_server.url}"


def test_a_client_written_by_others_gets_everything(address: str) -> None:
    take("oslo", book("o3", deleted=True))
    follow()
    listed = dict(EditionListing.objects.filter(library_id=0).values_list("edition_id", "gone"))
    with Scythe(f"{address}/oai") as scythe:
        identity = scythe.identify()
        assert (identity.protocolVersion, identity.deletedRecord) == ("2.0", "persistent")
        assert [each.metadataPrefix for each in scythe.list_metadata_formats()] == ["marc21", "oai_dc"]
        assert [each.setSpec for each in scythe.list_sets()] == ["library:alta", "library:kautokeino", "library:oslo"]
        records = list(scythe.list_records(metadata_prefix="marc21"))
        assert {number(each.header.identifier): each.header.deleted for each in records} == listed
        headers = list(scythe.list_identifiers(metadata_prefix="oai_dc", set_="library:oslo"))
        oslo = Library.objects.get(slug="oslo").id
        inside = EditionListing.objects.filter(library_id=oslo).values_list("edition_id", flat=True)
        assert {number(each.identifier) for each in headers} == set(inside)
        one = next(each for each in records if not each.header.deleted)
        assert scythe.get_record(identifier=one.header.identifier, metadata_prefix="oai_dc").header.identifier == (
            one.header.identifier
        )
        with pytest.raises(NoRecordsMatch):
            list(scythe.list_records(metadata_prefix="marc21", until="2001-01-01"))


def number(identifier: str) -> int:
    return int(identifier.rpartition("/")[2])


def mirror(address: str) -> Source:
    source = ensure_source(name="speil", title="Speil")
    harvesting.configure(actor=SYSTEM, source=source, kind="oai-pmh", address=address)
    return source


def test_our_own_client_gets_everything_and_then_what_changed(address: str) -> None:
    standing = set(EditionListing.objects.filter(library_id=0, gone=False).values_list("edition_id", flat=True))
    source = mirror(f"{address}/oai")
    done = harvesting.harvest(actor=SYSTEM, source=source)
    assert (done.state, done.listed, done.counts["set_aside"]) == ("finished", len(standing), 0)
    assert done.pages > 1
    keys = {f"(bibliotek.example){each}" for each in standing}
    assert live(source) == keys
    take("oslo", book("ny", "Markens grøde", year="1917"))
    follow()
    again = harvesting.harvest(actor=SYSTEM, source=source)
    assert again.counts["new"] == 1


def test_one_librarys_own_address(address: str) -> None:
    source = mirror(f"{address}/alta/oai")
    done = harvesting.harvest(actor=SYSTEM, source=source)
    altas = SourceRecord.objects.filter(source__name="alta").values_list("edition_id", flat=True)
    assert done.listed == len(set(altas))


def test_a_deletion_travels(address: str) -> None:
    take("bergen", book("b1", "Bare her", year="1999"))
    follow()
    only = SourceRecord.objects.get(source__name="bergen").edition_id
    source = mirror(f"{address}/oai")
    harvesting.harvest(actor=SYSTEM, source=source)
    # Without the mirror's own record, which keeps the edition alive here, as another installation would see it.
    take("bergen", book("b1", deleted=True))
    SourceRecord.objects.filter(source=source).update(deleted=True)
    follow()
    assert EditionListing.objects.get(edition_id=only, library_id=0).gone
    SourceRecord.objects.filter(source=source).update(deleted=False)
    done = harvesting.harvest(actor=SYSTEM, source=source)
    assert done.deletions >= 1
    assert f"(bibliotek.example){only}" not in live(source)


def live(source: Source) -> set[str]:
    return set(SourceRecord.objects.filter(source=source, deleted=False).values_list("key", flat=True))
