"""Records meet the authority register: by identifier, by name and years, and never by a name that several bear."""

from __future__ import annotations

from typing import Any

import pytest
from pymarc import Field, Indicators, Record, Subfield

from allmenning.authorities import services as register
from allmenning.catalogue import queries as catalogue
from allmenning.catalogue.clusters.regroup import WORK_CHANGED
from allmenning.catalogue.headings import following
from allmenning.catalogue.headings.models import WrittenHeading
from allmenning.catalogue.headings.queries import figures, works_of
from allmenning.catalogue.headings.services import link_by_hand, undo_link
from allmenning.discovery.documents import document
from allmenning.groundwork import outbox
from allmenning.kernel.errors import NotFound, Refused
from tests.authorities.registers import HAMSUN, SAMI, SIBLINGS, entity, take_in
from tests.catalogue.records import CATALOGUER, LIBRARIAN, record, take

pytestmark = pytest.mark.django_db


def book(key: str, *fields: tuple[str, str, dict[str, str]]) -> bytes:
    """A record with these fields: (tag, second indicator, subfields)."""
    made = Record(force_utf8=True, leader="00000nam a2200000 i 4500")
    rows = [*fields, ("245", "0", {"a": f"Bok {key}"})]
    made.add_field(
        Field(tag="001", data=key),
        Field(tag="008", data="240101s1990    no            000 1 nob d"),
        *(
            Field(tag=tag, indicators=Indicators("1", second), subfields=[Subfield(*part) for part in parts.items()])
            for tag, second, parts in sorted(rows, key=lambda each: each[0])
        ),
    )
    return bytes(made.as_marc())


def linked(text: str) -> tuple[str, str]:
    """(name of the entity, how) for a heading as a record writes it."""
    heading = WrittenHeading.objects.select_related("entity").get(text=text)
    return (heading.entity.name if heading.entity else "", heading.how)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (("650", "7", {"a": "Søskn", "2": "noubomn", "0": "(NoOU)REAL005535"}), ("Søsken", "id")),
        (("650", "7", {"a": "Siblings", "1": "http://data.ub.uio.no/realfagstermer/c005535"}), ("Søsken", "id")),
        (("650", "7", {"a": "Sysken", "2": "noubomn"}), ("Søsken", "name")),
        (("650", "7", {"a": "Søsken", "2": "humord"}), ("", "")),
        (("650", "4", {"a": "Sosken"}), ("", "")),
        (("100", " ", {"a": "Hamsun, Knut,", "d": "1859-1952"}), ("Hamsun, Knut", "dates")),
        (("100", " ", {"a": "Hamsun, Knut,", "d": "1859-"}), ("Hamsun, Knut", "dates")),
        (("100", " ", {"a": "Hamsun, Knut,", "d": "1960-"}), ("", "")),
        (("100", " ", {"a": "Pedersen, Knud"}), ("Hamsun, Knut", "name")),
        (("600", "4", {"a": "Hamsun, Knut"}), ("Hamsun, Knut", "name")),
        (("110", " ", {"a": "Hamsun, Knut"}), ("", "")),
    ],
)
def test_how_a_heading_meets_its_entity(field: tuple[str, str, dict[str, str]], expected: tuple[str, str]) -> None:
    take_in("prove", HAMSUN, SIBLINGS, SAMI, vocabulary="noubomn")
    take("oslo", book("b1", field))
    following.catch_up()
    assert linked(field[2]["a"].strip(",")) == expected


def test_a_name_that_two_bear_says_nothing_without_years() -> None:
    other: dict[str, Any] = {**HAMSUN, "id": "2", "dates": "1901-1980", "und_alt": []}
    take_in("prove", HAMSUN, other)
    take(
        "oslo",
        book("b1", ("100", " ", {"a": "Hamsun, Knut"})),
        book("b2", ("100", " ", {"a": "Hamsun, Knut", "d": "1901-1980"})),
    )
    following.catch_up()
    rows = WrittenHeading.objects.order_by("dates").values_list("dates", "entity__dates", "how")
    assert list(rows) == [("", None, ""), ("1901-1980", "1901-1980", "dates")]


def test_records_first_or_register_first_ends_the_same() -> None:
    take("oslo", book("b1", ("650", "4", {"a": "Samer"})))
    following.catch_up()
    take_in("prove", SAMI)
    assert following.run_once() > 0
    assert linked("Samer") == ("Samer", "name")


