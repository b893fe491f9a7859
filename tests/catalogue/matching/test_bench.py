"""The bench of matching: what it counts, and that the committed weights hold the gate on the part held out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from allmenning.bench.matching import Judged, interval, measure, run
from allmenning.catalogue.matching import Judgement
from allmenning.catalogue.matching.pairs import Pair, components, fingerprint, held_out


def judged(same: int, verdict: str, score: float, *, met: bool = True, component: str = "a") -> Judged:
    return Judged(Pair("x", "y", same), Judgement(score, verdict, ()), met, component)  # type: ignore[arg-type]


def test_what_is_told_and_what_is_merged_are_counted_over_what_is_true() -> None:
    found = measure(
        [
            judged(1, "same", 0.99),
            judged(1, "same", 0.98, met=False),
            judged(1, "doubtful", 0.97),  # a person is asked although the score is high: told, not merged
            judged(1, "doubtful", 0.6),
            judged(1, "different", 0.9, met=False),  # namesakes: neither
            judged(0, "same", 0.9),
            judged(0, "different", 0.1),
        ]
    )
    assert found == {
        "pairs": 7, "precision": 0.75, "recall": 0.6, "f1": 0.66667,
        "merged_precision": 0.66667, "merged_recall": 0.4, "merged_f1": 0.5,
        "candidate_recall": 0.6, "merged_recall_with_candidates": 0.2, "recall_at_p99": 0.6, "recall_at_p995": 0.6,
    }  # fmt: skip


def test_recall_at_a_precision_does_not_split_equal_scores() -> None:
    found = measure([judged(1, "same", 0.9), judged(0, "different", 0.9), judged(1, "different", 0.5)])
    assert found["recall_at_p99"] == 0


def test_an_interval_holds_the_figure_and_draws_whole_components() -> None:
    sample = [
        judged(each % 2, "same" if each % 3 else "different", 0.5, component=str(each // 2)) for each in range(60)
    ]
    spread, figures = interval(sample), measure(sample)
    for name in ("precision", "recall", "f1", "merged_precision", "merged_recall", "merged_f1"):
        low, high = spread[name]
        assert low <= figures[name] <= high
    assert interval(sample) == spread


def test_pairs_hang_together_in_components() -> None:
    pairs = [Pair("c", "b", 1), Pair("b", "a", 0), Pair("x", "y", 1)]
    assert components(pairs) == {"a": "a", "b": "a", "c": "a", "x": "x", "y": "x"}


def test_the_fingerprint_forgets_order_and_direction_but_not_labels() -> None:
    one = [Pair("a", "b", 1), Pair("c", "d", 0)]
    assert fingerprint(one) == fingerprint([Pair("d", "c", 0), Pair("b", "a", 1)])
    assert fingerprint(one) != fingerprint([Pair("a", "b", 0), Pair("c", "d", 0)])


def test_one_component_in_five_is_held_out_by_its_name() -> None:
    share = sum(held_out(f"id.{each:08x}") for each in range(2000)) / 2000
    assert 0.17 < share < 0.23
    assert held_out("id.00000000") == held_out("id.00000000")


def test_the_committed_model_holds_the_gate(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shared_data / "pairs"
    assert run(folder / "monographs-train.csv", folder / "monographs-train.mrc.gz") == 0
    line = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert line["part"] == "held_out"
    assert 1400 < line["pairs"] < 1700
    assert line["f1"] >= 0.985
    assert line["merged_precision"] >= 0.995
    assert line["merged_recall"] >= 0.955
    assert line["candidate_recall"] >= 0.98


def test_pairs_of_unknown_records_cannot_be_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("left,right,same\na,b,1\n", encoding="utf-8")
    records = tmp_path / "records.mrc"
    records.write_bytes(b"")
    assert run(pairs, records) == 1
    assert "nothing can be measured" in capsys.readouterr().out
