"""How well editions are joined into works, against a gold set: ``allmenning bench works --records RECORDS --gold CSV``.

The records go through the real importer into an installation of their own, so that what is measured is what runs.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allmenning.bench import works_peer
from allmenning.bench.grouping import Agreement, Gold, Pair, compare
from allmenning.bench.importing import ME, sources
from allmenning.bench.work_errors import KINDS, kind_of_missed, kind_of_wrong
from allmenning.catalogue import services
from allmenning.catalogue.description import Description
from allmenning.catalogue.matching import MODEL_VERSION
from allmenning.catalogue.models import SourceRecord
from allmenning.catalogue.queries import held_by_records
from allmenning.demo.catalogues import write_catalogues
from allmenning.demo.works import load_facts

EXAMPLES = 3
PEER = "author and title key"


@dataclass(frozen=True, slots=True)
class Placed:
    """A record after the import: where it stands, and what it says. ``names`` are those a gold set may call it by.

    ``name`` is the one that only it has; another may be short for the names of several.
    """

    name: str
    names: frozenset[str]
    edition: int
    works: frozenset[int]  # its own and those it holds beside it
    description: Description


def run(records: Path, gold: Path) -> int:
    """Print the report, last line one JSON object. 0 when it could be measured, 1 when not."""
    return report(sources([records]), read_gold(gold), str(records))


def run_demo() -> int:
    """The same on the demo's catalogues, whose truth is known by their making. Records are ``source/control number``."""
    with tempfile.TemporaryDirectory(prefix="allmenning-bench-works-") as folder:
        deliveries = write_catalogues(Path(folder))
        holds = {work.key: work.holds for work in load_facts().works}
        gold = {
            f"{row.source}/{row.control_number}": frozenset({row.work, *holds[row.work]})
            for each in deliveries
            for row in each.truth
        }
        return report([(each.source_name, list(each.files)) for each in deliveries], gold, "the demo's catalogues")


def read_gold(path: Path, group: str = "work") -> dict[str, frozenset[str]]:
    """Record → its works, or what else the column ``group`` names; one in several has several lines, an empty one is not judged.

    Errors: ``KeyError`` when a column is missing.
    """
    works: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            record, work = row["record"].strip(), row[group].strip()
            if work:
                works[record].add(work)
    return {record: frozenset(all_of) for record, all_of in works.items()}


def report(systems: Iterable[tuple[str, list[Path]]], gold: Gold, where: str) -> int:
    """Import, group, compare and print. ``systems``: source names and their files; none may be in the installation yet."""
    if not take_in(systems):
        return 1
    where_now = find(gold, where)
    if not where_now:
        return 1
    kept = {record: gold[record] for record in where_now}
    ours = compare(kept, {record: each.works for record, each in where_now.items()})
    peer = compare(kept, works_peer.group({record: each.description for record, each in where_now.items()}))
    count, works = SourceRecord.objects.filter(deleted=False).count(), len(set().union(*kept.values()))
    print(f"Model {MODEL_VERSION}. {count} records; {len(kept)} of them in {works} gold works.")
    _print_figures({"ours": ours, PEER: peer})
    kinds = sort_errors(ours, kept, where_now)
    _print_errors(kinds, ours, where_now)
    print(json.dumps(_line(ours, peer, kinds, kept, where_now)))
    return 0


def take_in(systems: Iterable[tuple[str, list[Path]]]) -> bool:
    """Import them; False, with the reason printed, when the installation has records already: they would count too."""
    if SourceRecord.objects.exists():
        print("This installation has records already. Measure in an empty one, or leave DATABASE_URL out.")
        return False
    for name, files in systems:
        services.import_files(actor=ME, source=services.ensure_source(name=name), paths=files)
    return True


def placed() -> Iterator[Placed]:
    """Every live record of the installation."""
    rows = SourceRecord.objects.filter(deleted=False).values_list(
        "id", "source__name", "key", "edition_id", "work_id", "facts__description"
    )
    held = held_by_records(SourceRecord.objects.filter(deleted=False).values_list("id", flat=True))
    for record, source, key, edition, work, description in rows.iterator():
        number = key.partition(")")[2] if key.startswith("(") else key
        names = frozenset({key, number, f"{source}/{key}", f"{source}/{number}"})
        works = held.get(record, frozenset()) | {work}
        yield Placed(f"{source}/{key}", names, edition, works, Description.from_json(description))


