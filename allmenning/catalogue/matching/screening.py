"""The most a pair could still score when only the cheapest evidence has been looked at."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from allmenning.catalogue.matching.comparing import (
    FEATURES,
    Titles,
    both_by_bodies,
    compare_years,
    title_length,
)
from allmenning.catalogue.matching.evidence import Evidence
from allmenning.catalogue.matching.model import Model, committed

#: What is asked first.
_ASKED = ("title", "title_full", "title_words", "title_start", "title_length", "clash", "years", "year_shared")
_PAGES = ("pages", "pages_apart")


class Best(NamedTuple):
    """A bound on a model's log-odds: what was not asked is taken for the best answer there is."""

    model: Model
    rest: float  # the best of everything not asked, clash 0 included
    silent_pages: float  # how much less it is when one side gives no extent
    other_entry: float  # and when they are not both entered under bodies

    @staticmethod
    def of(model: Model) -> Best:
        best = {name: max(*steps.weights, steps.missing) for name, steps in zip(FEATURES, model.steps, strict=True)}
        silent = {name: steps.missing - best[name] for name, steps in zip(FEATURES, model.steps, strict=True)}
        rest = sum(best[name] for name in FEATURES if name not in _ASKED)
        return Best(
            model,
            model.start + rest + model.of("clash", 0.0),
            sum(silent[name] for name in _PAGES),
            silent["main_body"],
        )

    def without_clash(self, a: Evidence, b: Evidence, titles: Titles) -> float:
        """No pair with these titles and years has higher log-odds than this, the numbers it may share set aside.

        ``clash`` counts as 0, which is the best it can say.
        """
        weigh = self.model.of
        years, year_shared = compare_years(a, b)
        bound = (
            self.rest
            + weigh("title", titles.title)
            + weigh("title_full", titles.full)
            + weigh("title_words", titles.words)
            + weigh("title_start", titles.start)
            + weigh("title_length", title_length(titles.shorter))
            + weigh("years", years)
            + weigh("year_shared", year_shared)
        )
        if not a.pages or not b.pages:
            bound += self.silent_pages
        if not both_by_bodies(a, b):
            bound += self.other_entry
        return bound


@cache
def committed_best() -> Best:
    """The bound on the model in ``weights.json``."""
    return Best.of(committed())
