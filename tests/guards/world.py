"""What the walk over every address walks on: libraries with books, and people who work there or nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from allmenning.authorities.models import Entity
from allmenning.catalogue.headings import following
from allmenning.organisations.models import Library
from allmenning.people.models import Account, Role
from tests.authorities import registers
from tests.people_and_places import PASSWORD, account, staff
from tests.web import shelves

EVERY_ROLE = (Role.CATALOGUER, Role.LIBRARIAN, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class World:
    """``owner`` works at ``library`` in every role, ``neighbour`` at another; ``guest`` has an account and no role.

    ``colleague`` is the owner's, a librarian who has signed in.
    """

    country: shelves.Country
    owner: Account
    neighbour: Account
    guest: Account
    colleague: Account

    @property
    def library(self) -> Library:
        return self.country.oslo

    @property
    def next_door(self) -> Library:
        return self.country.alta

    def heading(self, name: str) -> int:
        """The number of a heading in the authority register."""
        return Entity.objects.get(name=name).id


def build() -> World:
    country = shelves.country()
    shelves.stock(country)
    registers.take_in("prove", registers.HAMSUN, registers.SIBLINGS)
    following.catch_up()
    return World(
        country,
        owner=staff(country.oslo, *EVERY_ROLE, email="owner@example.no"),
        neighbour=staff(country.alta, *EVERY_ROLE, email="neighbour@example.no"),
        guest=account("guest@example.no", "Ola", password=PASSWORD),
        colleague=_who_has_signed_in(staff(country.oslo, email="colleague@example.no")),
    )


def _who_has_signed_in(them: Account) -> Account:
    them.set_password(PASSWORD)
    them.last_login = timezone.now()
    them.save()
    return them
