"""How well records are joined into editions, against a gold set: ``allmenning bench editions --records RECORDS --gold CSV``.

The gold set is a sample of whole editions as a catalogue had them, judged by hand. It is drawn unevenly on purpose, so precision
is also counted back to the whole catalogue: each stratum's share by how many of the catalogue's records it has.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from allmenning.bench.editions_sample import ALONE, draw, editions, neighbours, show, stratum, write
from allmenning.bench.grouping import Gold, compare
from allmenning.bench.importing import sources
from allmenning.bench.works import Placed, find, read_gold, take_in
from allmenning.catalogue.matching import MODEL_VERSION
from allmenning.catalogue.models import SourceRecord

SHOWN = 5


class Stratum(NamedTuple):
    """``records`` are the catalogue's; the others count what was judged. ``precision`` is B-cubed, 0–1."""

    records: int
    judged: int
    editions: int
    wrong: int
    precision: float


def run(records: Path, gold: Path) -> int:
    """Print the report, last line one JSON object. 0 when it could be measured, 1 when not."""
    if not take_in(sources([records])):
        return 1
    return report(read_gold(gold, "edition"), str(records))


def sample(records: Path, count: int, gold: Path, seed: int) -> int:
    """Print ``count`` editions to be judged, write the gold set to correct, and print ``count`` records with their neighbours."""
    if not take_in(sources([records])):
        return 1
    write(draw(count, seed), gold)
    for number, rows in enumerate(neighbours(count, seed), start=1):
        print(f"\nRecord {number}, and those most like it that stand elsewhere")
        show(rows)
    return 0


def report(gold: Gold, where: str) -> int:
    """Compare the installation's editions with the gold set and print."""
    placed = find(gold, where)
    if not placed:
        return 1
    kept = {record: gold[record] for record in placed}
    ours = compare(kept, {record: frozenset((each.edition,)) for record, each in placed.items()})
    strata = weigh(kept, placed)
    total = sum(each.records for each in strata.values())
    joined = {name: each for name, each in strata.items() if name != ALONE}
    figures = ours.figures()
    print(
        f"Model {MODEL_VERSION}. {total} records; {len(kept)} of them judged, in {len(set().union(*kept.values()))} editions."
    )
    for name in ("b_cubed_precision", "b_cubed_recall", "pairwise_precision", "pairwise_recall"):
        print(f"  {name:<28}{figures[name]:.4f}   as sampled")
    line: dict[str, Any] = {name: value for name, value in figures.items() if not name.startswith("missed_")} | {
        "weighted_precision": round(_weighted(strata), 5),
        "weighted_precision_of_joined": round(_weighted(joined), 5),
    }
    print(f"  {'b_cubed_precision':<28}{line['weighted_precision']:.4f}   of all records")
    print(
        f"  {'b_cubed_precision':<28}{line['weighted_precision_of_joined']:.4f}   of the records that are joined to another"
    )
    _print_strata(strata)
    wrong = _print_wrong(kept, placed)
    line |= {
        "records": len(kept),
        "catalogue_records": total,
        "wrong_editions": len(wrong),
        "largest_wrong_edition": max(map(len, wrong), default=0),
        "strata": {name: each._asdict() | {"precision": round(each.precision, 5)} for name, each in strata.items()},
        "model": MODEL_VERSION,
    }
    print(json.dumps(line))
    return 0


def weigh(gold: Gold, placed: Mapping[str, Placed]) -> dict[str, Stratum]:
    """The catalogue's strata as they are now. A record that stands alone is not joined to anything wrong."""
    records: Counter[str] = Counter()
    stratum_of: dict[int, str] = {}
    for rows in editions():
        name = stratum(rows)
        records[name] += len(rows)
        stratum_of[rows[0].edition] = name
    records[ALONE] = SourceRecord.objects.filter(deleted=False).count() - records.total()
    judged: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for record, each in placed.items():
        judged[stratum_of.get(each.edition, ALONE)][record] = gold[record]
    return {name: _stratum(count, judged[name], placed) for name, count in sorted(records.items())}


def _stratum(records: int, gold: Gold, placed: Mapping[str, Placed]) -> Stratum:
    agreement = compare(gold, {record: frozenset((placed[record].edition,)) for record in gold})
    found = _by_edition(gold, placed)
    wrong = sum(_is_wrong(company, gold) for company in found)
    return Stratum(records, len(gold), len(found), wrong, agreement.b_cubed_precision)


def _weighted(strata: Mapping[str, Stratum]) -> float:
    """Precision of the catalogue; a stratum of which nothing was judged says nothing."""
    known = [each for each in strata.values() if each.judged or each is strata.get(ALONE)]
    return sum(each.records * each.precision for each in known) / max(1, sum(each.records for each in known))


def _by_edition(gold: Gold, placed: Mapping[str, Placed]) -> list[list[str]]:
    """The judged records of each edition found."""
    found: dict[int, list[str]] = defaultdict(list)
    for record in gold:
        found[placed[record].edition].append(record)
    return list(found.values())


def _is_wrong(company: list[str], gold: Gold) -> bool:
    return any(gold[record] != gold[company[0]] for record in company)


def _print_strata(strata: Mapping[str, Stratum]) -> None:
    print(f"\n  {'stratum':<40}{'records':>9}{'judged':>9}{'editions':>10}{'wrong':>7}{'precision':>11}")
    for name, each in strata.items():
        precision = f"{each.precision:.4f}" if each.judged else "not judged"
        print(f"  {name:<40}{each.records:>9}{each.judged:>9}{each.editions:>10}{each.wrong:>7}{precision:>11}")


def _print_wrong(gold: Gold, placed: Mapping[str, Placed]) -> list[list[str]]:
    """The wrong editions, largest first."""
    wrong = sorted((each for each in _by_edition(gold, placed) if _is_wrong(each, gold)), key=len, reverse=True)
    print(f"\n{len(wrong)} editions hold records of others, the largest first:")
    for company in wrong[:SHOWN]:
        several = len(set().union(*(gold[record] for record in company)))
        titles = list(dict.fromkeys(placed[record].description.title[:60] for record in sorted(company)))
        print(f"  {len(company)} records of {several} editions, e.g. {min(company)}: «{'» «'.join(titles[:3])}»")
    return wrong
