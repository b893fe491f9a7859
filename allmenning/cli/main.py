"""The ``allmenning`` command. Commands are found by name in one table and loaded when asked for, so help is quick."""

from __future__ import annotations

import importlib
import os
import sys

import click

from allmenning.config.environment import WrongEnvironment
from allmenning.kernel.errors import AllmenningError

COMMANDS = {
    "demo": "allmenning.cli.demo:demo",
    "serve": "allmenning.cli.serve:serve",
    "worker": "allmenning.cli.serve:worker",
    "follow": "allmenning.cli.index:follow",
    "import": "allmenning.cli.importing:import_",
    "headings": "allmenning.cli.headings:headings",
    "harvest": "allmenning.cli.harvesting:harvest",
    "index": "allmenning.cli.index:index",
    "reread": "allmenning.cli.rereading:reread",
    "migrate": "allmenning.cli.upkeep:migrate",
    "setup": "allmenning.cli.setup:setup",
    "link": "allmenning.cli.setup:link",
    "doctor": "allmenning.cli.doctor:doctor",
    "bench": "allmenning.cli.bench:bench",
}


class Lazy(click.Group):
    """Loads a command's module only when that command is asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        set_up()
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="allmenning")
def allmenning() -> None:
    """Allmenning: one shared digital infrastructure for Norway's libraries.

    An installation lives where DATABASE_URL, SEARCH_URL and FILES_URL say; without them, in the folder «var» beside the
    project. «allmenning doctor» shows what was chosen and whether it answers.
    """


def set_up() -> None:
    """Make Django ready once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allmenning.config.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def main() -> None:
    """Run; what a person can mend is told in one sentence and ends with status 1, without a traceback."""
    try:
        allmenning()
    except WrongEnvironment as error:
        sys.exit(str(error))
    except AllmenningError as error:
        sys.exit(f"allmenning: {error.message}")
    except Exception as error:
        if _without_driver(error):
            sys.exit(
                "allmenning: DATABASE_URL names PostgreSQL, but its driver is not installed here. Install it with "
                "«pip install psycopg[binary]», or the locked set: pip install -r requirements/postgres.txt."
            )
        if _without_tables(error):
            sys.exit("allmenning: This installation has no tables yet, or older ones. Run «allmenning migrate» first.")
        raise


def _without_driver(error: Exception) -> bool:
    """What Django says when psycopg is missing, as soon as it is made ready."""
    from django.core.exceptions import ImproperlyConfigured

    return isinstance(error, ImproperlyConfigured) and "psycopg" in str(error)


def _without_tables(error: Exception) -> bool:
    """SQLite says «no such table», PostgreSQL «relation … does not exist»; a column may be what is missing."""
    from django.db import DatabaseError

    said = str(error)
    return isinstance(error, DatabaseError) and ("no such" in said or "does not exist" in said)


if __name__ == "__main__":
    main()
