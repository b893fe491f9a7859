"""``allmenning import``: files of one library system into the metadata well."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import click
from rich.table import Table

from allmenning.catalogue import queries, services
from allmenning.catalogue.importing.summary import Counts
from allmenning.catalogue.models import Source
from allmenning.cli.progress import Bar, console, thousands
from allmenning.formats.containers import require_files
from allmenning.formats.marc.dialects import DIALECTS
from allmenning.formats.marc.encodings import ENCODINGS
from allmenning.formats.marc.problems import OF_FILES
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Invalid, NotFound
from allmenning.organisations.models import Library

#: Exit statuses. 1 and 2 are the command line's own: nothing could be done, and wrong use.
ALL_IN, SOME_SET_ASIDE, FILE_DAMAGED = 0, 3, 4

LABELS = {
    "read": "read",
    "new": "new",
    "changed": "changed",
    "unchanged": "unchanged",
    "deleted": "deleted",
    "repaired": "repaired",
    "set_aside": "set aside",
    "matched": "matched with another record",
}


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILES…")
@click.option(
    "--source", required=True, metavar="NAME", help="The library system the records come from, e.g. «deichman»."
)
@click.option("--title", default="", help="What people call the source. Only used the first time.")
@click.option("--library", metavar="SLUG", help="The library whose own system it is: its copies become that library's.")
@click.option(
    "--rank",
    default=100,
    show_default=True,
    help="Whose wording wins when records are merged; the lower, the more. Only used the first time.",
)
@click.option(
    "--dialect",
    type=click.Choice(DIALECTS),
    help="The MARC its records are in, where they do not tell it themselves. Remembered for this source.",
)
@click.option(
    "--encoding",
    type=click.Choice(ENCODINGS),
    help="The characters its records are in, where that is certain. Remembered for this source.",
)
@click.option("--again", is_flag=True, help="Read files that were taken in before from their start.")
def import_(
    files: tuple[Path, ...],
    source: str,
    title: str,
    library: str | None,
    rank: int,
    dialect: str | None,
    encoding: str | None,
    again: bool,
) -> None:
    """Take in the catalogue records of one library system.

    FILES are MARC records: ISO 2709 (UTF-8, MARC-8 or ISO 8859-1), MARCXML, MarcXchange or Aleph sequential; plain, gzip
    or zip; MARC 21 or NORMARC. A folder stands for all files in it. One source is one system: give each its own name.

    The import can be stopped at any time and started again with the same command; it goes on where it was. A record
    that cannot be read with certainty is set aside with its bytes and the reason, and never stops a file.

    \b
    Exit status, for scripts:
      0  every record is in
      1  nothing was taken in; the sentence says why
      2  the command line is wrong
      3  done, but records were set aside: look at them at the desk
      4  done, but a file is damaged or holds no MARC: ask for it again
    """
    paths = list(every_file(files))
    require_files(paths)
    if not any(each.stat().st_size for each in paths):  # before anything is made for them
        raise _nothing_in_it()
    known = services.ensure_source(
        name=source, title=title, library_id=library_id(library), rank=rank, dialect=dialect, encoding=encoding
    )
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM)
    )  # in order: the run says that it was stopped
    counts = take_in(known, paths, again=again)
    if not counts.read:
        raise _nothing_in_it()
    sys.exit(tell_set_aside(counts, source))


def _nothing_in_it() -> Invalid:
    return Invalid("nothing_read", "There was no record in what was given. Look at the files: is it the right folder?")


def tell_set_aside(counts: Counts, source: str) -> int:
    """Say what a person has to look at, and return the exit status that says the same to a script."""
    if not counts.set_aside:
        return ALL_IN
    console.print(
        f"{thousands(counts.set_aside)} set aside, with the bytes and the reason: see /desk/kilder/{source}/ at the desk.",
        highlight=False,
    )
    if OF_FILES.isdisjoint(counts.reasons):
        return SOME_SET_ASIDE
    console.print("A file is damaged or holds no MARC. Ask for it again.")
    return FILE_DAMAGED


def library_id(slug: str | None) -> int | None:
    """The library with this short name. Raises ``NotFound`` naming those there are."""
    if slug is None:
        return None
    found = Library.objects.filter(slug=slug).values_list("id", flat=True).first()
    if found is None:
        names = ", ".join(Library.objects.order_by("slug").values_list("slug", flat=True)[:50]) or "none yet"
        raise NotFound("no_such_library", f"There is no library «{slug}». Libraries here: {names}.")
    return found


def every_file(paths: Iterable[Path]) -> Iterable[Path]:
    """Files as given; folders as the files in them, by name, at any depth."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.is_file())
        else:
            yield path


def take_in(source: Source, files: list[Path], *, again: bool = False, table: bool = True) -> Counts:
    """Import with a bar and, at the end, the summary table."""
    began = time.monotonic()
    progress = Progressing(files)
    with Bar(source.title[:28], progress.total) as bar:

        def tick(counts: Counts, position: int) -> None:
            rate = counts.read / max(time.monotonic() - began, 0.001)
            bar.update(progress.at(position), f"{thousands(counts.read)} records  {thousands(rate)}/s")

        run = services.import_files(
            actor=Actor.system(os.environ.get("USER") or "command line", "cli"),
            source=source,
            paths=files,
            tick=tick,
            again=again,
        )
    counts = Counts.from_dict(run.counts)
    if table:
        show(counts, time.monotonic() - began)
    return counts


class Progressing:
    """Bytes done over several files, from the position in the present one."""

    def __init__(self, files: list[Path]) -> None:
        self.sizes = [path.stat().st_size for path in files]
        self.total = sum(self.sizes)
        self.behind = 0
        self.last = 0

    def at(self, position: int) -> int:
        if position < self.last:  # the next file has begun
            self.behind += self.last
        self.last = position
        return self.behind + position


def show(counts: Counts, seconds: float) -> None:
    """The table at the end: what became of the records, and the catalogue as it stands now."""
    summary = Table(show_header=False, box=None, pad_edge=False)
    for name, label in LABELS.items():
        summary.add_row(label, thousands(getattr(counts, name)))
        if name == "set_aside":
            for code, number in sorted(counts.reasons.items(), key=lambda each: -each[1]):
                summary.add_row(f"  {code.replace('_', ' ')}", thousands(number))
    now = queries.figures()
    summary.add_row("works in the catalogue", thousands(now["works"]))
    summary.add_row("records in the catalogue", thousands(now["records"]))
    summary.add_row("time", f"{seconds:.1f} s, {thousands(counts.read / max(seconds, 0.001))} records/s")
    console.print(summary)
