"""Harvesting by OAI-PMH, against a repository written by others."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from allmenning.catalogue.harvesting import services
from allmenning.catalogue.harvesting.models import HarvestedRecord, SourceSettings
from allmenning.catalogue.models import RecordVersion, SetAsideRecord, Source, SourceRecord
from allmenning.formats.marc.record import Field, Record
from allmenning.formats.marc.writing import marcxml
from allmenning.groundwork.models import AuditEntry
from allmenning.groundwork.outside import NoAnswer
from allmenning.kernel.errors import Invalid, NotFound
from tests.catalogue.harvesting.asking import book, fill, harvest, live
from tests.catalogue.harvesting.server import Item, Server, Shelf, answer
from tests.people_and_places import SYSTEM


def test_everything_comes_in_over_several_pages(source: Source, server: Server, shelf: Shelf) -> None:
    fill(shelf, 7)
    done = harvest(source)
    assert live(source) == {str(number) for number in range(7)}
    assert (done.state, done.pages, done.listed, done.deletions, done.complete_size) == ("finished", 3, 7, 0, 7)
    assert (done.counts["read"], done.counts["new"]) == (7, 7)
    assert [each["verb"] for each in server.asked] == [
        "Identify", "ListMetadataFormats", "ListRecords", "ListRecords", "ListRecords",
    ]  # fmt: skip
    assert server.asked_for("metadataPrefix") == ["marcxml"]


def test_a_record_is_kept_byte_for_byte_as_the_page_had_it(source: Source, server: Server, shelf: Shelf) -> None:
    shelf.put("oai:base:1", book("1", "Øl & «vin»"))
    harvest(source)
    page = server.sent[-1]
    record = page[page.index(b"<record xmlns=") : page.index(b"</record>") + len(b"</record>")]
    assert zlib.decompress(RecordVersion.objects.get().raw) == record


def test_the_next_harvest_asks_for_what_changed_with_an_overlap(source: Source, server: Server, shelf: Shelf) -> None:
    old = datetime.now(UTC) - timedelta(days=3)
    shelf.items["oai:base:old"] = Item(old, book("old"))
    shelf.put("oai:base:1", book("1"))
    harvest(source)
    shelf.put("oai:base:1", book("1", "Pan"))
    server.asked.clear()
    done = harvest(source)
    [since] = server.asked_for("from")
    began = datetime.fromisoformat(since)
    assert timedelta(minutes=15) <= datetime.now(UTC) - began < timedelta(minutes=16)
    assert (done.listed, done.counts["changed"], done.counts["unchanged"]) == (1, 1, 0)


def test_a_repository_that_counts_days_is_asked_in_days(source: Source, server: Server, shelf: Shelf) -> None:
    shelf.granularity = "YYYY-MM-DD"
    fill(shelf, 1)
    harvest(source)
    harvest(source)
    assert server.asked_for("from") == [(datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%d")]


def test_a_repeated_record_does_no_harm_and_nothing_new_is_fine(source: Source, shelf: Shelf) -> None:
    fill(shelf, 2)
    harvest(source)
    again = harvest(source)
    assert (again.counts["unchanged"], again.counts["new"], RecordVersion.objects.count()) == (2, 0, 2)
    shelf.items.clear()
    nothing = harvest(source)
    assert (nothing.state, nothing.listed, nothing.counts) == ("finished", 0, {})
    assert live(source) == {"0", "1"}


def test_a_deletion_reaches_the_catalogue_and_a_return_too(source: Source, shelf: Shelf) -> None:
    fill(shelf, 3)
    harvest(source)
    shelf.put("oai:base:1", None)
    done = harvest(source)
    assert (live(source), done.deletions, done.counts["deleted"]) == ({"0", "2"}, 1, 1)
    harvest(source)  # told again because of the overlap
    assert RecordVersion.objects.filter(record__key="1").count() == 2
    shelf.put("oai:base:1", book("1", "Tilbake"))
    harvest(source)
    assert live(source) == {"0", "1", "2"}


def test_the_deletion_of_what_was_never_here_is_nothing(source: Source, shelf: Shelf) -> None:
    shelf.put("oai:base:1", None)
    done = harvest(source)
    assert (done.deletions, done.counts, SourceRecord.objects.count()) == (1, {}, 0)


def test_an_item_whose_record_gets_another_number_leaves_none_behind(source: Source, shelf: Shelf) -> None:
    shelf.put("oai:base:1", book("1"))
    shelf.put("oai:base:2", book(""))  # without a number its key is made of its bytes
    harvest(source)
    shelf.put("oai:base:1", book("99"))
    shelf.put("oai:base:2", book("", "Sult og andre"))
    harvest(source)
    assert "99" in live(source)
    assert len(live(source)) == 2


def test_two_items_of_one_record_take_it_along_only_together(source: Source, shelf: Shelf) -> None:
    shelf.put("oai:base:a", book("1"))
    shelf.put("oai:base:b", book("1"))
    harvest(source)
    shelf.put("oai:base:a", None)
    harvest(source)
    assert live(source) == {"1"}
    shelf.put("oai:base:b", None)
    harvest(source)
    assert live(source) == set()


@pytest.mark.parametrize("dialect", ["marc21", "normarc"])
def test_a_deletion_finds_its_record_whatever_its_key(source: Source, shelf: Shelf, dialect: str) -> None:
    Source.objects.update(dialect=dialect)
    source.refresh_from_db()
    strange = Record("00000nam a2200000 i 4500", [
        Field("001", "4 & <5>"), Field("003", "NO-«Ås»"), Field("245", "", "10", [("a", "Sult")]),
    ])  # fmt: skip
    shelf.put("oai:base:1", marcxml(strange).encode())
    harvest(source)
    assert live(source) == {"(NO-«Ås»)4 & <5>"}
    shelf.put("oai:base:1", None)
    harvest(source)
    assert (live(source), SourceRecord.objects.count()) == (set(), 1)


def test_a_set_and_a_prefix_are_asked_for(source: Source, server: Server, shelf: Shelf) -> None:
    shelf.formats = (("oai_dc", "http://example.org/dc"), ("bibsys", "http://www.loc.gov/MARC21/slim"))
    shelf.put("oai:base:1", book("1"), sets=("film",))
    shelf.put("oai:base:2", book("2"), sets=("bok",))
    services.configure(actor=SYSTEM, source=source, kind="oai-pmh", address=server.url, set_spec="bok", prefix="bibsys")
    harvest(source)
    assert (live(source), server.asked_for("set"), server.asked_for("metadataPrefix")) == ({"2"}, ["bok"], ["bibsys"])


def test_a_repository_without_marc_is_told_of(source: Source, shelf: Shelf) -> None:
    shelf.formats = (("oai_dc", "http://example.org/dc"),)
    with pytest.raises(NoAnswer) as refused:
        harvest(source)
    assert refused.value.code == "no_marc_offered"


def test_a_broken_record_is_set_aside_and_the_others_come_in(source: Source, shelf: Shelf) -> None:
    fill(shelf, 2)
    shelf.put("oai:base:x", b'<record xmlns="http://www.loc.gov/MARC21/slim"><leader>x</leader></record>')
    shelf.put("oai:base:y", b'<dc xmlns="http://example.org/dc"><title>Sult</title></dc>')
    done = harvest(source)
    assert (live(source), done.without_record, done.counts["set_aside"]) == ({"0", "1"}, 1, 2)
    assert sorted(SetAsideRecord.objects.values_list("code", flat=True)) == ["empty", "no_records"]


def test_a_page_that_is_broken_xml_is_read_as_far_as_it_can_be_told(
    source: Source, server: Server, shelf: Shelf
) -> None:
    fill(shelf, 5)
    sound = {}

    def broken(query: dict[str, str], number: int) -> tuple[int, dict[str, str], bytes] | None:
        if query["verb"] != "ListRecords" or "page" in sound:
            return None
        sound["page"] = answer(shelf, query)
        return 200, {}, sound["page"].replace(b"Bok 1", b"Bok & 1 \x02 <br>")

    server.trouble = broken
    done = harvest(source)
    assert (done.pages, done.listed) == (2, 5)
    assert live(source) >= {"0", "2", "3", "4"}
    assert SourceRecord.objects.count() + SetAsideRecord.objects.count() == 5


def test_everything_once_more_and_a_window(source: Source, server: Server, shelf: Shelf) -> None:
    fill(shelf, 1)
    harvest(source)
    reached = SourceSettings.objects.get().reached
    server.asked.clear()
    harvest(source, whole=True)
    assert server.asked_for("from") == []
    harvest(source, since="2021-01-01", until="2021-02-01T00:00:00Z")
    assert (server.asked_for("from"), server.asked_for("until")) == (["2021-01-01T00:00:00Z"], ["2021-02-01T00:00:00Z"])
    assert SourceSettings.objects.get().reached >= reached
    with pytest.raises(Invalid):
        harvest(source, since="yesterday")


def test_another_address_begins_from_the_start(source: Source, server: Server, shelf: Shelf) -> None:
    fill(shelf, 1)
    harvest(source)
    services.configure(
        actor=SYSTEM, source=source, kind="oai-pmh", address=server.url + "?verb=Identify", every_hours=3
    )
    assert SourceSettings.objects.get().reached != ""  # the same address, copied from a browser
    services.configure(actor=SYSTEM, source=source, kind="oai-pmh", address=server.url + "/2")
    assert SourceSettings.objects.get().reached == ""


@pytest.mark.parametrize("address", ["", "ftp://base.no/", "file:///etc/passwd", "https://a:b@base.no/", "base.no"])
def test_an_address_is_an_address(source: Source, address: str) -> None:
    with pytest.raises(Invalid) as refused:
        services.configure(actor=SYSTEM, source=source, kind="oai-pmh", address=address)
    assert refused.value.code == "source_address"


def test_our_own_network_is_not_asked_unless_it_is_named(source: Source, server: Server, settings: Settings) -> None:
    settings.PRIVATE_NETWORKS = ()
    with pytest.raises(NoAnswer) as refused:
        harvest(source)
    assert (refused.value.code, server.asked) == ("address_refused", [])


def test_a_source_of_files_is_not_fetched(db: None) -> None:
    made = Source.objects.create(name="filer", title="Filer")
    with pytest.raises(NotFound) as refused:
        harvest(made)
    assert refused.value.code == "not_fetched"


def test_a_harvest_is_written_down(source: Source, shelf: Shelf) -> None:
    fill(shelf, 1)
    done = harvest(source)
    entries = AuditEntry.objects.unscoped("a test").filter(verb="catalogue.harvest")
    assert [(each.subject_id, each.data["new"], each.data["state"]) for each in entries] == [
        (str(done.id), 1, "finished")
    ]
    assert HarvestedRecord.objects.get().key == "0"


def collection(*records: bytes) -> bytes:
    return b'<collection xmlns="http://www.loc.gov/MARC21/slim">' + b"".join(records) + b"</collection>"


def test_an_item_of_several_records_is_all_of_them(source: Source, shelf: Shelf) -> None:
    """BIBSYS gave each title with its holdings records in one item."""
    holding = book("h1").replace(b"00000nam", b"00000nx ").replace(b'tag="245"', b'tag="852"')
    shelf.put("oai:base:1", collection(book("1"), holding, book("2", "Pan")))
    harvest(source)
    assert live(source) == {"1", "2"}
    shelf.put("oai:base:1", collection(book("2", "Pan"), holding))
    harvest(source)
    assert live(source) == {"2"}
    shelf.put("oai:base:1", collection(book("2", "Pan"), book("3", "Victoria")))
    harvest(source)
    assert live(source) == {"2", "3"}
    shelf.put("oai:base:1", None)
    harvest(source)
    assert live(source) == set()


def test_an_item_that_can_no_longer_be_read_leaves_its_record_as_it_was(source: Source, shelf: Shelf) -> None:
    shelf.put("oai:base:1", book("1"))
    harvest(source)
    shelf.put("oai:base:1", b'<record xmlns="http://www.loc.gov/MARC21/slim"><leader>x</leader></record>')
    harvest(source)
    assert live(source) == {"1"}
    shelf.put("oai:base:1", None)
    harvest(source)
    assert live(source) == set()


def test_a_record_that_says_itself_that_it_is_deleted(source: Source, shelf: Shelf) -> None:
    shelf.put("oai:base:1", book("1"))
    harvest(source)
    shelf.put("oai:base:1", book("1").replace(b"00000nam", b"00000dam"))
    harvest(source)
    assert (live(source), RecordVersion.objects.count()) == (set(), 2)


def test_real_records(source: Source, shelf: Shelf, shared_data: Path) -> None:
    """Government Printing Office records come through with nothing lost."""
    from itertools import islice

    from allmenning.formats.marc.reading import read_file
    from allmenning.formats.marc.record import Read

    shelf.limit = 100
    for each in islice(read_file(shared_data / "marc/gpo.mrc.gz"), 250):
        if isinstance(each, Read):
            shelf.put(f"oai:gpo:{each.record.control('001')}", marcxml(each.record).encode())
    done = harvest(source)
    assert len(live(source)) == len(shelf.items) == done.listed
    assert done.counts["set_aside"] == 0
