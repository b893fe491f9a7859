"""``allmenning demo``: a whole installation with eight libraries and more, from nothing to a search box."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import click
from django.conf import settings
from rich.table import Table

from allmenning.authorities import services as authorities
from allmenning.catalogue import queries, services
from allmenning.catalogue.headings import following
from allmenning.catalogue.models import ImportRun, Source
from allmenning.cli.importing import take_in
from allmenning.cli.index import catch_up, rebuild_all
from allmenning.cli.progress import console, thousands
from allmenning.cli.serve import check_free, run_all
from allmenning.cli.upkeep import create_tables
from allmenning.demo.catalogues import write_catalogues
from allmenning.demo.headings import REGISTER, TITLE, write_register
from allmenning.demo.loader import Loaded, load_organisations
from allmenning.kernel.actor import Actor
from allmenning.organisations.models import Library


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option("--serve/--no-serve", default=True, help="Go on serving afterwards, or stop when all is ready.")
def demo(host: str, port: int, serve: bool) -> None:
    """Set up the demo consortium and serve it.

    Real municipalities and real works, catalogued differently by each library's own system; everything is matched and
    merged here and now. The second time, what is there already is kept.
    """
    if serve:
        check_free(host, port)
    console.rule("Allmenning")
    create_tables()
    loaded = load_organisations(password=_kept_password())
    _keep_password(loaded.password)
    fresh = _take_in_catalogues()
    _take_in_headings()
    if fresh:
        rebuild_all()
    else:
        catch_up()
    _tell(loaded, host, port)
    if serve:
        console.print("Ctrl-C stops it.\n")
        run_all(host, port, web_workers=1)


def _take_in_headings() -> None:
    """The people and subjects of the demo's works, with their names in several languages; and every record linked to them."""
    register = authorities.ensure_register(name=REGISTER, title=TITLE)
    actor = Actor.system(os.environ.get("USER") or "command line", "cli")
    authorities.load(actor=actor, register=register, paths=[write_register(settings.ENVIRONMENT.var / "demo")])
    following.catch_up()


def _take_in_catalogues() -> bool:
    """Bring every library's catalogue in; False when all of them were in before."""
    done = set(ImportRun.objects.filter(state=ImportRun.FINISHED).values_list("source__name", flat=True))
    waiting = [each for each in _deliveries() if each.source not in done]
    libraries = dict(Library.objects.values_list("slug", "id"))
    for each in waiting:
        source: Source = services.ensure_source(
            name=each.source, title=each.title, library_id=libraries[each.library], rank=each.rank
        )
        counts = take_in(source, each.files, table=False)
        console.print(
            f"{each.title}: {thousands(counts.read)} records, {counts.repaired} repaired, "
            f"{counts.set_aside} set aside, {counts.matched} matched",
            highlight=False,
        )
    return bool(waiting)


@dataclass(frozen=True, slots=True)
class _Delivered:
    library: str
    source: str
    title: str
    rank: int
    files: list[Path]


def _deliveries() -> list[_Delivered]:
    written = write_catalogues(settings.ENVIRONMENT.var / "demo")
    return [
        _Delivered(each.library_slug, each.source_name, each.source_title, each.rank, list(each.files))
        for each in written
    ]


def _password_file() -> Path:
    path: Path = settings.ENVIRONMENT.var / "demo-password"
    return path


def _kept_password() -> str:
    try:
        return _password_file().read_text().strip()
    except FileNotFoundError:
        return ""


def _keep_password(password: str) -> None:
    """Readable for the installation's owner only, so that the second run can tell it again."""
    if password:
        handle = os.open(_password_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(password + "\n")


def _tell(loaded: Loaded, host: str, port: int) -> None:
    figures = queries.figures()
    shown = "localhost" if host == "127.0.0.1" else host
    console.print(
        f"\n{thousands(figures['records'])} records of {loaded.libraries} libraries became "
        f"{thousands(figures['editions'])} editions of {thousands(figures['works'])} works.\n"
    )
    addresses = Table(show_header=False, box=None, pad_edge=False)
    addresses.add_row("All libraries", f"http://{shown}:{port}/")
    for library in Library.objects.filter(active=True).order_by("slug"):
        addresses.add_row(str(library), f"http://{shown}:{port}/{library.prefix}/")
    addresses.add_row("The staff's desk", f"http://{shown}:{port}/desk/")
    console.print(addresses)
    accounts = Table(show_header=False, box=None, pad_edge=False, title="Demo accounts", title_justify="left")
    for account in loaded.accounts:
        accounts.add_row(account.email, account.role, account.place)
    console.print(accounts)
    console.print(f"Password of all of them: {_kept_password()}\n", highlight=False)
