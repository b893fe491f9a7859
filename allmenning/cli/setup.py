"""``allmenning setup`` and ``allmenning link``: the first library and its administrator, and a way back in."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Any, cast

import click
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Invalid
from allmenning.kernel.labels import Labels
from allmenning.kernel.periods import Period
from allmenning.kernel.text import fold
from allmenning.organisations import queries
from allmenning.organisations import services as organisations
from allmenning.organisations.errors import LibraryNotFound
from allmenning.organisations.models import Consortium, Library
from allmenning.organisations.services.libraries import Facts
from allmenning.people import queries as people_queries
from allmenning.people import services as people
from allmenning.people.errors import AccountNotFound
from allmenning.people.models import Account, AccountState, Role
from allmenning.people.places import Place

#: Libraries of these kinds stand in a municipality; a national or special one need not.
_LOCAL = (Library.Kind.MUNICIPAL, Library.Kind.COUNTY, Library.Kind.SCHOOL)
_ACTOR = Actor.system("setup", channel="cli")


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the summary."""

    what: str
    name: str
    became: str


def site_option(command: Any) -> Any:
    return click.option(
        "--site",
        default=lambda: next(iter(settings.ENVIRONMENT.trusted_origins), "http://localhost:8000"),
        show_default="the first of TRUSTED_ORIGINS, else http://localhost:8000",
        help="Where people reach this installation; stands before the link.",
    )(command)


@click.command()
@click.option("--consortium", default="", help="Name of the consortium, e.g. «Folkebibliotekene i Finnmark».")
@click.option("--library", default="", help="Name of the library, e.g. «Alta bibliotek».")
@click.option("--kind", type=click.Choice(Library.Kind.values), default=None, help="What kind of library it is.")
@click.option("--municipality", default="", help="Name or four-digit number of the municipality, e.g. Alta or 5601.")
@click.option("--isil", default="", help="The library's ISIL, e.g. NO-2030000.")
@click.option("--organisation-number", default="", help="Nine digits; the owner's number in Brønnøysund.")
@click.option("--language", "languages", multiple=True, help="A language the library speaks, e.g. nb, nn or se.  [nb]")
@click.option("--address", default="", help="First part of its addresses: «alta» gives /alta/.  [from the name]")
@click.option("--host", default="", help="A host name of its own, e.g. bibliotek.alta.no.  [none]")
@click.option("--colour", default="", help="The library's colour as #rrggbb.  [a calm blue]")
@click.option("--administrator", default="", help="E-mail address of the first administrator.")
@click.option("--name", default="", help="The administrator's name, e.g. «Given Family».")
@site_option
def setup(site: str, **given: Any) -> None:
    """Set up the first library: its consortium, its address, and the person who administers it.

    Asks for what is missing when run in a terminal. At the end it prints a link: send it to the administrator, who
    chooses a password there and does the rest at the desk (branches, opening hours, colleagues, logo).

    It may be run again. What stands is kept; what you say of the library is brought in; an administrator who has not
    chosen a password gets a new link. With another library it adds that one.
    """
    with translation.override("en"):
        organisations.load_municipalities()
        facts = _complete(given)
        # All or nothing: a refusal at the last line leaves no half library behind.
        with transaction.atomic():
            consortium, told_consortium = _consortium(facts["consortium"])
            library, told_library = _library(facts, consortium)
            account, told_account = _administrator(facts, library, consortium)
            link = people.make_link(actor=_ACTOR, account_id=account.id) if _waits(account) else None
        for each in (told_consortium, told_library, told_account):
            click.echo(f"{each.what:<14} {each.name}: {each.became}")
        if facts["kind"] and library.kind != facts["kind"]:
            click.echo(
                f"{'Kind':<14} still {library.kind}, not {facts['kind']}: a library's kind is chosen when it is made."
            )
        click.echo(
            f"{'Address':<14} {queries.address_of(library).url(scheme=_scheme(site), installation_host=_host(site))}"
        )
        _tell_host(library)
        _tell_link(link, account, site)


@click.command()
@click.argument("email")
@site_option
def link(email: str, site: str) -> None:
    """Print a new one-time link for the account with EMAIL, so that its owner can choose a new password.

    For the administrator whom nobody else can help. From now the old password and earlier links do not work, and the
    account is signed out everywhere. Give the link to nobody but its owner.
    """
    with translation.override("en"):
        account = people_queries.account_by_email(email)
        if account is None:
            raise AccountNotFound()
        if not account.is_active:
            sys.exit(
                f"allmenning: The account {account.email} is disabled. An administrator opens it at the desk first."
            )
        _tell_link(people.make_link(actor=_ACTOR, account_id=account.id), account, site)


def _complete(given: dict[str, Any]) -> dict[str, Any]:
    """What was said, with what is missing asked for, or told all at once where nobody can be asked."""
    only = Consortium.objects.all()[:2]
    if not given["consortium"] and len(only) == 1:
        given["consortium"] = str(only[0].name)
    known = given["library"] and _standing_library(given)
    needed = {
        "consortium": "Name of the consortium",
        "library": "Name of the library",
        **({} if known else {"kind": f"Kind of library ({', '.join(Library.Kind.values)})"}),
        "administrator": "E-mail address of its administrator",
    }
    missing = [each for each in needed if not given[each]]
    if missing and not sys.stdin.isatty():
        sys.exit(
            "allmenning: Say also " + ", ".join(f"--{each}" for each in missing) + ". See «allmenning setup --help»."
        )
    for each in missing:
        choices = click.Choice(Library.Kind.values) if each == "kind" else None
        given[each] = click.prompt(needed[each], type=choices, show_choices=False)
    account = people_queries.account_by_email(given["administrator"])
    for each, question, wanted in (
        ("name", "The administrator's name", account is None),
        ("municipality", "Municipality (name or number)", not known and given["kind"] in _LOCAL),
    ):
        if wanted and not given[each]:
            if not sys.stdin.isatty():
                sys.exit(f"allmenning: Say also --{each}. See «allmenning setup --help».")
            given[each] = click.prompt(question)
    return given


