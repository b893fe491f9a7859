"""Accounts, invitations and roles: what becomes true, and every refusal."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.hashers import is_password_usable

from allmenning.groundwork import audit
from allmenning.groundwork.models import AuditEntry
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Invalid, Refused
from allmenning.kernel.periods import Period
from allmenning.organisations.errors import LibraryNotFound
from allmenning.organisations.models import Library
from allmenning.people import services
from allmenning.people.errors import AccountNotFound, AlreadyGranted, GrantNotFound, InvitationSpent, WeakPassword
from allmenning.people.models import Account, Role, RoleGrant
from allmenning.people.queries import account_by_email, actor_for, staff_of
from allmenning.people.services import Invitation, Place
from tests.people_and_places import ALWAYS, PASSWORD, SYSTEM, account, acting, alta, consortium, oslo, staff

pytestmark = pytest.mark.django_db

Y2026 = Period.year(2026)


def roles(account: Account) -> set[tuple[str, int | None]]:
    held = RoleGrant.objects.unscoped("all the roles of one account").filter(account=account)
    return set(held.values_list("role", "library_id"))


def invite(actor: Actor, library: Library, email: str = "berit@example.no", role: Role = Role.LIBRARIAN) -> Invitation:
    return services.invite(
        actor=actor, email=email, given_name="Berit", role=role, place=Place(library_id=library.id), period=ALWAYS
    )


def test_an_account_is_found_however_its_address_is_written() -> None:
    made = services.create_account(actor=SYSTEM, email=" Kari.Nordmann@Example.NO ", given_name="Kari", language="NN")
    assert (made.email, made.language, made.name) == ("kari.nordmann@example.no", "nn", "Kari")
    assert account_by_email("KARI.NORDMANN@example.no") == made
    assert Account.objects.get_by_natural_key("KARI.nordmann@example.no") == made
    assert not is_password_usable(made.password)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"email": "kari"}, "email"),
        ({"email": "KARI@example.no"}, "email-taken"),
        ({"given_name": " "}, "account-name"),
        ({"language": "norsk bokmål"}, "label-language"),
        ({"password": "kort"}, "weak-password"),
        ({"password": "1234567890"}, "weak-password"),
    ],
)
def test_what_does_not_fit_makes_no_account(facts: dict[str, str], code: str) -> None:
    account("kari@example.no")
    with pytest.raises(Invalid) as refused:
        services.create_account(actor=SYSTEM, **{"email": "ola@example.no", "given_name": "Ola", **facts})
    assert refused.value.code == code
    assert Account.objects.count() == 1


def test_a_weak_password_is_nowhere_in_its_error_or_on_the_trail() -> None:
    with pytest.raises(WeakPassword) as refused:
        services.create_account(actor=SYSTEM, email="ola@example.no", given_name="Ola", password="hemmelig")
    assert "hemmelig" not in f"{refused.value} {refused.value.data}"
    services.create_account(actor=SYSTEM, email="ola@example.no", given_name="Ola", password=PASSWORD)
    assert PASSWORD not in str(list(AuditEntry.objects.unscoped("the whole trail").values()))


def test_an_administrator_invites_and_the_invited_chooses_a_password_once() -> None:
    here = oslo()
    admin = acting(staff(here, Role.ADMIN), here)
    invitation = invite(admin, here)
    assert [(each.account, each.role) for each in staff_of(here.id)] == [
        (invitation.account, "librarian"),
        (account_by_email("admin@oslo.example.no"), "admin"),
    ]
    berit = services.accept_invitation(account_id=invitation.account.id, token=invitation.token, password=PASSWORD)
    assert berit.check_password(PASSWORD)
    with pytest.raises(InvitationSpent):
        services.accept_invitation(account_id=berit.id, token=invitation.token, password="en annen lang setning")
    assert [each.verb for each in audit.about_person(berit.id)] == [
        "account.accept_invitation",
        "role.grant",
        "account.create",
    ]


def test_a_wrong_link_and_a_weak_password_set_nothing() -> None:
    here = oslo()
    invitation = invite(SYSTEM, here)
    other = invite(SYSTEM, here, "ola@example.no")
    for account_id, token in (
        (invitation.account.id, other.token),
        (invitation.account.id, "x"),
        (0, invitation.token),
    ):
        with pytest.raises(InvitationSpent):
            services.accept_invitation(account_id=account_id, token=token, password=PASSWORD)
    with pytest.raises(WeakPassword):
        services.accept_invitation(account_id=invitation.account.id, token=invitation.token, password="kort")
    invitation.account.refresh_from_db()
    assert not invitation.account.has_usable_password()


def test_who_works_at_two_libraries_keeps_one_account() -> None:
    here, there = oslo(), alta()
    kari = account("berit@example.no", "Kari", password=PASSWORD)
    invitation = invite(SYSTEM, here)
    invite(SYSTEM, there, role=Role.CATALOGUER)
    assert (invitation.account, invitation.account.name, invitation.token) == (kari, "Kari", "")
    assert roles(kari) == {("librarian", here.id), ("cataloguer", there.id)}


def test_inviting_a_neighbours_invited_employee_gives_no_way_into_the_neighbour() -> None:
    here, there = oslo(), alta()
    ours, theirs = acting(staff(here, Role.ADMIN)), acting(staff(there, Role.ADMIN))
    assert invite(theirs, there).token
    assert invite(ours, here).token == ""
    assert invite(theirs, there, role=Role.CATALOGUER).token == ""


def test_administrators_grant_at_their_own_library_only() -> None:
    here, there = oslo(), alta()
    admin, librarian = acting(staff(here, Role.ADMIN)), acting(staff(here))
    with pytest.raises(LibraryNotFound):
        invite(admin, there)
    with pytest.raises(Refused):
        invite(librarian, here)
    assert account_by_email("berit@example.no") is None


@pytest.mark.parametrize(
    ("role", "code"), [("janitor", "role"), (Role.CONSORTIUM_OFFICE, "role-place"), ("ADMIN", "role")]
)
def test_a_role_that_is_none_there_is_refused(role: str, code: str) -> None:
    here, kari = oslo(), account("kari@example.no")
    place = Place(library_id=here.id)
    with pytest.raises(Invalid) as refused:
        services.grant_role(actor=SYSTEM, account_id=kari.id, role=role, place=place, period=ALWAYS)
    assert refused.value.code == code


@pytest.mark.parametrize("facts", [{}, {"library_id": 1, "county_number": "56"}, {"consortium_id": 1, "library_id": 1}])
def test_a_role_is_held_in_exactly_one_place(facts: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        Place(**facts)  # type: ignore[arg-type]
    assert refused.value.code == "role-place"


def test_the_same_role_twice_at_a_time_is_refused_and_later_is_fine() -> None:
    here, kari = oslo(), account("kari@example.no")
    for period in (Y2026, Period.year(2028)):
        services.grant_role(
            actor=SYSTEM, account_id=kari.id, role=Role.ADMIN, place=Place(library_id=here.id), period=period
        )
    with pytest.raises(AlreadyGranted):
        services.grant_role(
            actor=SYSTEM, account_id=kari.id, role=Role.ADMIN, place=Place(library_id=here.id), period=ALWAYS
        )
    with pytest.raises(AccountNotFound):
        services.grant_role(actor=SYSTEM, account_id=0, role=Role.ADMIN, place=Place(library_id=here.id), period=Y2026)


def test_only_the_installation_grants_in_a_county() -> None:
    here, kari = oslo(), account("kari@example.no")
    county = Place(county_number="03")
    with pytest.raises(Refused):
        services.grant_role(
            actor=acting(staff(here, Role.ADMIN)), account_id=kari.id, role=Role.ADMIN, place=county, period=ALWAYS
        )
    with pytest.raises(Invalid) as refused:
        services.grant_role(
            actor=SYSTEM, account_id=kari.id, role=Role.ADMIN, place=Place(county_number="99"), period=ALWAYS
        )
    assert refused.value.code == "county"
    services.grant_role(actor=SYSTEM, account_id=kari.id, role=Role.ADMIN, place=county, period=ALWAYS)
    assert actor_for(kari).holds("admin", library_id=here.id)


def test_a_consortiums_office_grants_in_its_own_consortium() -> None:
    public, other = consortium(), consortium("pensumlister")
    office, kari = account("kontor@example.no"), account("kari@example.no")
    at_public = Place(consortium_id=public.id)
    for each in (office, kari):
        services.grant_role(
            actor=SYSTEM if each == office else actor_for(office),
            account_id=each.id,
            role=Role.CONSORTIUM_OFFICE,
            place=at_public,
            period=ALWAYS,
        )
    with pytest.raises(Refused):
        services.grant_role(
            actor=actor_for(office),
            account_id=kari.id,
            role=Role.CATALOGUER,
            place=Place(consortium_id=other.id),
            period=ALWAYS,
        )


def test_a_role_ends_on_its_day_and_one_that_never_began_goes() -> None:
    here = oslo()
    admin = acting(staff(here, Role.ADMIN))
    kari = staff(here, email="kari@example.no")
    grant = RoleGrant.objects.for_library(here.id).get(account=kari)
    services.revoke_role(actor=admin, grant_id=grant.id, day=date(2026, 7, 1))
    assert actor_for(kari, day=date(2026, 6, 30)).holds("librarian", library_id=here.id)
    assert not actor_for(kari, day=date(2026, 7, 1)).holds("librarian", library_id=here.id)
    services.revoke_role(actor=admin, grant_id=grant.id, day=date(2027, 1, 1))  # never longer than it was
    grant.refresh_from_db()
    assert grant.ends == date(2026, 7, 1)
    services.revoke_role(actor=admin, grant_id=grant.id, day=ALWAYS.start)
    assert roles(kari) == set()


def test_a_neighbour_does_not_learn_of_a_role_and_a_colleague_is_refused() -> None:
    here, there = oslo(), alta()
    kari = staff(here, email="kari@example.no")
    grant = RoleGrant.objects.for_library(here.id).get(account=kari)
    for actor, error in (
        (acting(staff(there, Role.ADMIN)), GrantNotFound),
        (acting(kari), Refused),
        (Actor.anonymous(here.id), GrantNotFound),
    ):
        with pytest.raises(error):
            services.revoke_role(actor=actor, grant_id=grant.id, day=date(2026, 7, 1))
    with pytest.raises(GrantNotFound):
        services.revoke_role(actor=SYSTEM, grant_id=0, day=date(2026, 7, 1))


def test_a_closed_account_acts_for_nobody() -> None:
    here = oslo()
    kari = staff(here, Role.ADMIN)
    with pytest.raises(Refused):
        services.close_account(actor=acting(kari), account_id=kari.id)
    closed = services.close_account(actor=SYSTEM, account_id=kari.id)
    assert actor_for(closed, library_id=here.id) == Actor.anonymous(here.id)
    with pytest.raises(AccountNotFound):
        services.close_account(actor=SYSTEM, account_id=0)
