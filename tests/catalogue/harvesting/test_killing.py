"""``allmenning harvest`` as a real process: its exit statuses, and killed at any moment it goes on with the same command."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.catalogue.harvesting.asking import book
from tests.catalogue.harvesting.server import Server, Shelf
from tests.catalogue.installations import fingerprints, installation, run

KILLS = 5


def harvest(server: Server, *more: str) -> list[str]:
    return ["harvest", "base", "--address", server.url, *more]


@pytest.mark.slow
@pytest.mark.django_db
def test_killed_at_any_moment_it_goes_on(tmp_path: Path, server: Server, shelf: Shelf) -> None:
    """Two installations harvest the same; one is killed over and over. The repository is slow, so that kills fall inside."""
    shelf.limit = 20
    for number in range(200):
        shelf.put(f"oai:base:{number}", book(str(number), f"Bok {number}"))

    def slow(_query: dict[str, str], _number: int) -> None:
        time.sleep(0.15)

    server.trouble = slow
    chance = random.Random(1890)
    local = {"PRIVATE_NETWORKS": "127.0.0.0/8"}
    with installation(tmp_path, "killed") as made, installation(tmp_path, "quiet") as also:
        killed, quiet = {**made, **local}, {**also, **local}
        for _ in range(KILLS):
            command = [sys.executable, "-m", "allmenning.cli.main", *harvest(server)]
            process = subprocess.Popen(command, env=killed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(1.0 + chance.random() * 2.5)
            process.send_signal(signal.SIGKILL)
            process.wait()
        run(killed, *harvest(server))
        for number in range(0, 200, 50):
            shelf.put(f"oai:base:{number}", None)
        run(killed, "harvest", "base")
        run(quiet, *harvest(server))
        run(quiet, "harvest", "base", "--whole")
        live = {"live": "SELECT key FROM catalogue_sourcerecord WHERE NOT deleted ORDER BY key"}
        assert fingerprints(killed, live) == fingerprints(quiet, live)


@pytest.mark.slow
@pytest.mark.django_db
def test_it_ends_with_a_status_for_scripts(tmp_path: Path, server: Server, shelf: Shelf) -> None:
    shelf.put("oai:base:1", book("1"))
    with installation(tmp_path, "statuses") as made:
        env = {**made, "PRIVATE_NETWORKS": "127.0.0.0/8"}
        run(env, "harvest", "base", status=1)  # no address yet
        run(env, *harvest(server, "--every", "24"))
        shelf.put("oai:base:2", b'<record xmlns="http://www.loc.gov/MARC21/slim"><leader>x</leader></record>')
        run(env, "harvest", "base", status=3)
        server.trouble = lambda _query, _number: (404, {}, b"")
        run(env, "harvest", "base", status=5)
        run(env, "harvest", "base", "--from", "i går", status=1)
        run({**env, "PRIVATE_NETWORKS": ""}, "harvest", "base", status=5)
