"""What every demo system has in common: it takes a library's collection and writes the files the library would send."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from allmenning.demo.source_systems.copies import Copy
from allmenning.demo.source_systems.entry import Entry
from allmenning.demo.source_systems.habits import Habits


@dataclass(frozen=True, slots=True)
class Catalogued:
    """One record to be: its number in the library's own system, the entry, and the library's copies."""

    number: str
    entry: Entry
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class System:
    """A kind of library system. ``write`` puts files into a folder under a name and gives their paths, in the order
    to be read.

    ``number`` makes the control number of the n-th record (from 0), as that system numbers.
    """

    name: str
    number: Callable[[int, str], str]
    write: Callable[[Path, str, Habits, Sequence[Catalogued]], list[Path]]
