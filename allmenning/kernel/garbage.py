"""Python's search for circles of dead objects, in processes that make millions of small ones that all die by themselves."""

from __future__ import annotations

import gc

#: Objects made between two looks at the young ones; Python's own 700 suits programs that make few.
YOUNG = 50_000


def look_seldom() -> None:
    """For imports and the index follower: looking at every list of every record was a sixth of their time."""
    gc.collect()
    gc.freeze()  # what is there now (code, dictionaries) stays, and is not looked at again
    gc.set_threshold(YOUNG, 20, 20)
