"""The index follows the database, whatever happens to whoever carries the news."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from allmenning.catalogue.models import SourceRecord
from allmenning.discovery import documents, follower, queries
from allmenning.discovery.follower import Difference
from allmenning.discovery.ports import SearchIndex, WorkDocument, WriterBusyError
from allmenning.groundwork import outbox
from tests.catalogue.installations import installation, run
from tests.catalogue.records import book, take, write
from tests.discovery import samples


def found(text: str = "") -> set[str]:
    return {hit.display["title"] for hit in queries.search(text).hits}


def follow() -> int:
    done = 0
    while taken := follower.run_once():
        done += taken
    return done


@pytest.mark.django_db
def test_what_comes_in_is_found_and_acknowledged(index: SearchIndex) -> None:
    take("deichman", book("1", "Sult"), book("2", "Pan", year="1894"))
    assert follow() >= 2
    assert found("hamsun") == {"Sult", "Pan"}
    assert outbox.backlog(follower.TOPIC).waiting == 0
    assert follower.run_once() == 0
    assert follower.check() == []


@pytest.mark.django_db
def test_a_changed_work_is_written_anew_and_a_deleted_one_goes(index: SearchIndex) -> None:
    take("deichman", book("1", "Sult"), book("2", "Pan", year="1894"))
    follow()
    take("deichman", book("1", "Mysterier", year="1892"), book("2", "Pan", year="1894", deleted=True))
    follow()
    assert found() == {"Mysterier"}
    assert follower.check() == []


@pytest.mark.django_db
def test_a_persons_change_does_not_wait_for_an_import(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    take("deichman", *(book(str(n), f"Sult {n}", year=str(1890 + n)) for n in range(30)))
    last = SourceRecord.objects.order_by("-id").values_list("work_id", flat=True)[0]
    monkeypatch.setattr(follower, "PARCEL", 10)
    build = documents.build

    def meanwhile(ids: list[int]) -> Iterator[WorkDocument]:
        if last not in ids and outbox.waits(follower.TOPIC) == "nothing":
            outbox.publish(follower.TOPIC, last)  # somebody at the desk changes the work that would come last
        return build(ids)

    monkeypatch.setattr(documents, "build", meanwhile)
    assert follower.run_once() == 10  # as far as the import came
    monkeypatch.setattr(documents, "build", build)
    assert follower.run_once() == 1
    assert "Sult 29" in found()
    assert follower.run_once() == 20
    assert queries.search("sult").total == 30
    assert follower.check() == []


@pytest.mark.django_db
def test_check_names_what_differs(index: SearchIndex) -> None:
    take("deichman", book("1", "Sult"), book("2", "Pan", year="1894"))
    follow()
    hunger, pan = SourceRecord.objects.order_by("key").values_list("work_id", flat=True)
    index.write([samples.work(hunger, "Sylt"), samples.work(99_999, "Ingensteds")], removed=[pan])
    assert follower.check() == [
        Difference(hunger, "outdated"),
        Difference(pan, "missing"),
        Difference(99_999, "surplus"),
    ]
    assert [str(each) for each in follower.check()][2] == "Work 99999 is in the index but no longer in the catalogue."


@pytest.mark.django_db
def test_events_are_free_again_when_the_index_cannot_be_written(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    take("deichman", book("1", "Sult"))
    waiting = outbox.backlog(follower.TOPIC).waiting

    def full(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(type(index), "write", full)
        with pytest.raises(OSError, match="No space left"):
            follower.run_once()
    assert outbox.backlog(follower.TOPIC).waiting == waiting
    follow()
    assert found() == {"Sult"}


@pytest.mark.django_db
def test_a_rebuild_writes_everything_and_takes_in_what_changes_meanwhile(index: SearchIndex) -> None:
    take("deichman", book("1", "Sult"), book("2", "Pan", year="1894"))
    follow()
    index.write([samples.work(99_999, "Ingensteds")])
    heard: list[int] = []
    seen: list[set[str]] = []

    def change(done: int) -> None:
        heard.append(done)
        take("deichman", book("3", "Victoria", year="1898"), book("2", "Pan", year="1894", deleted=True))
        seen.append(found())

    assert follower.rebuild(change) == 2
    assert heard == [2, 3]  # Victoria came in time to be written with the rest
    # The old index served meanwhile, and what changed was written to it too.
    assert seen == [{"Sult", "Pan", "Ingensteds"}, {"Sult", "Victoria", "Ingensteds"}]
    assert found() == {"Sult", "Victoria"}
    assert follower.check() == []


@pytest.mark.django_db
def test_a_rebuild_that_fails_leaves_the_old_index(index: SearchIndex) -> None:
    take("deichman", book("1", "Sult"))
    follow()

    def fail(done: int) -> None:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space left"):
        follower.rebuild(fail)
    assert found() == {"Sult"}
    assert follower.rebuild() == 1


@pytest.mark.django_db(transaction=True)
def test_the_follower_builds_a_missing_index_and_stops_when_told(index: SearchIndex) -> None:
    take("deichman", book("1", "Sult"))
    with_events = outbox.claim(follower.TOPIC, 100, "somebody", 60)
    outbox.acknowledge([event.id for event in with_events])  # the index was lost after they were done
    stop = threading.Event()
    following = threading.Timer(0, follower.run_forever, [stop])
    following.start()
    until = time.monotonic() + 20
    while not found() and time.monotonic() < until:
        time.sleep(0.05)
    stop.set()
    following.join()
    assert found() == {"Sult"}


@pytest.mark.django_db
def test_an_index_of_an_earlier_version_serves_until_a_new_one_is_built(tmp_path: Path, settings: object) -> None:
    settings.SEARCH_URL = f"tantivy://{tmp_path}/index"  # type: ignore[attr-defined]
    take("deichman", book("1", "Sult"))
    follow()
    queries.index().close()
    serving = Path(tmp_path / "index" / (tmp_path / "index" / "current").read_text())
    serving.rename(serving.with_name(serving.name.partition("-v")[0] + "-v1"))
    (tmp_path / "index" / "current").write_text(serving.name.partition("-v")[0] + "-v1")
    assert queries.index().outdated()
    assert found() == {"Sult"}
    assert [hit.work_id for hit in queries.search("", sort="added").hits] != []
    take("deichman", book("2", "Pan", year="1894"))
    follow()
    assert not queries.index().outdated()
    assert found() == {"Sult", "Pan"}
    assert follower.check() == []
    queries.index().close()
    queries.forget()


@pytest.mark.django_db
def test_only_one_process_writes(tmp_path: Path, settings: object) -> None:
    settings.SEARCH_URL = f"tantivy://{tmp_path}/index"  # type: ignore[attr-defined]
    take("deichman", book("1", "Sult"))
    waiting = outbox.backlog(follower.TOPIC).waiting
    hold = (
        "import sys; from allmenning.adapters.search_tantivy import open_index\n"
        f"index = open_index('tantivy://{tmp_path}/index'); index.write([])\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdin is not None
    assert other.stdout is not None
    other.stdout.readline()
    try:
        with pytest.raises(WriterBusyError):
            follower.run_once()
        assert outbox.backlog(follower.TOPIC).waiting == waiting
    finally:
        other.kill()  # the right to write dies with its holder
        other.communicate()
    assert follow() == waiting
    assert found() == {"Sult"}
    queries.index().close()
    queries.forget()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_database_and_index_agree_in_the_end(tmp_path: Path) -> None:
    chance = random.Random(1952)
    with installation(tmp_path, "followed") as env:
        records = (book(str(n), f"Sult {n}", year=str(1890 + n % 120)) for n in range(150))
        run(env, "import", str(write(tmp_path, "delivery.mrc", records)), "--source", "deichman")
        for _ in range(2):
            follow_and_kill(env, chance.uniform(0.0, 0.4))
        run(env, "index")
        run(env, "index", "--check")


#: A follower that says when it begins to write; every work has changed once more, so there is always something to do.
FOLLOWER = """
import threading
import allmenning.cli.main as cli
cli.set_up()
from django.db import transaction
from allmenning.catalogue.queries import all_work_ids
from allmenning.discovery import documents, follower
from allmenning.groundwork import outbox
with transaction.atomic():
    for ids in all_work_ids():
        outbox.publish_many(follower.TOPIC, ids)
build = documents.build
documents.build = lambda ids: (print("building", flush=True), build(ids))[1]
follower.BATCH, follower.LEASE = 20, 1.0
follower.run_forever(threading.Event())
"""


def follow_and_kill(env: dict[str, str], moment: float) -> None:
    """Start a follower, wait until it begins to write, and kill it a moment later."""
    process = subprocess.Popen([sys.executable, "-c", FOLLOWER], env={**os.environ, **env}, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.wait()
