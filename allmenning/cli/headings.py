"""``allmenning headings``: authority files into the register, and records linked to it."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import click
from rich.table import Table

from allmenning.authorities import queries, services
from allmenning.authorities.loading import Counts
from allmenning.authorities.models import Register
from allmenning.cli.importing import ALL_IN, FILE_DAMAGED, SOME_SET_ASIDE, Progressing, every_file
from allmenning.cli.progress import Bar, console, thousands
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Invalid

LABELS = {
    "read": "read",
    "new": "new",
    "joined": "of headings another register had",
    "changed": "changed",
    "unchanged": "unchanged",
    "set_aside": "set aside",
}
#: Reasons that say that the file, not an entry of it, is broken.
_DAMAGE = frozenset({"broken_rdf", "damaged_container", "not_marc"})


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="FILES…")
@click.option("--source", metavar="NAME", help="The register they come from, e.g. «realfagstermer».")
@click.option("--title", default="", help="What people call the register. Only used the first time.")
@click.option(
    "--vocabulary",
    metavar="CODE",
    help="Its code in MARC $2, e.g. «noubomn»: records that name it are matched by heading. Known for some registers.",
)
@click.option(
    "--rank", default=100, show_default=True, help="Whose label wins; the lower, the more. Only used the first time."
)
@click.option("--link", is_flag=True, help="Link the records to the register now, instead of leaving it to «serve».")
def headings(
    files: tuple[Path, ...], source: str | None, title: str, vocabulary: str | None, rank: int, link: bool
) -> None:
    """Take in an authority register: persons, bodies, places, subjects, genres.

    FILES are MARC 21 authority records (ISO 2709 or MARCXML), SKOS (Turtle, N-Triples, RDF/XML) or JSON lines; plain, gzip
    or zip. It can be stopped at any time and started again: what is in already is found to be unchanged. An entry that
    cannot be read is set aside with its bytes and the reason.

    \b
    Exit status, for scripts:
      0  every entry is in
      1  nothing was taken in; the sentence says why
      2  the command line is wrong
      3  done, but entries were set aside
      4  done, but a file is damaged: ask for it again
    """
    if not files and not link:
        raise click.UsageError("Give FILES and --source, or --link.")
    if files and not source:
        raise click.UsageError("Say with --source which register the files come from.")
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM)
    )  # in order: the loading says it was stopped
    counts = Counts()
    if files and source:
        register = services.ensure_register(name=source, title=title, vocabulary=vocabulary, rank=rank)
        counts = take_in(register, list(every_file(files)))
        if not counts.read:
            raise Invalid("nothing_read", "There was no entry in what was given. Look at the files.")
    if link:
        link_all()
    sys.exit(_status(counts))


def take_in(register: Register, files: list[Path]) -> Counts:
    """Load with a bar and, at the end, the summary table."""
    began = time.monotonic()
    progress = Progressing(files)
    with Bar(register.title[:28], progress.total) as bar:

        def tick(counts: Counts, position: int) -> None:
            rate = counts.read / max(time.monotonic() - began, 0.001)
            bar.update(progress.at(position), f"{thousands(counts.read)} entries  {thousands(rate)}/s")

        actor = Actor.system(os.environ.get("USER") or "command line", "cli")
        run = services.load(actor=actor, register=register, paths=files, tick=tick)
    counts = Counts(**run.counts)
    _show(counts, time.monotonic() - began)
    return counts


def link_all() -> None:
    """Read what waits, link it, and say how much of the catalogue is linked."""
    from allmenning.catalogue.headings import following
    from allmenning.catalogue.headings import queries as links

    with Bar("Linking", 1) as bar:
        done = following.catch_up(lambda n: bar.update(0, f"{thousands(n)} done"))
    found = links.figures()
    console.print(
        f"{thousands(done)} done. Of {thousands(found['headings'])} headings as records write them "
        f"{thousands(found['linked'])} are linked; they stand in {thousands(found['records'])} records."
    )


def _show(counts: Counts, seconds: float) -> None:
    summary = Table(show_header=False, box=None, pad_edge=False)
    for name, label in LABELS.items():
        summary.add_row(label, thousands(getattr(counts, name)))
        if name == "set_aside":
            for code, number in sorted(counts.reasons.items(), key=lambda each: -each[1]):
                summary.add_row(f"  {code.replace('_', ' ')}", thousands(number))
    for kind, number in sorted(queries.figures().items()):
        summary.add_row(f"in use: {kind}", thousands(number))
    console.print(summary)
    console.print(f"{seconds:.1f} s, {thousands(counts.read / max(seconds, 0.001))} entries/s", highlight=False)


def _status(counts: Counts) -> int:
    if not counts.set_aside:
        return ALL_IN
    return SOME_SET_ASIDE if _DAMAGE.isdisjoint(counts.reasons) else FILE_DAMAGED
