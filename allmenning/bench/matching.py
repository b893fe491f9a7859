"""How well the committed model joins labelled pairs of records: ``allmenning bench matching --pairs CSV --records FILE``."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from random import Random
from typing import Any

from allmenning.catalogue.matching import MODEL_VERSION, Evidence, Judgement, judge, keys
from allmenning.catalogue.matching.model import committed, trained_on
from allmenning.catalogue.matching.pairs import Pair, components, fingerprint, held_out, read_evidence, read_pairs

#: Measured by others on comparable pairs of large libraries' records (docs/benchmarks.md): F1, and pairs a second where known.
PEERS = (
    ("exact key", 0.69),
    ("Open Library", 0.82),
    ("Melinda", 0.87),
    ("SLSP forest", 0.95),
    ("Splink", 0.973),
    ("neural network trained on such pairs", 0.984),
)
RESAMPLES = 200
THREE = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True)
class Judged:
    pair: Pair
    judgement: Judgement
    brought_together: bool  # they share a candidate key
    component: str

    @property
    def told(self) -> bool:
        """Told to be the same edition: the frozen threshold is reached, whether it is merged or a person is asked first."""
        return self.judgement.verdict != "different" and self.judgement.score >= committed().same

    @property
    def merged(self) -> bool:
        """Merged by itself: the threshold is reached and nothing asks for a person."""
        return self.judgement.verdict == "same"


_TOLD, _MERGED = attrgetter("told"), attrgetter("merged")


def run(pairs: Path, records: Path) -> int:
    """Print the report, last line one JSON object. 0 when it could be measured, 1 when pairs or records are missing."""
    labelled = read_pairs(pairs)
    evidence = read_evidence(records)
    known = [pair for pair in labelled if pair.left in evidence and pair.right in evidence]
    if len(known) < len(labelled):
        print(f"{len(labelled) - len(known)} pairs name records that are not in {records} and are left out.")
    if not known or not any(pair.same for pair in known):
        print("There is no labelled pair of two known records that are the same: nothing can be measured.")
        return 1
    judged = judge_all(known, evidence)
    pairs_per_s = speed(known, evidence)
    seen_before = fingerprint(labelled) == trained_on()["pairs"]
    unseen = [each for each in judged if held_out(each.component)] if seen_before else judged
    print(f"Model {MODEL_VERSION}. {len(evidence)} records, {len(known)} pairs.")
    if seen_before:
        print(
            f"The model was trained on these pairs: on {len(judged) - len(unseen)} of them. The {len(unseen)} pairs of the"
            " components left out, one in five, are what counts below; all pairs are shown beside them."
        )
        _print_part("all pairs", judged)
    else:
        print("None of these pairs was used in training: all count.")
    figures = _print_part("held-out pairs" if seen_before else "all pairs", unseen)
    _print_errors(unseen)
    print("Peers' F1 on comparable pairs: " + ", ".join(f"{name} {f1}" for name, f1 in PEERS))
    print(f"{pairs_per_s:,.0f} pairs a second, one core, evidence read from its stored form included.")
    line: dict[str, Any] = figures | {
        "pairs_per_s": round(pairs_per_s),
        "model": MODEL_VERSION,
        "part": "held_out" if seen_before else "all",
        "all_pairs": measure(judged),
    }
    print(json.dumps(line))
    return 0


def judge_all(pairs: Sequence[Pair], evidence: dict[str, Evidence]) -> list[Judged]:
    groups = components(list(pairs))
    found = {each: set(keys(evidence[each])) for pair in pairs for each in (pair.left, pair.right)}
    return [
        Judged(
            pair,
            judge(evidence[pair.left], evidence[pair.right]),
            not found[pair.left].isdisjoint(found[pair.right]),
            groups[pair.left],
        )
        for pair in pairs
    ]


def speed(pairs: Sequence[Pair], evidence: dict[str, Evidence]) -> float:
    """Pairs a second from stored evidence (JSON) to judgement."""
    stored = [(evidence[pair.left].to_json(), evidence[pair.right].to_json()) for pair in pairs]
    start = time.perf_counter()
    for left, right in stored:
        judge(Evidence.from_json(left), Evidence.from_json(right))
    return len(stored) / (time.perf_counter() - start)


def measure(judged: Sequence[Judged]) -> dict[str, float]:
    """Shares 0–1. Precision, recall and F1 are of what is told to be the same; ``merged_…`` of what is merged by itself.

    Recall counts all true pairs, vetoed ones and those without a common candidate key too.
    """
    true = sum(each.pair.same for each in judged)
    brought = sum(each.pair.same and each.brought_together for each in judged)
    together = sum(each.pair.same and each.brought_together and each.merged for each in judged)
    told, merged = _three(judged, _TOLD), _three(judged, _MERGED)
    return {
        "pairs": len(judged),
        **{name: round(value, 5) for name, value in zip(THREE, told, strict=True)},
        **{f"merged_{name}": round(value, 5) for name, value in zip(THREE, merged, strict=True)},
        "candidate_recall": round(brought / true if true else 1.0, 5),
        "merged_recall_with_candidates": round(together / true if true else 1.0, 5),
        "recall_at_p99": round(_recall_at(judged, 0.99), 5),
        "recall_at_p995": round(_recall_at(judged, 0.995), 5),
    }


def _three(judged: Sequence[Judged], decided: Callable[[Judged], bool]) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    true = sum(each.pair.same for each in judged)
    chosen = [each for each in judged if decided(each)]
    right = sum(each.pair.same for each in chosen)
    return (
        right / len(chosen) if chosen else 1.0,
        right / true if true else 1.0,
        2 * right / (len(chosen) + true) if chosen or true else 1.0,
    )


def _recall_at(judged: Sequence[Judged], precision: float) -> float:
    """The largest recall any threshold gives at this precision: how far the scores could go, not what is merged."""
    true = sum(each.pair.same for each in judged)
    right = best = 0
    ordered = sorted(judged, key=lambda each: -each.judgement.score)
    for counted, each in enumerate(ordered, start=1):
        right += each.pair.same
        last_of_score = counted == len(ordered) or ordered[counted].judgement.score < each.judgement.score
        if last_of_score and right / counted >= precision:
            best = right
    return best / true if true else 1.0


def interval(judged: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals of the figures of both decisions; whole components are drawn, as pairs in one hang together."""
    groups: dict[str, list[Judged]] = {}
    for each in judged:
        groups.setdefault(each.component, []).append(each)
    names = sorted(groups)
    chance = Random(1)  # noqa: S311
    drawn = []
    for _ in range(RESAMPLES):
        sample = [each for name in chance.choices(names, k=len(names)) for each in groups[name]]
        drawn.append((*_three(sample, _TOLD), *_three(sample, _MERGED)))
    spread = {}
    for at, name in enumerate((*THREE, *(f"merged_{each}" for each in THREE))):
        values = sorted(each[at] for each in drawn)
        spread[name] = (round(values[int(0.025 * RESAMPLES)], 4), round(values[int(0.975 * RESAMPLES) - 1], 4))
    return spread


