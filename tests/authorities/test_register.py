"""The register: loading, joining, changing, taking back, replacing."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from allmenning.authorities import queries, services
from allmenning.authorities.keeping import HEADING_CHANGED
from allmenning.authorities.loading import Counts
from allmenning.authorities.models import Change, Entity, EntryVersion, Name, SetAsideEntry
from allmenning.groundwork import outbox
from allmenning.kernel.errors import Conflict, Invalid, NotFound, Refused
from tests.authorities.registers import HAMSUN, SAMI, SIBLINGS, entity, take_in, take_in_bytes
from tests.catalogue.records import CATALOGUER, LIBRARIAN
from tests.people_and_places import SYSTEM

pytestmark = pytest.mark.django_db


def test_the_same_file_again_changes_nothing() -> None:
    assert take_in("prove", HAMSUN, SAMI) == Counts(read=2, new=2)
    waiting = outbox.backlog(HEADING_CHANGED).waiting
    assert take_in("prove", HAMSUN, SAMI) == Counts(read=2, unchanged=2)
    assert (Entity.objects.count(), Change.objects.count(), outbox.backlog(HEADING_CHANGED).waiting) == (2, 2, waiting)


def test_a_changed_entry_keeps_its_number_and_every_version() -> None:
    take_in("prove", SAMI)
    number = entity("Samer").id
    assert take_in("prove", {**SAMI, "nb": "Samene"}) == Counts(read=1, changed=1)
    found = queries.detail(number)
    assert found is not None
    assert (found.brief.name, [each.labels["nb"] for each in found.history]) == ("Samene", ["Samene", "Samer"])
    assert [b"Samer" in zlib.decompress(each.raw) for each in EntryVersion.objects.order_by("number")] == [True, False]


def test_what_cannot_be_read_is_kept_with_its_reason_once() -> None:
    broken = b'{"id": "1", "nb": "Godt"}\n{broken\n'
    assert take_in_bytes("prove", broken) == Counts(read=2, new=1, set_aside=1, reasons={"not_json": 1})
    take_in_bytes("prove", broken)
    assert [(each.code, zlib.decompress(each.raw)) for each in SetAsideEntry.objects.all()] == [
        ("not_json", b"{broken")
    ]


MARC = """<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nz  a2200000n  4500</leader>
<controlfield tag="001">{0}</controlfield><controlfield tag="003">{1}</controlfield>
<datafield tag="024" ind1="7" ind2=" "><subfield code="a">51704497</subfield><subfield code="2">viaf</subfield></datafield>
<datafield tag="100" ind1="1" ind2=" "><subfield code="a">{2}</subfield></datafield></record>"""


def test_registers_that_name_the_same_person_tell_of_one() -> None:
    take_in_bytes("bare", MARC.format("1", "NO-TrBIB", "Hamsun, Knut").encode())
    assert take_in_bytes("bibbi", MARC.format("9", "NO-OsBAS", "Hamsun, K.").encode()) == Counts(
        read=1, new=1, joined=1
    )
    found = queries.detail(entity("Hamsun, Knut").id)
    assert found is not None
    assert [each.register for each in found.origins] == ["bare", "bibbi"]
    assert [each.text for each in found.variants] == ["Hamsun, K."]


def test_two_entries_of_one_register_are_never_made_one_by_a_third() -> None:
    take_in_bytes("bare", MARC.format("1", "NO-TrBIB", "Hamsun, Knut").encode())
    take_in_bytes("bare", MARC.format("2", "NO-TrBIB", "Hamsun, Knut P.").encode())
    assert Entity.objects.count() == 2


@pytest.mark.parametrize("turned", [False, True])
def test_relations_meet_whichever_came_first(turned: bool) -> None:
    broad = {"id": "REAL000001", "type": "topic", "nb": "Dyr"}
    narrow = {"id": "REAL000002", "type": "topic", "nb": "Rein", "broader": ["REAL000001"]}
    for each in (narrow, broad) if turned else (broad, narrow):
        take_in("prove", each)
    found = queries.detail(entity("Dyr").id)
    assert found is not None
    assert [(each.kind, each.label) for each in found.relations] == [("narrower", "Rein")]


def test_a_changed_heading_is_found_by_what_it_was() -> None:
    take_in("prove", SAMI)
    number = entity("Samer").id
    services.change_labels(actor=CATALOGUER, entity_id=number, labels={"nb": "Samefolket"}, reason="Ny praksis")
    found = queries.detail(number)
    assert found is not None
    assert (found.brief.name, found.brief.labels["se"]) == ("Samefolket", "Sámit")
    assert ("Samer" in [each.text for each in found.variants], found.history[0].who) == (True, "Cataloguer")
    assert [each.brief.id for each in queries.find("samer")] == [number]


def test_the_register_may_change_and_our_word_still_holds_until_it_is_taken_back() -> None:
    take_in("prove", SAMI)
    number = entity("Samer").id
    services.change_labels(actor=CATALOGUER, entity_id=number, labels={"nb": "Samefolket"})
    take_in("prove", {**SAMI, "nb": "Samene"})
    assert Entity.objects.get(id=number).name == "Samefolket"
    services.take_back(actor=CATALOGUER, entity_id=number)
    services.take_back(actor=CATALOGUER, entity_id=number)
    assert Entity.objects.get(id=number).name == "Samene"


def test_records_go_on_carrying_what_a_register_once_preferred() -> None:
    take_in("prove", SAMI)
    take_in("prove", {**SAMI, "nb": "Samene"})
    take_in("prove", {**SAMI, "nb": "Samefolket"})
    kept = Name.objects.filter(language="nb").order_by("text").values_list("text", "preferred", "established")
    assert list(kept) == [("Samefolket", True, True), ("Samene", False, True), ("Samer", False, True)]


def test_a_replaced_number_leads_on() -> None:
    take_in("prove", SAMI, SIBLINGS, {**SAMI, "id": "REAL000009", "nb": "Lapper"})
    old, new = entity("Lapper").id, entity("Samer").id
    services.replace(actor=CATALOGUER, entity_id=old, by_id=new)
    assert (queries.resolve(old), queries.resolve(new), queries.resolve(10**9)) == ((new,), (new,), ())
    assert queries.find("lapper") == []
    services.take_back(actor=CATALOGUER, entity_id=old)
    assert queries.resolve(old) == (old,)


def test_a_divided_entry_leads_to_a_choice() -> None:
    take_in("prove", SAMI, SIBLINGS)
    both = [SAMI["id"], SIBLINGS["id"]]
    take_in("prove", {"id": "REAL000007", "type": "topic", "nb": "Begge", "deprecated": True, "replaced_by": both})
    assert queries.resolve(entity("Begge").id) == (entity("Samer").id, entity("Søsken").id)


def test_who_may_not_and_what_cannot_be_changed() -> None:
    take_in("prove", SAMI, HAMSUN)
    number = entity("Samer").id
    with pytest.raises(Refused):
        services.change_labels(actor=LIBRARIAN, entity_id=number, labels={"nb": "x"})
    with pytest.raises(NotFound):
        services.change_labels(actor=CATALOGUER, entity_id=10**9, labels={"nb": "x"})
    with pytest.raises(Invalid):
        services.change_labels(actor=CATALOGUER, entity_id=number, labels={})
    with pytest.raises(Invalid):
        services.replace(actor=CATALOGUER, entity_id=number, by_id=entity("Hamsun, Knut").id)
    with pytest.raises(Invalid):
        services.ensure_register(name="her")
    with pytest.raises(Conflict):
        services.ensure_register(name="prove", vocabulary="another")
    known = services.ensure_register(name="prove")
    with pytest.raises(NotFound):
        services.load(actor=SYSTEM, register=known, paths=[Path("/nowhere")])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Knut Hamsun", "Hamsun, Knut"),
        ("гамсун", "Hamsun, Knut"),
        ("oappat", "Søsken"),
        ("sibl", "Søsken"),
        ("SYSKEN", "Søsken"),
        ("!", ""),
    ],
)
def test_finding_by_any_name_in_any_language(typed: str, found: str) -> None:
    take_in("prove", HAMSUN, SAMI, SIBLINGS)
    assert next((each.brief.name for each in queries.find(typed)), "") == found


def test_the_shared_registers_load_whole(shared_data: Path) -> None:
    known = services.ensure_register(name="mrtermer")
    files = [shared_data / "authorities" / name for name in ("mrtermer.ttl", "mrtermer.marc21.xml")]
    run = services.load(actor=SYSTEM, register=known, paths=files)
    assert (run.counts["read"], run.counts["new"], run.counts["joined"], run.counts["set_aside"]) == (
        2646,
        2646,
        1321,
        0,
    )
    assert Entity.objects.count() == 1325
