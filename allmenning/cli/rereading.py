"""``allmenning reread``: what is stored, read anew with the rules of this version."""

from __future__ import annotations

import os

import click

from allmenning.catalogue import queries, services
from allmenning.catalogue.models import Rereading
from allmenning.cli.progress import Bar, console, thousands
from allmenning.kernel.actor import Actor


@click.command()
def reread() -> None:
    """Read all stored records anew, after a new version or a change of a source's dialect.

    Every record is kept byte for byte, so nothing has to be imported again: descriptions, copies, matches, editions and
    works are made anew from the bytes, with the rules of this version. People's decisions and all addresses stay.

    It can be stopped at any time and started again with the same command; it goes on where it was. Until it is done, the
    public pages show the catalogue as it was, and imports and decisions wait. The index follower takes in what changed.
    """
    total = 2 * queries.figures()["records"]
    with Bar("Reading anew", total) as bar:

        def tick(run: Rereading) -> None:
            bar.update(run.read + run.grouped, f"{thousands(run.read)} records")

        run = services.reread(actor=Actor.system(os.environ.get("USER") or "command line", "cli"), tick=tick)
    now = queries.figures()
    console.print(
        f"{thousands(run.read)} records read anew, {thousands(run.set_aside)} of them set aside: "
        f"{thousands(now['editions'])} editions of {thousands(now['works'])} works."
    )
