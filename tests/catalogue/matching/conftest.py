"""For mutmut, which runs these tests once for every change it makes (docs/mutation.md)."""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import Phase, settings

MUTATED = "MUTANT_UNDER_TEST" in os.environ

settings.register_profile(
    "mutation", max_examples=15, derandomize=True, deadline=None, database=None, phases=(Phase.explicit, Phase.generate)
)
if MUTATED:
    settings.load_profile("mutation")


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_remembered() -> None:
    """Each change is tried in a fork of a process that has run the tests before: its caches would answer for the changed code."""
    if MUTATED:
        for name, module in sorted(sys.modules.items()):
            if name.startswith("allmenning.catalogue.matching"):
                for each in vars(module).values():
                    if hasattr(each, "cache_clear"):
                        each.cache_clear()
