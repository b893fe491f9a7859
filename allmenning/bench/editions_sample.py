"""A random sample of the editions that join records, spread over strata, written so that a person can judge it.

Wrong joins are of different kinds in large and small editions, within one system and across several, and with or without a number
that two records share: these make the strata. Editions of more than five records are all taken, the others in proportion
to the square root of how many editions their stratum has, so that rare kinds are seen too.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, groupby
from math import sqrt
from operator import attrgetter
from pathlib import Path
from random import Random
from typing import NamedTuple

from django.db.models import Count, QuerySet
from rapidfuzz.fuzz import token_sort_ratio

from allmenning.catalogue.clusters.evidence import CAP
from allmenning.catalogue.description import Description
from allmenning.catalogue.matching import Evidence, judge
from allmenning.catalogue.models import EvidenceClass, MatchKey, SourceRecord

LARGE = "6 and more"
ALONE = "alone"
NEAREST = 3
_SHOWN = (
    "title", "remainder", "part_number", "part_name", "responsibility", "edition", "place", "publisher", "year", "extent",
    "format", "languages", "isbns", "issns", "other_ids", "series", "notes",
)  # fmt: skip
_LONGEST = 300
_COLUMNS = ("edition_id", "source__name", "key", "class_id", "facts__description")


class Row(NamedTuple):
    """A live record; ``name`` is what a gold set calls it, ``source/key``."""

    edition: int
    source: str
    name: str
    class_id: int
    description: Description


def editions() -> Iterator[list[Row]]:
    """The records of every edition of two or more."""
    several = _live().values("edition_id").annotate(count=Count("id")).filter(count__gt=1).values("edition_id")
    rows = _rows(_live().filter(edition_id__in=several).order_by("edition_id", "id").values_list(*_COLUMNS).iterator())
    for _, group in groupby(rows, attrgetter("edition")):
        yield list(group)


def stratum(rows: list[Row]) -> str:
    """Such as «2, across systems, number shared»."""
    if len(rows) > 5:
        return LARGE
    size = "2" if len(rows) == 2 else "3 to 5"
    where = "across systems" if len({each.source for each in rows}) > 1 else "within one"
    numbers = [{*each.description.isbns, *each.description.issns, *each.description.other_ids} for each in rows]
    shared = any(not one.isdisjoint(other) for one, other in combinations(numbers, 2))
    return f"{size}, {where}, {'number shared' if shared else 'no number shared'}"


def draw(count: int, seed: int) -> dict[str, list[list[Row]]]:
    """Stratum → the editions drawn, some ``count`` in all; the same for the same catalogue, whatever order it came in."""
    strata: dict[str, list[list[Row]]] = defaultdict(list)
    for rows in editions():
        strata[stratum(rows)].append(sorted(rows, key=attrgetter("name")))
    left = max(0, count - len(strata[LARGE]))
    roots = sum(sqrt(len(each)) for name, each in strata.items() if name != LARGE)
    drawn = {}
    for name, found in sorted(strata.items()):
        found.sort(key=lambda rows: rows[0].name)
        wanted = len(found) if name == LARGE else round(left * sqrt(len(found)) / roots)
        drawn[name] = Random(f"{seed} {name}").sample(found, min(wanted, len(found)))  # noqa: S311
    return drawn


def write(drawn: Mapping[str, list[list[Row]]], gold: Path) -> None:
    """Print the sample, and write a gold set that says what the catalogue says, to be corrected by the judge."""
    with gold.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        out.writerow(("record", "edition"))
        for number, (name, rows) in enumerate((name, rows) for name, found in drawn.items() for rows in found):
            print(f"\nEdition {number}: {name}, {len(rows)} records")
            show(rows)
            out.writerows((each.name, number) for each in rows)


def neighbours(count: int, seed: int) -> Iterator[list[Row]]:
    """``count`` records drawn from all, each with the few most alike among those that share a key with it and stand elsewhere."""
    names = sorted(_live().values_list("source__name", "key", "id"))
    for _, _, record in Random(f"{seed} neighbours").sample(names, min(count, len(names))):  # noqa: S311
        (row,) = _rows(_live().filter(id=record).values_list(*_COLUMNS))
        yield [row, *_nearest(row)]


def _nearest(row: Row) -> list[Row]:
    keys = list(MatchKey.objects.filter(class_id=row.class_id).values_list("key", flat=True))
    found = defaultdict(set)
    for key, class_id in MatchKey.objects.filter(key__in=keys).values_list("key", "class_id"):
        found[key].add(class_id)
    candidates = set().union(*(each for each in found.values() if len(each) <= CAP))
    known = {
        class_id: Evidence.from_json(text)
        for class_id, text in EvidenceClass.objects.filter(id__in=candidates).values_list("id", "evidence")
    }
    mine = known[row.class_id]
    near = sorted(
        known,
        key=lambda each: (-judge(mine, known[each]).score, -token_sort_ratio(mine.whole, known[each].whole), each),
    )
    others = _live().filter(class_id__in=near[: 5 * NEAREST]).exclude(edition_id=row.edition).values_list(*_COLUMNS)
    editions = {each.edition: each for each in _rows(others)}
    return sorted(editions.values(), key=lambda each: near.index(each.class_id))[:NEAREST]


def show(rows: list[Row]) -> None:
    """Print what all say alike once, then what each says that others do not."""
    said = [{name: _text(getattr(each.description, name)) for name in _SHOWN} for each in rows]
    alike = {name: text for name, text in said[0].items() if all(other[name] == text for other in said)}
    print("  " + "; ".join(f"{name}: {text}" for name, text in alike.items() if text))
    for each, texts in zip(rows, said, strict=True):
        own = (f"{name}: {text}" for name, text in texts.items() if text and name not in alike)
        print(f"  - {each.name} " + "; ".join(own))


def _text(value: object) -> str:
    if isinstance(value, tuple):
        value = ", ".join(" ".join(map(str, each)) if isinstance(each, tuple) else str(each) for each in value)
    return str(value or "")[:_LONGEST]


def _live() -> QuerySet[SourceRecord]:
    return SourceRecord.objects.filter(deleted=False)


def _rows(values: Iterable[tuple[int, str, str, int, str]]) -> Iterator[Row]:
    for edition, source, key, class_id, description in values:
        yield Row(edition, source, f"{source}/{key}", class_id, Description.from_json(description))
