"""Labelled pairs (columns left, right, same) and their records, for training and for the bench."""

from __future__ import annotations

import csv
import hashlib
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from allmenning.catalogue.describe import describe
from allmenning.catalogue.matching.evidence import Evidence, evidence
from allmenning.formats.marc.reading import read_file
from allmenning.formats.marc.record import Read


class Pair(NamedTuple):
    left: str
    right: str
    same: int


def read_pairs(path: Path) -> list[Pair]:
    """Errors: ``KeyError`` when a column is missing."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [Pair(row["left"], row["right"], int(row["same"])) for row in csv.DictReader(lines)]


def read_evidence(path: Path, *, most: int | None = None) -> dict[str, Evidence]:
    """Evidence by the record's 001, of the first ``most`` records in the file."""
    found: dict[str, Evidence] = {}
    for outcome in islice(read_file(path), most):
        if isinstance(outcome, Read):
            found[outcome.record.control("001").strip()] = evidence(describe(outcome.record), outcome.record)
    return found


def components(pairs: list[Pair]) -> dict[str, str]:
    """Record → the smallest id of all records it hangs together with through pairs."""
    parent: dict[str, str] = {}

    def root(each: str) -> str:
        while parent.setdefault(each, each) != each:
            parent[each] = parent[parent[each]]
            each = parent[each]
        return each

    for pair in pairs:
        one, two = sorted((root(pair.left), root(pair.right)))
        parent[two] = one
    return {each: root(each) for each in list(parent)}


def held_out(component: str) -> bool:
    """One component in five, told by its name alone, is kept from training and from the choice of thresholds."""
    return hashlib.sha256(component.encode()).digest()[0] % 5 == 0


def fingerprint(pairs: list[Pair]) -> str:
    """The same for the same pairs in any order and direction: tells whether the bench looks at what was trained on."""
    lines = sorted("\t".join((*sorted((pair.left, pair.right)), str(pair.same))) for pair in pairs)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
