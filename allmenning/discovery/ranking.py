"""What counts for how much when hits are put in order. Every weight lives here and nowhere else.

The idea in words: a title that *is* the query comes first (the known item), then a title with its creator's name, then
titles that hold the words, then creators, subjects, series, and last the running text. A word as it was written counts
more than another form of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Weight(NamedTuple):
    exact: float
    normal: float


#: Searched field → what a word found in it adds.
FIELDS = {
    "title": Weight(3.0, 1.6),
    "creator": Weight(2.4, 0.0),  # names have no other forms
    "subject": Weight(1.4, 1.0),
    "series": Weight(1.2, 0.0),
    "text": Weight(0.5, 0.3),
}
#: A whole title (or title proper) equal to the whole query.
TITLE_IS_QUERY = 30.0
#: A title begins with the query's words in their order.
TITLE_PHRASE = 6.0
#: How much the other fields a word is found in add to the best one (0 = best only, 1 = sum).
TIE_BREAKER = 0.2
#: An edition named by its ISBN.
ISBN = 50.0
#: One side of the query is a whole title and every word of the other side is in a creator's name (``sult hamsun``).
TITLE_AND_CREATOR = 25.0


def title_and_rest(words: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every way to read a query as a whole title before or after other words: ``(title key, the other words)``.

    At most twelve words are split: a longer query is no title with a name.
    """
    if len(words) <= 12:
        for at in range(1, len(words)):
            yield " ".join(words[:at]), tuple(words[at:])
            yield " ".join(words[at:]), tuple(words[:at])
