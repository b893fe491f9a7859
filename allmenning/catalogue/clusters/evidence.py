"""Evidence classes, their candidate keys and the decisions between them.

Which pairs are compared depends on the classes present and on nothing else: a key shared by more than ``CAP`` classes is
hot and brings no pair, and when a key turns hot or cold again the pairs it alone brought are dropped or made. So any order
of arrivals and removals ends in the same decisions.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from allmenning.catalogue import matching, sql

CAP = 100
#: Evidence classes kept parsed: about 2 kB each.
REMEMBERED = 30_000
VERDICTS = {"doubtful": 1, "same": 2}


@dataclass(frozen=True, slots=True)
class NewClass:
    """Evidence first seen now. ``keys`` are its candidate keys."""

    class_id: int
    evidence: str
    signature: str
    keys: tuple[int, ...]


class _Known(OrderedDict[int, matching.Evidence]):
    """Evidence by class, the latest used kept. A class is a hash of its evidence, so what is known never grows old."""

    def look_up(self, classes: Collection[int], fresh: Mapping[int, str]) -> dict[int, matching.Evidence]:
        """The evidence of all these classes; ``fresh`` holds the texts of those just written."""
        missing = [each for each in classes if each not in self and each not in fresh]
        texts = {**_evidence(missing), **{each: fresh[each] for each in classes if each in fresh}}
        found = {each: self[each] for each in classes if each not in texts}
        found |= {each: matching.Evidence.from_json(text) for each, text in texts.items()}
        for each, evidence in found.items():
            self[each] = evidence
            self.move_to_end(each)
        while len(self) > REMEMBERED:
            self.popitem(last=False)
        return found


_known = _Known()


def add(arrivals: Collection[NewClass]) -> set[int]:
    """Store new classes, compare them with their candidates, keep the decisions. Returns classes whose links changed."""
    present = {row[0] for row in sql.rows("SELECT id FROM catalogue_evidenceclass WHERE id IN ({ids})", _ids(arrivals))}
    fresh = {each.class_id: each for each in arrivals if each.class_id not in present}
    if not fresh:
        return set()
    sql.insert(
        "catalogue_evidenceclass",
        "id, evidence, signature",
        [(c.class_id, c.evidence, c.signature) for c in fresh.values()],
    )
    sql.insert("catalogue_matchkey", "key, class_id", [(key, c.class_id) for c in fresh.values() for key in c.keys])
    keys = {key for each in fresh.values() for key in each.keys}
    keys -= hot(keys)
    groups = _groups(keys)
    heated = {key for key, group in groups.items() if len(group) > CAP}
    touched = _heat(heated, groups) if heated else set()
    pairs = {
        (min(new, other), max(new, other))
        for key, group in groups.items()
        if key not in heated
        for new in group
        if new in fresh
        for other in group
        if other != new
    }
    return touched | _compare(pairs, {each.class_id: each.evidence for each in fresh.values()})


def release(classes: Collection[int]) -> set[int]:
    """Records left these classes: drop those nobody holds. Returns the classes to regroup, the kept ones among them."""
    held = sql.rows(
        "SELECT DISTINCT class_id FROM catalogue_sourcerecord WHERE NOT deleted AND class_id IN ({ids})", classes
    )
    kept = {row[0] for row in held}
    return kept | remove(set(classes) - kept)


def remove(classes: Collection[int]) -> set[int]:
    """Forget classes that no record holds any more. Returns the classes that were linked to them or are linked anew."""
    if not classes:
        return set()
    touched = {
        node
        for side in ("a", "b")
        for pair in sql.rows(f"SELECT a, b FROM catalogue_matchedge WHERE {side} IN ({{ids}})", classes)  # noqa: S608
        for node in pair
    }
    held = [
        (key, class_id)
        for class_id, text in _evidence(classes).items()
        for key in matching.keys(matching.Evidence.from_json(text))
    ]
    for side in ("a", "b"):
        sql.run(f"DELETE FROM catalogue_matchedge WHERE {side} IN ({{ids}})", classes)  # noqa: S608
    # Row by row: an index by class would cost every new record more than this costs the few that change.
    sql.many("DELETE FROM catalogue_matchkey WHERE key = %s AND class_id = %s", held)
    sql.run("DELETE FROM catalogue_evidenceclass WHERE id IN ({ids})", classes)
    touched |= _cool(hot({key for key, _ in held}))
    return touched - set(classes)


def hot(keys: Collection[int]) -> set[int]:
    return {row[0] for row in sql.rows("SELECT key FROM catalogue_hotkey WHERE key IN ({ids})", keys)}


def _ids(arrivals: Iterable[NewClass]) -> list[int]:
    return [each.class_id for each in arrivals]


def _groups(keys: Collection[int]) -> dict[int, list[int]]:
    """key → the classes that hold it."""
    groups: dict[int, list[int]] = {}
    for key, class_id in sql.rows("SELECT key, class_id FROM catalogue_matchkey WHERE key IN ({ids})", keys):
        groups.setdefault(key, []).append(class_id)
    return groups


def _evidence(classes: Collection[int]) -> dict[int, str]:
    return dict(sql.rows("SELECT id, evidence FROM catalogue_evidenceclass WHERE id IN ({ids})", classes))


def _compare(pairs: Collection[tuple[int, int]], known: Mapping[int, str]) -> set[int]:
    """Judge the pairs and keep what is the same or doubtful. Returns the classes called the same as another."""
    evidence = _known.look_up({node for pair in pairs for node in pair}, known)
    decided = []
    touched: set[int] = set()
    for a, b in pairs:
        judgement = matching.resemblance(evidence[a], evidence[b])
        if judgement is None:
            continue
        reasons = ",".join(judgement.reasons)[:500]
        decided.append((a, b, judgement.score, VERDICTS[judgement.verdict], reasons, matching.MODEL_VERSION))
        if judgement.verdict == "same":
            touched.update((a, b))
    sql.insert("catalogue_matchedge", "a, b, score, verdict, reasons, model", decided, ignore=True)
    return touched


def _heat(keys: Collection[int], groups: Mapping[int, list[int]]) -> set[int]:
    """These keys have become too common: drop the decisions that no other key upholds."""
    sql.insert("catalogue_hotkey", "key", [(key,) for key in keys], ignore=True)
    members = {class_id for key in keys for class_id in groups[key]}
    edges = sql.rows("SELECT a, b FROM catalogue_matchedge WHERE a IN ({ids})", members)
    edges = [(a, b) for a, b in edges if b in members]
    cold = _cold_keys({node for edge in edges for node in edge})
    dropped = [(a, b) for a, b in edges if cold[a].isdisjoint(cold[b])]
    sql.many("DELETE FROM catalogue_matchedge WHERE a = %s AND b = %s", dropped)
    return {node for edge in dropped for node in edge}


def _cool(keys: Collection[int]) -> set[int]:
    """Of these hot keys, those that have become rare enough count again: make the comparisons they bring."""
    if not keys:
        return set()
    counted = sql.rows("SELECT key, COUNT(*) FROM catalogue_matchkey WHERE key IN ({ids}) GROUP BY key", keys)
    cooled = set(keys) - {key for key, count in counted if count > CAP}
    if not cooled:
        return set()
    sql.run("DELETE FROM catalogue_hotkey WHERE key IN ({ids})", cooled)
    pairs = {(min(pair), max(pair)) for group in _groups(cooled).values() for pair in combinations(sorted(group), 2)}
    return _compare(pairs, {})


def _cold_keys(classes: Collection[int]) -> dict[int, set[int]]:
    keys = {
        class_id: set(matching.keys(matching.Evidence.from_json(text))) for class_id, text in _evidence(classes).items()
    }
    heated = hot({key for each in keys.values() for key in each})
    return {class_id: each - heated for class_id, each in keys.items()}
