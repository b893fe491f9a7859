"""One spelling for what transliterations and spelling habits write differently: Tsjekhov, Chekhov; Vojna i mir, Voina i mir."""

from __future__ import annotations

import re
from functools import lru_cache

#: In order; longer ones first. On folded Latin text.
_SPELLINGS = (
    ("shch", "s"), ("sjtsj", "s"), ("sjtj", "s"), ("tsch", "c"), ("tsj", "c"), ("tch", "c"), ("tj", "c"), ("sch", "s"),
    ("ch", "c"), ("cz", "c"), ("kh", "h"), ("zh", "z"), ("zj", "z"), ("sh", "s"), ("sj", "s"), ("ph", "f"), ("th", "t"),
    ("ck", "k"), ("x", "ks"), ("w", "v"), ("aa", "a"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_TWICE = re.compile(r"([a-z])\1+")
_WITH_VOWEL = re.compile(r"i(?=[aeou])|(?<=[aeou])i")


def sounded(text: str) -> str:
    """Folded text → a rough spelling that is only good for being equal: ``dostojevskij`` and ``dostoevsky`` → ``dostoevski``."""
    # No rule looks beyond a word, and words come again where whole titles do not.
    return " ".join(map(_word, text.split(" "))) if " " in text else _word(text)


@lru_cache(maxsize=50_000)
def _word(text: str) -> str:
    for have, want in _SPELLINGS:
        if have in text:
            text = text.replace(have, want)
    text = _TWICE.sub(r"\1", text)
    return _WITH_VOWEL.sub("", text)
