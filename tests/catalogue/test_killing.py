"""An import killed at any moment is started again with the same command: nothing is lost and nothing stands twice."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from tests.catalogue.installations import fingerprints, installation, run
from tests.catalogue.records import book

#: Each is a whole process; PostgreSQL takes its turn with fewer, since what is tried is the importer's own order of steps.
KILLS = {"sqlite": 50, "postgresql": 12}
WORDS = "sult pan victoria mysterier grøde benoni rosa sværmere høst stjerne vandrer kvinner brønn landstryker ring"
RECORDS = {"sqlite": 4_000, "postgresql": 1_500}

#: Every table an import fills, without clock times; ids of runs and files are the same because there is one file.
TABLES = {
    "records": """SELECT id, source_id, key, version, hash, deleted, class_id, edition_id, work_id
                  FROM catalogue_sourcerecord ORDER BY id""",
    "facts": "SELECT record_id, description FROM catalogue_recordfacts ORDER BY record_id",
    "versions": """SELECT record_id, number, position, hash, syntax, encoding, dialect, raw
                   FROM catalogue_recordversion ORDER BY record_id, number""",
    "repairs": "SELECT record_id, version, code, detail FROM catalogue_repair ORDER BY record_id, version, code, detail",
    "set aside": "SELECT position, code, detail, raw FROM catalogue_setasiderecord ORDER BY position",
    "holdings": "SELECT record_id, ordinal, kind, branch_code, call_number FROM catalogue_holding ORDER BY record_id, ordinal",
    "classes": "SELECT id, evidence, signature FROM catalogue_evidenceclass ORDER BY id",
    "keys": "SELECT key, class_id FROM catalogue_matchkey ORDER BY key, class_id",
    "decisions": "SELECT a, b, score, verdict, reasons FROM catalogue_matchedge ORDER BY a, b",
    "work keys": "SELECT key, record_id FROM catalogue_workkey ORDER BY key, record_id",
    "changed works": "SELECT DISTINCT subject_id FROM groundwork_outboxevent ORDER BY subject_id",
    "files": "SELECT digest, high_water, complete FROM catalogue_importfile ORDER BY digest",
}


def delivery() -> bytes:
    """Editions that meet, versions that follow each other, deletions, and broken ones in between."""
    chance = random.Random(1890)
    words = WORDS.split()
    records = []
    for number in range(RECORDS[connection.vendor]):
        key = str(chance.randrange(RECORDS[connection.vendor] * 3 // 4))
        title = " ".join(chance.sample(words, 3)).capitalize()
        records.append(
            b"00026nam a2200025 i 4500\x1e\x1d"
            if number % 500 == 250
            else book(
                key,
                title,
                year=str(1890 + chance.randrange(120)),
                extent=f"{100 + number % 300} s.",
                deleted=number % 97 == 0,
                extra=[("852", "b", "hut")],
            )
        )
    return b"".join(records)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_fifty_times_it_ends_as_if_it_had_never_been_disturbed(tmp_path: Path) -> None:
    path = tmp_path / "delivery.mrc"
    path.write_bytes(delivery())
    command = ("import", str(path), "--source", "deichman")
    with installation(tmp_path, "calm") as calm, installation(tmp_path, "killed") as killed:
        run(calm, *command, status=3)
        chance = random.Random(1952)
        kills = 0
        while kills < KILLS[connection.vendor]:
            kills += kill_somewhere(killed, command, chance)
        run(killed, *command, status=3)
        assert fingerprints(killed, TABLES) == fingerprints(calm, TABLES)


def kill_somewhere(env: dict[str, str], command: tuple[str, ...], chance: random.Random) -> bool:
    """Start the import, wait until it stores, and kill it a moment later. False when it was done before that."""
    program = "from tests.catalogue.telling import main; main()"
    process = subprocess.Popen([sys.executable, "-c", program, *command], env=env, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()  # the first transaction of this run begins
    time.sleep(chance.uniform(0, 0.06))
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return alive
