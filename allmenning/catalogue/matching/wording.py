"""Words of two titles held against each other."""

from __future__ import annotations

from rapidfuzz.fuzz import ratio

#: Words that tell no title from another.
STOP = frozenset((
    "a", "an", "the", "of", "and", "in", "on", "to", "for", "with", "by", "from", "at", "or", "its", "as", "is",
    "en", "et", "ei", "den", "det", "de", "og", "i", "pa", "av", "til", "med", "om", "fra", "som", "ett", "er", "ved",
    "der", "die", "das", "und", "le", "la", "les", "du", "des", "el", "los", "las", "y", "ja", "etc",
))  # fmt: skip


def clash(a: str, b: str) -> float:
    """How many telling words each has that the other lacks, the smaller count: «… of a soldier» and «… of a sailor» clash,
    a title with a remainder and one without do not."""
    words_a, words_b = a.split(), b.split()
    left_a = [word for word in words_a if word not in words_b]
    left_b = [word for word in words_b if word not in words_a]
    if not left_a or not left_b:
        return 0.0
    telling_a = [word for word in left_a if word not in STOP]
    telling_b = [word for word in left_b if word not in STOP]
    if not telling_a or not telling_b:
        return 0.5 if len(left_a) < 3 and len(left_b) < 3 else 0.0
    joined_a, joined_b = "".join(words_a), "".join(words_b)
    alone_a = sum(not _answered(word, left_b, joined_b) for word in telling_a)
    alone_b = sum(not _answered(word, left_a, joined_a) for word in telling_b)
    return float(min(alone_a, alone_b, 4))


def _answered(word: str, others: list[str], joined: str) -> bool:
    """Whether ``word`` stands on the other side mistyped, shortened («dept»), lengthened, or run together with its neighbour."""
    if len(word) > 3 and word in joined:
        return True
    for other in others:
        if word.isdigit() or other.isdigit():
            continue
        if (
            len(word) > 3
            and len(other) > 3
            and (ratio(word, other) >= 75 or word.startswith(other) or other.startswith(word))
        ):
            return True
        if word[0] == other[0] and (_shortened(word, other) or _shortened(other, word)):
            return True
    return False


def _shortened(short: str, long: str) -> bool:
    """``dept`` for ``department``, ``jan`` for ``january``: few letters, in order, from a word at least twice as long."""
    if len(short) > 5 or len(short) * 2 > len(long) + 1:
        return False
    if long.startswith(short):
        return True
    letters = iter(long)
    return short[-1] == long[-1] and len(short) > 2 and all(letter in letters for letter in short)
