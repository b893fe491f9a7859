"""Processes that do not outlive the one that starts them."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from types import TracebackType

from allmenning.cli.keeper import kill_group

Process = subprocess.Popen[bytes]
#: Seconds a process may take to end by itself before it is killed.
GRACE = 5.0


class Lifeline:
    """Starts processes and, when it is left, ends them; when this process is killed, a keeper ends them instead."""

    def __init__(self) -> None:
        self.running: list[Process] = []

    def __enter__(self) -> Lifeline:
        self.keeper = subprocess.Popen(
            [sys.executable, "-m", "allmenning.cli.keeper"], stdin=subprocess.PIPE, start_new_session=True
        )
        assert self.keeper.stdin is not None
        self.line = self.keeper.stdin.fileno()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop(self.running)
        assert self.keeper.stdin is not None
        self.keeper.stdin.close()
        self.keeper.wait()

    def start(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> Process:
        """In a session of its own: what it starts is ended with it, and Ctrl-C reaches this process alone."""
        # The new process says its number itself before it becomes the command: there is no moment in which it lives
        # and the keeper cannot know of it.
        process = subprocess.Popen(command, env=env, start_new_session=True, preexec_fn=self._announce)
        self.running.append(process)
        return process

    def stop(self, processes: Collection[Process]) -> None:
        """Ask them to end, wait, and kill those that do not, with all that they left behind."""
        ending = list(processes)
        for process in ending:
            process.terminate()
        until = time.monotonic() + GRACE
        for process in ending:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
            kill_group(process.pid)
            process.wait()
            self.ended(process)

    def ended(self, process: Process) -> None:
        """The process itself has ended: so shall what it left behind, and its number is free for others."""
        kill_group(process.pid)
        self.running.remove(process)
        self._tell(-process.pid)

    def _announce(self) -> None:
        self._tell(os.getpid())

    def _tell(self, number: int) -> None:
        with contextlib.suppress(BrokenPipeError):  # without its keeper the house still stands
            os.write(self.line, b"%d\n" % number)
