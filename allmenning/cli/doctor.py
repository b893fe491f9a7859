"""``allmenning doctor``: where the installation lives, whether each part answers, and what somebody has to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Literal, NamedTuple

import click
from django.conf import settings
from django.db import connection
from django.utils import timezone
from rich.markup import escape

from allmenning.cli.progress import console, thousands
from allmenning.kernel.errors import AllmenningError

#: Changes that have waited longer than this are taken in by nobody.
PATIENCE = timedelta(minutes=5)
#: From this share of its last delivery set aside, something is wrong with a source and not with single records.
MUCH = 0.05
COLOURS = {"well": "green", "look": "yellow", "WRONG": "red"}


class Answer(NamedTuple):
    """``look`` is for what may well be in order: it does not change the exit status."""

    state: Literal["well", "look", "WRONG"]
    what: str
    said: str


@click.command()
def doctor() -> None:
    """Show where this installation lives, whether each part answers, and what has to be done.

    A line that begins with WRONG says what to do, and the command ends with status 1; «look» is for a person to judge.
    """
    wrong = False
    for each in _answers():
        console.print(
            f"[{COLOURS[each.state]}]{each.state:<5}[/]  {each.what:<10} {escape(each.said)}",
            highlight=False,
            soft_wrap=True,
        )
        wrong = wrong or each.state == "WRONG"
    if wrong:
        sys.exit(1)


def _answers() -> Iterator[Answer]:
    yield Answer(
        "well", "settings", f"files in {settings.ENVIRONMENT.files}, debug {'on' if settings.DEBUG else 'off'}"
    )
    first: tuple[Callable[[], Answer], ...] = (_database, _tables)
    for ask in first:
        answer = _asked(ask)[0]
        yield answer
        if answer.state == "WRONG":
            return  # nothing behind it can answer
    for look in (_waiting, _index, _rereading, _rules, _sources):
        yield from _asked(look)


def _asked(ask: Callable[[], Answer | list[Answer]]) -> list[Answer]:
    try:
        answer = ask()
    except AllmenningError as error:  # which says in words what to do
        return [Answer("WRONG", "search" if ask is _index else ask.__name__.strip("_"), error.message)]
    except Exception as error:  # whatever a part says, the doctor's part is to say it
        return [Answer("WRONG", ask.__name__.strip("_"), f"{type(error).__name__}: {error}")]
    return answer if isinstance(answer, list) else [answer]


def _database() -> Answer:
    chosen = settings.ENVIRONMENT.database
    where = chosen.name if chosen.engine == "sqlite" else f"{chosen.name} at {chosen.host or 'the local socket'}"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
            version = cursor.fetchone()[0]
    except Exception as error:
        return Answer("WRONG", "database", f"{chosen.engine} {where}: {error}")
    return Answer("well", "database", f"{chosen.engine} {version}, {where}")


def _tables() -> Answer:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        steps = "one step" if len(missing) == 1 else f"{len(missing)} steps"
        return Answer("WRONG", "tables", f"They are {steps} behind this version: run «allmenning migrate».")
    return Answer("well", "tables", "as this version wants them")


def _waiting() -> Answer:
    from allmenning.catalogue.clusters.regroup import WORK_CHANGED
    from allmenning.groundwork import outbox

    behind = outbox.backlog(WORK_CHANGED)
    if behind.oldest is None:
        return Answer("well", "outbox", "nothing waits for the index")
    waiting = f"{thousands(behind.waiting)} changes wait for the index, the oldest since {_when(behind.oldest)}"
    if timezone.now() - behind.oldest > PATIENCE:
        return Answer(
            "WRONG",
            "outbox",
            f"{waiting}, and nobody takes them in: start «allmenning serve», or run «allmenning index».",
        )
    return Answer("well", "outbox", waiting)


def _index() -> Answer:
    from allmenning.catalogue import queries
    from allmenning.catalogue.clusters.regroup import WORK_CHANGED
    from allmenning.discovery.queries import index
    from allmenning.groundwork import outbox

    held, works = index().count(), queries.figures()["works"]
    where = f"{settings.SEARCH_URL}, {thousands(held)} works"
    waiting = outbox.backlog(WORK_CHANGED).waiting
    if index().outdated():
        told = f"{where}, written by an earlier version of this software: run «allmenning index», which builds it anew."
        return Answer("WRONG", "search", told)
    if works and not held and waiting < works:
        told = (
            f"{settings.SEARCH_URL} is empty, but the catalogue holds {thousands(works)} works: run «allmenning index»."
        )
        return Answer("WRONG", "search", told)
    if abs(works - held) > waiting:
        told = f"{where}, but the catalogue holds {thousands(works)} and nothing waits to change that"
        return Answer("WRONG", "search", f"{told}: run «allmenning index --rebuild».")
    return Answer("well", "search", where)


def _rereading() -> Answer:
    from allmenning.catalogue import queries
    from allmenning.catalogue.importing.rereading import under_way

    run = under_way()
    if run is None:
        return Answer("well", "reread", "none is under way")
    done = f"{thousands(run.read)} of {thousands(queries.figures()['records'])} records"
    return Answer(
        "WRONG",
        "reread",
        f"One that was begun {_when(run.started)} is not done ({done} read), and nothing can be imported or decided until "
        "it is: unless it runs just now, run «allmenning reread»; it goes on where it was.",
    )


def _rules() -> Answer:
    from allmenning.catalogue.importing import looking_over, rereading

    if rereading.under_way():
        return Answer("look", "rules", "looked at when the reread is done")
    found = looking_over.outdated()
    if found:
        which = (
            f"{found.differing} of {found.looked_at} records looked at" if found.differing else "Links between records"
        )
        were = f"{which} were made by other rules than this version's"
        return Answer("WRONG", "rules", f"{were}, so that new records may not meet them: run «allmenning reread».")
    return Answer("well", "rules", f"{found.looked_at} records looked at, all as this version would make them")


def _sources() -> list[Answer]:
    from allmenning.catalogue import queries

    told = [each for health in queries.source_health() if (each := _source(health.source.name, health.last_run))]
    return told or [Answer("well", "sources", "every source's last import is in")]


def _source(name: str, run: object) -> Answer | None:
    """What there is to say of a source's last import; None when all is well with it."""
    from allmenning.catalogue.importing.summary import Counts
    from allmenning.catalogue.models import ImportRun
    from allmenning.formats.marc.problems import OF_FILES

    if not isinstance(run, ImportRun):
        return Answer("look", "sources", f"«{name}»: nothing has been taken in from it yet.")
    when = _when(run.started)
    if run.state == ImportRun.STOPPED:
        told = f"«{name}»: its import of {when} stopped before its end: run the same command again."
        return Answer("WRONG", "sources", told)
    if run.state == ImportRun.RUNNING:
        told = f"«{name}»: an import began {when}. Unless it runs just now, it was killed: run the same command again."
        return Answer("look", "sources", told)
    counts = Counts.from_dict(run.counts)
    if not OF_FILES.isdisjoint(counts.reasons):
        told = f"«{name}»: a file of {when} was damaged or held no MARC: ask for it again."
        return Answer("WRONG", "sources", told)
    if not counts.set_aside:
        return None
    aside = f"«{name}»: {thousands(counts.set_aside)} of {thousands(counts.read)} records of {when} were set aside"
    told = f"{aside}: see why at the desk, /desk/kilder/{name}/."
    return Answer("WRONG" if counts.set_aside > MUCH * counts.read else "look", "sources", told)


def _when(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
