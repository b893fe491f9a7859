"""Folders of index generations and the pointer to the one that serves.

``current`` holds the name of the serving generation and is replaced in one step, so that a reader sees the old one or
the new one. ``writer.lock`` is locked by the one process that may write; the system lets go of it when that process
dies, however it dies.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path
from typing import IO

from allmenning.discovery.ports import WriterBusyError

#: Kept besides the serving one, for readers that have read the pointer but not yet opened the folder.
_KEPT = 1


class Generations:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: IO[bytes] | None = None

    def current(self) -> Path | None:
        """The serving generation, or None before the first."""
        try:
            name = (self.folder / "current").read_text().strip()
        except FileNotFoundError:
            return None
        return self.folder / name

    def begin(self, version: int) -> Path:
        """A new, empty generation of this schema version. Half-built ones that a dead process left are dropped."""
        self.take_lock()
        serving = self.current()
        numbers = [_number(each) for each in self._all()]
        for each in self._all():
            if serving is None or _number(each) > _number(serving):
                shutil.rmtree(each, ignore_errors=True)
        made = self.folder / f"g{max(numbers, default=0) + 1:06}-v{version}"
        made.mkdir(parents=True)
        return made

    def publish(self, generation: Path) -> None:
        """From now on readers open this one; older ones go."""
        beside = self.folder / "current.new"
        with beside.open("w") as pointer:
            pointer.write(generation.name)
            pointer.flush()
            os.fsync(pointer.fileno())
        beside.replace(self.folder / "current")
        _sync(self.folder)
        older = sorted((each for each in self._all() if _number(each) < _number(generation)), key=_number)
        for each in older[: len(older) - _KEPT]:
            shutil.rmtree(each, ignore_errors=True)

    def drop(self, generation: Path) -> None:
        shutil.rmtree(generation, ignore_errors=True)

    def take_lock(self) -> None:
        """Become the one writer, or raise :class:`WriterBusyError`."""
        if self._lock is not None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = (self.folder / "writer.lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise WriterBusyError() from None
        self._lock = lock

    def release_lock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def size_bytes(self) -> int:
        serving = self.current()
        return sum(each.stat().st_size for each in serving.iterdir() if each.is_file()) if serving else 0

    def _all(self) -> list[Path]:
        return [each for each in self.folder.glob("g[0-9]*") if each.is_dir()]


def _number(generation: Path) -> int:
    return int(generation.name[1:].partition("-")[0])


def version_of(generation: Path) -> int | None:
    """The schema version a generation's name tells."""
    told = generation.name.rpartition("-v")[2]
    return int(told) if told.isdecimal() else None


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
