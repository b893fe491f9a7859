"""``allmenning migrate``, and what has to be there before anything starts."""

from __future__ import annotations

import click
from django.conf import settings
from django.core.management import call_command

from allmenning.cli.progress import console
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
