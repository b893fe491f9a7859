"""Whole installations for tests that start real processes: a database beside the test's, and what is in it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection


@contextmanager
def installation(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The environment of an empty installation, of the same kind as the one the tests run on; gone afterwards."""
    where = folder / name
    where.mkdir()
    env = {
        **os.environ,
        "ALLMENNING_VAR": str(where),
        "SEARCH_URL": f"tantivy://{where}/index",
        "FILES_URL": f"file://{where}/files",
    }
    if connection.vendor == "sqlite":
        env["DATABASE_URL"] = f"sqlite:///{where}/db.sqlite3"
        run(env, "migrate")
        yield env
        return
    database = f"test_{name}_{os.getpid()}"
    with _autocommit() as cursor:
        cursor.execute(f'CREATE DATABASE "{database}"')
    base, _, _ = os.environ["DATABASE_URL"].partition("?")
    env["DATABASE_URL"] = base.rsplit("/", 1)[0] + f"/{database}"
    try:
        run(env, "migrate")
        yield env
    finally:
        with _autocommit() as cursor:
            cursor.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


def run(env: dict[str, str], *command: str, status: int = 0) -> None:
    whole = [sys.executable, "-m", "allmenning.cli.main", *command]
    done = subprocess.run(whole, env=env, check=False, stdout=subprocess.DEVNULL)
    assert done.returncode == status


def fingerprints(env: dict[str, str], queries: dict[str, str]) -> dict[str, str]:
    """A hash of the rows each query gives, in the order it gives them."""
    with closing(_connect(env)) as opened:
        cursor = opened.cursor()
        found = {}
        for name, query in queries.items():
            made = hashlib.sha256()
            cursor.execute(query)
            for row in cursor.fetchall():
                made.update(repr([_plain(value) for value in row]).encode())
            found[name] = made.hexdigest()
        return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else int(value) if isinstance(value, bool) else value


def _connect(env: dict[str, str]) -> Any:
    if env["DATABASE_URL"].startswith("sqlite"):
        import sqlite3

        return sqlite3.connect(env["DATABASE_URL"].removeprefix("sqlite://"))
    import psycopg

    return psycopg.connect(env["DATABASE_URL"])


@contextmanager
def _autocommit() -> Iterator[Any]:
    import psycopg

    chosen = settings.DATABASES["default"]
    with psycopg.connect(
        host=chosen["HOST"],
        port=chosen["PORT"] or None,
        user=chosen["USER"],
        password=chosen["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    ) as opened:
        yield opened.cursor()
