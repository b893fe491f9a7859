"""``allmenning setup`` and ``allmenning link``: a real installation, from empty tables to an administrator who signs in."""

from __future__ import annotations

import logging
import re

import pytest
from click.testing import CliRunner, Result
from django.conf import LazySettings
from django.test import Client

from allmenning.cli.setup import link, setup
from allmenning.groundwork.models import AuditEntry
from allmenning.kernel.errors import AllmenningError
from allmenning.organisations import queries
from allmenning.organisations.models import Consortium, Library
from allmenning.people import services
from allmenning.people.models import Account, Role
from allmenning.people.places import Place
from allmenning.people.queries import account_by_email, colleagues
from tests.people_and_places import PASSWORD, SYSTEM

pytestmark = pytest.mark.django_db

FIRST = {
    "--consortium": "Folkebibliotekene i Finnmark",
    "--library": "Alta bibliotek",
    "--kind": "municipal",
    "--municipality": "alta",
    "--administrator": "admin@alta.example",
    "--name": "Kari Elisabeth Nordmann",
}


@pytest.fixture(autouse=True)
def _quick_passwords(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def run(*, status: int = 0, **changes: str) -> str:
    options = {**FIRST, **{f"--{key.replace('_', '-')}": value for key, value in changes.items()}}
    done: Result = CliRunner().invoke(setup, [part for each in options.items() if each[1] for part in each])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == status, done.output
    return done.output


def refusal(changes: dict[str, str]) -> str:
    with pytest.raises(AllmenningError) as refused:
        run(status=0, **changes)
    return str(refused.value.message)


def link_in(text: str) -> str:
    return str(re.findall(r"^http://localhost:8000(/desk/welcome/\S+)$", text, re.MULTILINE)[0])


def test_the_first_library_stands_and_its_administrator_comes_in() -> None:
    told = run(isil="no-2030000", organisation_number="944 588 132", language="nb", colour="#8A1538")
    assert told.splitlines()[:4] == [
        "Consortium     Folkebibliotekene i Finnmark: made",
        "Library        Alta bibliotek: made, a member of Folkebibliotekene i Finnmark",
        "Administrator  Kari Elisabeth Nordmann <admin@alta.example>: administrator of Alta bibliotek, "
        "runs Folkebibliotekene i Finnmark",
        "Address        http://localhost:8000/alta-bibliotek/",
    ]
    made = queries.library_by_code("NO-2030000")
    assert (made.municipality_id, made.organisation_number, made.colour) == ("5601", "944588132", "#8a1538")
    account = account_by_email("admin@alta.example")
    assert account is not None
    assert (account.given_name, account.family_name) == ("Kari Elisabeth", "Nordmann")
    client = Client()
    assert client.post(link_in(told), {"password": PASSWORD}).status_code == 302
    client.post("/desk/sign-in/", {"login": "admin@alta.example", "password": PASSWORD})
    assert client.get(f"/desk/biblioteker/{made.id}/endre/").status_code == 200
    assert client.get(f"/desk/konsortier/{Consortium.objects.get().id}/nytt-bibliotek/").status_code == 200


def test_run_again_it_keeps_what_stands_and_gives_a_new_link() -> None:
    first, second = run(), run()
    assert second.splitlines()[:3] == [
        "Consortium     Folkebibliotekene i Finnmark: was there",
        "Library        Alta bibliotek: was there",
        "Administrator  Kari Elisabeth Nordmann <admin@alta.example>: had the role",
    ]
    assert (Consortium.objects.count(), Library.objects.count(), Account.objects.count()) == (1, 1, 1)
    assert Client().post(link_in(first), {"password": PASSWORD}).status_code == 422
    assert Client().post(link_in(second), {"password": PASSWORD}).status_code == 302
    assert "admin@alta.example has chosen a password." in run()


def test_what_is_said_of_a_library_that_stands_is_brought_in() -> None:
    run()
    told = run(host="bibliotek.alta.example", consortium="", kind="", municipality="")
    assert "Library        Alta bibliotek: changed: host" in told
    assert "Address        http://bibliotek.alta.example/" in told
    assert "Add bibliotek.alta.example to ALLOWED_HOSTS" in told


def test_a_library_is_known_by_its_address_or_by_its_name() -> None:
    run(address="alta")
    assert "Library        Alta bibliotek: changed: colour" in run(colour="#005f73")
    assert "Library        Alta bibliotek: was there" in run(address="alta", library="Biblioteket i Alta")
    run(address="alta-vgs")  # another one of the same name
    assert Library.objects.count() == 2


def test_a_kind_said_later_is_told_to_stay_as_it_was() -> None:
    assert "\nKind " not in run(kind="municipal")
    assert "\nKind           still municipal, not school: a library's kind is chosen when it is made.\n" in run(
        kind="school"
    )
    assert Library.objects.get().kind == "municipal"


def test_another_library_joins_and_its_administrator_runs_that_one_only() -> None:
    run()
    run(consortium="", library="Vadsø bibliotek", municipality="5607", administrator="admin@vadso.example")
    shared = Consortium.objects.get()
    assert [each.account.email for each in colleagues(Place(consortium_id=shared.id))] == ["admin@alta.example"]
    vadso = queries.library_by_code("vadso-bibliotek")
    assert [(each.account.email, each.roles) for each in colleagues(Place(library_id=vadso.id))] == [
        ("admin@vadso.example", (Role.ADMIN,))
    ]
    assert list(vadso.consortia.all()) == [shared]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"municipality": "Herøy"}, "Several municipalities are called Herøy: 1515 (Møre og Romsdal), 1818 (Nordland). "
         "Write the number."),
        ({"municipality": "Atlantis"}, "There is no municipality «Atlantis». Write its name or four-digit number."),
        ({"isil": "ALTA"}, "“ALTA” is not an ISIL. Norwegian ones look like NO-2030000."),
        ({"organisation_number": "123456789"}, "“123456789” is not an organisation number: nine digits, the last of "
         "which checks the others."),
        ({"address": "desk"}, "“desk” is an address of the installation itself."),
        ({"host": "not a host"}, "“not a host” is not a host name."),
        ({"colour": "blue"}, "“blue” is not a colour: write #rrggbb."),
        ({"administrator": "kari"}, "“kari” is not an e-mail address."),
    ],
)  # fmt: skip
def test_a_refusal_is_in_plain_words_and_leaves_nothing_half_made(changes: dict[str, str], told: str) -> None:
    assert refusal(changes) == told
    assert (Consortium.objects.count(), Library.objects.count(), Account.objects.count()) == (0, 0, 0)
    assert not AuditEntry.objects.unscoped("the whole trail").exists()


