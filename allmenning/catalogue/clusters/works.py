"""Keep works true: editions that share a work key are one work, unless a person says otherwise.

Adding can only join works, so that way asks for the works that share a key and no more. Where something was taken away
or a person has spoken, the touched works are computed anew from their records.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise

from allmenning.catalogue import sql
from allmenning.catalogue.clusters.editions import words_between
from allmenning.catalogue.clusters.partition import Link, Word, components, partition

#: What moved, once a pair.
Moves = list[tuple[int, int]]  # (work a record was in, work it is in now)


def update(members: Mapping[int, tuple[int, int]], shrunk: Collection[int]) -> tuple[set[int], Moves]:
    """Bring works up to date. ``members``: record → (edition, work), all live members of each touched edition.

    ``shrunk`` are works that may have lost something. Returns every work id touched, and what moved.
    """
    groups = _sharing(members)
    anew = set(shrunk)
    spoken = spoken_of()
    changes: Moves = []
    links = [(first, other) for first, *rest in groups for other in rest]
    reached = {work for group in groups for work in group}
    for group in components(reached, links):
        if not group.isdisjoint(anew) or not group.isdisjoint(spoken):
            anew |= group
        else:
            head = min(group)
            changes.extend((other, head) for other in group if other != head)
    sql.many(
        "UPDATE catalogue_sourcerecord SET work_id = %s WHERE work_id = %s", [(head, other) for other, head in changes]
    )
    touched, moved = _regroup(anew)
    return reached | touched, changes + moved


def _sharing(members: Mapping[int, tuple[int, int]]) -> list[list[int]]:
    """Groups of works that a key or an edition ties together."""
    by_edition: dict[int, set[int]] = {}
    for edition, work in members.values():
        by_edition.setdefault(edition, set()).add(work)
    by_key: dict[int, set[int]] = {}
    for key, record in sql.rows("SELECT key, record_id FROM catalogue_workkey WHERE record_id IN ({ids})", members):
        by_key.setdefault(key, set()).add(members[record][1])
    for key, work in sql.rows(
        """SELECT DISTINCT shared.key, record.work_id FROM catalogue_workkey shared
           JOIN catalogue_sourcerecord record ON record.id = shared.record_id WHERE shared.key IN ({ids})""",
        by_key,
    ):
        by_key[key].add(work)
    return [sorted(group) for group in (*by_key.values(), *by_edition.values())]


def spoken_of() -> set[int]:
    """The works in which a person's word on works stands: these are never taken the short way."""
    found = sql.rows(
        """SELECT record.work_id FROM catalogue_decisionpair pair
           JOIN catalogue_decision said ON said.id = pair.decision_id AND said.undone_at IS NULL AND said.level IN ({ids})
           JOIN catalogue_sourcerecord record ON record.id = pair.a_id OR record.id = pair.b_id""",
        ["work"],
    )
    return {work for (work,) in found}


def _regroup(works: Collection[int]) -> tuple[set[int], Moves]:
    """Compute these works anew from all their live records, and whatever else their keys reach."""
    members = _closure(works)
    if not members:
        return set(works), []
    keys = sql.rows("SELECT key, record_id FROM catalogue_workkey WHERE record_id IN ({ids})", members)
    editions = {record: edition for record, (edition, _, _) in members.items()}
    # The smallest class id of an edition's records is a hash of what they say: it settles ties alike in any order.
    stable: dict[int, int] = {}
    for edition, _, class_id in members.values():
        stable[edition] = min(class_id, stable.get(edition, class_id))
    head_of = {
        edition: min(cluster)  # an edition's id is its smallest record, so the smallest edition is the smallest record
        for cluster in _group(editions, keys, words_between(members, "work"), stable)
        for edition in cluster
    }
    moved = {
        record: (work, head_of[edition]) for record, (edition, work, _) in members.items() if work != head_of[edition]
    }
    sql.many(
        "UPDATE catalogue_sourcerecord SET work_id = %s WHERE id = %s",
        [(new, record) for record, (_, new) in moved.items()],
    )
    touched = {*works, *(work for _, work, _ in members.values()), *head_of.values()}
    return touched, sorted(set(moved.values()))


def _closure(works: Collection[int]) -> dict[int, tuple[int, int, int]]:
    """record → (edition, work, class) for every live record of these works and of works that share a key or edition with them."""
    members: dict[int, tuple[int, int, int]] = {}
    frontier = set(works)
    known: set[int] = set()
    while frontier:
        known |= frontier
        found = sql.rows(
            """SELECT id, edition_id, work_id, class_id FROM catalogue_sourcerecord
               WHERE NOT deleted AND work_id IN ({ids})""",
            frontier,
        )
        fresh = {row[0]: (row[1], row[2], row[3]) for row in found}
        members.update(fresh)
        by_key = sql.rows(
            """SELECT DISTINCT record.work_id FROM catalogue_workkey mine
               JOIN catalogue_workkey shared ON shared.key = mine.key
               JOIN catalogue_sourcerecord record ON record.id = shared.record_id
               WHERE mine.record_id IN ({ids})""",
            fresh,
        )
        by_edition = sql.rows(
            "SELECT DISTINCT work_id FROM catalogue_sourcerecord WHERE NOT deleted AND edition_id IN ({ids})",
            {edition for edition, _, _ in fresh.values()},
        )
        by_people = sql.rows(
            """SELECT DISTINCT record.work_id FROM catalogue_decisionpair pair
               JOIN catalogue_decision said ON said.id = pair.decision_id AND said.undone_at IS NULL
                AND said.level = 'work' AND said.verdict = 'same'
               JOIN catalogue_sourcerecord record ON NOT record.deleted AND record.id IN (pair.a_id, pair.b_id)
               WHERE pair.a_id IN ({ids})""",
            fresh,
        )
        by_people += sql.rows(
            """SELECT DISTINCT record.work_id FROM catalogue_decisionpair pair
               JOIN catalogue_decision said ON said.id = pair.decision_id AND said.undone_at IS NULL
                AND said.level = 'work' AND said.verdict = 'same'
               JOIN catalogue_sourcerecord record ON NOT record.deleted AND record.id = pair.a_id
               WHERE pair.b_id IN ({ids})""",
            fresh,
        )
        frontier = {work for (work,) in (*by_key, *by_edition, *by_people)} - known
    return members


def _group(
    editions: dict[int, int], keys: list[sql.Row], words: list[Word], stable: dict[int, int]
) -> list[frozenset[int]]:
    """Clusters of edition ids."""
    by_key: dict[int, list[int]] = {}
    for key, record in keys:
        by_key.setdefault(key, []).append(editions[record])
    links = [Link(first, second, 1.0) for sharing in by_key.values() for first, second in _chain(sharing, stable)]
    spoken = [Word(editions[word.a], editions[word.b], word.same, word.order) for word in words]
    return partition(set(editions.values()), links, spoken, stable=stable.__getitem__)


def _chain(editions: list[int], stable: dict[int, int]) -> list[tuple[int, int]]:
    """Link each to the next: as many links as editions, not as many as pairs."""
    ordered = sorted(set(editions), key=stable.__getitem__)
    return list(pairwise(ordered))
