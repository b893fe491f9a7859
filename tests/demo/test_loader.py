"""The demo consortium in an installation."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from allmenning.demo.libraries import load_libraries
from allmenning.demo.loader import load_organisations
from allmenning.groundwork.models import AuditEntry
from allmenning.kernel.labels import Labels
from allmenning.organisations.models import Branch, Consortium, Library, Membership, OpeningHours, Population
from allmenning.people.models import Account, RoleGrant
from allmenning.people.queries import actor_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_hashing(settings: Settings) -> None:
    """Sixteen real password hashes take seven seconds; how they are hashed is not what is tested here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def counts() -> dict[str, int]:
    shared = (Consortium, Library, Branch, OpeningHours, Membership, Account)
    everywhere = "counting all of them"
    return {each.__name__: each._default_manager.count() for each in shared} | {
        "RoleGrant": RoleGrant.objects.unscoped(everywhere).count(),
        "AuditEntry": AuditEntry.objects.unscoped(everywhere).count(),
    }


def test_a_second_run_changes_nothing_and_gives_no_password() -> None:
    first = load_organisations()
    before = counts()
    assert before["Library"] == first.libraries == 11
    assert before["Branch"] == first.branches == 22
    assert before["Account"] == before["RoleGrant"] == len(first.accounts) == 16
    again = load_organisations()
    assert counts() == before
    assert (again.libraries, again.branches, again.accounts, again.password) == (11, 22, first.accounts, "")


def test_what_was_changed_since_stays() -> None:
    load_organisations()
    Library.objects.filter(slug="utsira").update(name=Labels(nb="Øybiblioteket"))
    load_organisations()
    assert Library.objects.get(slug="utsira").name == {"nb": "Øybiblioteket"}


def test_the_password_is_made_up_each_time_and_opens_the_accounts() -> None:
    made = load_organisations()
    assert len(made.password) == 19
    assert all(each.check_password(made.password) for each in Account.objects.filter(email="admin@oslo.example"))


def test_a_password_may_be_chosen() -> None:
    assert load_organisations(password="ti tusen sjøer").password == "ti tusen sjøer"


def test_libraries_have_people_branches_and_hours() -> None:
    load_organisations()
    karasjok = Library.objects.get(slug="karasjok")
    assert karasjok.name == {"en": "Karasjok Library", "nb": "Karasjok bibliotek", "se": "Kárášjoga girjerádju"}
    assert karasjok.municipality is not None
    inhabitants = Population.objects.get(municipality=karasjok.municipality, day="2024-01-01").inhabitants
    assert (karasjok.municipality.number, inhabitants) == ("5610", 2565)
    assert {each.consortium.slug for each in Library.objects.get(slug="oslo").memberships.all()} == {
        "folkebibliotek", "forskning",
    }  # fmt: skip
    assert all(each.opening_hours.exists() for each in Branch.objects.all())


def test_roles_reach_where_they_should() -> None:
    load_organisations()
    everyone = set(Library.objects.values_list("id", flat=True))
    uit = Library.objects.get(slug="uit").id
    at = {each.email: each for each in Account.objects.all()}
    office = actor_for(at["kontor@folkebibliotek.example"])
    county = actor_for(at["fylke@troms.example"])
    assert office.libraries == everyone - {uit}
    assert county.libraries == set(
        Library.objects.filter(slug__in=["troms", "nordreisa", "nord-troms-vgs"]).values_list("id", flat=True)
    )
    assert actor_for(at["admin@utsira.example"]).libraries == {Library.objects.get(slug="utsira").id}


def test_every_account_is_at_an_address_that_cannot_exist() -> None:
    assert all(each.email.endswith(".example") for each in load_libraries().staff)  # RFC 2606


def test_the_demo_has_a_library_that_is_open_on_a_weekday_noon() -> None:
    load_organisations()
    noon = datetime(2026, 11, 23, 12, 30, tzinfo=ZoneInfo("Europe/Oslo"))
    spans = OpeningHours.objects.filter(weekday=noon.weekday(), opens__lte=noon.time(), closes__gt=noon.time())
    assert spans.filter(branch__library__slug="oslo").count() == 4
