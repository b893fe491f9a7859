"""Slips of the fingers, as they stand in real catalogues."""

from __future__ import annotations

import re
from random import Random

_WORD = re.compile(r"[^\W\d_]{5,}")


def mistyped(text: str, rng: Random) -> str:
    """One letter of one longer word swapped, dropped or doubled; a first letter is never touched. Short texts stand."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    slip = rng.choice(("swap", "drop", "double"))
    if slip == "swap":
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if slip == "drop":
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at] + text[at:]
