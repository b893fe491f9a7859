"""Work that waits in rows of its own (a time, a lease): looked for by the worker, one piece after the other."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils.module_loading import import_string

#: Seconds between two looks, and what is given to a piece of work to lay itself down when the worker is asked to end.
PAUSE, GRACE = 5.0, 4.0

Tick = Callable[[threading.Event], bool]
_log = logging.getLogger(__name__)


def look_once(stop: threading.Event) -> bool:
    """Ask every kind of waiting work (``settings.TICKS``) once. True when there was any."""
    ticks: list[Tick] = [import_string(path) for path in settings.TICKS]
    worked = [tick(stop) for tick in ticks]
    return any(worked)


def look_on(stop: threading.Event) -> None:
    """Until ``stop`` is set. What fails in an unforeseen way is logged, and the rest goes on."""
    while not stop.is_set():
        close_old_connections()
        try:
            worked = look_once(stop)
        except Exception:
            _log.exception("Waiting work failed.")
            worked = False
        if not worked:
            stop.wait(PAUSE)
    connection.close()


@contextmanager
def looking() -> Iterator[None]:
    """A thread beside the task queue's; it ends with the block."""
    stop = threading.Event()
    thread = threading.Thread(target=look_on, args=(stop,), daemon=True, name="waiting work")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(GRACE)
