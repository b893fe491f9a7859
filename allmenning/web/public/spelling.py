"""«Did you mean»: names that begin as what was typed and are nearly it. Asked for only when nothing was found."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz import fuzz, process

from allmenning.discovery import queries as discovery
from allmenning.kernel.text import fold
from allmenning.organisations.models import Library
from allmenning.web.public import people
from allmenning.web.public.asking import Asked
from allmenning.web.public.shown import Link

#: Percent of letters alike, and how many names to offer.
LEAST_ALIKE, MOST = 74, 3
#: The first letters are seldom the wrong ones; three first, then two for those who slipped early.
BEGINNINGS = (3, 2)


def nearly(asked: Asked, here: Library | None, base: str) -> tuple[Link, ...]:
    """Titles and people that what was typed may have been meant for, the most alike first."""
    typed = fold(asked.text)
    for length in BEGINNINGS:
        names = _names(typed[:length], here) if len(typed) > length else {}
        best = process.extract(typed, list(names), scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=MOST)
        if best:
            found = {names[name] for name, _alike, _at in best}
            return tuple(Link(text, replace(asked, text=text, page=1).url(base), tag) for text, tag in sorted(found))
    return ()


def _names(beginning: str, here: Library | None) -> dict[str, tuple[str, str]]:
    """Folded forms of every suggestion → (as one writes it, its language). A person also by family name alone."""
    names: dict[str, tuple[str, str]] = {}
    for each in discovery.suggest(beginning, library_id=here.id if here else None, limit=200):
        shown = people.turned(each.text) if each.kind == "creator" else each.text
        names.setdefault(fold(shown), (shown, each.language))
        if each.kind == "creator":
            names.setdefault(fold(each.text), (shown, each.language))
            names.setdefault(fold(each.text.partition(",")[0]), (shown, each.language))
    return names
