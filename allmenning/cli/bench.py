"""``allmenning bench``: measurements anyone can repeat. Each ends with one line of JSON."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from allmenning.cli.processes import Lifeline

INSIDE = "ALLMENNING_BENCH_INSIDE"
ME = [sys.executable, "-m", "allmenning.cli.main"]
FILE = click.Path(exists=True, path_type=Path)


@click.group()
def bench() -> None:
    """Measure this software on this machine, with its peers beside it where there are any.

    Needs the development packages (make test sets them up). docs/benchmarks.md tells how to read the figures.
    """


@bench.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILES…")
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the installation in this folder.")
@click.option("--libraries", is_flag=True, help="Make a library of each system, which holds what its records describe.")
def import_(files: tuple[Path, ...], keep: Path | None, libraries: bool) -> None:
    """Import FILES into an empty installation and index them. In a folder, each folder in it is one library's system.

    The installation is a throwaway, or the one that DATABASE_URL and SEARCH_URL name.
    """

    def measure(lifeline: Lifeline) -> int:
        from allmenning.bench.importing import run

        return run(list(files), libraries=libraries, start_follower=lambda: lifeline.start([*ME, "follow"]))

    _in_an_installation(measure, "import", *(["--libraries"] if libraries else []), *map(str, files), keep=keep)


def _in_an_installation(measure: Callable[[Lifeline], int], *command: str, keep: Path | None = None) -> NoReturn:
    """Measure in the installation that DATABASE_URL names; without one, run ``bench COMMAND`` in a throwaway of its own."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # in order: the throwaway goes too
    with Lifeline() as lifeline:
        if "DATABASE_URL" in os.environ or os.environ.get(INSIDE):
            from allmenning.cli.upkeep import create_tables

            create_tables()
            sys.exit(measure(lifeline))
        with tempfile.TemporaryDirectory(prefix="allmenning-bench-") as folder:
            env = {**os.environ, INSIDE: "yes", "ALLMENNING_VAR": str((keep or Path(folder)).absolute())}
            inside = lifeline.start([*ME, "bench", *command], env)
            try:
                sys.exit(inside.wait())
            finally:
                lifeline.stop([inside])  # before its folder goes


@bench.command("headings")
@click.option("--records", default=10_000, show_default=True, help="How many records carry the heading.")
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the installation in this folder.")
def headings_(records: int, keep: Path | None) -> None:
    """Change one heading that many records carry: how soon the index knows, and what a desk feels of it.

    The installation is a throwaway, or the one that DATABASE_URL and SEARCH_URL name: let that one be empty.
    """

    def measure(lifeline: Lifeline) -> int:
        from allmenning.bench.headings import run

        return run(records, start_follower=lambda: lifeline.start([*ME, "follow"]))

    _in_an_installation(measure, "headings", "--records", str(records), keep=keep)


@bench.command()
@click.option("--pairs", required=True, type=FILE, help="CSV with the columns left, right, same (1 or 0).")
@click.option("--records", required=True, type=FILE, help="The MARC records of the pairs.")
def matching(pairs: Path, records: Path) -> None:
    """How well the matching tells the same edition from another, on labelled pairs."""
    from allmenning.bench.matching import run

    sys.exit(run(pairs, records))


@bench.command()
@click.option("--records", type=click.Path(exists=True, path_type=Path), help="MARC: a file, or a folder of systems.")
@click.option("--gold", type=FILE, help="CSV with the columns record (001, or source/001) and work.")
@click.option("--demo", is_flag=True, help="Measure on the demo's catalogues, whose truth is known.")
def works(records: Path | None, gold: Path | None, demo: bool) -> None:
    """How well editions are joined into works, against a gold set. Imports into a throwaway installation.

    A record that holds several works has a line for each in the gold set.
    """
    if demo == bool(records or gold) or bool(records) != bool(gold):
        raise click.UsageError("Give --records and --gold together, or --demo alone.")

    def measure(_: Lifeline) -> int:
        from allmenning.bench.works import run, run_demo

        return run(records, gold) if records and gold else run_demo()

    named = ["--demo"] if demo else ["--records", str(records), "--gold", str(gold)]
    _in_an_installation(measure, "works", *named)


@bench.command()
@click.option(
    "--records",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help="MARC: a file, or a folder of systems.",
)
@click.option(
    "--gold",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV with the columns record (001, or source/001) and edition.",
)
@click.option("--sample", default=0, help="Draw so many editions for a person to judge, and write them to --gold.")
@click.option("--seed", default=20261122, show_default=True, help="Another seed, another sample.")
def editions(records: Path, gold: Path, sample: int, seed: int) -> None:
    """How well records are joined into editions, against a gold set. Imports into a throwaway installation."""
    if gold.exists() == bool(sample):
        raise click.UsageError("--gold is there already." if sample else "There is no such gold set.")

    def measure(_: Lifeline) -> int:
        from allmenning.bench import editions as bench_editions

        return bench_editions.sample(records, sample, gold, seed) if sample else bench_editions.run(records, gold)

    named = ["--records", str(records), "--gold", str(gold), "--sample", str(sample), "--seed", str(seed)]
    _in_an_installation(measure, "editions", *named)


@bench.command()
@click.option("--works", default=0, help="Measure on so many works; 0 takes the installation's own catalogue.")
@click.option("--queries", default=1000, show_default=True, help="So many distinct queries, each asked once.")
@click.option(
    "--url", default="", help="A running installation whose result pages are timed, e.g. http://localhost:8000."
)
def search(works: int, queries: int, url: str) -> None:
    """How fast finding is: in the engine, and as a result page over HTTP."""
    from allmenning.bench.search import run

    sys.exit(run(works, queries=queries, url=url))


@bench.command()
@click.option("--broken", type=FILE, help="Broken MARC records.")
@click.option("--fixed", type=FILE, help="The same records, in the same order, as an expert repaired them.")
@click.option(
    "--make", type=click.Path(path_type=Path, file_okay=False), help="Make such a set in this folder instead."
)
@click.option("--from", "sources", type=FILE, multiple=True, help="ISO 2709 with sound records to break; repeatable.")
@click.option("--count", default=1000, show_default=True, help="How many records to break.")
def repair(broken: Path | None, fixed: Path | None, make: Path | None, sources: tuple[Path, ...], count: int) -> None:
    """How well broken records are mended, against the same records repaired by an expert; pymarc beside it.

    With --make and --from: break sound records on purpose, the same way every time.
    """
    if make and sources and not (broken or fixed):
        from allmenning.bench.damage.making import make as make_set

        print(f"{make_set(make, list(sources), count)} records in {make}.")
    elif broken and fixed and not (make or sources):
        from allmenning.bench.repair import run

        sys.exit(run(broken, fixed))
    else:
        raise click.UsageError("Give either --broken and --fixed, or --make and --from.")
