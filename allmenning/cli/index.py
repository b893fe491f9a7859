"""``allmenning index`` and ``allmenning follow``: the search index and whoever keeps it true."""

from __future__ import annotations

import signal
import sys
import threading

import click

from allmenning.cli.progress import Bar, console, thousands


@click.command()
@click.option(
    "--rebuild", is_flag=True, help="Write the whole index anew; the old one serves until the new one is ready."
)
@click.option("--check", is_flag=True, help="Compare every work in the index with the database and list what differs.")
def index(rebuild: bool, check: bool) -> None:
    """Bring the search index up to date with the database.

    Normally the follower that «allmenning serve» runs does this within seconds. --check ends with status 1 when
    database and index differ.
    """
    if rebuild:
        rebuild_all()
    elif not check:
        catch_up()
    if check and not agree():
        sys.exit(1)


def rebuild_all() -> int:
    """The number of works indexed."""
    from allmenning.catalogue import queries
    from allmenning.discovery import follower

    with Bar("Index", queries.figures()["works"]) as bar:
        count = follower.rebuild(progress=lambda done: bar.update(done, f"{thousands(done)} works"))
    console.print(f"{thousands(count)} works are searchable.")
    return count


def catch_up() -> int:
    """Take in everything that waits in the outbox."""
    from allmenning.catalogue.clusters.regroup import WORK_CHANGED
    from allmenning.discovery import follower
    from allmenning.groundwork import outbox

    waiting = outbox.backlog(WORK_CHANGED).waiting
    done = 0
    with Bar("Index", waiting) as bar:
        while taken := follower.run_once():
            done += taken
            bar.update(done, f"{thousands(done)} changes")
    console.print(f"{thousands(done)} changes taken in.")
    return done


def agree() -> bool:
    from allmenning.discovery import follower

    differences = follower.check()
    for each in list(differences)[:50]:
        console.print(str(each))
    console.print("Database and index agree." if not differences else f"{thousands(len(differences))} works differ.")
    return not differences


@click.command()
def follow() -> None:
    """Keep the search index true to the database, until stopped. One follower writes; a second one waits its turn."""
    from allmenning.discovery import follower

    stop = threading.Event()
    for sort in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sort, lambda *_: stop.set())
    follower.run_forever(stop)
