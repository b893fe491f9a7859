"""``allmenning migrate`` and ``allmenning doctor``."""

from __future__ import annotations

import sys

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from allmenning.cli.progress import console, thousands
from allmenning.web import static_files


@click.command()
def migrate() -> None:
    """Make the database, or bring it to this version's shape. Nothing is lost, and it can be run again."""
    create_tables()
    console.print("The database is ready.")


def create_tables() -> None:
    make_ready()
    call_command("migrate", verbosity=0, interactive=False)


def make_ready() -> None:
    """What must be in the installation's folders before anything starts: quick when it is there."""
    for folder in (settings.ENVIRONMENT.var, settings.ENVIRONMENT.files, settings.STATIC_ROOT):
        folder.mkdir(parents=True, exist_ok=True)
    static_files.collect()


@click.command()
def doctor() -> None:
    """Show where this installation lives and whether each part answers. Ends with status 1 when something does not."""
    answers = [_settings(), _database(), _migrations(), _index(), _waiting()]
    for fine, what, said in answers:
        console.print(
            f"[{'green' if fine else 'red'}]{'well ' if fine else 'WRONG'}[/]  {what:<10} {said}", highlight=False
        )
    if not all(fine for fine, _, _ in answers):
        sys.exit(1)


Answer = tuple[bool, str, str]


def _settings() -> Answer:
    return True, "settings", f"files in {settings.ENVIRONMENT.files}, debug {'on' if settings.DEBUG else 'off'}"


def _database() -> Answer:
    chosen = settings.ENVIRONMENT.database
    where = chosen.name if chosen.engine == "sqlite" else f"{chosen.name} at {chosen.host or 'the local socket'}"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
            version = cursor.fetchone()[0]
    except Exception as error:  # whatever the driver says, the doctor's part is to say it
        return False, "database", f"{chosen.engine} {where}: {error}"
    return True, "database", f"{chosen.engine} {version}, {where}"


def _migrations() -> Answer:
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception as error:
        return False, "tables", str(error)
    if missing:
        return False, "tables", f"{len(missing)} steps behind this version: run «allmenning migrate»"
    return True, "tables", "as this version wants them"


def _index() -> Answer:
    from allmenning.discovery.queries import index

    try:
        return True, "search", f"{settings.SEARCH_URL}, {thousands(index().count())} works"
    except Exception as error:
        return False, "search", f"{settings.SEARCH_URL}: {error}"


def _waiting() -> Answer:
    from allmenning.catalogue.clusters.regroup import WORK_CHANGED
    from allmenning.groundwork import outbox

    try:
        behind = outbox.backlog(WORK_CHANGED)
    except Exception as error:
        return False, "outbox", str(error)
    since = f", the oldest since {behind.oldest:%Y-%m-%d %H:%M} UTC" if behind.oldest else ""
    return True, "outbox", f"{thousands(behind.waiting)} changes wait for the index{since}"