def _print_part(name: str, judged: Sequence[Judged]) -> dict[str, Any]:
    figures: dict[str, Any] = dict(measure(judged))
    spread = interval(judged)
    print(f"\n{name}: {len(judged)}")
    for title, before in (("told to be the same edition", ""), ("merged without asking anybody", "merged_")):
        print(f"  {title}")
        for key in THREE:
            low, high = spread[before + key]
            print(f"    {key:<28}{figures[before + key]:.4f}   ({low:.4f}–{high:.4f})")
    for key in ("candidate_recall", "merged_recall_with_candidates", "recall_at_p99", "recall_at_p995"):
        print(f"  {key:<30}{figures[key]:.4f}")
    table = Counter((each.pair.same, each.judgement.verdict) for each in judged)
    for same, label in ((1, "same in truth"), (0, "different in truth")):
        counts = ", ".join(f"{verdict} {table[same, verdict]}" for verdict in ("same", "doubtful", "different"))
        print(f"  {label}: {counts}")
    figures["interval"] = spread
    return figures


def _print_errors(judged: Sequence[Judged]) -> None:
    """Wrongly merged and missed pairs by the reasons that speak against each side."""
    wrong = [each for each in judged if not each.pair.same and each.merged]
    missed = [each for each in judged if each.pair.same and not each.merged]
    for label, errors in (("Wrongly merged", wrong), ("Missed", missed)):
        print(f"\n{label}: {len(errors)}")
        for kind, count in Counter(_kind(each) for each in errors).most_common(12):
            example = next(each.pair for each in errors if _kind(each) == kind)
            print(f"  {count:>4}  {kind}   e.g. {example.left} {example.right}")


def _kind(each: Judged) -> str:
    """A veto by itself; otherwise the two first reasons that speak against what the truth is."""
    reasons = each.judgement.reasons
    if reasons[:1] and reasons[0].startswith("veto"):
        return reasons[0]
    against = [code for code in reasons if code.endswith(("same", "shared")) != bool(each.pair.same)]
    return ", ".join(against[:2]) or ", ".join(reasons[:2])
