"""After something changed: editions, works, the outbox and the way on from old ids, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from allmenning.catalogue import sql
from allmenning.catalogue.clusters import editions, works
from allmenning.groundwork import outbox

#: The outbox topic for works whose description, editions or holdings changed.
WORK_CHANGED = "work.changed"


def regroup(
    classes: Collection[int], *, records: Collection[int], shrunk: Collection[int], now: object, in_bulk: bool
) -> int:
    """Bring editions and works up to date after these evidence classes changed.

    ``now`` is :func:`allmenning.catalogue.sql.moment`; ``records`` are those whose own facts changed, ``shrunk`` the
    works that may have lost something; ``in_bulk`` says that no person sits and waits for it. Returns how many of
    ``records`` share an edition with another record.
    """
    grouped = editions.regroup(classes)
    members = {record: (each.edition_id, each.work_id) for record, each in grouped.members.items()}
    loosened = {members[record][1] for record in _parted(grouped)}
    touched, moves = works.update(members, {*shrunk, *loosened})
    _keep_way_on("edition", grouped.moved.values(), now)
    _keep_way_on("work", moves, now)
    outbox.publish_many(WORK_CHANGED, sorted(touched | set(shrunk)), in_bulk=in_bulk)
    sizes: dict[int, int] = {}
    for edition, _ in members.values():
        sizes[edition] = sizes.get(edition, 0) + 1
    return sum(1 for record in records if record in members and sizes[members[record][0]] > 1)


def decided(records: Collection[int]) -> set[int]:
    """Those of these records that a person's standing word on editions is about."""
    if not records:
        return set()
    found = sql.rows(
        """SELECT pair.a_id, pair.b_id FROM catalogue_decisionpair pair
           JOIN catalogue_decision said ON said.id = pair.decision_id
           WHERE said.undone_at IS NULL AND said.level IN ({ids})""",
        ["edition"],
    )
    return {record for pair in found for record in pair} & set(records)


def _parted(grouped: editions.Regrouped) -> set[int]:
    """Records that moved out of an edition whose records are no longer all together: its work may fall apart too."""
    went: dict[int, set[int]] = {}
    for old, new in grouped.moved.values():
        went.setdefault(old, set()).add(new)
    for member in grouped.members.values():
        if member.edition_id in went:
            went[member.edition_id].add(member.edition_id)
    return {record for record, (old, _) in grouped.moved.items() if len(went[old]) > 1}


def _keep_way_on(level: str, moves: Iterable[tuple[int, int]], now: object) -> None:
    """Note where the records of ids that ceased are now. An id that lives again, or ceases anew, forgets its old way."""
    moved = {(old, new) for old, new in moves if old != new}
    olds = {old for old, _ in moved}
    column = "edition_id" if level == "edition" else "work_id"
    live = sql.rows(
        f"SELECT DISTINCT {column} FROM catalogue_sourcerecord WHERE NOT deleted AND {column} IN ({{ids}})",  # noqa: S608
        olds,
    )
    ceased = olds - {row[0] for row in live}
    sql.run("DELETE FROM catalogue_succession WHERE level = %s AND old_id IN ({ids})", ceased, level)
    sql.insert(
        "catalogue_succession",
        "level, old_id, new_id, at",
        [(level, old, new, now) for old, new in sorted(moved) if old in ceased],
    )
