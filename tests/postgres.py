"""A throwaway PostgreSQL for tests: made in a temporary folder, reached over a socket there, gone afterwards.

    python -m tests.postgres pytest tests/groundwork

runs a command with ``DATABASE_URL`` leading to it. Needs the server's programs (Debian: ``postgresql``), no service
and no password. PostgreSQL refuses to run as root, so root hands it to the user ``postgres`` or ``nobody``.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

USER = "allmenning"

# Nothing in a throwaway cluster needs to survive a power cut; this makes the suite several times faster.
_CAREFREE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "listen_addresses=")


def programs() -> Path | None:
    """The folder of the newest ``initdb`` and ``postgres`` on this machine, or None."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    # Debian keeps them off the search path, a folder for each version.
    folders = [each.parent for each in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: int(folder.parent.name), default=None)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster and give its ``DATABASE_URL``. Raises ``FileNotFoundError`` without the programs."""
    bin_folder = programs()
    if bin_folder is None:
        raise FileNotFoundError("No PostgreSQL programs here (Debian: apt-get install postgresql).")
    # A socket's path holds at most 107 bytes, which pytest's own temporary folders may overstep.
    home = Path(tempfile.mkdtemp(prefix="allmenning-pg-", dir="/tmp"))
    as_user = _as_other_than_root(home)
    try:
        data = home / "data"
        # No locale: what the suite finds sorted, it has sorted itself.
        options = ["-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        _run([bin_folder / "initdb", "-D", data, *options], as_user)
        options = [each for option in (*_CAREFREE, f"unix_socket_directories={home}") for each in ("-c", option)]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(
                [bin_folder / "postgres", "-D", data, *options], cwd=home, stdout=log, stderr=log, **as_user
            )
        try:
            _wait(bin_folder, home, server)
            yield f"postgresql://{USER}@{quote(str(home), safe='')}/postgres"
        finally:
            server.send_signal(signal.SIGQUIT)  # immediate shutdown: nothing is worth waiting for
            server.wait(30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _as_other_than_root(home: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(home, entry.pw_uid, entry.pw_gid)
        home.chmod(0o755)  # so that root's tests reach the socket as any other user would
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL does not run as root, and there is no user «postgres» or «nobody» to hand it to.")


def _run(command: list[Any], as_user: dict[str, Any]) -> None:
    done = subprocess.run(command, cwd="/tmp", capture_output=True, text=True, check=False, **as_user)
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


def _wait(bin_folder: Path, home: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        ready = subprocess.run([bin_folder / "pg_isready", "-q", "-h", home, "-d", "postgres"], check=False)
        if ready.returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start:\n{(home / 'log').read_text(errors='replace')}")


def main(command: list[str]) -> int:
    if not command:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    with cluster() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
