"""How quickly one changed heading reaches 10,000 records and the index, and what a desk feels of it meanwhile.

Records are made up in the shape of a common catalogue; only their number and one shared subject matter. The figures: seconds
from the change's commit until every record is found by the new heading over the index; the longest time a small change
of another person waited for the database meanwhile; and how long the change itself took.
"""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.db import close_old_connections, transaction

from allmenning.authorities import services as register
from allmenning.authorities.models import Entity
from allmenning.catalogue import services as catalogue
from allmenning.catalogue.headings import following
from allmenning.discovery import follower, queries
from allmenning.groundwork import audit
from allmenning.kernel.actor import Actor

ACTOR = Actor.system("bench", "cli")
WORDS = (
    "fjord", "vinter", "havet", "reise", "historie", "skogen", "barndom", "krigen", "kjærlighet", "byen", "natt", "fugler",
    "musikk", "lyset", "veien", "arbeid", "mor", "sommer", "stemmer", "hjem", "drøm", "elva", "brev", "tid", "stein",
)  # fmt: skip
BEFORE, AFTER, IN_ENGLISH = "Prøveemne", "Nytt prøveemne", "Trial heading"
WARM = "Warming up"
#: Seconds after which the measurement gives up.
PATIENCE = 120.0


def run(records: int, start_follower: Callable[[], object]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        _prepare(Path(folder), records)
    entity = Entity.objects.get(name=BEFORE)
    found = queries.search(f'"{IN_ENGLISH}"').total
    if found != records:
        print(f"Only {found} of {records} records were linked before the change.")
        return 1
    start_follower()
    _wait_for_follower(entity)
    desk = Desk()
    began = time.monotonic()
    register.change_labels(actor=ACTOR, entity_id=entity.id, labels={"nb": AFTER})
    committed = time.monotonic()
    reached = _until(lambda: _facet(AFTER) == records and _facet(BEFORE) == 0)
    waits = desk.stop()
    figures = {
        "records": records,
        "verb_ms": round((committed - began) * 1000, 1),
        "reached_s": round(reached - began, 2),
        "desk_changes": len(waits),
        "desk_p50_ms": round(sorted(waits)[len(waits) // 2] * 1000, 1),
        "desk_max_ms": round(max(waits) * 1000, 1),
    }
    print(f"{records} records stand under the new heading {figures['reached_s']} s after it was changed (bar: 10 s).")
    print(f"A small change at a desk waited {figures['desk_max_ms']} ms at most meanwhile (bar: 50 ms beyond its own).")
    print(json.dumps(figures))
    return 0 if reached - began < PATIENCE else 1


class Desk(threading.Thread):
    """Somebody who saves something small again and again; ``stop`` gives the seconds each time took."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.taken: list[float] = []
        self.over = threading.Event()
        self.start()

    def run(self) -> None:
        while not self.over.wait(0.05):
            began = time.monotonic()
            with transaction.atomic():
                audit.record(ACTOR, "bench.desk", ("bench", 1))
            self.taken.append(time.monotonic() - began)
        close_old_connections()

    def stop(self) -> list[float]:
        self.over.set()
        self.join()
        return self.taken


def _prepare(folder: Path, records: int) -> None:
    entry = {"id": "REAL000000", "type": "topic", "nb": BEFORE, "en": [IN_ENGLISH]}
    (folder / "register.jsonl").write_text(json.dumps(entry), encoding="utf-8")
    made = "".join(map(_record, range(records)))
    (folder / "records.xml").write_text(f"<collection>{made}</collection>", encoding="utf-8")
    known = register.ensure_register(name="bench", vocabulary="bench")
    register.load(actor=ACTOR, register=known, paths=[folder / "register.jsonl"])
    source = catalogue.ensure_source(name="bench")
    catalogue.import_files(actor=ACTOR, source=source, paths=[folder / "records.xml"])
    following.catch_up()
    while follower.run_once():
        pass
    queries.index().close()


def _record(number: int) -> str:
    words = [WORDS[(number * step) % len(WORDS)] for step in (1, 7, 31)]
    title = f"{' '.join(words)} {number}"
    return (
        "<record><leader>00000nam a2200000 i 4500</leader>"
        f'<controlfield tag="001">b{number}</controlfield>'
        f'<controlfield tag="008">240101s{1900 + number % 120}    no            000 0 nob d</controlfield>'
        f'<datafield tag="100" ind1="1" ind2=" "><subfield code="a">Forfatter{number}, Prøve</subfield></datafield>'
        f'<datafield tag="245" ind1="1" ind2="0"><subfield code="a">{title}</subfield></datafield>'
        f'<datafield tag="650" ind1=" " ind2="7"><subfield code="a">{BEFORE}</subfield>'
        '<subfield code="2">bench</subfield></datafield></record>'
    )


def _wait_for_follower(entity: Entity) -> None:
    """A first change, so that what is measured is not how long a process takes to start."""
    register.change_labels(actor=ACTOR, entity_id=entity.id, labels={"en": WARM})
    _until(lambda: queries.search(f'"{WARM}"').total == _facet(BEFORE))
    time.sleep(follower.PACE)


def _facet(label: str) -> int:
    return queries.search("", filters={"subject": (label,)}).total


def _until(true: Callable[[], bool]) -> float:
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > PATIENCE:
            break
        time.sleep(0.1)
    return time.monotonic()