def _consortium(name: str) -> tuple[Consortium, Told]:
    slug = _slug(name)
    if found := queries.consortium_by_slug(slug):
        return found, Told("Consortium", str(found.name), "was there")
    return organisations.create_consortium(actor=_ACTOR, slug=slug, name=Labels(nb=name)), Told(
        "Consortium", name, "made"
    )


def _library(facts: dict[str, Any], consortium: Consortium) -> tuple[Library, Told]:
    said, standing = _facts(facts), _standing_library(facts)
    if standing is not None:
        return _library_again(standing, said, consortium)
    language = next(iter(facts["languages"]), "nb")
    made = organisations.create_library(
        actor=_ACTOR,
        slug=facts["address"] or _slug(facts["library"]),
        name=Labels({language: facts["library"]}),
        kind=facts["kind"],
        consortium_id=consortium.id,
        **said,
    )
    return made, Told("Library", str(made.name), f"made, a member of {consortium.name}")


def _library_again(standing: Library, said: Facts, consortium: Consortium) -> tuple[Library, Told]:
    """What was said is brought in; the summary names what became different."""
    changed = organisations.change_library(actor=_ACTOR, library_id=standing.id, **said)
    became = [each.replace("_", " ") for each in said if getattr(standing, each) != getattr(changed, each)]
    today = timezone.localdate()
    if standing.id not in {each.id for each in queries.members(consortium.id, today)}:
        organisations.join_consortium(
            actor=_ACTOR, consortium_id=consortium.id, library_id=standing.id, period=Period(today)
        )
        became.append(f"member of {consortium.name}")
    return changed, Told("Library", str(changed.name), f"changed: {', '.join(became)}" if became else "was there")


def _administrator(facts: dict[str, Any], library: Library, consortium: Consortium) -> tuple[Account, Told]:
    """The account with its roles: administrator of the library, and of a consortium that nobody runs yet."""
    account = people_queries.account_by_email(facts["administrator"])
    if account is None:
        *given_names, last = facts["name"].split()
        given_name, family_name = (" ".join(given_names), last) if given_names else (last, "")
        account = people.create_account(
            actor=_ACTOR, email=facts["administrator"], given_name=given_name, family_name=family_name
        )
    here, office = Place(library_id=library.id), Place(consortium_id=consortium.id)
    wanted = [(Role.ADMIN, here, f"administrator of {library.name}")]
    if not people_queries.colleagues(office):
        wanted.append((Role.CONSORTIUM_OFFICE, office, f"runs {consortium.name}"))
    given = []
    for role, place, words in wanted:
        held = {each.account.id: each.roles for each in people_queries.colleagues(place)}
        if role not in held.get(account.id, ()):
            people.grant_role(
                actor=_ACTOR, account_id=account.id, role=role, place=place, period=Period(timezone.localdate())
            )
            given.append(words)
    return account, Told("Administrator", f"{account.name} <{account.email}>", ", ".join(given) or "had the role")


def _facts(given: dict[str, Any]) -> Facts:
    """What was said of the library, the rest left out."""
    said = {each: given[each] for each in ("isil", "organisation_number", "host", "colour") if given[each]}
    if given["languages"]:
        said["languages"] = list(given["languages"])
    if given["municipality"]:
        said["municipality"] = _municipality(given["municipality"])
    return cast(Facts, said)


def _municipality(text: str) -> str:
    found = queries.municipalities_called(text)
    if len(found) == 1:
        return found[0].number
    if not found:
        raise Invalid("municipality", f"There is no municipality «{text}». Write its name or four-digit number.")
    several = ", ".join(f"{each.number} ({each.county_name})" for each in found)
    raise Invalid("municipality", f"Several municipalities are called {text}: {several}. Write the number.")


def _standing_library(given: dict[str, Any]) -> Library | None:
    """By its address; where none was said, by its name too, which may have got another address the first time."""
    try:
        return queries.library_by_code(given["address"] or _slug(given["library"]))
    except LibraryNotFound:
        called = [each for each in queries.all_libraries() if given["library"] in each.name.values()]
        return called[0] if called and not given["address"] else None


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:60].strip("-")


def _waits(account: Account) -> bool:
    return account.state in (AccountState.INVITED, AccountState.WAITING)


def _scheme(site: str) -> str:
    return site.partition("://")[0]


def _host(site: str) -> str:
    return site.partition("://")[2].strip("/")


def _tell_host(library: Library) -> None:
    if library.host and library.host not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        click.echo(
            f"\nAdd {library.host} to ALLOWED_HOSTS (and https://{library.host} to TRUSTED_ORIGINS), or it is not answered."
        )


def _tell_link(link: people.Link | None, account: Account, site: str) -> None:
    if link is None:
        click.echo(
            f"\n{account.email} has chosen a password. Forgotten? «allmenning link {account.email}» gives a new link."
        )
        return
    path = reverse("welcome", kwargs={"account_id": account.id, "token": link.token})
    until = date_format(timezone.localtime(link.expires), "j F Y H:i")
    click.echo(f"\nA link for {account.name}, to choose a password. It works once, until {until}:\n")
    click.echo(f"{site.rstrip('/')}{path}")
