"""Looking at what a command started, and whether any of it is left."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable

import psutil

Family = set[psutil.Process]


def family(process: subprocess.Popen[bytes]) -> Family:
    """The process with all it started, and they. Told by number and starting time, so no later process is taken for one."""
    head = psutil.Process(process.pid)
    return {head, *head.children(recursive=True)}


def left(known: Family, patience: float) -> list[str]:
    """What lives on of these processes, and of the sessions they lead, after so many seconds at most."""
    sessions = {each.pid for each in known}
    end = time.monotonic() + patience
    while alive := [each for each in psutil.process_iter() if _of(each, known, sessions)]:
        if time.monotonic() > end:
            return [f"{each.pid} {each.name()}" for each in alive]
        time.sleep(0.1)
    return []


def _of(process: psutil.Process, known: Family, sessions: set[int]) -> bool:
    try:
        ours = process in known or os.getsid(process.pid) in sessions
        return ours and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.NoSuchProcess, ProcessLookupError):
        return False


def until(holds: Callable[[], object], patience: float = 40) -> None:
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "It did not come about in time."
        time.sleep(0.1)
