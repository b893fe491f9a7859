"""Learns the weights: ``python -m allmenning.catalogue.matching.train --pairs PAIRS.csv --records RECORDS.mrc.gz``.

Needs the ``train`` extra. Additive boosted steps (one measure at a time, bent only one way where we know the way), so that
what is learned is a table a person can read. One fifth of the components is never looked at: see ``pairs.held_out``.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from allmenning.catalogue.matching.comparing import FEATURES, MISSING, compare
from allmenning.catalogue.matching.degrading import other_edition, poorer
from allmenning.catalogue.matching.evidence import Evidence
from allmenning.catalogue.matching.judging import judge
from allmenning.catalogue.matching.keys import keys
from allmenning.catalogue.matching.model import DIRECTIONS, Model, read
from allmenning.catalogue.matching.pairs import Pair, components, fingerprint, held_out, read_evidence, read_pairs
from allmenning.catalogue.matching.vetoes import veto

#: What numbers count, reasoned by hand: the labelled pairs had theirs taken away (docs/matching.md says why these).
DECLARED = {
    "isbn_shared": 5.0, "isbn_shared_title_differs": 1.0, "isbn_differs": -4.0,
    "number_shared": 5.0, "number_shared_title_differs": 1.0, "number_differs": -2.0,
}  # fmt: skip
PRECISION_WANTED = 0.995
STRANGERS_READ, STRANGERS, STRANGER_WEIGHT = 60_000, 5000, 0.3
SEED = 20261122


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--records", type=Path, required=True)
    parser.add_argument("--strangers", type=Path, help="a catalogue known to hold no doubles (docs/matching.md)")
    parser.add_argument("--version", default="1")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("weights.json"))
    given = parser.parse_args()
    pairs = read_pairs(given.pairs)
    evidence = read_evidence(given.records)
    strangers = strangers_in(read_evidence(given.strangers, most=STRANGERS_READ).values()) if given.strangers else []
    learned = learn(pairs, evidence, strangers, version=given.version)
    given.out.write_text(dump(learned), encoding="utf-8")
    print(f"{given.out}: same ≥ {learned['thresholds']['same']}, doubtful ≥ {learned['thresholds']['doubtful']}")


def strangers_in(catalogue: Iterable[Evidence]) -> list[tuple[Evidence, Evidence]]:
    """Records that share a key in a catalogue without doubles: alike, and yet not the same. Without their numbers, so that
    the description alone must tell them apart."""
    shelves: dict[int, list[Evidence]] = {}
    for each in catalogue:
        bare = each._replace(isbns=(), ids=())
        for key in keys(bare):
            shelves.setdefault(key, []).append(bare)
    found = {
        (one, two)
        for shelf in shelves.values()
        if len(shelf) <= 20
        for at, one in enumerate(shelf)
        for two in shelf[:at]
        if not veto(one, two) and (not one.year or not two.year or abs(one.year - two.year) < 3)
    }
    chosen = sorted(found)
    Random(SEED).shuffle(chosen)  # noqa: S311
    return chosen[:STRANGERS]


def learn(
    pairs: list[Pair], evidence: dict[str, Evidence], strangers: list[tuple[Evidence, Evidence]], *, version: str
) -> dict[str, Any]:
    """The weights as data. Thresholds are frozen on predictions for components the predicting model had not seen."""
    groups = components(pairs)
    kept = [pair for pair in pairs if not held_out(groups[pair.left])]
    group = np.array([groups[pair.left] for pair in kept])
    unseen = np.zeros(len(kept))
    same = np.array([pair.same for pair in kept])
    for learning, testing in GroupKFold(4).split(kept, groups=group):
        part = read(_fit([kept[at] for at in learning], evidence, strangers, version))
        unseen[testing] = _scores(part, [kept[at] for at in testing], evidence)
    data = _fit(kept, evidence, strangers, version)
    data["thresholds"] = {"same": _threshold(unseen, same), "doubtful": _doubtful(unseen, same)}
    data["trained_on"] = {
        "pairs": fingerprint(pairs),
        "learned_from": len(kept),
        "held_out": len(pairs) - len(kept),
        "strangers": len(strangers),
    }
    return data


def _scores(model: Model, pairs: list[Pair], evidence: dict[str, Evidence]) -> list[float]:
    return [judge(evidence[pair.left], evidence[pair.right], model).score for pair in pairs]


def _threshold(scores: np.ndarray[Any, Any], same: np.ndarray[Any, Any]) -> float:
    """The lowest score at and above which the wanted share is right, counted with one error more than was seen."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(same[order])
    counted = np.arange(1, len(order) + 1)
    good = np.nonzero((right - 1) / counted >= PRECISION_WANTED)[0]
    return round(float(scores[order][good[-1]]), 3) if len(good) else 0.99


