"""Numbers as catalogues write them: arabic, roman, and as words, for parts, volumes and editions."""

from __future__ import annotations

import re
from functools import lru_cache

_ROMAN = re.compile(r"^m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_WORDS: dict[str, int] = {}
for _number, _names in enumerate((
    "one first forste en ett ein eitt fyrste premiere erste ensimmainen pervyi pervaia",
    "two second annen andre anden annet to zweite deuxieme toinen seconde vtoroi vtoraia",
    "three third tredje tre dritte troisieme kolmas", "four fourth fjerde fire vierte quatrieme neljas",
    "five fifth femte fem funfte viides",
    "six sixth sjette seks kuudes", "seven seventh sjuende syvende sju syv seitsemas",
    "eight eighth attende ottende atte otte kahdeksas",
    "nine ninth niende ni yhdeksas", "ten tenth tiende ti kymmenes", "eleven eleventh ellevte elleve",
    "twelve twelfth tolvte tolv",
), start=1):  # fmt: skip
    for _name in _names.split():
        _WORDS[_name] = _number


def roman(word: str) -> int | None:
    """``xiv`` → 14; nothing for what is not a roman number or is a plain letter other than i, v and x."""
    if not word or not _ROMAN.match(word) or (len(word) == 1 and word not in "ivx"):
        return None
    total = 0
    for at, letter in enumerate(word):
        value = _VALUES[letter]
        total += -value if at + 1 < len(word) and _VALUES[word[at + 1]] > value else value
    return total


@lru_cache(maxsize=20_000)
def number_of(word: str) -> int | None:
    """A folded word as a number, if it is one: ``2``, ``2nd``, ``ii``, ``second``, ``andre``."""
    if word.isdecimal():
        return int(word) if len(word) < 10 else None
    if word[:1].isdecimal():
        digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
        return (
            int(digits)
            if digits.isdecimal() and word[len(digits) :] in ("st", "nd", "rd", "th", "d", "e", "re", "a", "er", "me")
            else None
        )
    return _WORDS.get(word) or roman(word)
