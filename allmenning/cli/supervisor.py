"""Several processes of one installation on one machine: started, restarted and stopped together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from allmenning.cli.progress import console

#: Seconds before a fallen process is started again: doubles each time it falls soon after, up to the longest.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
#: Seconds a process may take to end by itself before it is killed.
GRACE = 10.0
_PR_SET_PDEATHSIG = 1  # Linux prctl(2)


@dataclass(slots=True)
class Part:
    """One process: what people call it and how it is started."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    due: float = 0.0
    started: float = field(default=0.0)


def supervise(parts: Sequence[Part]) -> int:
    """Keep the parts running until SIGINT or SIGTERM; then stop them all and return 0."""
    stop = threading.Event()
    for sort in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sort, lambda *_: stop.set())
    try:
        while not stop.is_set():
            for part in parts:
                _keep(part)
            stop.wait(0.3)
    finally:
        _end(parts)
    return 0


def _keep(part: Part) -> None:
    now = time.monotonic()
    if part.process is None:
        if now >= part.due:
            # A session of its own: what a part starts is stopped with it, and Ctrl-C reaches the supervisor alone.
            part.process = subprocess.Popen(part.command, preexec_fn=_fall_with_parent, start_new_session=True)
            part.started = now
        return
    code = part.process.poll()
    if code is None:
        return
    part.pause = min(LONGEST_PAUSE, part.pause * 2) if now - part.started < 60 else FIRST_PAUSE
    part.process, part.due = None, now + part.pause
    console.print(f"{part.name} ended with status {code}; it starts again in {part.pause:.0f} s")


def _end(parts: Sequence[Part]) -> None:
    running = [part.process for part in parts if part.process is not None]
    for process in running:
        process.terminate()
    until = time.monotonic() + GRACE
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what it started and left behind


def _fall_with_parent() -> None:
    """A supervisor that is killed must not leave a web server behind on the port (Linux tells children by signal)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
