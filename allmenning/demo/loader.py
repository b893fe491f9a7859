"""Put the demo consortium into an installation: organisations, people, roles. What is there already is left alone."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from allmenning.demo.libraries import DemoBranch, DemoLibrary, DemoNation, DemoStaff, load_libraries
from allmenning.kernel.actor import Actor
from allmenning.kernel.labels import Labels
from allmenning.kernel.periods import Period
from allmenning.organisations import services as organisations
from allmenning.organisations.models import Branch, Consortium, Library
from allmenning.organisations.services import HoursSpan
from allmenning.people import services as people
from allmenning.people.models import Account
from allmenning.people.services import Place

FROM = Period(date(2026, 1, 1))

#: Demo values: weekday hours, Saturday hours, and whether card holders let themselves in before and after.
_HOURS: dict[str, tuple[tuple[int, str, str, bool], ...]] = {
    "wide": (
        *((day, "08:00", "10:00", True) for day in range(5)),
        *((day, "10:00", "19:00", False) for day in range(5)),
        (5, "10:00", "16:00", False),
        (6, "12:00", "16:00", False),
    ),
    "office": tuple((day, "09:00", "15:30", False) for day in range(5)),
    "short": (
        *((day, "10:00", "16:00", False) for day in (0, 1, 3, 4)),
        (2, "10:00", "19:00", False),
        (5, "11:00", "14:00", False),
    ),
    "school": tuple((day, "08:00", "15:00", False) for day in range(5)),
    "tiny": ((1, "17:00", "20:00", False), (3, "11:00", "15:00", False), (6, "06:00", "23:00", True)),
}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    email: str
    name: str
    role: str
    place: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """``password`` is that of the accounts made now, and empty when all of them were there before."""

    libraries: int
    branches: int
    accounts: tuple[DemoAccount, ...]
    password: str


def load_organisations(*, password: str = "") -> Loaded:
    """Municipalities, consortia, libraries, branches, hours, accounts and roles, through the rooms' own verbs.

    May be run again: what has the same slug or e-mail address is not touched, so that changes made since stay. Accounts
    that are missing get ``password``, or one made up here and given back: it is stored nowhere in the clear, and no
    installation that can be reached has a password that stands in a repository.
    """
    actor = Actor.system("demo", channel="cli")
    nation = load_libraries()
    organisations.load_municipalities()
    _make_consortia(actor, nation)
    for library in nation.libraries:
        _make_library(actor, library)
    made = _make_staff(actor, nation, password or "-".join(secrets.token_hex(2) for _ in range(4)))
    return Loaded(
        libraries=len(nation.libraries),
        branches=sum(len(each.branches) for each in nation.libraries),
        accounts=tuple(_account(each) for each in nation.staff),
        password=made,
    )


def _make_consortia(actor: Actor, nation: DemoNation) -> None:
    there = set(Consortium.objects.values_list("slug", flat=True))
    for each in nation.consortia:
        if each.slug not in there:
            organisations.create_consortium(actor=actor, slug=each.slug, name=Labels(each.name))


def _make_library(actor: Actor, library: DemoLibrary) -> None:
    """The library with all that belongs to it, or nothing when it is there."""
    if Library.objects.filter(slug=library.slug).exists():
        return
    made = organisations.create_library(
        actor=actor,
        slug=library.slug,
        name=Labels(library.name),
        kind=library.kind,
        about=Labels(library.about),
        languages=library.languages,
        default_language=library.default_language,
        colour=library.colour,
        municipality=library.municipality,
        email=f"post@{library.slug}.example",
    )
    for order, branch in enumerate(library.branches):
        _make_branch(actor, made.id, library, branch, order)
    for slug in library.consortia:
        consortium = Consortium.objects.get(slug=slug)
        organisations.join_consortium(actor=actor, consortium_id=consortium.id, library_id=made.id, period=FROM)


def _make_branch(actor: Actor, library_id: int, library: DemoLibrary, branch: DemoBranch, order: int) -> Branch:
    made = organisations.add_branch(
        actor=actor,
        library_id=library_id,
        slug=branch.slug,
        name=Labels(nb=branch.name),
        code=branch.code,
        address="Eksempelveien 1 (demo)",
        postal_code=branch.postal_code,
        order=order,
    )
    organisations.set_opening_hours(actor=actor, branch_id=made.id, period=FROM, spans=_spans(library.hours, order))
    return made


def _spans(kind: str, order: int) -> Iterator[HoursSpan]:
    for weekday, opens, closes, alone in _HOURS[kind]:
        # Branches open two hours after the main one and stay closed on Sundays.
        if order and weekday == 6:
            continue
        start = time(12) if order and not alone and kind == "wide" and weekday < 5 else time.fromisoformat(opens)
        yield HoursSpan(weekday, start, time.fromisoformat(closes), self_service=alone)


def _make_staff(actor: Actor, nation: DemoNation, password: str) -> str:
    """The password, or nothing when every account was there."""
    there = set(Account.objects.filter(email__in=[each.email for each in nation.staff]).values_list("email", flat=True))
    libraries = dict(Library.objects.values_list("slug", "id"))
    consortia = dict(Consortium.objects.values_list("slug", "id"))
    missing = [each for each in nation.staff if each.email not in there]
    for each in missing:
        account = people.create_account(
            actor=actor, email=each.email, given_name=each.name, family_name="(demo)", password=password
        )
        place = Place(
            library_id=libraries[each.library] if each.library else None,
            county_number=each.county,
            consortium_id=consortia[each.consortium] if each.consortium else None,
        )
        people.grant_role(actor=actor, account_id=account.id, role=each.role, place=place, period=FROM)
    return password if missing else ""


def _account(staff: DemoStaff) -> DemoAccount:
    return DemoAccount(staff.email, staff.name, staff.role, staff.library or staff.county or staff.consortium)
