"""``allmenning harvest``: fetch a source's records from its repository."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

import click

from allmenning.catalogue.harvesting import services
from allmenning.catalogue.harvesting.models import Harvest, SourceSettings
from allmenning.catalogue.harvesting.queries import settings_of
from allmenning.catalogue.importing.summary import Counts
from allmenning.catalogue.models import Source
from allmenning.catalogue.services import ensure_source
from allmenning.cli.importing import library_id, show, tell_set_aside
from allmenning.cli.progress import Bar, console, thousands
from allmenning.groundwork.outside import NoAnswer
from allmenning.kernel.actor import Actor

#: The repository did not answer, or not to the end: the same command goes on where this stopped.
NOT_TO_THE_END = 5


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--address", help="The repository's address (its base URL). Remembered, as are the next four.")
@click.option("--set", "set_spec", help="Only this set of the repository.")
@click.option("--prefix", help="The form of its records (metadataPrefix). Without it the best MARC on offer is taken.")
@click.option(
    "--every", "every_hours", type=int, metavar="HOURS", help="Let the worker fetch it so often; 0: never by itself."
)
@click.option("--library", metavar="SLUG", help="The library whose own system it is.")
@click.option("--title", default="", help="What people call the source. Only used the first time.")
@click.option("--whole", is_flag=True, help="Fetch everything once more, not only what changed.")
@click.option("--from", "since", default="", metavar="DATE", help="Only what changed from this day (UTC) on.")
@click.option("--until", default="", metavar="DATE", help="Only what changed until this day (UTC).")
def harvest(
    source: str,
    address: str | None,
    set_spec: str | None,
    prefix: str | None,
    every_hours: int | None,
    library: str | None,
    title: str,
    whole: bool,
    since: str,
    until: str,
) -> None:
    """Fetch what is new in one library system by OAI-PMH, and take it in.

    The first time, give --address. After that «allmenning harvest SOURCE» fetches what changed since the last time,
    deletions too. It can be stopped at any time; the same command goes on where it was.

    \b
    Exit status, for scripts:
      0  everything is in
      1  nothing was fetched; the sentence says why
      2  the command line is wrong
      3  done, but records were set aside: look at them at the desk
      5  the repository did not answer, or not to the end: run it again later
    """
    actor = Actor.system(os.environ.get("USER") or "command line", "cli")
    known = ensure_source(name=source, title=title, library_id=library_id(library))
    _configure(actor, known, address, set_spec, prefix, every_hours)
    stop = threading.Event()
    for sort in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sort, lambda *_: stop.set())
    sys.exit(_fetch(actor, known, stop, whole=whole, since=since, until=until))


def _configure(
    actor: Actor, source: Source, address: str | None, set_spec: str | None, prefix: str | None, every_hours: int | None
) -> None:
    if (address, set_spec, prefix, every_hours) == (None, None, None, None):
        return
    now = settings_of(source)
    services.configure(
        actor=actor,
        source=source,
        kind=SourceSettings.OAI_PMH,
        address=now.address if address is None else address,
        set_spec=now.set_spec if set_spec is None else set_spec,
        prefix=now.prefix if prefix is None else prefix,
        every_hours=now.every_hours if every_hours is None else every_hours,
    )


def _fetch(actor: Actor, source: Source, stop: threading.Event, *, whole: bool, since: str, until: str) -> int:
    """Harvest with a bar and the table at the end. Returns the exit status."""
    began = time.monotonic()
    problem: NoAnswer | None = None
    with Bar(source.title[:28], 1) as bar:

        def tick(now: Harvest) -> None:
            bar.total = max(now.complete_size, now.listed)
            bar.progress.update(bar.task, total=bar.total)
            rate = now.listed / max(now.seconds, 0.001)
            bar.update(now.listed, f"{thousands(now.listed)} records  {thousands(rate)}/s")

        try:
            found = services.harvest(
                actor=actor, source=source, whole=whole, since=since, until=until, stop=stop, tick=tick
            )
        except NoAnswer as error:
            problem = error
            found = source.harvests.latest("id")
    counts = Counts.from_dict(found.counts)
    show(counts, time.monotonic() - began)
    console.print(f"{thousands(found.listed)} fetched, {thousands(found.deletions)} of them deleted.", highlight=False)
    if problem is not None:
        console.print(f"{problem.message} Run the same command again: it goes on where it was.", highlight=False)
        return NOT_TO_THE_END
    if found.state != Harvest.FINISHED:
        return 128 + signal.SIGTERM
    return tell_set_aside(counts, source.name)
