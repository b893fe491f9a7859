"""Files into the well: what becomes of new, changed, unchanged, deleted and broken records."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path

import pytest
from django.utils import timezone

from allmenning.catalogue import services
from allmenning.catalogue.importing.placing import Places
from allmenning.catalogue.importing.prepared import Prepared, Same
from allmenning.catalogue.importing.preparing import prepare, prepare_all
from allmenning.catalogue.importing.source_keys import digest, key_in_bytes
from allmenning.catalogue.importing.store import Store
from allmenning.catalogue.models import ImportRun, RecordVersion, Rereading, SetAsideRecord, SourceRecord
from allmenning.formats.containers import open_members
from allmenning.formats.details import parts
from allmenning.formats.marc.reading import chunks
from allmenning.formats.marc.record import Chunk, Field, Record
from allmenning.formats.marc.writing import iso2709
from allmenning.groundwork import outbox
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Conflict, NotFound
from tests.catalogue.records import book, groups, record, take, write

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test", "test")


def take_in(path: Path, source: str = "deichman", *, again: bool = False) -> dict[str, object]:
    known = services.ensure_source(name=source)
    return services.import_files(actor=SYSTEM, source=known, paths=[path], again=again).counts


def counted(counts: dict[str, object], *names: str) -> tuple[object, ...]:
    return tuple(counts[name] for name in names)


def test_a_file_is_taken_in_once_however_often_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.mrc", [book("1"), book("2", "Pan", year="1894")])
    assert counted(take_in(path), "read", "new", "unchanged") == (2, 2, 0)
    assert counted(take_in(path), "read", "new", "unchanged") == (2, 0, 2)
    assert counted(take_in(path, again=True), "read", "new", "unchanged") == (2, 0, 2)
    assert RecordVersion.objects.count() == 2


def test_the_bytes_are_kept_as_they_came_version_by_version(tmp_path: Path) -> None:
    old, new = book("1", extent="200 s."), book("1", extent="201 s.")
    assert counted(take_in(write(tmp_path, "a.mrc", [old])), "new") == (1,)
    assert counted(take_in(write(tmp_path, "b.mrc", [new])), "changed") == (1,)
    kept = RecordVersion.objects.filter(record=record("deichman", "1")).order_by("number")
    assert [(each.number, zlib.decompress(each.raw)) for each in kept] == [(1, old), (2, new)]


def test_several_versions_in_one_file_are_all_kept_in_their_order(tmp_path: Path) -> None:
    path = write(tmp_path, "a.mrc", [book("1", extent=f"{pages} s.") for pages in (100, 101, 102)])
    assert counted(take_in(path), "new", "changed") == (1, 2)
    assert record("deichman", "1").version == 3
    assert counted(take_in(path), "changed", "unchanged") == (0, 3)


def test_a_later_file_may_bring_an_earlier_version_back(tmp_path: Path) -> None:
    first, second = book("1", extent="100 s."), book("1", extent="101 s.")
    for name, raw in (("a.mrc", [first]), ("b.mrc", [second]), ("c.mrc", [first, book("2")])):
        take_in(write(tmp_path, name, raw))
    assert record("deichman", "1").version == 3


def test_gzip_is_unpacked_on_the_way(tmp_path: Path) -> None:
    path = tmp_path / "a.mrc.gz"
    path.write_bytes(gzip.compress(book("1")))
    assert counted(take_in(path), "read", "new") == (1, 1)


def test_a_deletion_leaves_a_tombstone_with_all_versions(tmp_path: Path) -> None:
    take("deichman", book("1"), book("2", "Pan"))
    take("deichman", book("1", deleted=True))
    gone = record("deichman", "1")
    assert (gone.deleted, gone.version, RecordVersion.objects.filter(record=gone).count()) == (True, 2, 2)
    assert groups() == {frozenset({"deichman/2"})}


def test_what_was_deleted_may_come_back() -> None:
    take("deichman", book("1"), book("1", deleted=True), book("1"))
    assert groups() == {frozenset({"deichman/1"})}


def test_a_broken_record_is_set_aside_with_its_bytes_and_the_rest_comes_in(tmp_path: Path) -> None:
    broken = b"00026nam a2200025 i 4500\x1e\x1d"
    path = write(tmp_path, "a.mrc", [book("1"), broken, book("2", "Pan")])
    counts = take_in(path)
    assert counted(counts, "read", "new", "set_aside") == (3, 2, 1)
    kept = SetAsideRecord.objects.get()
    assert zlib.decompress(kept.raw) == broken
    assert (kept.position, bool(kept.detail), counts["reasons"]) == (1, True, {kept.code: 1})


def test_what_was_set_aside_is_told_again_when_the_file_is_read_again(tmp_path: Path) -> None:
    path = write(tmp_path, "a.mrc", [book("1"), b"00026nam a2200025 i 4500\x1e\x1d"])
    first = take_in(path)
    for again in (False, True):
        counts = take_in(path, again=again)
        assert counted(counts, "read", "unchanged", "set_aside") == (2, 1, 1)
        assert counts["reasons"] == first["reasons"]


def test_headings_and_holdings_are_kept_but_not_catalogued(tmp_path: Path) -> None:
    heading = Record("00000nz  a2200000n  4500", [Field("001", "7"), Field("100", "", "1 ", [("a", "Undset, Sigrid")])])
    copies = Record(
        "00000nx  a2200000zn 4500",
        [Field("001", "8"), Field("004", "1"), Field("852", "", "8 ", [("b", "hut"), ("h", "Und")])],
    )
    counts = take_in(write(tmp_path, "a.mrc", [iso2709(heading), book("1"), iso2709(copies)]))
    assert counted(counts, "read", "new", "set_aside") == (3, 1, 2)
    assert counts["reasons"] == {"authority_record": 1, "holdings_record": 1}
    kept = SetAsideRecord.objects.get(code="holdings_record")
    assert zlib.decompress(kept.raw) == iso2709(copies)
    sentence, data = parts(kept.detail) or ("", {})
    assert sentence.startswith("Holdings record for %(record)s: kept, but its copies are not shown.")
    assert data == {"record": "1"}


def test_a_source_that_says_its_dialect_is_read_so(tmp_path: Path) -> None:
    """In NORMARC an «a» in 008/22 is adults; in MARC 21 the smallest children."""
    thin = Record(
        "00000nam  2200000   4500",
        [
            Field("001", "1"),
            Field("008", "990101s1999    no     a            nob d"),
            Field("245", "", "10", [("a", "Pan")]),
        ],
    )
    path = write(tmp_path, "a.mrc", [iso2709(thin)])
    take_in(path)
    services.ensure_source(name="bergen", dialect="normarc")
    take_in(path, "bergen")
    audiences = {
        each.source.name: json.loads(each.facts.description)["audience"]
        for each in SourceRecord.objects.select_related("source", "facts")
    }
    assert audiences == {"deichman": "children", "bergen": "adult"}
    # What came in before follows when all is read anew.
    services.ensure_source(name="deichman", dialect="normarc")
    services.reread(actor=SYSTEM, tick=lambda _run: None)
    assert json.loads(record("deichman", "1").facts.description)["audience"] == "adult"
    assert list(RecordVersion.objects.values_list("dialect", flat=True)) == ["normarc", "normarc"]


def test_without_a_number_the_bytes_are_the_identity(tmp_path: Path) -> None:
    nameless = book("", "Ukjent").replace(b"001", b"009", 1)
    take("deichman", nameless, nameless)
    assert [key[:1] for key in SourceRecord.objects.values_list("key", flat=True)] == ["#"]


def test_the_same_number_of_two_agencies_is_two_records() -> None:
    take("union", book("1", agency="NO-OsNB"), book("1", agency="NO-TrBIB"))
    assert sorted(SourceRecord.objects.values_list("key", flat=True)) == ["(NO-OsNB)1", "(NO-TrBIB)1"]


def test_a_missing_file_is_told_before_anything_is_read(tmp_path: Path) -> None:
    known = services.ensure_source(name="deichman")
    with pytest.raises(NotFound, match="There is no file"):
        services.import_files(
            actor=SYSTEM, source=known, paths=[write(tmp_path, "a.mrc", [book("1")]), tmp_path / "b.mrc"]
        )
    assert ImportRun.objects.count() == 0


def test_a_source_belongs_to_one_library(two_libraries: tuple[int, int]) -> None:
    one, other = two_libraries
    services.ensure_source(name="felles", library_id=one)
    with pytest.raises(Conflict, match="already belongs to another library"):
        services.ensure_source(name="felles", library_id=other)


def test_every_change_of_a_work_is_told_to_the_outbox() -> None:
    take("deichman", book("1"))
    told = outbox.claim("work.changed", 10, "test", 60)
    assert [event.subject_id for event in told] == [record("deichman", "1").work_id]


def test_a_second_delivery_counts_what_stands_as_it_came(tmp_path: Path) -> None:
    take_in(write(tmp_path, "may.mrc", [book("1"), book("2", "Pan"), book("3", "Victoria")]))
    june = write(tmp_path, "june.mrc", [book("1"), book("2", "Pan. Roman"), book("3", "Victoria"), book("4", "Sult")])
    assert counted(take_in(june), "read", "new", "changed", "unchanged") == (4, 1, 1, 2)


def test_a_record_that_changes_and_changes_back_in_one_file_has_three_versions(tmp_path: Path) -> None:
    take_in(write(tmp_path, "may.mrc", [book("1")]))
    counts = take_in(write(tmp_path, "june.mrc", [book("1"), book("1", "Pan"), book("1")]))
    assert counted(counts, "read", "changed", "unchanged") == (3, 2, 1)
    assert record("deichman", "1").version == 3


def test_the_key_read_from_bytes_is_the_key_of_the_decoded_record(shared_data: Path) -> None:
    """Of all shared records: where the short way answers at all, it answers as the long way does."""
    asked = answered = 0
    for path in sorted((shared_data / "marc").rglob("*")):
        if path.is_file() and not path.name.startswith("gpo"):
            for chunk in (each for member in open_members(path) for each in chunks(member.stream)):
                asked += 1
                if isinstance(chunk, Chunk) and (key := key_in_bytes(chunk)) is not None:
                    made = prepare(chunk)
                    answered += 1
                    assert not isinstance(made, Prepared) or made.key == key
    assert answered > asked // 2


def test_a_delivery_after_a_damaged_one_counts_although_its_bytes_stood_before(tmp_path: Path) -> None:
    """The damaged record's own number is told by decoding alone; its bytes seem to name another."""
    whole = book("1", title="Sult : roman")
    take_in(write(tmp_path, "may.mrc", [whole]))
    damaged = whole.replace(b"001000200000", b"001000200002", 1).replace(b"Sult : roman", b"Sulx : roman")
    take_in(write(tmp_path, "june.mrc", [damaged, whole]))
    found = record("deichman", "1")
    standing = RecordVersion.objects.get(record=found, number=found.version)
    assert zlib.decompress(standing.raw) == whole


