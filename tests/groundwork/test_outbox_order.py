"""The earlier id commits last, and nothing is skipped: real connections, each in its own thread.

On PostgreSQL two writers work at the same time, so that what has the lower id may be seen later. SQLite lets one writer
in at a time: there the second waits, ids are seen in order, and the same follower works the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event as Signal
from typing import TypeVar

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from allmenning.groundwork import outbox
from allmenning.groundwork.models import OutboxEvent

WORKS = "work-changed"
T = TypeVar("T")

pytestmark = pytest.mark.django_db(transaction=True)


class Elsewhere:
    """Runs functions in threads, each with a connection of its own to one real database."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool

    def start(self, function: Callable[[], T]) -> Future[T]:
        def run() -> T:
            try:
                return function()
            finally:
                connections.close_all()

        return self._pool.submit(run)

    def run(self, function: Callable[[], T]) -> T:
        return self.start(function).result(30)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    chosen = connections.databases["default"]
    usual = chosen["NAME"]
    with ThreadPoolExecutor(8) as pool:
        threads = Elsewhere(pool)
        if connection.vendor == "sqlite":
            # The suite's SQLite lives in memory, where threads share one cache and its locks. Files lock as in life.
            chosen["NAME"] = str(tmp_path / "outbox.sqlite3")
            threads.run(lambda: call_command("migrate", "groundwork", verbosity=0))
        try:
            yield threads
        finally:
            chosen["NAME"] = usual


def take_in() -> list[int]:
    """What a follower does: claim, deliver, acknowledge. Gives back what it delivered."""
    events = outbox.claim(WORKS, 100, "follower", 60)
    outbox.acknowledge(each.id for each in events)
    return [each.subject_id for each in events]


def publish_and_hold(subject_id: int, published: Signal, go: Signal) -> int:
    """Publish in a transaction that commits only when told to; gives back the event's id."""
    with transaction.atomic():
        outbox.publish(WORKS, subject_id)
        published.set()
        assert go.wait(30)
        return OutboxEvent.objects.get(subject_id=subject_id).id


def publish_at_once(subject_id: int) -> int:
    with transaction.atomic():
        outbox.publish(WORKS, subject_id)
        return OutboxEvent.objects.get(subject_id=subject_id).id


def test_nothing_is_skipped_whoever_commits_first(elsewhere: Elsewhere) -> None:
    if connection.vendor == "sqlite":
        the_second_writer_waits_and_ids_are_seen_in_order(elsewhere)
    else:
        the_earlier_id_commits_last(elsewhere)


def the_earlier_id_commits_last(elsewhere: Elsewhere) -> None:
    published, go = Signal(), Signal()
    early = elsewhere.start(lambda: publish_and_hold(1, published, go))
    assert published.wait(30)
    late_id = elsewhere.run(lambda: publish_at_once(2))
    assert elsewhere.run(take_in) == [2]  # the follower has now seen the higher id
    go.set()
    assert early.result(30) < late_id
    assert elsewhere.run(take_in) == [1]
    assert elsewhere.run(take_in) == []


def the_second_writer_waits_and_ids_are_seen_in_order(elsewhere: Elsewhere) -> None:
    published, go = Signal(), Signal()
    early = elsewhere.start(lambda: publish_and_hold(1, published, go))
    assert published.wait(30)
    late = elsewhere.start(lambda: publish_at_once(2))
    assert elsewhere.run(take_in) == []  # readers do not wait, and see nothing yet
    assert not late.done()
    go.set()
    assert early.result(30) < late.result(30)
    assert elsewhere.run(take_in) == [1, 2]


def test_a_follower_that_dies_leaves_its_events_to_the_next(elsewhere: Elsewhere) -> None:
    elsewhere.run(lambda: publish_at_once(1))
    elsewhere.run(lambda: outbox.claim(WORKS, 100, "dies", 0))
    assert elsewhere.run(take_in) == [1]


def test_followers_at_the_same_time_never_share_an_event(elsewhere: Elsewhere) -> None:
    def publish() -> None:
        with transaction.atomic():
            outbox.publish_many(WORKS, range(600))

    def follow(name: str) -> list[int]:
        taken: list[int] = []
        while outbox.backlog(WORKS).waiting:
            events = outbox.claim(WORKS, 7, name, 60)
            taken += [each.subject_id for each in events]
            outbox.acknowledge(each.id for each in events)
        return taken

    elsewhere.run(publish)
    running = [elsewhere.start(partial(follow, name)) for name in ("one", "two", "three", "four")]
    taken = [subject for each in running for subject in each.result(60)]
    assert sorted(taken) == list(range(600))
