"""The learned weights: one table of steps per measure, added up. Read ``weights.json`` to see what counts how much.

A weight is evidence in natural-log odds: +2.3 makes "the same" ten times as likely, -2.3 ten times less.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from allmenning.catalogue.matching.comparing import FEATURES, MISSING, Comparison

#: +1: more alike is never evidence against. -1: further apart is never evidence for.
DIRECTIONS = {
    "title": 1, "title_full": 1, "title_words": 1, "title_start": 1, "title_length": 1, "clash": -1, "part_silent": -1,
    "numbers": 1, "person": 1, "main_person": 1, "body": 1, "main_body": 1, "statement": 1, "years": -1,
    "year_shared": 1, "publisher": 1, "place": 1, "country": 1, "pages": -1, "pages_apart": -1, "volumes": 1,
    "height": -1, "edition_number": 1, "edition": 1, "edition_silent": -1, "series": 1, "series_number": 1,
    "language": 1, "year_kind": 1, "subjects": 1, "format": 1, "stranger": 1, "imprint": 1,
}  # fmt: skip


_PLACES = {name: place for place, name in enumerate(FEATURES)}


class Steps(NamedTuple):
    """``weights[i]`` holds from ``cuts[i-1]`` (not included) up to ``cuts[i]``."""

    cuts: tuple[float, ...]
    weights: tuple[float, ...]
    missing: float


class Model(NamedTuple):
    version: str
    start: float
    steps: tuple[Steps, ...]  # in the order of FEATURES
    declared: dict[str, float]
    same: float  # probability from which it merges by itself
    doubtful: float  # probability from which a person is asked

    def log_odds(self, measured: Comparison) -> float:
        """The sum of the learned evidence."""
        total = self.start
        for value, (cuts, weights, missing) in zip(measured, self.steps, strict=True):
            total += missing if value == MISSING else weights[bisect_right(cuts, value)]
        return total

    def of(self, feature: str, value: float) -> float:
        """What one measure adds."""
        cuts, weights, missing = self.steps[_PLACES[feature]]
        return missing if value == MISSING else weights[bisect_right(cuts, value)]


def probability(log_odds: float) -> float:
    """0–1, rounded so that stored scores compare equal on every machine."""
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds)))), 5)


def read(data: dict[str, Any]) -> Model:
    """A model from the data of a weights file; a measure it has no steps for (a new one, before training) counts nothing."""
    steps = []
    for name in FEATURES:
        row = data["features"].get(name, {"cuts": [], "weights": [0.0], "missing": 0.0})
        steps.append(Steps(tuple(row["cuts"]), tuple(row["weights"]), row["missing"]))
    thresholds = data["thresholds"]
    return Model(
        data["version"], data["start"], tuple(steps), data["declared"], thresholds["same"], thresholds["doubtful"]
    )


@cache
def committed() -> Model:
    """The model in ``weights.json``."""
    return read(json.loads(resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8")))


MODEL_VERSION: str = committed().version


@cache
def trained_on() -> dict[str, Any]:
    """What the committed weights were learned from: the pairs' fingerprint, how many were learned from and how many held out."""
    text = resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    return dict(json.loads(text)["trained_on"])
