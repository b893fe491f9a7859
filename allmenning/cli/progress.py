"""How long work shows itself: a bar with rate and time left on a terminal, a line now and then in a log."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

console = Console()
#: Seconds between two lines where there is no terminal to draw on.
LOG_EVERY = 15.0


class Bar:
    """One piece of work. ``update(done, note)`` with ``done`` out of ``total``; ``note`` stands behind the bar."""

    def __init__(self, title: str, total: int) -> None:
        self.title = title
        self.total = max(total, 1)
        self.drawn = console.is_terminal
        self.progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[note]}", markup=False),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
            disable=not self.drawn,
        )
        self.task: TaskID = self.progress.add_task(title, total=self.total, note="")
        self.told = time.monotonic()

    def __enter__(self) -> Bar:
        self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.stop()

    def update(self, done: int, note: str = "") -> None:
        self.progress.update(self.task, completed=min(done, self.total), note=note)
        if not self.drawn and time.monotonic() - self.told > LOG_EVERY:
            self.told = time.monotonic()
            console.print(f"{self.title}: {100 * min(done, self.total) // self.total} %  {note}", markup=False)


def thousands(number: int | float) -> str:
    """A number as Norwegians write it, with a thin space between thousands."""
    return f"{number:,.0f}".replace(",", "\u202f")
