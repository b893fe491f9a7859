"""All stored records read anew: the same rules change nothing, other rules change all that follows from them."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import F

from allmenning.catalogue import services
from allmenning.catalogue.importing import rereading
from allmenning.catalogue.models import (
    Decision,
    EvidenceClass,
    HotKey,
    MatchEdge,
    MatchKey,
    RecordFacts,
    RecordVersion,
    Repair,
    Rereading,
    SetAsideRecord,
    SourceRecord,
    WorkKey,
)
from allmenning.groundwork import outbox
from allmenning.groundwork.models import AuditEntry
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Conflict
from tests.catalogue.records import CATALOGUER, book, groups, isbn, record, take, write
from tests.catalogue.test_killing import TABLES

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test", "test")
LASTING = {name: query for name, query in TABLES.items() if name not in ("changed works", "files")}


def catalogue() -> None:
    """Editions of several records, translations, a deletion, a repair, and two words of people."""
    sult = {"isbn": isbn(1), "year": "1990"}
    take("oslo", book("1", **sult), book("2", "Pan", year="1894"), book("3", "Victoria", year="1898", deleted=True))
    take("bergen", book("1", **sult), book("2", "Pan", year="1894", publisher="Philipsens forlag"))
    take(
        "utsira",
        book("1", "Hunger", language="eng", original="Sult", isbn=isbn(2)),
        book("9", extra=[("852", "b", "hut")]),
    )
    mislabelled = book("1", **sult).replace(b"nam a", b"nam  ", 1)
    take("volda", mislabelled, mislabelled.replace(b"333 s.", b"334 s."))
    for verb, keys in ((services.split, ["bergen"]), (services.merge, ["oslo", "utsira"])):
        number = "2" if verb is services.split else "1"
        verb(actor=CATALOGUER, level="edition", record_ids=[record(each, number).id for each in keys])


def state() -> dict[str, list[tuple[object, ...]]]:
    with connection.cursor() as cursor:
        found = {}
        for name, query in LASTING.items():
            cursor.execute(query)
            found[name] = [tuple(map(str, row)) for row in cursor.fetchall()]
    return found


def reread(*, killed_after: int = 0) -> Rereading:
    """The whole of it, or as far as so many transactions."""
    seen = 0

    def tick(_run: Rereading) -> None:
        nonlocal seen
        seen += 1
        if seen == killed_after:
            raise KeyboardInterrupt

    return services.reread(actor=SYSTEM, tick=tick)


def of_other_rules() -> None:
    """As if another version had made it all: evidence of another shape, other keys and links, other groups."""
    for model in (MatchEdge, HotKey, WorkKey, MatchKey):
        model.objects.all().delete()
    EvidenceClass.objects.update(evidence="[]", signature="old")
    MatchKey.objects.bulk_create(
        MatchKey(key=7, class_id=each) for each in EvidenceClass.objects.values_list("id", flat=True)
    )
    HotKey.objects.create(key=8)
    for each in SourceRecord.objects.filter(deleted=False):
        SourceRecord.objects.filter(id=each.id).update(edition_id=each.id, work_id=each.id, class_id=each.class_id // 2)
    RecordFacts.objects.update(description="{}")
    Repair.objects.create(record_id=1, version=1, code="of_old", detail="")
    present = RecordVersion.objects.filter(record__deleted=False, number=F("record__version")).values_list(
        "id", flat=True
    )
    RecordVersion.objects.filter(id__in=list(present)).update(dialect="normarc", encoding="latin")


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rereading, "RECORDS", 2)
    monkeypatch.setattr(rereading, "GROUPS", 3)


def test_the_same_rules_change_nothing() -> None:
    catalogue()
    before = state()
    assert Repair.objects.count() == 2  # one in each version
    assert (len(groups()), len(groups("work_id")), MatchEdge.objects.count() > 0) == (4, 2, True)
    run = reread()
    assert state() == before
    assert (run.read, run.set_aside, run.finished is not None) == (7, 0, True)


def test_what_other_rules_made_is_made_anew() -> None:
    catalogue()
    before = state()
    of_other_rules()
    assert state() != before
    reread()
    assert state() == before


@pytest.mark.parametrize("transactions", range(1, 7))
def test_stopped_anywhere_it_goes_on_where_it_was(transactions: int) -> None:
    catalogue()
    before = state()
    of_other_rules()
    with pytest.raises(KeyboardInterrupt):
        reread(killed_after=transactions)
    assert reread().read == 7
    assert state() == before
    assert Rereading.objects.count() == 1
    assert AuditEntry.objects.unscoped("test").filter(verb="catalogue.reread").count() == 1


def test_peoples_words_stand() -> None:
    catalogue()
    reread()
    assert Decision.objects.filter(undone_at=None).count() == 2
    assert not any({"oslo/2", "bergen/2"} <= group for group in groups())
    assert any({"oslo/1", "utsira/1"} <= group for group in groups())


def test_what_is_no_longer_taken_leaves_the_catalogue_and_is_set_aside() -> None:
    take("oslo", book("1"))
    take("bergen", book("1"))
    gone = record("oslo", "1")
    broken = b"00026nam a2200025 i 4500\x1e\x1d"
    RecordVersion.objects.filter(record=gone).update(raw=zlib.compress(broken))
    outbox.acknowledge([each.id for each in outbox.claim("work.changed", 100, "test", 60)])
    assert reread().set_aside == 1
    kept = SetAsideRecord.objects.get()
    assert (zlib.decompress(kept.raw), kept.position, bool(kept.detail)) == (broken, 0, True)
    assert record("oslo", "1").deleted
    assert groups() == {frozenset({"bergen/1"})}
    assert {each.subject_id for each in outbox.claim("work.changed", 100, "test", 60)} >= {gone.work_id}
    take("oslo", book("1"))  # sent again, it is looked at again
    assert groups() == {frozenset({"oslo/1", "bergen/1"})}


def test_imports_and_decisions_wait_until_it_is_done(tmp_path: Path) -> None:
    catalogue()
    with pytest.raises(KeyboardInterrupt):
        reread(killed_after=1)
    pan = [record("oslo", "2").id, record("bergen", "2").id]
    source = services.ensure_source(name="oslo")
    for verb in (
        lambda: services.import_files(actor=SYSTEM, source=source, paths=[write(tmp_path, "a.mrc", [book("7")])]),
        lambda: services.merge(actor=CATALOGUER, level="edition", record_ids=pan),
        lambda: services.undo(actor=CATALOGUER, decision_id=Decision.objects.earliest("id").id),
    ):
        with pytest.raises(Conflict, match="being read anew"):
            verb()
    reread()
    services.merge(actor=CATALOGUER, level="edition", record_ids=pan)
    assert any({"oslo/2", "bergen/2"} <= group for group in groups())
