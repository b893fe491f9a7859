"""Staff at the desk: invited, given roles, helped back in, let go; and what is shown to whom."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from allmenning.organisations.models import Library
from allmenning.people import services as people
from allmenning.people.models import Account, AccountState, Role
from allmenning.people.places import Place
from allmenning.people.queries import colleague
from tests import people_and_places as known
from tests.people_and_places import ALWAYS, PASSWORD, SYSTEM
from tests.web.desk.test_libraries import queries_of, read, signed_in
from tests.web.desk.test_sign_in_pages import SIGN_IN, errors
from tests.web.test_front import texts

pytestmark = pytest.mark.django_db

BERIT: dict[str, object] = {"email": "berit@example.no", "given_name": "Berit", "role": "librarian"}


@pytest.fixture
def me(library: Library) -> Account:
    return able(known.staff(library, Role.ADMIN))


@pytest.fixture
def admin(me: Account) -> Client:
    return signed_in(me)


@pytest.fixture
def staff(library: Library) -> str:
    return f"/desk/biblioteker/{library.id}/ansatte/"


def able(them: Account) -> Account:
    them.set_password(PASSWORD)
    them.last_login = timezone.now()
    them.save()
    return them


def link_on(page: BeautifulSoup) -> str:
    """The path of the one-time link that the page shows."""
    shown = page.select_one(".link-once code")
    assert shown is not None
    return shown.get_text().removeprefix("http://testserver")


def test_a_colleague_is_invited_and_comes_in_by_the_link(admin: Client, staff: str) -> None:
    path = link_on(read(admin, f"{staff}inviter/", BERIT))
    assert re.fullmatch(r"/desk/welcome/\d+/[a-z0-9]+-[0-9a-f]+/", path)
    listed = read(admin, staff)
    assert texts(listed.select(".rows .ds-tag")) == ["Invitert", "Aktiv"]
    assert path not in str(listed)  # it is not kept, and so not shown again
    berit = Client()
    assert berit.post(path, {"password": PASSWORD})["Location"] == SIGN_IN
    assert berit.post(SIGN_IN, {"login": "berit@example.no", "password": PASSWORD})["Location"] == "/desk/"
    assert texts(read(admin, staff).select(".rows .ds-tag")) == ["Aktiv", "Aktiv"]


def test_the_page_with_a_link_is_kept_by_nobody(admin: Client, staff: str) -> None:
    answer = admin.post(f"{staff}inviter/", BERIT)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert link_on(BeautifulSoup(answer.content, "html.parser")) not in str(dict(admin.session))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"email": "berit"}, {"email": "Dette er ikke en hel e-postadresse: navn@bibliotek.no"}),
        ({"given_name": ""}, {"given_name": "Skriv fornavnet."}),
    ],
)
def test_what_is_wrong_with_an_invitation_is_told_at_its_field(
    admin: Client, staff: str, sent: dict[str, object], told: dict[str, str]
) -> None:
    assert errors(read(admin, f"{staff}inviter/", {**BERIT, **sent})) == told
    assert not Account.objects.filter(email="berit@example.no").exists()


def test_a_role_held_already_and_one_that_is_none_are_told(admin: Client, staff: str) -> None:
    admin.post(f"{staff}inviter/", BERIT)
    again = read(admin, f"{staff}inviter/", BERIT)
    assert texts(again.select(".choose .ds-validation-message")) == [
        "Personen har allerede den rollen i en del av den tiden."
    ]
    assert admin.post(f"{staff}inviter/", {**BERIT, "role": "consortium_office"}).status_code == 422


def test_who_has_an_account_gets_no_link_but_the_role(admin: Client, staff: str) -> None:
    able(known.account("berit@example.no", "Berit"))
    page = read(admin, f"{staff}inviter/", BERIT)
    assert texts(page.select("[role=status]")) == [
        "Berit har allerede en konto og har rollen fra nå av, med passordet fra før."
    ]
    known.staff(known.alta(), email="per@example.no")
    page = read(admin, f"{staff}inviter/", {**BERIT, "email": "per@example.no"})
    assert texts(page.select("[role=status]")) == [
        "Kari venter på en lenke fra et annet bibliotek, og har rollen her så snart den er brukt."
    ]


def test_who_forgot_the_password_gets_a_new_link(admin: Client, library: Library, staff: str) -> None:
    kari = able(known.staff(library, email="kari@example.no"))
    theirs = signed_in(kari)
    path = link_on(read(admin, f"{staff}{kari.id}/lenke/", {}))
    assert theirs.get("/desk/").status_code == 302  # their sessions are over
    assert texts(read(admin, f"{staff}{kari.id}/").select(".who .ds-tag")) == ["Venter på nytt passord"]
    assert Client().post(path, {"password": "et annet langt passord"}).status_code == 302
    assert Client().post(path, {"password": "et annet langt passord"}).status_code == 422


def test_roles_are_changed_and_the_work_ended(admin: Client, library: Library, staff: str) -> None:
    kari, here = able(known.staff(library, email="kari@example.no")), Place(library_id=library.id)
    admin.post(f"{staff}{kari.id}/", {"roles": ["librarian", "cataloguer"]})
    assert colleague(here, kari.id).roles == ("cataloguer", "librarian")
    page = read(admin, f"{staff}{kari.id}/", {})
    assert texts(page.select(".choose .ds-validation-message")) == [
        "Velg minst én rolle, eller avslutt arbeidet her i stedet."
    ]
    page = read(admin, f"{staff}{kari.id}/slutt/", {})
    assert texts(page.select("[role=status]")) == ["Kari har ikke lenger noen rolle her."]
    assert admin.get(f"{staff}{kari.id}/").status_code == 404


def test_an_account_is_disabled_and_enabled(admin: Client, library: Library, staff: str) -> None:
    kari = able(known.staff(library, email="kari@example.no"))
    read(admin, f"{staff}{kari.id}/sperr/", {})
    assert Account.objects.get(id=kari.id).state == AccountState.CLOSED
    page = read(admin, f"{staff}{kari.id}/sperr/", {"apne": "ja"})
    assert texts(page.select("[role=status]")) == ["Kari kan logge inn igjen."]
    assert Account.objects.get(id=kari.id).state == AccountState.ACTIVE


def test_an_unanswered_invitation_is_withdrawn(admin: Client, staff: str) -> None:
    path = link_on(read(admin, f"{staff}inviter/", BERIT))
    berit = Account.objects.get(email="berit@example.no")
    page = read(admin, f"{staff}{berit.id}/slutt/", {})
    assert texts(page.select("[role=status]")) == ["Invitasjonen til Berit er trukket tilbake."]
    assert Client().post(path, {"password": PASSWORD}).status_code == 422


def test_one_sees_oneself_but_has_no_buttons_there(admin: Client, me: Account, staff: str) -> None:
    page = read(admin, f"{staff}{me.id}/")
    assert page.select("main form") == []
    for verb in ("lenke/", "sperr/"):
        assert admin.post(f"{staff}{me.id}/{verb}").status_code == 403
    assert admin.post(f"{staff}{me.id}/", {"roles": ["admin", "librarian"]}).status_code == 403


def test_the_last_administrator_is_told_so(admin: Client, me: Account, library: Library, staff: str) -> None:
    answer = admin.post(f"{staff}{me.id}/slutt/")
    assert answer.status_code == 409
    assert "Dette er den siste administratoren her." in answer.content.decode()


def test_who_works_elsewhere_too_is_told_so_instead_of_a_button(admin: Client, library: Library, staff: str) -> None:
    kari, there = able(known.staff(library, email="kari@example.no")), known.alta()
    people.grant_role(
        actor=SYSTEM, account_id=kari.id, role=Role.ADMIN, place=Place(library_id=there.id), period=ALWAYS
    )
    page = read(admin, f"{staff}{kari.id}/")
    assert [str(each["action"]) for each in page.select("main form[action]")] == [f"{staff}{kari.id}/slutt/"]
    assert admin.post(f"{staff}{kari.id}/lenke/").status_code == 403


def test_a_librarian_sees_colleagues_and_changes_none(library: Library, staff: str, me: Account) -> None:
    librarian = signed_in(known.staff(library, email="kari@example.no"))
    page = read(librarian, staff)
    assert texts(page.select(".rows h2")) == ["Kari", "Kari"]
    assert page.select(".rows a, a[href*=inviter]") == []
    for path in (f"{staff}inviter/", f"{staff}{me.id}/"):
        assert librarian.get(path).status_code == 403
    assert librarian.post(f"{staff}{me.id}/lenke/").status_code == 403


def test_one_colleague_costs_as_many_queries_as_three(admin: Client, library: Library, staff: str) -> None:
    before = queries_of(admin, staff)
    for each in ("kari", "ola"):
        known.staff(library, Role.LIBRARIAN, Role.CATALOGUER, email=f"{each}@example.no")
    assert queries_of(admin, staff) == before


def test_an_account_of_the_neighbours_is_not_found_through_ones_own_address(admin: Client, staff: str) -> None:
    theirs = able(known.staff(known.alta(), email="alta@example.no"))
    for verb in ("", "lenke/", "slutt/", "sperr/"):
        assert admin.post(f"{staff}{theirs.id}/{verb}").status_code == 404
    theirs.refresh_from_db()
    assert (theirs.state, theirs.check_password(PASSWORD)) == (AccountState.ACTIVE, True)


def test_the_sign_in_page_tells_what_to_do_without_the_password(client: Client) -> None:
    page = read(client, SIGN_IN)
    assert texts(page.select("summary")) == ["Glemt passordet ditt?"]
    assert "Spør administratoren ved biblioteket ditt" in str(page.select_one("details"))
