"""Libraries and people to test with, made by the rooms' own verbs. Real places; the people are no one's."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from allmenning.kernel.actor import Actor
from allmenning.kernel.labels import Labels
from allmenning.kernel.periods import Period
from allmenning.organisations import services as organisations
from allmenning.organisations.models import Branch, Consortium, Library, Municipality
from allmenning.organisations.services.libraries import Facts
from allmenning.people import services as people
from allmenning.people.models import Account, Role
from allmenning.people.queries import actor_for
from allmenning.people.services import Place

SYSTEM = Actor.system("tests", channel="test")
PASSWORD = "en lang setning til prøve"
ALWAYS = Period(date(2020, 1, 1))


def municipality(number: str, name: str, county_number: str, county_name: str) -> Municipality:
    return Municipality.objects.get_or_create(
        number=number,
        defaults={
            "name": name,
            "names": Labels({"no": name}),
            "county_number": county_number,
            "county_name": county_name,
            "language_form": "neutral",
        },
    )[0]


def oslo(**facts: Unpack[Facts]) -> Library:
    municipality("0301", "Oslo", "03", "Oslo")
    facts.setdefault("municipality", "0301")
    return _library("oslo", Labels(nb="Deichman bibliotek"), facts)


def kautokeino(**facts: Unpack[Facts]) -> Library:
    municipality("5612", "Kautokeino", "56", "Finnmark")
    facts.setdefault("municipality", "5612")
    facts.setdefault("languages", ["se", "nb"])
    return _library("kautokeino", Labels(se="Guovdageainnu girjerádju", nb="Kautokeino bibliotek"), facts)


def alta(**facts: Unpack[Facts]) -> Library:
    municipality("5601", "Alta", "56", "Finnmark")
    facts.setdefault("municipality", "5601")
    return _library("alta", Labels(nb="Alta bibliotek"), facts)


def _library(slug: str, name: Labels, facts: Facts) -> Library:
    return organisations.create_library(actor=SYSTEM, slug=slug, name=name, kind="municipal", **facts)


def consortium(slug: str = "folkebibliotek") -> Consortium:
    return organisations.create_consortium(actor=SYSTEM, slug=slug, name=Labels(nb="Folkebibliotekene"))


def branch(library: Library, slug: str = "hovedbiblioteket", code: str = "") -> Branch:
    return organisations.add_branch(
        actor=SYSTEM, library_id=library.id, slug=slug, name=Labels(nb="Hovedbiblioteket"), code=code
    )


def account(email: str, given_name: str = "Kari", *, password: str = "") -> Account:
    """Without a password, which takes its time to hash, unless the test signs in."""
    return people.create_account(actor=SYSTEM, email=email, given_name=given_name, password=password)


def staff(library: Library, *roles: Role, email: str = "") -> Account:
    """Someone who works at the library, as librarian unless told otherwise."""
    made = account(email or f"{'-'.join(roles) or 'librarian'}@{library.slug}.example.no")
    for role in roles or (Role.LIBRARIAN,):
        people.grant_role(
            actor=SYSTEM, account_id=made.id, role=role, place=Place(library_id=library.id), period=ALWAYS
        )
    return made


def acting(account: Account, library: Library | None = None) -> Actor:
    return actor_for(account, library_id=library.id if library else None, channel="test")
