"""Records that a person has decided about are pinned: each is an evidence class of its own while the word stands.

Records that say exactly the same share a class and are never apart; only a class of its own can be told to go elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import F

from allmenning.catalogue import matching, sql
from allmenning.catalogue.clusters import evidence
from allmenning.catalogue.clusters.class_ids import salted, signed_hash
from allmenning.catalogue.clusters.regroup import decided
from allmenning.catalogue.models import Decision, DecisionPair, SourceRecord


def assign(records: Sequence[SourceRecord]) -> set[int]:
    """Give the records the classes people's standing words ask for. Returns every class to regroup."""
    texts = {
        row[0]: (row[1], row[2])
        for row in sql.rows(
            "SELECT id, evidence, signature FROM catalogue_evidenceclass WHERE id IN ({ids})",
            {record.class_id for record in records},
        )
    }
    spoken_of = decided([record.id for record in records])
    made: dict[int, evidence.NewClass] = {}
    changes: list[tuple[int, int]] = []
    touched: set[int] = set()
    for record in records:
        text, signature = texts[record.class_id]
        parsed = matching.Evidence.from_json(text)
        class_id = signed_hash(text)
        # Evidence too thin to be told from its equals stands alone in any case.
        if record.id in spoken_of or matching.judge(parsed, parsed).verdict != "same":
            class_id = salted(class_id, record.source.name, record.key)
        touched.add(class_id)
        if class_id != record.class_id:
            made[class_id] = evidence.NewClass(class_id, text, signature, tuple(sorted(set(matching.keys(parsed)))))
            changes.append((class_id, record.id))
    touched |= evidence.add(made.values())
    sql.many("UPDATE catalogue_sourcerecord SET class_id = %s WHERE id = %s", changes)
    moved = {record_id for _, record_id in changes}
    return touched | evidence.release({record.class_id for record in records if record.id in moved})


def parted_between(groups: Collection[int], level: str) -> set[tuple[int, int]]:
    """Pairs that people's earlier words part and that lie across these groups: a merge must answer each of them."""
    side = "edition_id" if level == "edition" else "work_id"
    standing = DecisionPair.objects.filter(
        decision__undone_at=None,
        decision__level=level,
        decision__verdict=Decision.DIFFERENT,
        a__deleted=False,
        b__deleted=False,
        **{f"a__{side}__in": list(groups), f"b__{side}__in": list(groups)},
    ).exclude(**{f"a__{side}": F(f"b__{side}")})
    return set(standing.values_list("a_id", "b_id"))
