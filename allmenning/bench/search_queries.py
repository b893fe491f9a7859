"""Queries to measure with, derived mechanically from the works themselves; always the same for the same works."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from allmenning.discovery.ports import WorkDocument
from allmenning.kernel import text as texts

SEED = 20261122
#: How many of the most frequent words are asked for alone: the hardest queries there are.
BROADEST = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """One query as typed. ``kind`` says what it was made from; ``work_id`` is the work it was made from, or 0."""

    text: str
    kind: str
    work_id: int = 0


def queries(sample: Iterable[WorkDocument], count: int, *, seed: int = SEED) -> list[Asked]:
    """``count`` distinct queries, the :data:`BROADEST` first words among them."""
    chance = random.Random(seed)  # noqa: S311
    works = list(sample)
    frequent = Counter(word for work in works for word in set(texts.words(" ".join((work.title, *work.subjects)))))
    broad = [word for word, _ in frequent.most_common(200) if len(word) > 1][:BROADEST]
    made = {word: Asked(word, "broad") for word in broad}
    for _ in range(count * 50):
        if len(made) >= count or not works:
            break
        asked = _from(chance.choice(works), chance)
        if asked and asked.text not in made:
            made[asked.text] = asked
    return list(made.values())


def _from(work: WorkDocument, chance: random.Random) -> Asked | None:
    """Like the log of a library's catalogue: half of it known items, then authors, subjects, single words."""
    title, kind = texts.words(work.title), chance.random()
    if kind < 0.30:
        return Asked(" ".join(title[:6]), "title", work.work_id) if title else None
    if kind < 0.45 and work.creators and title:
        name = texts.words(work.creators[0])
        return Asked(f"{name[0]} {chance.choice(title)}", "creator and title", work.work_id) if name else None
    if kind < 0.60 and work.creators:
        return Asked(" ".join(texts.words(work.creators[0])[:2]), "creator", work.work_id) if work.creators[0] else None
    if kind < 0.75 and work.subjects:
        return Asked(" ".join(texts.words(chance.choice(work.subjects))[:4]), "subject", work.work_id)
    if kind < 0.88 and title:
        return Asked(chance.choice(title), "word", work.work_id)
    if kind < 0.93 and len(title) > 1:
        return Asked(f'"{" ".join(title[:2])}"', "phrase", work.work_id)
    if kind < 0.97 and title and len(title[0]) > 4:
        return Asked(f"{title[0][:4]}*", "beginning", work.work_id)
    isbns = [isbn for edition in work.editions for isbn in edition.isbns]
    return Asked(isbns[0], "isbn", work.work_id) if isbns else None
