"""``allmenning doctor`` names what is wrong, each in one sentence with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from allmenning.catalogue.models import EvidenceClass, ImportRun, MatchEdge, RecordFacts, Rereading, Source
from allmenning.cli import progress
from allmenning.cli.doctor import doctor
from allmenning.cli.importing import import_
from allmenning.cli.index import index as index_command
from allmenning.discovery import follower, queries
from allmenning.discovery.ports import DamagedIndexError, SearchIndex
from allmenning.groundwork.models import OutboxEvent
from tests.catalogue.records import book, take, write

pytestmark = pytest.mark.django_db
BROKEN = b"00026nam a2200025 i 4500\x1e\x1d"


@pytest.fixture(autouse=True)
def index(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SearchIndex]:
    monkeypatch.setenv("COLUMNS", "400")
    settings.SEARCH_URL = f"tantivy://{tmp_path}/index"  # type: ignore[attr-defined]
    yield queries.index()
    queries.index().close()
    queries.forget()


def said() -> tuple[int, list[str]]:
    """The status, and the lines that are not «well»."""
    done = CliRunner().invoke(doctor)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    told = " ".join(done.output.split())  # as wide as the terminal happens to be
    lines = [
        each.strip()
        for each in told.replace("WRONG ", "\nWRONG ")
        .replace("look ", "\nlook ")
        .replace("well ", "\nwell ")
        .split("\n")
    ]
    return done.exit_code, [each for each in lines if each and not each.startswith("well ")]


def taken_in(*records: bytes, tmp_path: Path, source: str = "oslo") -> None:
    CliRunner().invoke(import_, [str(write(tmp_path, "a.mrc", records)), "--source", source])
    while follower.run_once():
        pass


def test_square_brackets_in_what_is_said_are_no_markup(tmp_path: Path, settings: object) -> None:
    settings.SEARCH_URL = f"tantivy://{tmp_path}/[old]/[/green]"  # type: ignore[attr-defined]
    CliRunner().invoke(import_, [str(write(tmp_path, "a.mrc", [book("1")])), "--source", "oslo", "--title", "[/b] [x]"])
    OutboxEvent.objects.all().delete()
    assert f"WRONG search tantivy://{tmp_path}/[old]/[/green] is empty, but" in said()[1][0]


def test_nor_in_the_name_of_what_a_bar_shows(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LOG_EVERY", -1.0)
    with progress.Bar("[/b] [x]", 10) as bar:
        bar.update(5, "[note]")
    assert capsys.readouterr().out == "[/b] [x]: 50 %  [note]\n"


def test_nothing_is_wrong_with_an_empty_installation_or_a_sound_one(tmp_path: Path) -> None:
    assert said() == (0, [])
    taken_in(book("1"), book("2", "Pan", year="1894"), tmp_path=tmp_path)
    assert said() == (0, [])


def test_a_reread_that_was_stopped(tmp_path: Path) -> None:
    taken_in(book("1"), book("2", "Pan", year="1894"), tmp_path=tmp_path)
    began = timezone.now()
    Rereading.objects.create(started=began, read=1)
    assert said() == (
        1,
        [
            f"WRONG reread One that was begun {began:%Y-%m-%d %H:%M} UTC is not done (1 of 2 records read), and nothing can be "
            "imported or decided until it is: unless it runs just now, run «allmenning reread»; it goes on where it was.",
            "look rules looked at when the reread is done",
        ],
    )


def test_an_index_that_is_empty_or_does_not_agree(tmp_path: Path, index: SearchIndex, settings: object) -> None:
    taken_in(book("1"), book("2", "Pan", year="1894"), tmp_path=tmp_path)
    index.write([], removed=list(dict(index.digests()))[:1])
    url = settings.SEARCH_URL  # type: ignore[attr-defined]
    assert said() == (
        1,
        [
            f"WRONG search {url}, 1 works, but the catalogue holds 2 and nothing waits to change that: "
            "run «allmenning index --rebuild»."
        ],
    )
    index.write([], removed=list(dict(index.digests())))
    assert said() == (1, [f"WRONG search {url} is empty, but the catalogue holds 2 works: run «allmenning index»."])


def test_an_index_whose_files_are_damaged(tmp_path: Path) -> None:
    taken_in(book("1"), tmp_path=tmp_path)
    queries.index().close()
    for each in (tmp_path / "index").glob("*/meta.json"):
        each.write_text("{ rubbish")
    queries.forget()
    status, [told] = said()
    assert status == 1
    assert told.startswith("WRONG search The search index is damaged (")
    assert told.endswith("Nothing is lost: run «allmenning index --rebuild».")
    with pytest.raises(DamagedIndexError):
        CliRunner().invoke(index_command, [], catch_exceptions=False)
    assert CliRunner().invoke(index_command, ["--rebuild"]).exit_code == 0
    assert said() == (0, [])


def test_changes_that_nobody_takes_in(tmp_path: Path) -> None:
    take("oslo", book("1"))
    assert said() == (0, ["look sources «oslo»: an import began " + began() + RUNNING])
    old = timezone.now() - timedelta(minutes=6)
    OutboxEvent.objects.update(published_at=old)
    assert said()[1][0] == (
        f"WRONG outbox 1 changes wait for the index, the oldest since {old:%Y-%m-%d %H:%M} UTC, and nobody takes them in: "
        "start «allmenning serve», or run «allmenning index»."
    )


RUNNING = ". Unless it runs just now, it was killed: run the same command again."


def began() -> str:
    return f"{ImportRun.objects.latest('id').started:%Y-%m-%d %H:%M} UTC"


@pytest.mark.parametrize("what", ["description", "evidence", "links"])
def test_records_that_older_rules_made(tmp_path: Path, what: str) -> None:
    taken_in(book("1"), book("2", "Pan", year="1894"), tmp_path=tmp_path)
    if what == "description":
        RecordFacts.objects.filter(record__key="1").update(description="{}")
    elif what == "evidence":
        EvidenceClass.objects.update(signature="old")
    else:
        MatchEdge.objects.create(a=1, b=2, score=0.5, verdict=1, reasons="", model="2020-1")
    which = {"description": "1 of 2 records looked at", "evidence": "2 of 2 records looked at"}
    assert said() == (
        1,
        [
            f"WRONG rules {which.get(what, 'Links between records')} were made by other rules than this version's, so that "
            "new records may not meet them: run «allmenning reread»."
        ],
    )


def test_sources_whose_last_import_needs_a_look(tmp_path: Path) -> None:
    taken_in(*[book(str(number)) for number in range(30)], BROKEN, tmp_path=tmp_path)
    aside = f"sources «oslo»: 1 of 31 records of {began()} were set aside: see why at the desk, /desk/kilder/oslo/."
    assert said() == (0, [f"look {aside}"])
    taken_in(book("1"), BROKEN, tmp_path=tmp_path)
    assert said() == (1, ["WRONG " + aside.replace("31", "2")])
    (tmp_path / "a.xml").write_bytes(b"<collection><record><leader>00000nam a2200000   4500</leader></record>")
    CliRunner().invoke(import_, [str(tmp_path / "a.xml"), "--source", "oslo"])
    assert said() == (1, [f"WRONG sources «oslo»: a file of {began()} was damaged or held no MARC: ask for it again."])
    ImportRun.objects.update(state=ImportRun.STOPPED)
    assert said() == (
        1,
        [f"WRONG sources «oslo»: its import of {began()} stopped before its end: run the same command again."],
    )
    Source.objects.create(name="bergen", title="Bergen")
    assert said()[1][0] == "look sources «bergen»: nothing has been taken in from it yet."


def test_tables_that_are_behind_end_the_look() -> None:
    MigrationRecorder.Migration.objects.filter(app="catalogue").order_by("-id").first().delete()  # type: ignore[union-attr]
    assert said() == (1, ["WRONG tables They are one step behind this version: run «allmenning migrate»."])
