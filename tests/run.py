"""The whole suite with what this machine has: checks, tests on SQLite, tests on PostgreSQL, the browser.

Says at the end what was skipped and why. ``REQUIRE=postgres,chromium,data`` makes those parts obligatory, and then a
skip that is not on the committed list ``tests/allowed_skips.txt`` fails the run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.postgres import cluster, programs  # noqa: E402

CHECKS = {
    "ruff": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy", "allmenning"],
    "import-linter": ["lint-imports"],
}
#: Pure Python: the database makes no difference, so once is enough.
ONCE = ["tests/formats", "tests/kernel", "tests/catalogue/matching", "tests/browser"]


@dataclass(slots=True)
class Tally:
    passed: int = 0
    failed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def main() -> int:
    options = _options()
    required = {each for each in os.environ.get("REQUIRE", "").replace(" ", "").split(",") if each}
    tally = Tally()
    _require(required, tally)
    if options.only in ("", "checks"):
        for name, command in CHECKS.items():
            _step(name, [str(Path(sys.executable).parent / command[0]), *command[1:]], tally)
    if options.only in ("", "sqlite"):
        _pytest("SQLite", ["tests"], {}, tally, options.rest)
    if options.only in ("", "postgres"):
        _on_postgres(tally, options.rest)
    return _report(tally, required)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["", "checks", "sqlite", "postgres"], default="", help="run one part")
    parser.add_argument("rest", nargs="*", help="given on to pytest")
    return parser.parse_args()


def _require(required: set[str], tally: Tally) -> None:
    here = {
        "postgres": programs() is not None,
        "chromium": shutil.which("chromium") is not None,
        "data": (ROOT.parent / "shared" / "data").is_dir(),
    }
    for name in sorted(required):
        if name not in here:
            tally.wrong.append(f"REQUIRE names «{name}»; known are {', '.join(here)}")
        elif not here[name]:
            tally.wrong.append(f"required, but not on this machine: {name}")


def _step(name: str, command: list[str], tally: Tally, env: dict[str, str] | None = None) -> None:
    began = time.monotonic()
    print(f"── {name}", flush=True)
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}, check=False)
    print(f"   {name}: {'fine' if done.returncode == 0 else 'WRONG'} ({time.monotonic() - began:.0f} s)", flush=True)
    if done.returncode not in (0, 5):
        tally.wrong.append(name)


def _on_postgres(tally: Tally, rest: list[str]) -> None:
    if programs() is None:
        tally.skipped["postgres: PostgreSQL's programs are not on this machine"] += 1
        return
    with cluster() as url:
        ignored = [f"--ignore={each}" for each in ONCE]
        _pytest("PostgreSQL", ["tests", *ignored], {"DATABASE_URL": url}, tally, rest)


def _pytest(name: str, where: list[str], env: dict[str, str], tally: Tally, rest: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        var = {"ALLMENNING_VAR": folder, **env}
        command = [
            sys.executable,
            "-m",
            "pytest",
            *where,
            "-n",
            "2",
            "--dist",
            "loadgroup",
            f"--junitxml={report}",
            *rest,
        ]
        _step(f"tests on {name}", command, tally, var)
        if report.is_file():
            _count(report, tally)


def _count(report: Path, tally: Tally) -> None:
    for case in _cases(report):
        skipped = case.find("skipped")
        if skipped is not None:
            tally.skipped[skipped.get("message", "")] += 1
        elif case.find("failure") is not None or case.find("error") is not None:
            tally.failed += 1
        else:
            tally.passed += 1


def _cases(report: Path) -> Iterator[ElementTree.Element]:
    return ElementTree.parse(report).iter("testcase")


def _report(tally: Tally, required: set[str]) -> int:
    print("── skipped, and why")
    for reason, count in sorted(tally.skipped.items()):
        print(f"   {count} × {reason}")
    if not tally.skipped:
        print("   nothing")
    if required:
        allowed = {
            line for line in (ROOT / "tests/allowed_skips.txt").read_text().splitlines() if line[:1] not in ("", "#")
        }
        for reason in sorted(set(tally.skipped) - allowed):
            tally.wrong.append(f"a skip that is not on tests/allowed_skips.txt: {reason}")
    for each in tally.wrong:
        print(f"   WRONG: {each}")
    print(f"{tally.passed} passed, {tally.failed} failed, {sum(tally.skipped.values())} skipped")
    return 1 if tally.wrong or tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
