"""Where an old address leads: itself while it lives, its one successor, a choice, or nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from allmenning.catalogue.models import SourceRecord, Succession


@dataclass(frozen=True, slots=True)
class Resolved:
    """``ids`` are live: one is an answer, several are a choice, none means that nothing is left of it."""

    asked: int
    ids: tuple[int, ...]

    @property
    def current(self) -> int | None:
        return self.ids[0] if len(self.ids) == 1 else None


def resolve(level: str, asked: int) -> Resolved:
    """Follow the successions of an edition's or work's id (``level`` is ``edition`` or ``work``) to what lives now."""
    column = "edition_id" if level == "edition" else "work_id"
    live: set[int] = set()
    seen: set[int] = set()
    frontier = {asked}
    while frontier:  # chains are short: each step is a merge or a removal that ended an id
        seen |= frontier
        standing = set(
            SourceRecord.objects.filter(deleted=False, **{f"{column}__in": frontier}).values_list(column, flat=True)
        )
        live |= standing
        onward = Succession.objects.filter(level=level, old_id__in=frontier - standing).values_list("new_id", flat=True)
        frontier = set(onward) - seen
    return Resolved(asked, tuple(sorted(live)))
