"""A harvest that is held up, fails or is killed goes on where it was, and nothing is lost."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from allmenning.catalogue.harvesting import leases, services, session
from allmenning.catalogue.harvesting.models import Harvest, SourceSettings
from allmenning.catalogue.models import Source
from allmenning.groundwork.outside import NoAnswer
from allmenning.kernel.errors import Conflict
from tests.catalogue.harvesting.asking import book, fill, harvest, live
from tests.catalogue.harvesting.server import Server, Shelf
from tests.people_and_places import SYSTEM


def test_when_asked_to_wait_it_waits(source: Source, server: Server, shelf: Shelf) -> None:
    fill(shelf, 1)
    server.trouble = lambda _query, number: (503, {"Retry-After": "0"}, b"busy") if number in (1, 2) else None
    assert harvest(source).state == "finished"


def test_a_long_wait_is_left_to_the_schedule(source: Source, server: Server, shelf: Shelf) -> None:
    services.configure(actor=SYSTEM, source=source, kind="oai-pmh", address=server.url, every_hours=1)
    server.trouble = lambda _query, _number: (503, {"Retry-After": "7200"}, b"")
    with pytest.raises(NoAnswer) as asked:
        harvest(source)
    assert (asked.value.code, asked.value.after, len(server.asked)) == ("asked_to_wait", 7200.0, 1)
    settings = SourceSettings.objects.get()
    assert settings.due_at is not None
    assert timedelta(minutes=119) < settings.due_at - timezone.now() < timedelta(minutes=121)
    assert (settings.attempts, settings.problem, settings.lease_until) == (1, "asked_to_wait", None)


def test_where_it_failed_it_goes_on(source: Source, server: Server, shelf: Shelf) -> None:
    fill(shelf, 9)
    server.trouble = lambda query, _number: (500, {}, b"oops") if "resumptionToken" in query else None
    with pytest.raises(NoAnswer):
        harvest(source)
    assert live(source) == {"0", "1", "2"}  # what came until then is in
    failed = Harvest.objects.get()
    assert (failed.state, failed.problem, failed.pages) == ("failed", "server_trouble", 1)
    server.trouble = lambda _query, _number: None
    server.asked.clear()
    done = harvest(source)
    assert (done.id, done.state, done.pages, done.listed) == (failed.id, "finished", 3, 9)
    assert [sorted(each) for each in server.asked[1:]] == [["resumptionToken", "verb"]] * 2
    assert (len(live(source)), SourceSettings.objects.get().problem) == (9, "")


def test_a_token_that_is_no_longer_taken_begins_the_list_anew(source: Source, server: Server, shelf: Shelf) -> None:
    fill(shelf, 5)
    stop = threading.Event()
    stopped = services.harvest(actor=SYSTEM, source=source, stop=stop, tick=lambda _harvest: stop.set())
    assert (stopped.state, stopped.pages) == ("stopped", 1)
    Harvest.objects.update(token="worn out")
    done = harvest(source)
    assert (done.state, live(source)) == ("finished", {"0", "1", "2", "3", "4"})


def test_a_list_that_goes_in_circles_is_left(source: Source, server: Server, shelf: Shelf) -> None:
    fill(shelf, 5)
    pages: list[bytes] = []

    def same(query: dict[str, str], _number: int) -> tuple[int, dict[str, str], bytes] | None:
        if "resumptionToken" not in query:
            return None
        if not pages:
            body = f"""<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>
                <resumptionToken>{query["resumptionToken"].replace("&", "&amp;")}</resumptionToken></ListRecords></OAI-PMH>"""
            pages.append(body.encode())
        return 200, {}, pages[0]

    server.trouble = same
    with pytest.raises(NoAnswer) as refused:
        harvest(source)
    assert refused.value.code == "in_circles"


def test_killed_between_page_and_import_nothing_is_lost(
    source: Source, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the database was told of, deletions too, lies on disk until it is in."""
    fill(shelf, 2)
    harvest(source)
    shelf.put("oai:base:0", None)
    shelf.put("oai:base:5", book("5"))

    class Killed(BaseException):
        pass

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(session.services, "import_files", killed)
        with pytest.raises(Killed):
            harvest(source)
    assert live(source) == {"0", "1"}
    harvest(source)
    assert live(source) == {"1", "5"}


def test_one_process_at_a_time_and_a_dead_one_holds_nothing(source: Source, shelf: Shelf) -> None:
    later = timezone.now() + timedelta(minutes=10)
    SourceSettings.objects.update(lease_owner="another-machine:1", lease_until=later)
    with pytest.raises(Conflict) as refused:
        harvest(source)
    assert refused.value.code == "being_fetched"
    SourceSettings.objects.update(lease_owner=f"{leases.owner().rpartition(':')[0]}:4194305", lease_until=later)
    assert harvest(source).state == "finished"
