"""``allmenning serve`` and ``allmenning worker``."""

from __future__ import annotations

import os
import socket
import sys

import click
from django.core.management import call_command

from allmenning.cli.supervisor import Part, supervise
from allmenning.cli.ticking import looking
from allmenning.cli.upkeep import make_ready
from allmenning.kernel.errors import Conflict

WEB_WORKERS = max(1, (os.cpu_count() or 2) - 1)
ME = [sys.executable, "-m", "allmenning.cli.main"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option("--web-workers", default=WEB_WORKERS, show_default=True, help="Web server processes.")
def serve(host: str, port: int, web_workers: int) -> None:
    """Run this installation on one machine: web server, background worker and index follower together.

    What falls is started again. Ctrl-C stops all of it.
    """
    run_all(host, port, web_workers)


def run_all(host: str, port: int, web_workers: int) -> None:
    check_free(host, port)
    make_ready()
    supervise(
        [
            Part("the web server", web_command(host, port, web_workers)),
            Part("the background worker", [*ME, "worker"]),
            Part("the index follower", [*ME, "follow"]),
        ]
    )


def web_command(host: str, port: int, workers: int) -> list[str]:
    """How granian is started: WSGI, a few threads a process, no access log (addresses tell what people read)."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning", "--respawn-failed-workers"),
        "allmenning.config.wsgi:application",
    ]


def check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            another = "make demo PORT=8001" if os.environ.get("ALLMENNING_BY_MAKE") else "--port 8001"
            raise Conflict(
                "port_taken",
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Stop what runs there, or choose another: {another}.",
            ) from error


@click.command()
def worker() -> None:
    """Do the work that waits: the database's task queue, and sources that are due to be fetched. Until it is stopped."""
    with looking():
        call_command("db_worker", interval=2.0, verbosity=0)
