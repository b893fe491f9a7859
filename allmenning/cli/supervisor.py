"""Several processes of one installation on one machine: started, restarted and stopped together."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from allmenning.cli.processes import Lifeline, Process
from allmenning.cli.progress import console

#: Seconds before a fallen process is started again: doubles each time it falls soon after, up to the longest.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0


@dataclass(slots=True)
class Part:
    """One process: what people call it and how it is started."""

    name: str
    command: Sequence[str]
    process: Process | None = None
    pause: float = FIRST_PAUSE
    due: float = 0.0
    started: float = field(default=0.0)


def supervise(parts: Sequence[Part]) -> int:
    """Keep the parts running until SIGINT or SIGTERM; then stop them all and return 0."""
    stop = threading.Event()
    for sort in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sort, lambda *_: stop.set())
    with Lifeline() as lifeline:
        while not stop.is_set():
            for part in parts:
                _keep(part, lifeline)
            stop.wait(0.3)
    return 0


def _keep(part: Part, lifeline: Lifeline) -> None:
    now = time.monotonic()
    if part.process is None:
        if now >= part.due:
            part.process, part.started = lifeline.start(part.command), now
        return
    code = part.process.poll()
    if code is None:
        return
    lifeline.ended(part.process)
    part.pause = min(LONGEST_PAUSE, part.pause * 2) if now - part.started < 60 else FIRST_PAUSE
    part.process, part.due = None, now + part.pause
    console.print(f"{part.name} ended with status {code}; it starts again in {part.pause:.0f} s")
