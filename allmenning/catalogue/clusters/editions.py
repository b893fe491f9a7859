"""Keep editions true after records changed: recompute each touched connected component, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from allmenning.catalogue import matching, sql
from allmenning.catalogue.clusters.partition import Link, Word, components, partition

SAME = 2


@dataclass(frozen=True, slots=True)
class Member:
    """A live record: which class it belongs to, and where it is grouped now."""

    record_id: int
    class_id: int
    edition_id: int
    work_id: int


@dataclass(slots=True)
class Regrouped:
    """What a recomputation changed. ``members`` are the live records of every edition touched, as they stand now."""

    members: dict[int, Member]
    moved: dict[int, tuple[int, int]]  # record → (old edition, new edition)


@lru_cache(maxsize=100_000)
def conflict(one: str, other: str) -> str | None:
    return matching.conflict(one, other)


def regroup(classes: Collection[int]) -> Regrouped:
    """Recompute the editions of every component that one of these classes belongs to, and store what changed."""
    links, reached = _component(classes)
    members = {row[0]: Member(*row) for row in _members(reached)}
    words = _words(members)
    grouped = _group(reached, links, members, words)
    moved: dict[int, tuple[int, int]] = {}
    for cluster in grouped:
        edition = min(cluster)
        for record in cluster:
            if members[record].edition_id != edition:
                moved[record] = (members[record].edition_id, edition)
    sql.many(
        "UPDATE catalogue_sourcerecord SET edition_id = %s WHERE id = %s",
        [(new, rec) for rec, (_, new) in moved.items()],
    )
    for record, (_, new) in moved.items():
        old = members[record]
        members[record] = Member(record, old.class_id, new, old.work_id)
    return Regrouped(members, moved)


def _component(classes: Collection[int]) -> tuple[list[Link], set[int]]:
    """Every class reachable by «same» edges or by people's words, and the edges between them."""
    reached = set(classes)
    frontier = set(classes)
    links: dict[tuple[int, int], Link] = {}
    people = _linked_by_people()
    while frontier:
        found: set[int] = set()
        for a, b, score in _edges(frontier):
            links[a, b] = Link(a, b, score)
            found.update((a, b))
        for node in frontier:
            found.update(people.get(node, ()))
        frontier = found - reached
        reached |= frontier
    return list(links.values()), reached


def _edges(frontier: Iterable[int]) -> list[sql.Row]:
    wanted = list(frontier)
    read = "SELECT a, b, score FROM catalogue_matchedge WHERE verdict = %s AND {side} IN ({{ids}})"
    return sql.rows(read.format(side="a"), wanted, SAME) + sql.rows(read.format(side="b"), wanted, SAME)


def _members(classes: Iterable[int]) -> list[sql.Row]:
    return sql.rows(
        "SELECT id, class_id, edition_id, work_id FROM catalogue_sourcerecord WHERE NOT deleted AND class_id IN ({ids})",
        classes,
    )


def _linked_by_people() -> dict[int, set[int]]:
    """Class → classes that a person has called the same. Decided records are few, and each is a class of its own."""
    linked: dict[int, set[int]] = {}
    for a, b in sql.rows(
        """SELECT one.class_id, other.class_id FROM catalogue_decisionpair pair
           JOIN catalogue_decision said ON said.id = pair.decision_id
           JOIN catalogue_sourcerecord one ON one.id = pair.a_id JOIN catalogue_sourcerecord other ON other.id = pair.b_id
           WHERE said.undone_at IS NULL AND said.level = 'edition' AND said.verdict IN ({ids})""",
        ["same"],
    ):
        linked.setdefault(a, set()).add(b)
        linked.setdefault(b, set()).add(a)
    return linked


def _words(members: Collection[int]) -> list[Word]:
    """People's words on two of these records, at the level of editions."""
    return words_between(members, "edition")


def words_between(records: Collection[int], level: str) -> list[Word]:
    inside = set(records)
    found = sql.rows(
        """SELECT pair.a_id, pair.b_id, said.verdict, said.id FROM catalogue_decisionpair pair
           JOIN catalogue_decision said ON said.id = pair.decision_id
           WHERE said.undone_at IS NULL AND said.level IN ({ids})""",
        [level],
    )
    return [Word(a, b, verdict == "same", order) for a, b, verdict, order in found if a in inside and b in inside]


def _group(reached: set[int], links: list[Link], members: dict[int, Member], words: list[Word]) -> list[set[int]]:
    """Clusters of record ids."""
    by_class: dict[int, list[int]] = {}
    for record in members.values():
        by_class.setdefault(record.class_id, []).append(record.record_id)
    class_words = [Word(members[word.a].class_id, members[word.b].class_id, word.same, word.order) for word in words]
    live = reached & by_class.keys()
    joined = [(link.a, link.b) for link in links] + [(word.a, word.b) for word in class_words]
    sets = components(live, joined)
    place = {node: number for number, nodes in enumerate(sets) for node in nodes}
    links_in: dict[int, list[Link]] = {}
    words_in: dict[int, list[Word]] = {}
    for link in links:
        if link.a in place and link.b in place:
            links_in.setdefault(place[link.a], []).append(link)
    for word in class_words:
        words_in.setdefault(place[word.a], []).append(word)
    signatures = _signatures({node for nodes in sets if len(nodes) > 1 for node in nodes})
    grouped: list[set[int]] = []
    for number, nodes in enumerate(sets):
        if len(nodes) == 1:
            grouped.append(set(by_class[next(iter(nodes))]))
            continue
        # The class id is a hash of the evidence: the same in whatever order records came, so it may settle ties.
        found = partition(
            nodes, links_in.get(number, ()), words_in.get(number, ()), signatures=signatures, conflict=conflict
        )
        grouped.extend({record for each in cluster for record in by_class[each]} for cluster in found)
    return grouped


def _signatures(classes: Collection[int]) -> dict[int, frozenset[str]]:
    found = sql.rows("SELECT id, signature FROM catalogue_evidenceclass WHERE id IN ({ids})", classes)
    return {class_id: frozenset((signature,)) for class_id, signature in found}
