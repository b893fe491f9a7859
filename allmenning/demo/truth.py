"""How well the records were joined again, against what we know of them.

Pairwise figures count pairs of records that stand together; B-cubed figures (Bagga and Baldwin 1998) count for every
record how much of its company is right, so that one large wrong cluster does not drown the rest. All lie between 0 and
1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Record = TypeVar("Record", bound=Hashable)


@dataclass(frozen=True, slots=True)
class TruthRow:
    """One record: its source and control number, and the keys of the edition and work it describes."""

    source: str
    control_number: str
    edition: str
    work: str


@dataclass(frozen=True, slots=True)
class Score:
    """``records`` is how many were scored; found ones that the truth does not know are left out."""

    records: int
    pairwise_precision: float
    pairwise_recall: float
    b_cubed_precision: float
    b_cubed_recall: float

    @property
    def pairwise_f1(self) -> float:
        return _harmonic(self.pairwise_precision, self.pairwise_recall)

    @property
    def b_cubed_f1(self) -> float:
        return _harmonic(self.b_cubed_precision, self.b_cubed_recall)


def write_truth(path: Path, rows: Iterable[TruthRow]) -> None:
    """Tab-separated with a heading, in the order given."""
    lines = ["source\tcontrol_number\tedition\twork"]
    lines += [f"{each.source}\t{each.control_number}\t{each.edition}\t{each.work}" for each in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_truth(path: Path) -> list[TruthRow]:
    """What :func:`write_truth` wrote. Raises ``ValueError`` for a line that has not four columns."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        columns = line.split("\t")
        if len(columns) != 4:
            raise ValueError(f"{path.name}: four columns are needed, not {len(columns)}: {line}")
        rows.append(TruthRow(*columns))
    return rows


def score(truth: Mapping[Record, Hashable], found: Mapping[Record, Hashable]) -> Score:
    """Compare two ways of grouping the same records: record → key of its true group, record → id of the found group.

    A record that was not found stands alone, so a lost record costs recall. Without any pairs, pairwise figures are 1.
    """
    placed: dict[Record, Hashable] = {each: found.get(each, ("alone", each)) for each in truth}
    true_sizes, found_sizes = Counter(truth.values()), Counter(placed.values())
    together = Counter((truth[each], placed[each]) for each in truth)
    right_pairs = sum(map(_pairs, together.values()))
    found_pairs = sum(map(_pairs, found_sizes.values()))
    true_pairs = sum(map(_pairs, true_sizes.values()))
    count = len(truth)
    # Every record of a group shared by n has n right companions (itself too), so a group adds n·n.
    precision = sum(n * n / found_sizes[cluster] for (_key, cluster), n in together.items())
    recall = sum(n * n / true_sizes[key] for (key, _cluster), n in together.items())
    return Score(
        records=count,
        pairwise_precision=right_pairs / found_pairs if found_pairs else 1.0,
        pairwise_recall=right_pairs / true_pairs if true_pairs else 1.0,
        b_cubed_precision=precision / count if count else 1.0,
        b_cubed_recall=recall / count if count else 1.0,
    )


def _pairs(size: int) -> int:
    return size * (size - 1) // 2


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