def find(gold: Gold, where: str) -> dict[str, Placed]:
    """The gold set's records among those taken in; says which are left out, and why, or that none is left."""
    known: dict[str, Placed] = {}
    own: dict[str, Placed] = {}
    doubled: set[str] = set()
    for each in placed():
        for name in each.names & gold.keys():
            if name in known:
                doubled.add(name)
            known[name] = each
            if name == each.name:
                own[name] = each
    known |= own
    doubled -= own.keys()
    if missing := [record for record in gold if record not in known]:
        print(f"{len(missing)} records of the gold set are not in {where} and are left out, e.g. {missing[0]}.")
    if doubled:
        print(
            f"{len(doubled)} names of the gold set fit several records and are left out, e.g. {min(doubled)}: "
            "write source/number."
        )
    found = {record: known[record] for record in gold if record in known and record not in doubled}
    if not found:
        print("The gold set names none of these records: nothing can be measured.")
    return found


def sort_errors(found: Agreement, gold: Gold, where: Mapping[str, Placed]) -> dict[str, list[Pair]]:
    """Kind of error → its pairs, sorted."""
    kinds: dict[str, list[Pair]] = {kind: [] for kind in KINDS}
    for pairs, kind_of in ((found.missed, kind_of_missed), (found.wrong, kind_of_wrong)):
        for one, other in sorted(pairs):
            several = len(gold[one]) > 1 or len(gold[other]) > 1
            kind = kind_of(where[one].description, where[other].description, several_works=several)
            kinds[kind].append((one, other))
    return kinds


def _print_figures(columns: Mapping[str, Agreement]) -> None:
    figures = {name: each.figures() for name, each in columns.items()}
    print(f"\n{'':<28}" + "".join(f"{name:>24}" for name in figures))
    for key in figures["ours"]:
        digits = 2 if key.endswith("percent") else 4
        print(f"  {key:<26}" + "".join(f"{each[key]:>24.{digits}f}" for each in figures.values()))


def _print_errors(kinds: Mapping[str, list[Pair]], found: Agreement, where: Mapping[str, Placed]) -> None:
    print(f"\n{len(found.missed)} pairs missed, {len(found.wrong)} wrongly joined:")
    for kind, pairs in kinds.items():
        print(f"  {len(pairs):>5}  {kind}")
        for one, other in _different_examples(pairs, where):
            print(f"           {_told(one, where[one])}  |  {_told(other, where[other])}")
    print(f"{len(found.missed_works)} of {found.works_of_several} works of several records missed altogether:")
    print("  " + (", ".join(found.missed_works[:20]) or "none"))


def _different_examples(pairs: list[Pair], where: Mapping[str, Placed]) -> list[Pair]:
    """The first few, each of other works than those before it: one large error would fill the list."""
    chosen: dict[tuple[frozenset[int], frozenset[int]], Pair] = {}
    for one, other in pairs:
        chosen.setdefault((where[one].works, where[other].works), (one, other))
    return list(chosen.values())[:EXAMPLES]


def _told(record: str, each: Placed) -> str:
    said = each.description
    return f"{record} «{said.title[:40]}» {'/'.join(said.languages)} {said.format} {said.year or ''}".rstrip()


def _line(
    ours: Agreement, peer: Agreement, kinds: Mapping[str, list[Pair]], gold: Gold, where: Mapping[str, Placed]
) -> dict[str, Any]:
    in_one_edition = sum(where[one].edition == where[other].edition for one, other in ours.wrong)
    return ours.figures() | {
        "records": len(gold),
        "works": len(set().union(*gold.values())),
        "works_of_several_records": ours.works_of_several,
        "gold_pairs": ours.gold_pairs,
        "errors": {kind: len(pairs) for kind, pairs in kinds.items()},
        "wrong_in_one_edition": in_one_edition,
        "model": MODEL_VERSION,
        "peer": {"name": PEER} | peer.figures(),
    }
