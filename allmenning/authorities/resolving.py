"""Where an entity's id leads: entities that are out of use keep their ids, and lead on to what replaced them."""

from __future__ import annotations

from collections.abc import Collection

from allmenning.authorities.models import Entity, Relation

#: Longest chain of replacements that is followed; a circle ends as well.
_STEPS = 20


def resolve(entity_id: int) -> tuple[int, ...]:
    """Where an id leads now: itself while in use, its one successor, several to choose from, or nothing.

    A deprecated entity without a successor is still itself: old records carry it.
    """
    here = _ends({entity_id})
    return tuple(sorted(here.get(entity_id, ())))


def successors(entity_ids: Collection[int]) -> dict[int, int]:
    """Of these, the deprecated ones that lead to exactly one other → that one."""
    return {old: next(iter(new)) for old, new in _ends(set(entity_ids)).items() if len(new) == 1 and old not in new}


def _ends(asked: set[int]) -> dict[int, set[int]]:
    ends: dict[int, set[int]] = {each: {each} for each in asked}
    followed: set[int] = set()
    for _step in range(_STEPS):
        frontier = {each for reached in ends.values() for each in reached} - followed
        if not frontier:
            break
        followed |= frontier
        rows = Relation.objects.filter(
            entity_id__in=frontier, kind="replaced_by", target__isnull=False, entity__deprecated=True
        ).values_list("entity_id", "target_id")
        onward: dict[int, set[int]] = {}
        for old, new in rows:
            onward.setdefault(old, set()).add(new)
        ends = {start: set().union(*(onward.get(each, {each}) for each in reached)) for start, reached in ends.items()}
    living = (
        set(Entity.objects.filter(id__in=set().union(*ends.values())).values_list("id", flat=True)) if ends else set()
    )
    return {start: reached & living for start, reached in ends.items()}
