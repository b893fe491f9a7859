"""Ends what a supervising process leaves behind, however that one went.

A process of its own in a session of its own, so that what is sent to the supervisor's group does not reach it. Standard
input tells it the process groups to watch over: a number a line when a group starts, the number with a minus when it is
gone. The end of the input is the end of the supervisor: SIGKILL cannot keep the system from closing its pipe.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time

#: Seconds a group's leader may take to end by itself before the whole group is killed.
GRACE = 3.0


def main() -> None:
    for sort in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sort, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        number = int(line)
        if number > 0:
            groups.add(number)
        else:
            groups.discard(-number)
    end(groups)


def end(groups: set[int]) -> None:
    """Ask the leaders to stop, give them :data:`GRACE` seconds, and kill what is left of their groups."""
    for leader in groups:
        with contextlib.suppress(ProcessLookupError):
            os.kill(leader, signal.SIGTERM)
    until = time.monotonic() + GRACE
    while any(map(_lives, groups)) and time.monotonic() < until:
        time.sleep(0.1)
    for group in groups:
        kill_group(group)


def kill_group(group: int) -> None:
    """At once, and without complaint when nobody is left in it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main()
