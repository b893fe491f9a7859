"""How well broken MARC is mended: ``allmenning bench repair --broken FILE --fixed FILE``."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pymarc

from allmenning.bench.comparing import Difference, differences
from allmenning.bench.damage.making import KINDS_FILE
from allmenning.formats.marc.reading import read_file
from allmenning.formats.marc.record import Field, Outcome, Read, Record, SetAside

VERDICTS = ("exact", "repaired", "wrong", "set_aside", "lost")


@dataclass(frozen=True, slots=True)
class Judged:
    id: str
    verdict: str
    differences: list[Difference] = field(default_factory=list)
    reason: str = ""
    repairs: tuple[str, ...] = ()


def run(broken: Path, fixed: Path) -> int:
    """Print the report, last line one JSON object. 0 when it could be measured, 1 when there is no fixed record."""
    meant = read_fixed(fixed)
    if not meant:
        print(f"{fixed} holds no record that pymarc or our own readers can read: nothing can be measured.")
        return 1
    start = time.perf_counter()
    outcomes = list(read_file(broken, dialect="marc21"))  # as it was catalogued: the fixed records are not converted
    seconds = time.perf_counter() - start
    judged = judge(outcomes, meant)
    peer = [_judge(each, other) for each, other in zip(_paired(read_peer(outcomes), meant), meant, strict=True)]
    print(f"{len(meant)} records, {len(outcomes)} found in {broken.name}.")
    line: dict[str, object] = {}
    for name, verdicts in (("allmenning", judged), ("pymarc", peer)):
        counts = Counter(each.verdict for each in verdicts)
        print(f"{name:<12}" + "   ".join(f"{verdict} {counts[verdict]}" for verdict in VERDICTS))
        figures = {verdict: counts[verdict] for verdict in VERDICTS} | {"total": len(meant)}
        line |= figures if name == "allmenning" else {name: figures}
    _print_kinds(judged, broken.with_name(KINDS_FILE))
    _print_errors(judged)
    ours = Counter(each.verdict for each in judged)
    line["mended_share"] = round((ours["exact"] + ours["repaired"]) / len(meant), 4)
    line["wrong_share"] = round(ours["wrong"] / len(meant), 4)
    line["records_per_s"] = round(len(outcomes) / seconds)
    print(json.dumps(line))
    return 0


def judge(outcomes: Sequence[Outcome], meant: Sequence[Record]) -> list[Judged]:
    """One verdict for every record that was meant, in order."""
    return [_judge(found, record) for found, record in zip(_paired(outcomes, meant), meant, strict=True)]


def _judge(found: Outcome | Record | None, meant: Record) -> Judged:
    name = meant.control("001").strip() or "(no 001)"
    if found is None:
        return Judged(name, "lost")
    if isinstance(found, SetAside):
        return Judged(name, "set_aside", reason=f"{found.code}: {found.detail}")
    record, repairs = (found.record, found.repairs) if isinstance(found, Read) else (found, ())
    unlike = differences(record, meant, repairs)
    verdict = "exact" if not unlike else "repaired" if all(each.named for each in unlike) else "wrong"
    return Judged(name, verdict, unlike, "", tuple(dict.fromkeys(each.code for each in repairs)))


def _paired(found: Sequence[Outcome | Record], meant: Sequence[Record]) -> list[Outcome | Record | None]:
    """What became of each record that was meant: by position where the counts agree, otherwise by 001.

    One set aside has its 001 somewhere in its bytes, or stands alone between two that were found.
    """
    if len(found) == len(meant):
        return list(found)
    at_id: dict[str, int] = {}
    for at, each in enumerate(found):
        if not isinstance(each, SetAside):
            at_id.setdefault((each.record if isinstance(each, Read) else each).control("001").strip(), at)
    places: list[int | None] = [at_id.get(each.control("001").strip()) for each in meant]
    taken = {at for at in places if at is not None}
    for place, record in enumerate(meant):
        if places[place] is not None:
            continue
        before = max((at for at in places[:place] if at is not None), default=-1)
        after = min((at for at in places[place + 1 :] if at is not None), default=len(found))
        free = [at for at in range(max(before, 0), min(after + 1, len(found))) if at not in taken]
        name = record.control("001").strip().encode()
        named = [at for at in free if isinstance(each := found[at], SetAside) and name and name in each.chunk.raw]
        if named or len(free) == 1:
            places[place] = (named or free)[0]
    return [None if at is None else found[at] for at in places]


def read_fixed(path: Path) -> list[Record]:
    """The records an expert mended, as pymarc has them; as we read them where pymarc cannot."""
    with _quiet():
        if path.suffix in (".xml", ".mrx"):
            found: list[pymarc.Record | None] = list(pymarc.parse_xml_to_array(str(path)))  # type: ignore[no-untyped-call]
        else:
            found = list(pymarc.MARCReader(path.read_bytes()))
    if None not in found:
        return [_as_ours(each) for each in found if each is not None]
    print(f"pymarc cannot read all of {path.name}: what was meant is as our own readers have it.")
    return [each.record for each in read_file(path, dialect="marc21") if isinstance(each, Read)]


def read_peer(outcomes: Sequence[Outcome]) -> list[Outcome | Record]:
    """What pymarc makes of each record, cut out of the file by our reader; what it gives up on is set aside.

    Left to cut the file by itself it would stop at the first wrong length.
    """
    made: list[Outcome | Record] = []
    with _quiet():
        for each in outcomes:
            reader = pymarc.MARCReader(each.chunk.raw)
            record = next(reader, None)
            aside = SetAside(each.chunk, "unreadable", repr(reader.current_exception))
            made.append(aside if record is None else _as_ours(record))
    return made


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """pymarc tells on standard error what it could not read."""
    logging.getLogger("pymarc").setLevel(logging.CRITICAL)
    with contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _as_ours(record: pymarc.Record) -> Record:
    fields = []
    for each in record.fields:
        if each.is_control_field():
            fields.append(Field(each.tag, each.data or ""))
        else:
            subfields = [(part.code, part.value) for part in each.subfields]
            fields.append(Field(each.tag, "", "".join(each.indicators or ""), subfields))
    return Record(str(record.leader), fields)


def _print_kinds(judged: Sequence[Judged], kinds_file: Path) -> None:
    """A table by kind of damage, where the set was made by ``--make`` and tells."""
    if not kinds_file.exists():
        return
    kinds = {
        name.strip(): kind for name, kind in (each.split("\t") for each in kinds_file.read_text().split("\n")[:-1])
    }
    table: dict[str, Counter[str]] = {}
    for each in judged:
        table.setdefault(kinds.get(each.id, "?"), Counter())[each.verdict] += 1
    print(f"\n{'damage':<28}" + "".join(f"{verdict:>10}" for verdict in VERDICTS))
    for kind, counts in sorted(table.items()):
        print(f"{kind:<28}" + "".join(f"{counts[verdict]:>10}" for verdict in VERDICTS))


def _print_errors(judged: Sequence[Judged]) -> None:
    """What is wrong, set aside or lost, by kind, each kind with examples."""
    for verdict in ("wrong", "set_aside", "lost", "repaired"):
        chosen = [each for each in judged if each.verdict == verdict]
        if not chosen:
            continue
        print(f"\n{verdict}: {len(chosen)}")
        groups: dict[str, list[Judged]] = {}
        for each in chosen:
            groups.setdefault(_kind(each), []).append(each)
        for kind, examples in sorted(groups.items(), key=lambda each: -len(each[1]))[:15]:
            print(f"  {len(examples):>4}  {kind}   e.g. {examples[0].id}")
            unlike = next((each for each in examples[0].differences if not each.named), None)
            for shown in [unlike] if unlike and verdict == "wrong" else []:
                print(f"          have  {shown.have[:110]!r}\n          meant {shown.meant[:110]!r}")
            if verdict == "set_aside":
                print(f"          {examples[0].reason[:120]}")


def _kind(each: Judged) -> str:
    if each.verdict == "set_aside":
        return each.reason.split(":")[0]
    unlike = dict.fromkeys(what.what for what in each.differences if not what.named or each.verdict == "repaired")
    return f"{', '.join(unlike) or '–'}; log: {', '.join(each.repairs) or 'nothing'}"
