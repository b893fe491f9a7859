"""What the walk over every address walks on: libraries with books, and people who work there or nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from allmenning.organisations.models import Library
from allmenning.people.models import Account, Role
from tests.people_and_places import PASSWORD, account, staff
from tests.web import shelves

EVERY_ROLE = (Role.CATALOGUER, Role.LIBRARIAN, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class World:
    """``owner`` works at ``library`` in every role, ``neighbour`` at another; ``guest`` has an account and no role."""

    country: shelves.Country
    owner: Account
    neighbour: Account
    guest: Account

    @property
    def library(self) -> Library:
        return self.country.oslo

    @property
    def next_door(self) -> Library:
        return self.country.alta


def build() -> World:
    country = shelves.country()
    shelves.stock(country)
    return World(
        country,
        owner=staff(country.oslo, *EVERY_ROLE, email="owner@example.no"),
        neighbour=staff(country.alta, *EVERY_ROLE, email="neighbour@example.no"),
        guest=account("guest@example.no", "Ola", password=PASSWORD),
    )