def test_what_no_longer_stands_when_it_is_stored_is_taken_in(tmp_path: Path) -> None:
    take_in(write(tmp_path, "may.mrc", [book("1"), book("1", "Pan")]))
    now = record("deichman", "1")
    chunk = Chunk(0, book("1"), "iso2709")
    store = Store(
        source=now.source, file_id=RecordVersion.objects.filter(record=now).first().file_id, places=Places(None)
    )
    counts = store.take([Same(0, now.key, digest(chunk.raw), chunk)], now=timezone.now())
    assert (counts.unchanged, counts.changed, record("deichman", "1").version) == (0, 1, 3)


def test_nothing_is_stored_while_the_records_are_read_anew(tmp_path: Path) -> None:
    """An import that was under way when the reading began ends with a word, and is started again afterwards."""
    take_in(write(tmp_path, "may.mrc", [book("1")]))
    now = record("deichman", "1")
    store = Store(source=now.source, file_id=RecordVersion.objects.get(record=now).file_id, places=Places(None))
    Rereading.objects.create(started=timezone.now())
    with pytest.raises(Conflict, match="read anew"):
        store.take(prepare_all([Chunk(0, book("1", "Pan"), "iso2709")]), now=timezone.now())
    assert record("deichman", "1").version == 1


def test_a_source_without_a_library_is_given_one(two_libraries: tuple[int, int]) -> None:
    first, second = two_libraries
    services.ensure_source(name="newsys")
    assert services.ensure_source(name="newsys", library_id=first).library_id == first
    with pytest.raises(Conflict, match="already belongs"):
        services.ensure_source(name="newsys", library_id=second)


def test_a_run_that_was_killed_is_called_stopped_when_the_next_begins(tmp_path: Path) -> None:
    known = services.ensure_source(name="deichman")
    killed = ImportRun.objects.create(source=known, started=timezone.now())
    take_in(write(tmp_path, "may.mrc", [book("1")]))
    killed.refresh_from_db()
    assert killed.state == ImportRun.STOPPED
