"""However a command is stopped, nothing of it stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests.catalogue.installations import installation
from tests.catalogue.records import book, write
from tests.cli.processes import family, left, until
from tests.cli.test_commands import free_port

pytestmark = pytest.mark.django_db(transaction=True)
ME = [sys.executable, "-m", "allmenning.cli.main"]
#: A web server that is asked to stop while it starts does not hear it, and is killed after the grace of some seconds.
PATIENCE = 9

Stop = Callable[[int], None]
WAYS: dict[str, Stop] = {
    "SIGKILL to its whole group": lambda pid: os.killpg(pid, signal.SIGKILL),
    "SIGTERM to its whole group": lambda pid: os.killpg(pid, signal.SIGTERM),
}


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory, django_db_blocker, django_db_setup) -> Iterator[dict[str, str]]:  # type: ignore[no-untyped-def]
    with django_db_blocker.unblock(), installation(tmp_path_factory.mktemp("stopping"), "own") as made:
        yield made


def test_serve_leaves_nothing_behind_however_it_is_stopped(env: dict[str, str]) -> None:
    """While it starts, which is the worst moment: the web server's own workers are there, but do not listen yet."""
    running = {way: start(env, "serve", "--port", str(free_port()), "--web-workers", "1") for way in WAYS}
    known = {}
    for way, process in running.items():
        until(partial(has_web_worker, process))
        known[way] = family(process)
    for way, stop in WAYS.items():
        stop(running[way].pid)
    for process in running.values():
        process.wait(PATIENCE)
    assert {way: left(known[way], PATIENCE) for way in WAYS} == {way: [] for way in WAYS}


def test_what_a_fallen_web_server_left_behind_goes_before_it_starts_again_and_ctrl_c_ends_all(
    env: dict[str, str],
) -> None:
    process = start(env, "serve", "--port", str(free_port()), "--web-workers", "1")
    try:
        until(partial(has_web_worker, process))
        [server] = web_servers(process)
        workers = server.children()
        server.kill()
        assert left({server, *workers}, PATIENCE) == []
    finally:
        known = family(process)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert left(known, PATIENCE) == []


@pytest.mark.parametrize("sort", [signal.SIGTERM, signal.SIGKILL])
def test_a_measured_import_leaves_no_follower_behind(tmp_path: Path, env: dict[str, str], sort: signal.Signals) -> None:
    many = write(tmp_path, "many.mrc", [book(str(number)) for number in range(20_000)])
    process = start(env, "bench", "import", str(many))
    until(lambda: len(psutil.Process(process.pid).children()) >= 2)  # the keeper and the follower
    known = family(process)
    process.send_signal(sort)
    process.wait(PATIENCE)
    assert left(known, PATIENCE) == []


def start(env: dict[str, str], *command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*ME, *command], env=env, start_new_session=True, stdout=subprocess.DEVNULL)


def web_servers(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return [each for each in psutil.Process(process.pid).children() if each.name().startswith("granian")]


def has_web_worker(process: subprocess.Popen[bytes]) -> bool:
    return any(server.children() for server in web_servers(process))