def test_a_changed_record_lets_go_of_what_it_no_longer_carries() -> None:
    take_in("prove", SAMI, SIBLINGS)
    take("oslo", book("b1", ("650", "4", {"a": "Samer"})))
    following.catch_up()
    take("oslo", book("b1", ("650", "4", {"a": "Søsken"})))
    following.catch_up()
    work = record("oslo", "b1").work_id
    assert (works_of(entity("Samer").id, "subject"), works_of(entity("Søsken").id, "subject")) == ([], [work])


def test_the_index_knows_every_language_and_shows_the_registers_heading() -> None:
    take_in("prove", SAMI, HAMSUN)
    take("oslo", book("b1", ("650", "4", {"a": "Samer"}), ("100", " ", {"a": "Pedersen, Knud"})))
    following.catch_up()
    found = document(catalogue.works_for_index([record("oslo", "b1").work_id])[0])
    assert (found.creators, found.subjects) == (("Hamsun, Knut",), ("Samer",))
    assert set(found.subject_forms) == {"Samer", "Samar", "Sami people", "Sámit"}
    assert "Гамсун, Кнут" in found.creator_forms


def test_one_changed_heading_tells_the_index_of_every_work_and_touches_no_record() -> None:
    take_in("prove", SAMI)
    take("oslo", *(book(f"b{at}", ("650", "4", {"a": "Samer"})) for at in range(5)))
    following.catch_up()
    outbox.acknowledge(each.id for each in outbox.claim(WORK_CHANGED, 100, "index", 60))
    before = record("oslo", "b1").changed
    register.change_labels(actor=CATALOGUER, entity_id=entity("Samer").id, labels={"nb": "Samefolket"})
    following.run_once()
    told = {each.subject_id for each in outbox.claim(WORK_CHANGED, 100, "index", 60)}
    assert told == {record("oslo", f"b{at}").work_id for at in range(5)}
    facts = catalogue.work(record("oslo", "b1").work_id)
    assert facts is not None
    assert [each.label for each in facts.editions[0].merged.description.subjects] == ["Samefolket"]
    assert record("oslo", "b1").changed == before


def test_records_follow_a_replaced_heading() -> None:
    take_in("prove", SAMI, {**SAMI, "id": "REAL000009", "nb": "Lapper", "nn": [], "en": [], "se": []})
    take("oslo", book("b1", ("650", "4", {"a": "Lapper"})))
    following.catch_up()
    register.replace(actor=CATALOGUER, entity_id=entity("Lapper").id, by_id=entity("Samer").id)
    following.run_once()
    assert linked("Lapper") == ("Samer", "name")


def test_a_persons_word_outranks_the_machine_until_it_is_undone() -> None:
    take_in("prove", SAMI, SIBLINGS)
    take("oslo", book("b1", ("650", "4", {"a": "Samer"})))
    following.catch_up()
    heading = WrittenHeading.objects.get()
    apart = link_by_hand(actor=CATALOGUER, heading_id=heading.id, entity_id=None)
    assert linked("Samer") == ("", "")
    other = link_by_hand(actor=CATALOGUER, heading_id=heading.id, entity_id=entity("Søsken").id)
    take_in("prove", {**SAMI, "en": ["Saami"]})
    following.catch_up()
    assert linked("Samer") == ("Søsken", "person")
    undo_link(actor=CATALOGUER, decision_id=other.id)
    assert linked("Samer") == ("", "")
    undo_link(actor=CATALOGUER, decision_id=apart.id)
    undo_link(actor=CATALOGUER, decision_id=apart.id)
    assert linked("Samer") == ("Samer", "name")


def test_who_may_not_link() -> None:
    take_in("prove", SAMI)
    with pytest.raises(Refused):
        link_by_hand(actor=LIBRARIAN, heading_id=1, entity_id=None)
    with pytest.raises(NotFound):
        link_by_hand(actor=CATALOGUER, heading_id=10**9, entity_id=None)
    with pytest.raises(NotFound):
        undo_link(actor=CATALOGUER, decision_id=10**9)


def test_doing_it_twice_changes_nothing() -> None:
    take_in("prove", SAMI)
    take("oslo", book("b1", ("650", "4", {"a": "Samer"})))
    following.catch_up()
    before = figures()
    assert (following.catch_up(), figures()) == (0, before)


def test_an_installation_without_a_register_does_nothing() -> None:
    take("oslo", book("b1", ("650", "4", {"a": "Samer"})))
    assert (following.run_once(), WrittenHeading.objects.count()) == (0, 0)
