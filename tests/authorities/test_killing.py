"""A loading killed at any moment is started again with the same command: nothing is lost and nothing stands twice."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.catalogue.installations import fingerprints, installation, run

KILLS, ENTRIES = 8, 1_500

#: What the register knows, without our own numbers and clock times.
TABLES = {
    "entities": "SELECT kind, name, sort_key, dates, deprecated, digest FROM authorities_entity ORDER BY name",
    "names": "SELECT text, language, preferred, established, key, vocabulary FROM authorities_name ORDER BY text, language",
    "identifiers": "SELECT name, own FROM authorities_identifier ORDER BY name",
    "relations": """SELECT one.name, relation.kind, other.name FROM authorities_relation relation
                    JOIN authorities_entity one ON one.id = relation.entity_id
                    LEFT JOIN authorities_entity other ON other.id = relation.target_id ORDER BY one.name, relation.name""",
    "entries": "SELECT key, version, hash, statement FROM authorities_entry ORDER BY key",
    "versions": "SELECT entry.key, number, raw FROM authorities_entryversion version"
    " JOIN authorities_entry entry ON entry.id = version.entry_id ORDER BY entry.key, number",
    "set aside": "SELECT hash, code, raw FROM authorities_setasideentry ORDER BY hash",
    "told": "SELECT COUNT(*) FROM groundwork_outboxevent WHERE topic = 'heading.changed'",
}


def register() -> bytes:
    """Entries that point at each other in both directions, and broken ones in between."""
    lines = []
    for number in range(ENTRIES):
        entry = {"id": f"REAL{number:06d}", "type": "topic", "nb": f"Emne {number}", "en": [f"Subject {number}"]}
        entry["related"] = [f"REAL{(number * 7919) % ENTRIES:06d}"]
        lines.append("{broken" + str(number) if number % 300 == 150 else json.dumps(entry))
    return "\n".join(lines).encode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_it_ends_as_if_it_had_never_been_disturbed(tmp_path: Path) -> None:
    path = tmp_path / "register.jsonl"
    path.write_bytes(register())
    command = ("headings", str(path), "--source", "prove")
    with installation(tmp_path, "calm") as calm, installation(tmp_path, "killed") as killed:
        run(calm, *command, status=3)
        chance = random.Random(1890)
        for _ in range(KILLS):
            kill_somewhere(killed, command, chance)
        run(killed, *command, status=3)
        assert fingerprints(killed, TABLES) == fingerprints(calm, TABLES)


def kill_somewhere(env: dict[str, str], command: tuple[str, ...], chance: random.Random) -> None:
    """Start it, wait until it takes entries in, and kill it a moment later."""
    program = "from tests.authorities.telling import main; main()"
    process = subprocess.Popen([sys.executable, "-c", program, *command], env=env, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(chance.uniform(0, 0.3))
    process.send_signal(signal.SIGKILL)
    process.wait()
