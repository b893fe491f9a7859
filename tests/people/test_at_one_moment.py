"""Two administrators remove each other at the same moment: one of them stays. Real connections, each in its own thread."""

from __future__ import annotations

from functools import partial
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from allmenning.people import services
from allmenning.people.errors import LastAdministrator
from allmenning.people.models import Account, Role
from allmenning.people.places import Place
from allmenning.people.queries import colleagues
from tests.groundwork.test_outbox_order import Elsewhere, elsewhere  # noqa: F401 - a fixture
from tests.people_and_places import PASSWORD, acting, oslo, staff

pytestmark = pytest.mark.django_db(transaction=True)


def two_administrators() -> tuple[Place, list[int]]:
    here = oslo()
    both = [staff(here, Role.ADMIN, email=f"{each}@example.no") for each in ("kari", "ola")]
    for each in both:
        each.set_password(PASSWORD)
        each.save()
    return Place(library_id=here.id), [each.id for each in both]


def remove(other: int, by: int, place: Place, at_once: Barrier) -> bool:
    actor = acting(Account.objects.get(id=by))
    at_once.wait(20)
    try:
        services.change_roles(actor=actor, account_id=other, place=place, roles=(), day=timezone.localdate())
    except LastAdministrator:
        return False
    return True


def test_two_administrators_never_remove_each_other(elsewhere: Elsewhere) -> None:  # noqa: F811
    if connection.vendor == "sqlite":
        elsewhere.run(partial(call_command, "migrate", "people", verbosity=0))
    place, (kari, ola) = elsewhere.run(two_administrators)
    at_once = Barrier(2)
    removals = [elsewhere.start(partial(remove, *pair, place, at_once)) for pair in ((kari, ola), (ola, kari))]
    assert sorted(each.result(30) for each in removals) == [False, True]
    assert len(elsewhere.run(partial(colleagues, place))) == 1
