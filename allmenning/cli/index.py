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
    """Bring the search index up to date with the database. Where there is no index yet, or an empty one, build it.

    Normally the follower that «allmenning serve» runs does both by itself, within seconds. --check changes nothing, and
    ends with status 1 when database and index differ; --rebuild is for an index that it found to differ.
    """
    if rebuild:
        rebuild_all()
    elif not check:
        bring_up_to_date()
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


def bring_up_to_date() -> None:
    """Take in what waits. An index that was empty, and that what waits does not fill, is built from the database."""
    from allmenning.catalogue import queries
    from allmenning.catalogue.clusters.regroup import WORK_CHANGED
    from allmenning.discovery.queries import index
    from allmenning.groundwork import outbox

    works = queries.figures()["works"]
    if index().outdated():
        rebuild_all()
    was_empty = index().count() == 0
    if not was_empty or outbox.backlog(WORK_CHANGED).waiting >= works:
        catch_up()
    if was_empty and index().count() < works:
        rebuild_all()


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
    from allmenning.discovery.queries import index

    if index().outdated():
        console.print("The index was written by an earlier version of this software: run «allmenning index».")
        return False
    differences = follower.check()
    for each in list(differences)[:50]:
        console.print(str(each), markup=False)
    console.print("Database and index agree." if not differences else f"{thousands(len(differences))} works differ.")
    return not differences


@click.command()
def follow() -> None:
    """Keep the search index true to the database, and records linked to the authority register, until stopped.

    One follower writes the index; a second one waits its turn.
    """
    from allmenning.catalogue.headings import following
    from allmenning.discovery import follower

    stop = threading.Event()
    for sort in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sort, lambda *_: stop.set())
    linking = threading.Thread(target=following.run_forever, args=(stop,), name="headings", daemon=True)
    linking.start()
    follower.run_forever(stop)
    linking.join(5.0)
