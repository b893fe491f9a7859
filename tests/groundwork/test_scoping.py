"""Forgetting for whom one asks fails on the first run. Told by the roles of staff, which belong to single libraries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import models
from django.db.models import Exists, OuterRef
from django.test.utils import isolate_apps

from allmenning.groundwork.models import AuditEntry
from allmenning.groundwork.scoping import ScopedManager, UnscopedQuery
from allmenning.kernel.actor import Actor
from allmenning.kernel.periods import Period
from allmenning.organisations.models import Library
from allmenning.organisations.services import join_consortium
from allmenning.people.models import Account, Role, RoleGrant
from tests.people_and_places import SYSTEM, acting, alta, consortium, kautokeino, oslo, staff

pytestmark = pytest.mark.django_db

READS: dict[str, Callable[[], object]] = {
    "list": lambda: list(RoleGrant.objects.all()),
    "filter": lambda: list(RoleGrant.objects.filter(role="admin")),
    "get": lambda: RoleGrant.objects.get(id=1),
    "first": lambda: RoleGrant.objects.first(),
    "count": lambda: RoleGrant.objects.count(),
    "exists": lambda: RoleGrant.objects.exists(),
    "values": lambda: list(RoleGrant.objects.values_list("account_id", flat=True)),
    "aggregate": lambda: RoleGrant.objects.aggregate(models.Max("id")),
    "iterator": lambda: list(RoleGrant.objects.iterator()),
    "in_bulk": lambda: RoleGrant.objects.in_bulk([1]),
    "dates": lambda: list(RoleGrant.objects.dates("starts", "year")),
    "contains": lambda: RoleGrant.objects.contains(RoleGrant(id=1)),
    "explain": lambda: RoleGrant.objects.all().explain(),
    "subquery": lambda: list(Account.objects.filter(id__in=RoleGrant.objects.values("account"))),
    "exists subquery": lambda: list(Account.objects.filter(Exists(RoleGrant.objects.filter(account=OuterRef("id"))))),
    "related": lambda: list(Account(id=1).grants.all()),
    "union": lambda: list(RoleGrant.objects.for_library(1).union(RoleGrant.objects.all())),
    "or": lambda: list(RoleGrant.objects.for_library(1) | RoleGrant.objects.all()),
    "or, the other way": lambda: list(RoleGrant.objects.all() | RoleGrant.objects.for_library(1)),
    "exclude": lambda: list(RoleGrant.objects.exclude(library_id=2)),
    "update": lambda: RoleGrant.objects.update(role="admin"),
    "delete": lambda: RoleGrant.objects.all().delete(),
    "get_or_create": lambda: RoleGrant.objects.get_or_create(id=1),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_a_query_that_does_not_say_for_whom_is_refused(read: Callable[[], object]) -> None:
    with pytest.raises(UnscopedQuery) as refused:
        read()
    assert str(refused.value) == (
        "people.RoleGrant belongs to single libraries. Say for whom you ask: "
        ".for_library(library_id), .for_actor(actor), or .unscoped('why everybody’s rows are right here')."
    )


def test_prefetching_owned_rows_is_refused_too() -> None:
    staff(oslo())
    with pytest.raises(UnscopedQuery):
        list(Account.objects.prefetch_related("grants"))


def test_a_library_gets_its_own_rows() -> None:
    here, there = oslo(), kautokeino()
    kari, berit = staff(here, Role.ADMIN), staff(there, Role.ADMIN, Role.CATALOGUER)
    assert [each.account for each in RoleGrant.objects.for_library(here.id)] == [kari]
    assert RoleGrant.objects.filter(role="admin").for_library(there.id).get().account == berit
    assert (RoleGrant.objects.for_library(here.id) | RoleGrant.objects.for_library(there.id)).count() == 3
    assert (RoleGrant.objects.for_library(there.id) & RoleGrant.objects.filter(role="admin")).count() == 1


def test_an_actor_gets_the_rows_of_the_library_they_stand_in() -> None:
    here, there = oslo(), alta()
    kari = staff(here)
    staff(there)
    assert [each.account for each in RoleGrant.objects.for_actor(acting(kari, here))] == [kari]
    assert [each.account for each in RoleGrant.objects.for_actor(acting(kari))] == [kari]
    assert list(RoleGrant.objects.for_actor(acting(kari, there))) == []
    assert list(RoleGrant.objects.for_actor(Actor.anonymous(here.id))) == []
    assert RoleGrant.objects.for_actor(Actor.system("worker")).count() == 2


def test_everybodys_rows_need_a_reason() -> None:
    staff(oslo())
    assert RoleGrant.objects.unscoped("a count for the consortium").count() == 1
    with pytest.raises(ValueError, match="needs a reason"):
        RoleGrant.objects.unscoped(" ")


def test_owned_rows_can_be_changed_within_their_scope_only() -> None:
    here, there = oslo(), alta()
    staff(here)
    staff(there)
    assert RoleGrant.objects.for_library(here.id).update(role="admin") == 1
    assert RoleGrant.objects.for_library(here.id).delete()[0] == 1
    assert RoleGrant.objects.unscoped("what is left").get().library == there


def test_an_empty_query_asks_nobody() -> None:
    assert list(RoleGrant.objects.none()) == []
    assert RoleGrant.objects.none().delete() == (0, {})


def test_following_a_foreign_key_and_saving_stay_plain() -> None:
    kari = staff(oslo())
    grant = RoleGrant.objects.unscoped("the only one").get()
    grant.role = Role.ADMIN
    grant.save()
    grant.refresh_from_db()
    assert (grant.role, grant.account) == ("admin", kari)
    kari.delete()  # the cascade reaches the grant
    assert RoleGrant.objects.unscoped("what is left").count() == 0


def test_rows_of_no_library_belong_to_nobodys_list() -> None:
    oslo()
    created = AuditEntry.objects.unscoped("all of the trail").get(verb="library.create")
    assert created.library_id == Library.objects.get().id
    assert AuditEntry.objects.for_library(created.library_id).get() == created


@isolate_apps("allmenning.groundwork")
def test_what_is_agreed_is_seen_by_each_library_of_the_agreement_and_once() -> None:
    """Told with consortia read as if they were agreements: Deichman is in one, for two periods."""

    class Agreement(models.Model):
        scope = "agreed"
        library_path = "seats__library_id"
        slug = models.SlugField()
        objects = ScopedManager["Agreement"]()

        class Meta:
            app_label = "groundwork"
            db_table = "organisations_consortium"

    class Seat(models.Model):
        agreement = models.ForeignKey(
            Agreement, on_delete=models.CASCADE, related_name="seats", db_column="consortium_id"
        )
        library_id = models.BigIntegerField()

        class Meta:
            app_label = "groundwork"
            db_table = "organisations_membership"

    here, there, agreed = oslo(), alta(), consortium()
    for year in (2025, 2026):
        join_consortium(actor=SYSTEM, consortium_id=agreed.id, library_id=here.id, period=Period.year(year))
    with pytest.raises(UnscopedQuery):
        Agreement.objects.count()
    assert list(Agreement.objects.for_library(here.id).values_list("slug", flat=True)) == ["folkebibliotek"]
    assert Agreement.objects.for_actor(acting(staff(there), there)).count() == 0
    assert Agreement.objects.for_actor(acting(staff(here), here)).count() == 1
