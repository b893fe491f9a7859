"""How fast records come in: read, stored, matched, grouped into works and indexed, with the memory that takes.

The whole chain is measured as it runs in service: the importer with its workers, and the index follower beside it. The
clock stops when every change is searchable.
"""

from __future__ import annotations

import json
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from django.conf import settings

from allmenning.catalogue import queries, services
from allmenning.catalogue.clusters.regroup import WORK_CHANGED
from allmenning.catalogue.importing.summary import Counts
from allmenning.groundwork import outbox
from allmenning.kernel.actor import Actor
from allmenning.kernel.labels import Labels
from allmenning.organisations.services import create_library

MIB = 1024 * 1024
ME = Actor.system("bench", "cli")
Process = subprocess.Popen[bytes]


@dataclass(slots=True)
class Memory:
    """Resident memory of this process and all it started, sampled twice a second. ``quarters`` shows whether it is flat."""

    peak: int = 0
    samples: list[int] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        me = psutil.Process()
        while not self.stop.wait(0.5):
            self.samples.append(sum(_resident(each) for each in [me, *me.children(recursive=True)]))
            self.peak = max(self.peak, self.samples[-1])

    def quarters(self) -> list[int]:
        """The highest of each quarter of the run, MiB."""
        size = max(1, len(self.samples) // 4)
        return [max(self.samples[at : at + size], default=0) // MIB for at in range(0, size * 4, size)]


def run(paths: list[Path], *, start_follower: Callable[[], Process], libraries: bool = False) -> int:
    """Import into this installation, print what happened, and last a line of JSON. Returns an exit status.

    The follower is the caller's, who ends it. With ``libraries`` each system is that of a library made for it.
    """
    memory = Memory()
    threading.Thread(target=memory.watch, daemon=True).start()
    follower = start_follower()
    began = time.monotonic()
    total = Counts()
    try:
        for name, files in sources(paths):
            total.add(_take_in(name, files, _library(name) if libraries else None))
        stored = time.monotonic()
        _wait_for_index(follower)
        seconds = time.monotonic() - began
    finally:
        memory.stop.set()
    print(
        f"stored after {stored - began:.1f} s, searchable after {seconds:.1f} s; memory by quarter {memory.quarters()} MiB"
    )
    print(json.dumps(_figures(total, seconds, memory)))
    return 0


def sources(paths: list[Path]) -> Iterator[tuple[str, list[Path]]]:
    """One folder is one library's system; a file that lies loose is a system of its own."""
    for path in paths:
        for each in sorted(path.iterdir()) if path.is_dir() else [path]:
            name = re.sub(r"[^A-Za-z0-9_-]+", "-", each.name.split(".")[0])[:60] or "source"
            yield name, sorted(file for file in each.rglob("*") if file.is_file()) if each.is_dir() else [each]


def _library(name: str) -> int:
    """A library whose system this is: it has what its records say, and a site to find it on."""
    slug = f"{name.lower().replace('_', '-').strip('-')}-bibliotek"
    return create_library(actor=ME, slug=slug, name=Labels({"nb": name}), kind="municipal").id


def _take_in(name: str, files: list[Path], library_id: int | None) -> Counts:
    began = time.monotonic()
    source = services.ensure_source(name=name, library_id=library_id)
    done = services.import_files(actor=ME, source=source, paths=files)
    counts = Counts.from_dict(done.counts)
    rate = counts.read / (time.monotonic() - began)
    print(
        f"{name}: {counts.read} read, {counts.set_aside} set aside, {counts.matched} matched, {rate:.0f}/s", flush=True
    )
    return counts


def _wait_for_index(follower: Process) -> None:
    while outbox.backlog(WORK_CHANGED).waiting:
        if follower.poll() is not None:
            raise SystemExit(f"The index follower ended with status {follower.returncode}.")
        time.sleep(0.1)


def _figures(total: Counts, seconds: float, memory: Memory) -> dict[str, object]:
    from allmenning.discovery.queries import index

    now = queries.figures()
    return {
        "records": total.read,
        "seconds": round(seconds, 1),
        "records_per_s": round(total.read / seconds),
        "peak_mib": memory.peak // MIB,
        "memory_by_quarter_mib": memory.quarters(),
        "index_mib": index().size_bytes() // MIB,
        "database": settings.ENVIRONMENT.database.engine,
        "works": now["works"],
        "editions": now["editions"],
        "joined_editions": now["joined_editions"],
        "set_aside": total.set_aside,
        "repaired": total.repaired,
    }


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has just ended
        return 0