def test_all_that_is_missing_is_told_at_once() -> None:
    told = run(status=1, consortium="", library="", kind="", administrator="")
    assert told == (
        "allmenning: Say also --consortium, --library, --kind, --administrator. See «allmenning setup --help».\n"
    )
    assert run(status=1, name="") == "allmenning: Say also --name. See «allmenning setup --help».\n"
    assert run(status=1, municipality="") == "allmenning: Say also --municipality. See «allmenning setup --help».\n"


def test_a_link_for_the_administrator_whom_nobody_else_can_help() -> None:
    Client().post(link_in(run()), {"password": PASSWORD})
    told = CliRunner().invoke(link, ["ADMIN@alta.example", "--site", "https://allmenning.example/"]).output
    found = re.findall(r"^https://allmenning\.example(/desk/welcome/\S+)$", told, re.MULTILINE)
    assert Client().post(found[0], {"password": "et annet langt passord"}).status_code == 302
    with pytest.raises(AllmenningError, match="There is no such account here"):
        CliRunner().invoke(link, ["nobody@alta.example"], catch_exceptions=False)
    account = account_by_email("admin@alta.example")
    assert account is not None
    services.close_account(actor=SYSTEM, account_id=account.id)
    closed = CliRunner().invoke(link, ["admin@alta.example"])
    assert (closed.exit_code, "is disabled" in closed.output) == (1, True)


def test_the_link_is_printed_and_kept_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = link_in(run()).strip("/").rpartition("/")[2]
    kept = [*Account.objects.values(), *AuditEntry.objects.unscoped("the whole trail").values()]
    assert secret not in str(kept)
    assert secret not in caplog.text
