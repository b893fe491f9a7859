"""What is due is fetched by the worker, one source after the other."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from allmenning.catalogue.harvesting import due, services
from allmenning.catalogue.harvesting.models import Harvest, SourceSettings
from allmenning.catalogue.models import Source, SourceRecord
from allmenning.catalogue.services import ensure_source
from allmenning.cli.ticking import look_once
from tests.catalogue.harvesting.asking import fill
from tests.catalogue.harvesting.server import Server, Shelf
from tests.people_and_places import SYSTEM


def scheduled(source: Source, server: Server, hours: int = 24) -> SourceSettings:
    return services.configure(actor=SYSTEM, source=source, kind="oai-pmh", address=server.url, every_hours=hours)


def test_what_is_due_is_fetched_and_due_again_later(source: Source, server: Server, shelf: Shelf) -> None:
    fill(shelf, 2)
    stop = threading.Event()
    assert not due.tick(stop)  # without a schedule nothing is due
    scheduled(source, server)
    assert look_once(stop)
    assert SourceRecord.objects.count() == 2
    row = SourceSettings.objects.get()
    assert row.due_at is not None
    assert timedelta(hours=23, minutes=59) < row.due_at - timezone.now() <= timedelta(hours=24)
    assert Harvest.objects.get().actor_name == "schedule"
    assert not look_once(stop)


def test_the_one_that_waited_longest_comes_first(source: Source, server: Server, shelf: Shelf) -> None:
    other = ensure_source(name="annen")
    for each in (source, other):
        scheduled(each, server)
    SourceSettings.objects.filter(source=other).update(due_at=timezone.now() - timedelta(hours=2))
    due.tick(threading.Event())
    assert list(Harvest.objects.values_list("source__name", flat=True)) == ["annen"]


def test_what_fails_is_tried_again_after_longer_and_longer_pauses(source: Source, server: Server, shelf: Shelf) -> None:
    scheduled(source, server, hours=1)
    server.trouble = lambda _query, _number: (404, {}, b"")
    pauses = []
    for _ in range(5):
        SourceSettings.objects.update(due_at=timezone.now())
        due.tick(threading.Event())
        row = SourceSettings.objects.get()
        assert row.due_at is not None
        pauses.append(round((row.due_at - timezone.now()) / timedelta(minutes=1)))
    assert pauses == [5, 10, 20, 40, 60]
    assert (row.attempts, row.problem) == (5, "not_there")
    server.trouble = lambda _query, _number: None
    SourceSettings.objects.update(due_at=timezone.now())
    due.tick(threading.Event())
    row = SourceSettings.objects.get()
    assert (row.attempts, row.problem) == (0, "")


def test_a_worker_that_ends_lays_the_harvest_down(source: Source, server: Server, shelf: Shelf) -> None:
    fill(shelf, 5)
    scheduled(source, server)
    stop = threading.Event()

    def ending(query: dict[str, str], _number: int) -> None:
        if query["verb"] == "ListRecords":
            stop.set()

    server.trouble = ending
    due.tick(stop)
    resting = Harvest.objects.get()
    assert (resting.state, resting.pages, resting.imported_pages) == ("stopped", 1, 1)
    server.trouble = lambda _query, _number: None
    assert due.tick(threading.Event())  # due at once
    assert Harvest.objects.get().state == "finished"


def test_a_person_may_ask_for_it_now(source: Source, server: Server, shelf: Shelf) -> None:
    services.fetch_soon(actor=SYSTEM, source=source)
    assert due.tick(threading.Event())
    assert (Harvest.objects.get().state, SourceSettings.objects.get().due_at) == ("finished", None)


@pytest.mark.parametrize("hours", [-1, 100_000])
def test_a_schedule_is_a_number_of_hours(source: Source, server: Server, hours: int) -> None:
    from allmenning.kernel.errors import Invalid

    with pytest.raises(Invalid) as refused:
        scheduled(source, server, hours)
    assert refused.value.code == "source_hours"