def _doubtful(scores: np.ndarray[Any, Any], same: np.ndarray[Any, Any]) -> float:
    """Where a person is asked: all but one in two hundred of the true ones that no veto stops lie above."""
    true = np.sort(scores[(same == 1) & (scores > 0)])
    return round(float(true[len(true) // 200]), 3)


def _fit(
    pairs: list[Pair], evidence: dict[str, Evidence], strangers: list[tuple[Evidence, Evidence]], version: str
) -> dict[str, Any]:
    rows, labels, weights = _examples(pairs, evidence)
    for one, two in strangers:
        rows.append(compare(one, two))
        labels.append(0)
        weights.append(STRANGER_WEIGHT)
    table = np.array(rows)
    table[table == MISSING] = np.nan
    fitted = HistGradientBoostingClassifier(
        max_leaf_nodes=2, max_iter=450, learning_rate=0.12, l2_regularization=2.0, min_samples_leaf=25,
        early_stopping=False, random_state=SEED, monotonic_cst=[DIRECTIONS[name] for name in FEATURES],
    )  # fmt: skip
    fitted.fit(table, labels, sample_weight=weights)
    start, features = _steps(fitted)
    return {
        "version": version, "start": start, "features": features, "declared": DECLARED,
        "thresholds": {"same": 0.5, "doubtful": 0.1},
    }  # fmt: skip


def _examples(pairs: list[Pair], evidence: dict[str, Evidence]) -> tuple[list[Any], list[int], list[float]]:
    """Each pair as it is, once with a poorer left or right, and for true pairs a neighbour edition that is not the same."""
    chance = Random(SEED)  # noqa: S311
    rows: list[Any] = []
    labels: list[int] = []
    weights: list[float] = []
    for pair in pairs:
        a, b = evidence[pair.left], evidence[pair.right]
        made = [(a, b, pair.same, 1.0), (poorer(a, chance), b, pair.same, 0.5)]
        if pair.same and a.year and chance.random() < 0.35:
            made.append((other_edition(a, chance), b, 0, 0.5))
        for one, two, label, weight in made:
            rows.append(compare(one, two))
            labels.append(label)
            weights.append(weight)
    return rows, labels, weights


def _steps(fitted: Any) -> tuple[float, dict[str, Any]]:
    """The boosted stumps summed up as one table of steps a measure."""
    jumps: dict[str, dict[float, float]] = {name: {} for name in FEATURES}
    lowest: dict[str, float] = dict.fromkeys(FEATURES, 0.0)
    missing: dict[str, float] = dict.fromkeys(FEATURES, 0.0)
    for (tree,) in fitted._predictors:
        root = tree.nodes[0]
        if root["is_leaf"]:
            continue
        name = FEATURES[root["feature_idx"]]
        left, right = float(tree.nodes[root["left"]]["value"]), float(tree.nodes[root["right"]]["value"])
        cut = round(float(root["num_threshold"]), 2)
        lowest[name] += left
        missing[name] += left if root["missing_go_to_left"] else right
        jumps[name][cut] = jumps[name].get(cut, 0.0) + right - left
    features = {}
    for name in FEATURES:
        cuts, weights = [], [round(lowest[name], 3)]
        level = lowest[name]
        for cut in sorted(
            cut for cut in jumps[name] if math.isfinite(cut)
        ):  # an endless cut only parts silence from speech
            level += jumps[name][cut]
            if abs(level - weights[-1]) >= 0.005:
                cuts.append(cut)
                weights.append(round(level, 3))
        features[name] = {"cuts": cuts, "weights": weights, "missing": round(missing[name], 3)}
    return round(float(np.ravel(fitted._baseline_prediction)[0]), 3), features


def dump(data: dict[str, Any]) -> str:
    """JSON with one line a measure."""
    lines = [f'  "{key}": {json.dumps(value)}' for key, value in data.items() if key != "features"]
    rows = ",\n".join(f'    "{name}": {json.dumps(steps)}' for name, steps in data["features"].items())
    return "{\n" + ",\n".join(lines) + ',\n  "features": {\n' + rows + "\n  }\n}\n"


if __name__ == "__main__":
    main()
