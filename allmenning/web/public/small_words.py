"""Small words that a title may have or not, and that say little: left out when nothing fits all of what was typed."""

from __future__ import annotations

from allmenning.kernel.text import fold
from allmenning.web.public.typed import pieces, together

_WORDS = (
    "og i på om av til for med den det de en ei et som fra at å er",  # bokmål
    "ein eit frå",  # nynorsk has the others in common
    "the of and a an in on to with by from is about",
    "ja",  # and, in the Sámi languages and Kven
    "bok boka boken bøker bøkene book books",  # says nothing in a library
)
SMALL = frozenset(fold(word) for words in _WORDS for word in words.split())
#: Shorter queries are a title or a name as they stand.
FEWEST_WORDS = 3


def without(text: str) -> str:
    """``text`` without its small words; ``""`` when there is nothing to leave out, or nothing would be left."""
    typed = pieces(text)
    kept = [each for each in typed if each.key not in SMALL]
    return together(kept) if len(typed) >= FEWEST_WORDS and len(kept) < len(typed) else ""
