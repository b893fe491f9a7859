"""The trail: who did what to which thing, for whom, about whom; written once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from allmenning.groundwork import audit
from allmenning.groundwork.models import AppendOnly, AuditEntry
from allmenning.kernel.actor import Actor
from tests.people_and_places import account, acting, alta, oslo, staff

pytestmark = pytest.mark.django_db


def test_an_entry_tells_who_what_for_whom_and_about_whom() -> None:
    here = oslo()
    kari, ola = staff(here), account("ola@example.no", "Ola")
    data = {"day": date(2026, 5, 17)}
    audit.record(acting(kari, here), "card.block", ola, library_id=here.id, person_id=ola.id, data=data)
    entry = AuditEntry.objects.for_library(here.id).get(verb="card.block")
    assert (entry.account_id, entry.actor_name, entry.channel) == (kari.id, "Kari", "test")
    assert (entry.subject_kind, entry.subject_id) == ("people.account", str(ola.id))
    assert (entry.library_id, entry.person_id, entry.data) == (here.id, ola.id, {"day": "2026-05-17"})


def test_a_subject_need_not_be_a_row() -> None:
    audit.record(Actor.system("import"), "edition.merge", ("catalogue.edition", 17))
    assert [each.verb for each in audit.about_subject(("catalogue.edition", 17))] == ["edition.merge"]


def test_a_person_sees_what_was_done_about_them_and_by_them_everywhere() -> None:
    here, there = oslo(), alta()
    kari = staff(here)
    audit.record(Actor.system("desk"), "card.block", kari, library_id=there.id, person_id=kari.id)
    audit.record(acting(kari, here), "branch.close_on", ("organisations.branch", 1), library_id=here.id)
    audit.record(Actor.system("desk"), "card.block", account("ola@example.no"), library_id=here.id)
    assert [each.verb for each in audit.about_person(kari.id)] == [
        "branch.close_on",
        "card.block",
        "role.grant",
        "account.create",
    ]


def test_an_entry_is_written_once() -> None:
    entry = audit.record(Actor.system("import"), "edition.merge", ("catalogue.edition", 17))
    entry.verb = "edition.split"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()


def test_the_database_itself_refuses_to_change_an_entry() -> None:
    audit.record(Actor.system("import"), "edition.merge", ("catalogue.edition", 17))
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE groundwork_auditentry SET verb = 'edition.split'")
    assert audit.about_subject(("catalogue.edition", 17)).get().verb == "edition.merge"


def test_a_change_that_is_rolled_back_leaves_no_entry() -> None:
    with transaction.atomic():
        audit.record(Actor.system("import"), "edition.merge", ("catalogue.edition", 17))
        transaction.set_rollback(True)
    assert not audit.about_subject(("catalogue.edition", 17)).exists()


@pytest.mark.parametrize("data", [{"password": "x"}, {"new_password": "x"}, {"was": {"api_key": "x"}}, {"PIN": 1234}])
def test_no_secret_reaches_the_trail(data: dict[str, object]) -> None:
    with pytest.raises(audit.SecretInAudit):
        audit.record(Actor.system("desk"), "account.change", ("people.account", 1), data=data)


def test_a_word_that_only_contains_a_secrets_name_is_fine() -> None:
    audit.record(Actor.system("desk"), "branch.change", ("organisations.branch", 1), data={"shopping_list": 1})
