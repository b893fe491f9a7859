"""What happened is kept until whoever follows has taken it in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from allmenning.groundwork import outbox
from allmenning.groundwork.models import OutboxEvent
from allmenning.groundwork.outbox import Backlog, OutsideTransaction

WORKS = "work-changed"

pytestmark = pytest.mark.django_db


def subjects(events: list[outbox.Event]) -> list[int]:
    return [each.subject_id for each in events]


@contextmanager
def counting() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as queries:
        yield queries


def test_events_are_claimed_in_the_order_of_their_ids() -> None:
    outbox.publish(WORKS, 30)
    assert outbox.publish_many(WORKS, [10, 20, 10]) == 3
    assert outbox.publish_many("something-else", [99]) == 1
    assert outbox.publish_many(WORKS, []) == 0
    events = outbox.claim(WORKS, 10, "follower", 60)
    assert subjects(events) == [30, 10, 20, 10]
    assert {(each.topic, each.attempts) for each in events} == {(WORKS, 1)}


def test_what_came_in_bulk_is_claimed_when_nothing_else_waits() -> None:
    outbox.publish_many(WORKS, [1, 2], in_bulk=True)
    outbox.publish(WORKS, 3)
    assert outbox.waits(WORKS) == "somebody"
    assert subjects(outbox.claim(WORKS, 10, "follower", 60)) == [3]
    assert outbox.waits(WORKS) == "bulk"
    assert subjects(outbox.claim(WORKS, 10, "follower", 60)) == [1, 2]
    assert outbox.waits(WORKS) == "nothing"
    assert outbox.claim(WORKS, 10, "follower", 60) == []


def test_claimed_events_are_nobody_elses_until_the_lease_is_over() -> None:
    outbox.publish_many(WORKS, [1, 2, 3])
    first = outbox.claim(WORKS, 2, "one", 60)
    second = outbox.claim(WORKS, 5, "two", 0)  # a lease that is over at once: the follower died
    assert (subjects(first), subjects(second)) == ([1, 2], [3])
    third = outbox.claim(WORKS, 5, "three", 60)
    assert subjects(third) == [3]
    assert third[0].attempts == 2
    assert outbox.claim(WORKS, 5, "four", 60) == []


def test_acknowledged_events_are_gone_and_others_stay() -> None:
    outbox.publish_many(WORKS, [1, 2, 3])
    events = outbox.claim(WORKS, 2, "follower", 60)
    assert outbox.acknowledge(each.id for each in events) == 2
    assert outbox.acknowledge(each.id for each in events) == 0
    assert outbox.backlog(WORKS).waiting == 1


def test_a_change_during_delivery_is_an_event_of_its_own() -> None:
    outbox.publish(WORKS, 7)
    delivering = outbox.claim(WORKS, 10, "follower", 60)
    outbox.publish(WORKS, 7)
    outbox.acknowledge(each.id for each in delivering)
    assert subjects(outbox.claim(WORKS, 10, "follower", 60)) == [7]


def test_who_overslept_its_lease_cannot_acknowledge_for_the_next() -> None:
    outbox.publish(WORKS, 7)
    slow = outbox.claim(WORKS, 10, "slow", 0)
    outbox.claim(WORKS, 10, "quick", 60)
    assert outbox.acknowledge([slow[0].id], owner="slow") == 0
    assert outbox.extend([slow[0].id], "slow", 60) == 0
    assert outbox.extend([slow[0].id], "quick", 60) == 1
    assert outbox.acknowledge([slow[0].id], owner="quick") == 1


def test_released_events_come_back_at_once_or_later() -> None:
    outbox.publish_many(WORKS, [1, 2])
    first, second = outbox.claim(WORKS, 10, "follower", 60)
    assert outbox.release([first.id]) == 1
    assert outbox.release([second.id], delay_seconds=60) == 1
    assert subjects(outbox.claim(WORKS, 10, "follower", 60)) == [1]


def test_the_backlog_tells_how_far_behind_a_follower_is() -> None:
    assert outbox.backlog(WORKS) == Backlog(waiting=0, oldest=None)
    outbox.publish_many(WORKS, [1, 2])
    outbox.claim(WORKS, 1, "follower", 60)  # claimed is not done
    behind = outbox.backlog(WORKS)
    assert behind.waiting == 2
    assert behind.oldest == OutboxEvent.objects.order_by("id").values_list("published_at", flat=True)[0]


def test_ten_thousand_events_are_one_statement_to_publish_and_to_claim() -> None:
    with counting() as publishing:
        outbox.publish_many(WORKS, range(10_000))
    with counting() as claiming:
        events = outbox.claim(WORKS, 20_000, "follower", 60)
    assert subjects(events) == list(range(10_000))
    assert (len(publishing), len(claiming)) == (1, 2)
    assert outbox.acknowledge(each.id for each in events) == 10_000


def test_an_idle_follower_only_reads() -> None:
    with counting() as idle:
        assert outbox.claim(WORKS, 10, "follower", 60) == []
    assert [query["sql"].split()[0] for query in idle] == ["SELECT"]


@pytest.mark.django_db(transaction=True)
def test_publishing_outside_a_transaction_is_refused() -> None:
    with pytest.raises(OutsideTransaction):
        outbox.publish(WORKS, 1)
    with pytest.raises(OutsideTransaction):
        outbox.publish_many(WORKS, [1])


@pytest.mark.django_db(transaction=True)
def test_an_event_stands_or_falls_with_its_change() -> None:
    with transaction.atomic():
        outbox.publish(WORKS, 1)
        transaction.set_rollback(True)
    assert outbox.backlog(WORKS).waiting == 0


@pytest.mark.django_db
def test_when_the_latest_came_in_bulk() -> None:
    assert outbox.newest_in_bulk("work.changed") is None
    with transaction.atomic():
        outbox.publish("work.changed", 1)
        outbox.publish_many("other", [1], in_bulk=True)
    assert outbox.newest_in_bulk("work.changed") is None
    with transaction.atomic():
        outbox.publish_many("work.changed", [1, 2], in_bulk=True)
    newest = outbox.newest_in_bulk("work.changed")
    assert newest is not None
    assert (timezone.now() - newest).total_seconds() < 60
