"""A colleague's way in, up, out and back: what administrators do, and every refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from allmenning.groundwork import audit
from allmenning.groundwork.models import AuditEntry
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Refused
from allmenning.organisations import services as organisations
from allmenning.organisations.errors import LibraryNotFound
from allmenning.organisations.models import Library
from allmenning.people import services
from allmenning.people.errors import AccountClosed, AccountNotFound, InvitationSpent, LastAdministrator, NotWaiting
from allmenning.people.models import Account, AccountState, Role
from allmenning.people.places import Place
from allmenning.people.queries import actor_for, colleague, colleagues, may_be_managed
from tests.people_and_places import ALWAYS, PASSWORD, SYSTEM, account, acting, alta, consortium, oslo, staff

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "et annet langt passord"


@pytest.fixture
def here() -> Library:
    return oslo()


@pytest.fixture
def place(here: Library) -> Place:
    return Place(library_id=here.id)


@pytest.fixture
def admin(here: Library) -> Account:
    return able(staff(here, Role.ADMIN))


def able(them: Account) -> Account:
    """Somebody who has chosen a password."""
    them.set_password(PASSWORD)
    them.save()
    return them


def held(place: Place, them: Account) -> tuple[str, ...]:
    return colleague(place, them.id).roles


class TestLinks:
    def test_a_link_works_once_and_ends_the_old_password_and_every_session(
        self, client: Client, here: Library, admin: Account
    ) -> None:
        kari = able(staff(here, email="kari@example.no"))
        client.force_login(kari)
        assert client.get("/desk/").status_code == 200
        link = services.make_link(actor=acting(admin), account_id=kari.id)
        kari.refresh_from_db()
        assert (kari.check_password(PASSWORD), kari.state) == (False, AccountState.WAITING)
        assert client.get("/desk/").status_code == 302
        services.accept_invitation(account_id=kari.id, token=link.token, password=NEW_PASSWORD)
        with pytest.raises(InvitationSpent):
            services.accept_invitation(account_id=kari.id, token=link.token, password=PASSWORD)
        kari.refresh_from_db()
        assert (kari.check_password(NEW_PASSWORD), kari.state) == (True, AccountState.ACTIVE)
        assert [each.verb for each in audit.about_person(kari.id)][:2] == [
            "account.accept_invitation",
            "account.make_link",
        ]

    def test_the_newest_link_is_the_only_one(self, here: Library, admin: Account, place: Place) -> None:
        first = services.invite(
            actor=acting(admin), email="b@example.no", given_name="Berit", role="librarian", place=place, period=ALWAYS
        )
        second = services.make_link(actor=acting(admin), account_id=first.account.id)
        with pytest.raises(InvitationSpent):
            services.accept_invitation(account_id=first.account.id, token=first.token, password=PASSWORD)
        services.accept_invitation(account_id=first.account.id, token=second.token, password=PASSWORD)

    def test_a_link_is_too_old_after_three_days(self, here: Library, admin: Account, settings: Settings) -> None:
        kari = staff(here, email="kari@example.no")
        link = services.make_link(actor=acting(admin), account_id=kari.id)
        assert link.expires is not None
        assert timedelta(days=2, hours=23) < link.expires - timezone.now() < timedelta(days=3, seconds=1)
        settings.PASSWORD_RESET_TIMEOUT = -1
        with pytest.raises(InvitationSpent):
            services.accept_invitation(account_id=kari.id, token=link.token, password=PASSWORD)

    def test_nobody_makes_a_link_for_themselves_a_neighbour_or_a_closed_account(
        self, here: Library, admin: Account
    ) -> None:
        there = alta()
        neighbour, kari = acting(staff(there, Role.ADMIN)), able(staff(here, email="kari@example.no"))
        with pytest.raises(Refused) as refused:
            services.make_link(actor=acting(admin), account_id=admin.id)
        assert refused.value.code == "not-yourself"
        with pytest.raises(Refused):
            services.make_link(actor=acting(kari), account_id=admin.id)
        for account_id in (kari.id, 0, account("nobody@example.no").id):
            with pytest.raises(AccountNotFound):
                services.make_link(actor=neighbour, account_id=account_id)
        services.close_account(actor=acting(admin), account_id=kari.id)
        with pytest.raises(AccountNotFound):
            services.make_link(actor=acting(admin), account_id=kari.id)
        kari.refresh_from_db()
        assert kari.check_password(PASSWORD)

    def test_who_also_works_elsewhere_is_helped_by_those_who_run_both(self, here: Library, admin: Account) -> None:
        there, shared = alta(), consortium()
        kari = able(staff(here, email="kari@example.no"))
        services.grant_role(
            actor=SYSTEM, account_id=kari.id, role=Role.ADMIN, place=Place(library_id=there.id), period=ALWAYS
        )
        with pytest.raises(Refused) as refused:
            services.make_link(actor=acting(admin), account_id=kari.id)
        assert refused.value.code == "works-elsewhere"
        assert not may_be_managed(acting(admin), kari)
        office = account("kontor@example.no")
        for library in (here, there):
            organisations.join_consortium(
                actor=SYSTEM, consortium_id=shared.id, library_id=library.id, period=ALWAYS
            )  # fmt: skip
        services.grant_role(
            actor=SYSTEM, account_id=office.id, role=Role.CONSORTIUM_OFFICE,
            place=Place(consortium_id=shared.id), period=ALWAYS,
        )  # fmt: skip
        assert services.make_link(actor=actor_for(office), account_id=kari.id).token

    def test_no_link_reaches_the_trail(self, here: Library, admin: Account) -> None:
        kari = staff(here, email="kari@example.no")
        link = services.make_link(actor=acting(admin), account_id=kari.id)
        trail = str(list(AuditEntry.objects.unscoped("the whole trail").values()))
        assert link.token not in trail
        assert link.token not in str(list(Account.objects.values()))


def test_a_disabled_account_is_not_invited(admin: Account, place: Place) -> None:
    ola = account("ola@example.no", "Ola")
    services.close_account(actor=SYSTEM, account_id=ola.id)
    with pytest.raises(AccountClosed):
        services.invite(
            actor=acting(admin), email=ola.email, given_name="Ola", role="librarian", place=place, period=ALWAYS
        )


class TestInvitationsWithdrawn:
    def test_roles_link_and_account_go(self, admin: Account, place: Place) -> None:
        invited = services.invite(
            actor=acting(admin), email="b@example.no", given_name="Berit", role="librarian", place=place, period=ALWAYS
        )
        services.withdraw_invitation(actor=acting(admin), account_id=invited.account.id, place=place)
        with pytest.raises(InvitationSpent):
            services.accept_invitation(account_id=invited.account.id, token=invited.token, password=PASSWORD)
        assert not Account.objects.filter(email="b@example.no").exists()
        assert audit.about_person(invited.account.id)[1].verb == "account.withdraw_invitation"

    def test_an_account_that_another_library_has_use_for_stays(self, admin: Account, place: Place) -> None:
        there = Place(library_id=alta().id)
        who = {"email": "b@example.no", "given_name": "Berit", "role": "librarian", "period": ALWAYS}
        invited = services.invite(actor=acting(admin), place=place, **who)  # type: ignore[arg-type]
        services.invite(actor=SYSTEM, place=there, **who)  # type: ignore[arg-type]
        services.withdraw_invitation(actor=acting(admin), account_id=invited.account.id, place=place)
        assert held(there, invited.account) == ("librarian",)
        with pytest.raises(AccountNotFound):
            colleague(place, invited.account.id)

    def test_an_answered_one_is_not_withdrawn_nor_a_neighbours(
        self, here: Library, admin: Account, place: Place
    ) -> None:
        kari = able(staff(here, email="kari@example.no"))
        with pytest.raises(NotWaiting):
            services.withdraw_invitation(actor=acting(admin), account_id=kari.id, place=place)
        neighbour = acting(staff(alta(), Role.ADMIN))
        with pytest.raises(LibraryNotFound):
            services.withdraw_invitation(actor=neighbour, account_id=kari.id, place=place)
        with pytest.raises(AccountNotFound):
            services.withdraw_invitation(actor=acting(admin), account_id=0, place=place)


class TestRoles:
    def test_a_colleague_holds_what_was_chosen_and_no_more(self, here: Library, admin: Account, place: Place) -> None:
        kari, today = staff(here, email="kari@example.no"), timezone.localdate()
        services.change_roles(
            actor=acting(admin), account_id=kari.id, place=place, roles=["cataloguer", "admin"], day=today
        )
        assert held(place, kari) == ("cataloguer", "admin")
        services.change_roles(actor=acting(admin), account_id=kari.id, place=place, roles=(), day=today)
        assert [each.account for each in colleagues(place)] == [admin]

    def test_nobody_raises_themselves(self, here: Library, admin: Account, place: Place) -> None:
        today = timezone.localdate()
        with pytest.raises(Refused) as refused:
            services.change_roles(
                actor=acting(admin), account_id=admin.id, place=place, roles=["admin", "librarian"], day=today
            )
        assert refused.value.code == "not-yourself"
        librarian = staff(here, email="kari@example.no")
        with pytest.raises(Refused):
            services.change_roles(
                actor=acting(librarian), account_id=librarian.id, place=place, roles=["admin"], day=today
            )
        assert (held(place, admin), held(place, librarian)) == (("admin",), ("librarian",))

    def test_a_stranger_is_invited_and_a_neighbour_learns_nothing(
        self, here: Library, admin: Account, place: Place
    ) -> None:
        today, kari = timezone.localdate(), staff(here, email="kari@example.no")
        with pytest.raises(AccountNotFound):
            services.change_roles(
                actor=acting(admin), account_id=account("ola@example.no").id, place=place, roles=["admin"], day=today
            )
        neighbour = acting(staff(alta(), Role.ADMIN))
        for roles in (["admin"], []):
            with pytest.raises(LibraryNotFound):
                services.change_roles(actor=neighbour, account_id=kari.id, place=place, roles=roles, day=today)


class TestTheLastAdministrator:
    def test_stays_administrator_and_stays_open(self, here: Library, admin: Account, place: Place) -> None:
        today, office = timezone.localdate(), office_of(here)
        with pytest.raises(LastAdministrator):
            services.change_roles(actor=office, account_id=admin.id, place=place, roles=["librarian"], day=today)
        with pytest.raises(LastAdministrator):
            services.close_account(actor=office, account_id=admin.id)
        with pytest.raises(LastAdministrator):
            services.change_roles(actor=acting(admin), account_id=admin.id, place=place, roles=(), day=today)
        assert held(place, admin) == ("admin",)

    def test_an_invitation_nobody_has_answered_is_no_administrator(
        self, here: Library, admin: Account, place: Place
    ) -> None:
        newcomer, today = staff(here, Role.ADMIN, email="ny@example.no"), timezone.localdate()
        with pytest.raises(LastAdministrator):
            services.change_roles(actor=acting(admin), account_id=admin.id, place=place, roles=(), day=today)
        able(newcomer)
        services.change_roles(actor=acting(admin), account_id=admin.id, place=place, roles=(), day=today)
        assert [each.account for each in colleagues(place)] == [newcomer]

    def test_who_runs_a_consortium_alone_stays(self, here: Library) -> None:
        office = office_of(here)
        assert office.account_id is not None
        at = next(Place(consortium_id=each.scope_id) for each in office.grants)
        with pytest.raises(LastAdministrator):
            services.change_roles(
                actor=office, account_id=office.account_id, place=at, roles=(), day=timezone.localdate()
            )

    def test_the_installation_may_do_anything(self, admin: Account) -> None:
        assert services.close_account(actor=SYSTEM, account_id=admin.id).state == AccountState.CLOSED


class TestAccountsClosed:
    def test_and_opened_again_with_the_roles_of_before(self, here: Library, admin: Account, place: Place) -> None:
        kari = able(staff(here, email="kari@example.no"))
        services.close_account(actor=acting(admin), account_id=kari.id)
        assert actor_for(Account.objects.get(id=kari.id)).is_anonymous
        services.reopen_account(actor=acting(admin), account_id=kari.id)
        assert actor_for(Account.objects.get(id=kari.id)).holds("librarian", library_id=here.id)
        verbs = [each.verb for each in audit.about_person(kari.id)]
        assert verbs[:2] == ["account.reopen", "account.close"]

    def test_neither_by_themselves_nor_by_a_neighbour(self, here: Library, admin: Account) -> None:
        kari, neighbour = able(staff(here, email="kari@example.no")), acting(staff(alta(), Role.ADMIN))
        for verb in (services.close_account, services.reopen_account):
            with pytest.raises(Refused):
                verb(actor=acting(admin), account_id=admin.id)
            with pytest.raises(AccountNotFound):
                verb(actor=neighbour, account_id=kari.id)


def office_of(library: Library) -> Actor:
    """The actor of somebody who runs the library's consortium alone."""
    shared, them = consortium(), able(account("kontor@example.no", "Kontoret"))
    organisations.join_consortium(actor=SYSTEM, consortium_id=shared.id, library_id=library.id, period=ALWAYS)
    services.grant_role(
        actor=SYSTEM,
        account_id=them.id,
        role=Role.CONSORTIUM_OFFICE,
        place=Place(consortium_id=shared.id),
        period=ALWAYS,
    )
    return actor_for(them)
