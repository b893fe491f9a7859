"""Who is acting: roles by library, county and consortium become reach over libraries."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allmenning.kernel.actor import Actor, Grant
from allmenning.kernel.labels import Labels
from allmenning.kernel.periods import Period
from allmenning.organisations import services as organisations
from allmenning.people import services
from allmenning.people.models import Account, Role
from allmenning.people.queries import actor_for
from allmenning.people.services import Place
from tests.people_and_places import ALWAYS, SYSTEM, account, alta, consortium, kautokeino, oslo, staff

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def grant(account: Account, role: Role, place: Place, period: Period = ALWAYS) -> None:
    services.grant_role(actor=SYSTEM, account_id=account.id, role=role, place=place, period=period)


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_nobody_is_the_anonymous_actor(nobody: AnonymousUser | None) -> None:
    assert actor_for(nobody, library_id=3) == Actor.anonymous(3)


def test_a_role_at_a_library() -> None:
    here, there = oslo(), alta()
    kari = staff(here, Role.CATALOGUER)
    assert actor_for(kari, library_id=there.id, channel="web", day=TODAY) == Actor(
        account_id=kari.id,
        name="Kari",
        channel="web",
        library_id=there.id,
        grants=frozenset({Grant("cataloguer", "library", here.id, frozenset({here.id}))}),
        libraries=frozenset({here.id}),
    )


def test_a_countys_role_reaches_its_municipal_libraries_but_no_university() -> None:
    first, second, elsewhere = alta(), kautokeino(), oslo()
    name = Labels(nb="UiT i Alta")
    organisations.create_library(actor=SYSTEM, slug="uit", name=name, kind="university", municipality="5601")
    kari = account("kari@example.no")
    grant(kari, Role.LIBRARIAN, Place(county_number="56"))
    actor = actor_for(kari, day=TODAY)
    assert actor.libraries == {first.id, second.id}
    assert actor.holds("librarian", library_id=second.id)
    assert not actor.reaches(elsewhere.id)


def test_a_consortiums_role_reaches_its_members_of_the_day() -> None:
    first, second, public = alta(), oslo(), consortium()
    for library, period in ((first, Period.year(2026)), (second, Period(date(2027, 1, 1)))):
        organisations.join_consortium(actor=SYSTEM, consortium_id=public.id, library_id=library.id, period=period)
    kari = account("kari@example.no")
    grant(kari, Role.CONSORTIUM_OFFICE, Place(consortium_id=public.id))
    assert actor_for(kari, day=TODAY).libraries == {first.id}
    assert actor_for(kari, day=date(2027, 1, 1)).libraries == {second.id}
    assert actor_for(kari, day=TODAY).holds_in_consortium("consortium_office", consortium_id=public.id)


def test_a_role_holds_in_its_period_only() -> None:
    here, kari = oslo(), account("kari@example.no")
    grant(kari, Role.ADMIN, Place(library_id=here.id), Period(date(2026, 1, 1), TODAY))
    assert actor_for(kari, day=date(2026, 11, 21)).holds("admin", library_id=here.id)
    assert actor_for(kari, day=TODAY).grants == frozenset()


def test_more_libraries_cost_no_more_queries() -> None:
    kari, public = account("kari@example.no"), consortium()
    for library in (oslo(), alta(), kautokeino()):
        grant(kari, Role.LIBRARIAN, Place(library_id=library.id))
        organisations.join_consortium(actor=SYSTEM, consortium_id=public.id, library_id=library.id, period=ALWAYS)
    with CaptureQueriesContext(connection) as at_libraries:
        actor_for(kari)
    grant(kari, Role.LIBRARIAN, Place(county_number="56"))
    grant(kari, Role.CONSORTIUM_OFFICE, Place(consortium_id=public.id))
    with CaptureQueriesContext(connection) as everywhere:
        actor_for(kari)
    assert (len(at_libraries), len(everywhere)) == (1, 3)
