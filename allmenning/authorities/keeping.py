"""Bringing entities up to date with their entries: the one place that writes names, identifiers, relations and history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection

from allmenning.authorities.merging import State, merged
from allmenning.authorities.models import Change, Entity, Entry, Identifier, Name, Relation
from allmenning.authorities.statement import Statement
from allmenning.groundwork import outbox
from allmenning.kernel.actor import Actor
from allmenning.kernel.labels import Labels
from allmenning.kernel.text import fold, sort_key

#: Published with an entity's id whenever what is known of it changed. Its follower stands in the catalogue.
HEADING_CHANGED = "heading.changed"
#: The scheme of our own ids: ``her:17`` is entity 17, whatever any register calls it.
HERE = "her"
_FILLED = (
    "kind", "name", "sort_key", "labels", "notes", "dates", "classes", "deprecated", "version", "digest", "changed",
)  # fmt: skip
#: «Allmenning headings», the number of the advisory lock on PostgreSQL.
_LOCK = 0x416C6C68


def lock() -> None:
    """Only one transaction changes the register at a time; the lock falls with the transaction.

    SQLite's IMMEDIATE transactions are alone by nature; PostgreSQL needs to be told.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def bring_up_to_date(
    entity_ids: Collection[int], *, actor: Actor, now: datetime, reason: str = "", in_bulk: bool = False
) -> list[int]:
    """Work these entities out anew from their entries, and tell of those that are not what they were.

    The same number of queries however many entities. Gives the ids of those that changed.
    """
    said = _statements(entity_ids)
    states = {entity_id: merged(said[entity_id]) for entity_id in entity_ids}
    digests = {entity_id: state.digest() for entity_id, state in states.items()}
    entities = [each for each in Entity.objects.filter(id__in=states).order_by("id") if each.digest != digests[each.id]]
    if not entities:
        return []
    for entity in entities:
        _fill(entity, states[entity.id], now)
        entity.digest = digests[entity.id]
    # All of them are there: an upsert is one statement, where bulk_update makes a CASE of every field and row.
    Entity.objects.bulk_create(entities, update_conflicts=True, unique_fields=["id"], update_fields=_FILLED)
    _write_parts({each.id: states[each.id] for each in entities})
    Change.objects.bulk_create(
        Change(
            entity=each,
            number=each.version,
            at=now,
            account_id=actor.account_id,
            actor_name=actor.name,
            reason=reason,
            state=states[each.id].as_json(),
        )
        for each in entities
    )
    changed = [each.id for each in entities]
    outbox.publish_many(HEADING_CHANGED, changed, in_bulk=in_bulk)
    return changed


def name_rows(entity_id: int, state: State) -> list[Name]:
    return [
        Name(
            entity_id=entity_id,
            text=form.text,
            language=form.language,
            preferred=form.preferred,
            established=established,
            key=(key := fold(form.text))[:400],
            words=" ".join(sorted(key.split()))[:400],
            vocabulary=vocabulary,
        )
        for form, vocabulary, established in state.forms
    ]


def _statements(entity_ids: Collection[int]) -> dict[int, list[tuple[Statement, str]]]:
    rows = Entry.objects.filter(entity_id__in=list(entity_ids)).order_by("register__rank", "register_id", "id")
    found: dict[int, list[tuple[Statement, str]]] = {}
    for entity_id, text, vocabulary in rows.values_list("entity_id", "statement", "register__vocabulary"):
        found.setdefault(entity_id, []).append((Statement.from_json(text), vocabulary))
    return found


def _fill(entity: Entity, state: State, now: datetime) -> None:
    entity.kind, entity.name, entity.dates = state.kind, state.name[:300], state.dates[:60]
    entity.sort_key = sort_key(state.name)[:400]
    entity.labels, entity.notes = Labels(state.labels), Labels(state.notes)
    entity.classes, entity.deprecated = list(state.classes), state.deprecated
    entity.changed = now
    entity.version += 1


def _write_parts(states: dict[int, State]) -> None:
    for model in (Name, Identifier, Relation):
        model.objects.filter(entity_id__in=list(states)).delete()
    Name.objects.bulk_create(row for entity_id, state in states.items() for row in name_rows(entity_id, state))
    named = [
        Identifier(entity_id=entity_id, name=name[:240], own=own)
        for entity_id, state in states.items()
        for names, own in ((state.own, True), (state.also, False))
        for name in names
    ]
    Identifier.objects.bulk_create(named)
    targets = own_entities({each.target[:240] for state in states.values() for each in state.relations})
    Relation.objects.bulk_create(
        Relation(
            entity_id=entity_id,
            kind=each.kind,
            name=each.target[:240],
            label=each.label[:300],
            target_id=targets.get(each.target[:240]),
        )
        for entity_id, state in states.items()
        for each in state.relations
    )
    _point_here(named)


def _point_here(named: Sequence[Identifier]) -> None:
    """Relations that waited for these entities find them."""
    here = {each.name: each.entity_id for each in named if each.own}
    waiting = list(Relation.objects.filter(name__in=list(here), target=None).only("id", "name"))
    for each in waiting:
        each.target_id = here[each.name]
    Relation.objects.bulk_update(waiting, ["target"])


def own_entities(names: Collection[str]) -> dict[str, int]:
    """Identifier → the entity whose own it is; of several the first."""
    ours = [
        int(name[len(HERE) + 1 :]) for name in names if name.startswith(f"{HERE}:") and name[len(HERE) + 1 :].isdigit()
    ]
    here = {f"{HERE}:{each}": each for each in Entity.objects.filter(id__in=ours).values_list("id", flat=True)}
    rows = Identifier.objects.filter(name__in=list(names), own=True).order_by("-entity_id")
    return {**dict(rows.values_list("name", "entity_id")), **here}
