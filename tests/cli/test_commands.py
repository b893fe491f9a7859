"""The ``allmenning`` command as a librarian's IT colleague uses it: in real processes, on an installation of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.catalogue.installations import installation
from tests.catalogue.records import book, write

pytestmark = pytest.mark.django_db(transaction=True)
BROKEN = b"00026nam a2200025 i 4500\x1e\x1d"
ME = [sys.executable, "-m", "allmenning.cli.main"]


def said(env: dict[str, str], *command: str, status: int = 0) -> str:
    done = subprocess.run([*ME, *command], env={**env, "COLUMNS": "200"}, capture_output=True, text=True)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def row(table: str, label: str) -> str:
    """The number behind a label of the summary table."""
    return next(line.removeprefix(label).strip() for line in table.splitlines() if line.startswith(label + " "))


def test_import_ends_with_a_table_and_tells_what_was_set_aside(tmp_path: Path) -> None:
    path = write(tmp_path, "katalog.mrc", [book("1"), book("2", "Pan", year="1894"), BROKEN])
    with installation(tmp_path, "own") as env:
        table = said(env, "import", str(path), "--source", "deichman", status=3)
        assert [row(table, label) for label in ("read", "new", "unchanged", "set aside", "works in the catalogue")] == [
            *("3", "2", "0", "1", "2")
        ]
        assert table.splitlines()[-1] == (
            "1 set aside, with the bytes and the reason: see /desk/kilder/deichman/ at the desk."
        )
        again = said(env, "import", str(path), "--source", "deichman", status=3)
        assert [row(again, label) for label in ("read", "new", "unchanged", "set aside")] == ["3", "0", "2", "1"]


def test_index_makes_what_came_in_searchable_and_check_proves_it(tmp_path: Path) -> None:
    path = write(tmp_path, "katalog.mrc", [book("1"), book("2", "Pan", year="1894")])
    with installation(tmp_path, "own") as env:
        said(env, "import", str(path), "--source", "deichman")
        assert "2 works differ." in said(env, "index", "--check", status=1)
        assert said(env, "index").splitlines() == ["2 changes taken in."]
        assert "Database and index agree." in said(env, "index", "--check")
        assert "2 works are searchable." in said(env, "index", "--rebuild")


def test_index_builds_the_index_where_there_is_none(tmp_path: Path) -> None:
    first = write(tmp_path, "first.mrc", [book("1"), book("2", "Pan", year="1894")])
    later = write(tmp_path, "later.mrc", [book("1", extent="1 s."), book("1", extent="2 s."), book("1", extent="3 s.")])
    with installation(tmp_path, "own") as env:
        said(env, "import", str(first), "--source", "deichman")
        said(env, "index")
        shutil.rmtree(tmp_path / "own" / "index")
        assert said(env, "index").splitlines() == ["2 works are searchable."]
        assert said(env, "index").splitlines() == ["0 changes taken in."]
        # As many changes wait as there are works, but all of them of the same work.
        said(env, "import", str(later), "--source", "deichman")
        shutil.rmtree(tmp_path / "own" / "index")
        assert said(env, "index").splitlines() == ["3 changes taken in.", "2 works are searchable."]
        assert "Database and index agree." in said(env, "index", "--check")


def test_doctor_says_where_the_installation_lives_and_what_is_wrong_with_it(tmp_path: Path) -> None:
    with installation(tmp_path, "own") as env:
        assert "WRONG" not in said(env, "doctor")
        elsewhere = {**env, "DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/db.sqlite3"}
        assert "WRONG  database" in said(elsewhere, "doctor", status=1)


def test_wrong_settings_are_told_in_words(tmp_path: Path) -> None:
    env = {**os.environ, "ALLMENNING_VAR": str(tmp_path), "DATABASE_URL": "mysql://x/y", "DEBUG": "maybe"}
    told = said(env, "doctor", status=1)
    assert "DATABASE_URL: «mysql» is not one of sqlite, postgresql" in told
    assert "DEBUG: «maybe» is neither yes nor no" in told
    assert "Traceback" not in told


def test_an_installation_without_tables_says_what_to_do(tmp_path: Path) -> None:
    env = {**os.environ, "ALLMENNING_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}
    told = said(env, "index", status=1)
    assert "no tables yet, or older ones. Run «allmenning migrate» first." in told
    assert "Traceback" not in told


def test_a_library_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with installation(tmp_path, "own") as env:
        path = write(tmp_path, "a.mrc", [book("1")])
        told = said(env, "import", str(path), "--source", "x", "--library", "atlantis", status=1)
        assert told.strip() == "allmenning: There is no library «atlantis». Libraries here: none yet."
        empty = write(tmp_path, "empty.mrc", [])
        assert "There was no record in what was given." in said(env, "import", str(empty), "--source", "x", status=1)
        assert "cannot be a source's name" in said(env, "import", str(path), "--source", "", status=1)


def test_serve_runs_web_worker_and_follower_and_stops_all_of_them(tmp_path: Path) -> None:
    port = free_port()
    path = write(tmp_path, "katalog.mrc", [book("1", "Markens grøde", year="1917")])
    with installation(tmp_path, "own") as env:
        command = [*ME, "serve", "--port", str(port), "--web-workers", "1"]
        process = subprocess.Popen(command, env=env)
        try:
            assert re.search(r'"/static/site/frame\.[0-9a-f]{12}\.css"', answer(f"http://127.0.0.1:{port}/"))
            assert "choose another: --port 8001." in said(env, "serve", "--port", str(port), status=1)
            by_make = {**env, "ALLMENNING_BY_MAKE": "1"}
            assert "choose another: make demo PORT=8001." in said(by_make, "demo", "--port", str(port), status=1)
            said(env, "import", str(path), "--source", "deichman")
            until(lambda: "Markens grøde" in answer(f"http://127.0.0.1:{port}/sok?q=grode"))
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(url: str, patience: float = 40) -> str:
    """The page, once the server is up."""
    end = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as page:
                return str(page.read().decode())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


def until(holds, patience: float = 30) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "It did not come about in time."
        time.sleep(0.3)


def test_a_port_there_is_not_is_wrong_use(tmp_path: Path) -> None:
    with installation(tmp_path, "own") as env:
        assert "99999 is not in the range 1<=x<=65535" in said(env, "serve", "--port", "99999", status=2)


def test_postgresql_without_its_driver_is_told_in_a_sentence(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    for name in ("psycopg", "psycopg2"):
        (hidden / name).mkdir(parents=True)
        (hidden / name / "__init__.py").write_text("raise ImportError('not installed')")
    path = os.pathsep.join([str(hidden), os.getcwd()])
    with installation(tmp_path, "own") as env:
        told = said({**env, "DATABASE_URL": "postgresql:///x", "PYTHONPATH": path}, "doctor", status=1)
    assert told.startswith("allmenning: DATABASE_URL names PostgreSQL, but its driver is not installed here.")
    assert "Traceback" not in told
