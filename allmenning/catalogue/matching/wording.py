"""Words of two titles held against each other."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

#: Words that tell no title from another.
STOP = frozenset((
    "a", "an", "the", "of", "and", "in", "on", "to", "for", "with", "by", "from", "at", "or", "its", "as", "is",
    "en", "et", "ei", "den", "det", "de", "og", "i", "pa", "av", "til", "med", "om", "fra", "som", "ett", "er", "ved",
    "der", "die", "das", "und", "le", "la", "les", "du", "des", "el", "los", "las", "y", "ja", "etc",
))  # fmt: skip


def clash(a: str, b: str) -> float:
    """:func:`words_clash` of two texts."""
    words_a, words_b = a.split(), b.split()
    return words_clash(words_a, frozenset(words_a), words_b, frozenset(words_b))


def words_clash(words_a: list[str], set_a: frozenset[str], words_b: list[str], set_b: frozenset[str]) -> float:
    """How many telling words each has that the other lacks, the smaller count: «… of a soldier» and «… of a sailor» clash,
    a title with a remainder and one without do not."""
    left_a = [word for word in words_a if word not in set_b]
    left_b = [word for word in words_b if word not in set_a]
    if not left_a or not left_b:
        return 0.0
    telling_a = [word for word in left_a if word not in STOP]
    telling_b = [word for word in left_b if word not in STOP]
    if not telling_a or not telling_b:
        return 0.5 if len(left_a) < 3 and len(left_b) < 3 else 0.0
    joined_a, joined_b = "".join(words_a), "".join(words_b)
    alone_a = _alone(telling_a, left_b, joined_b)
    alone_b = _alone(telling_b, left_a, joined_a) if alone_a else 0
    return float(min(alone_a, alone_b))


#: More clashing words than this say nothing more; to count on would cost the most where the titles differ most.
_MOST = 2


def _alone(words: list[str], others: list[str], joined: str) -> int:
    """How many of ``words`` nothing on the other side answers, counted up to ``_MOST``."""
    spelled = [other for other in others if not other.isdigit()]
    long = [other for other in spelled if len(other) > 3]
    by_first: dict[str, list[str]] = {}
    for other in spelled:
        by_first.setdefault(other[0], []).append(other)
    alone = 0
    for word in words:
        if not _answered(word, by_first.get(word[0], ()), long, joined):
            alone += 1
            if alone == _MOST:
                break
    return alone


def _answered(word: str, alike: Sequence[str], long: list[str], joined: str) -> bool:
    """Whether ``word`` stands on the other side mistyped, shortened («dept»), lengthened, or run together with its neighbour.

    ``alike`` are the other side's words with the same first letter, ``long`` those of more than three letters.
    """
    if len(word) > 3 and word in joined:
        return True
    if word.isdigit():
        return False
    for other in alike:
        if len(word) > 3 and len(other) > 3 and (word.startswith(other) or other.startswith(word)):
            return True
        if _shortened(word, other) or _shortened(other, word):
            return True
    # extractOne looks through the list in C
    return len(word) > 3 and extractOne(word, long, scorer=ratio, score_cutoff=75) is not None


def _shortened(short: str, long: str) -> bool:
    """``dept`` for ``department``, ``jan`` for ``january``: few letters, in order, from a word at least twice as long."""
    if len(short) > 5 or len(short) * 2 > len(long) + 1:
        return False
    if long.startswith(short):
        return True
    letters = iter(long)
    return short[-1] == long[-1] and len(short) > 2 and all(letter in letters for letter in short)
