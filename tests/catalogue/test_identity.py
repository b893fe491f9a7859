"""The identity rule: the catalogue is a function of what remains, not of how it came about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allmenning.catalogue import queries, services
from allmenning.catalogue.clusters import evidence
from allmenning.catalogue.models import Decision, EvidenceClass, HotKey, MatchEdge, MatchKey, SourceRecord
from tests.catalogue.records import CATALOGUER, book, groups, take

#: Two editions of one novel and a namesake, each as three sources say it; and what one source says when it corrects itself.
POOL: dict[tuple[str, str], list[bytes]] = {
    ("oslo", "1"): [
        book("1", "Sult", isbn="9788205385627", year="1999", publisher="Gyldendal", extent="166 s."),
        book("1", "Sult :", isbn="9788205385627", year="1999", publisher="Gyldendal", extent="166 s"),
    ],
    ("oslo", "2"): [book("2", "Sult", year="1890"), book("2", "Pan", year="1894", extent="269 s.")],
    ("bergen", "1"): [
        book("1", "Sult", isbn="9788205385627", year="1999", publisher="Gyldendal Norsk Forlag", extent="166 s."),
        book("1", "Mysterier", year="1892", extent="527 s."),
    ],
    ("bergen", "2"): [
        book("2", "Sult", year="1890", author="Hamsun, Knut, 1859-1952"),
        book("2", "Gift", author="Kielland, Alexander L.", year="1883"),
    ],
    ("utsira", "1"): [
        book("1", "Sult", isbn="8205385627", year="1999", publisher="Gyldendal", extent="166 sider"),
        book("1", "Sult", year="1999", publisher="Gyldendal", extent="166 s."),
    ],
    ("utsira", "2"): [
        book("2", "Pan", year="1894", extent="269 s."),
        book("2", "Pan", year="1894", extent="269 sider"),
    ],
}
KEYS = sorted(POOL)
#: Every table an import or a person's word fills, those that lean on others first.
FILLED = (
    *("decisionpair", "decision", "succession", "holding", "repair", "recordfacts", "recordversion", "setasiderecord"),
    *(
        "workkey",
        "matchkey",
        "hotkey",
        "matchedge",
        "evidenceclass",
        "sourcerecord",
        "importfile",
        "importrun",
        "source",
    ),
)

imports = st.tuples(st.just("import"), st.sampled_from(KEYS), st.integers(0, 1))
removals = st.tuples(st.just("delete"), st.sampled_from(KEYS), st.just(0))
said = st.tuples(st.sampled_from(["merge", "split"]), st.sampled_from(KEYS), st.sampled_from(KEYS))
undone = st.tuples(st.just("undo"), st.integers(0, 3), st.just(0))
steps = st.lists(st.one_of(imports, imports, removals, said, undone), min_size=1, max_size=14)


class _Undone(Exception):
    """Thrown to leave no trace of one example."""


@contextmanager
def rolled_back() -> Iterator[None]:
    """What happens inside never was."""
    try:
        with transaction.atomic():
            yield
            raise _Undone
    except _Undone:
        pass


def run(sequence: list[tuple[str, Any, Any]]) -> None:
    for verb, what, how in sequence:
        if verb == "import":
            take(what[0], POOL[what][how])
        elif verb == "delete":
            take(what[0], book(what[1], deleted=True))
        elif verb == "undo":
            standing = list(Decision.objects.filter(undone_at=None).order_by("id"))
            if standing:
                services.undo(actor=CATALOGUER, decision_id=standing[what % len(standing)].id)
        else:
            speak(verb, what, how)


def speak(verb: str, one: tuple[str, str], other: tuple[str, str]) -> None:
    """Merge the two records' editions, or split the second from the first, where that says anything."""
    found = {
        (each.source.name, each.key): each
        for each in SourceRecord.objects.filter(deleted=False).select_related("source")
    }
    if one == other or one not in found or other not in found:
        return
    together = found[one].edition_id == found[other].edition_id
    if verb == "merge" and not together:
        services.merge(actor=CATALOGUER, level="edition", record_ids=[found[one].id, found[other].id])
    elif verb == "split" and together:
        services.split(actor=CATALOGUER, level="edition", record_ids=[found[other].id])


def shape() -> tuple[Any, ...]:
    """Everything that must not depend on history."""
    edges = set(MatchEdge.objects.values_list("a", "b", "verdict", "reasons"))
    kept = (
        set(EvidenceClass.objects.values_list("id", flat=True)),
        set(MatchKey.objects.values_list("key", "class_id")),
    )
    return groups("edition_id"), groups("work_id"), edges, kept, set(HotKey.objects.values_list("key", flat=True))


def heads_are_smallest() -> None:
    for column in ("edition_id", "work_id"):
        rows = SourceRecord.objects.filter(deleted=False).values_list("id", column)
        smallest: dict[int, int] = {}
        for key, head in rows:
            smallest[head] = min(key, smallest.get(head, key))
        assert all(head == first for head, first in smallest.items())


def what_remains() -> list[tuple[tuple[str, str], bytes]]:
    import zlib

    return [
        ((each.source.name, each.key), zlib.decompress(each.versions.get(number=each.version).raw))
        for each in SourceRecord.objects.filter(deleted=False).select_related("source")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("cap", [100, 2])
def test_any_history_ends_in_what_remains(cap: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports, changes, deletions in any order: the same as taking in only what is left. Also when keys run hot."""
    monkeypatch.setattr(evidence, "CAP", cap)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(st.one_of(imports, imports, removals), min_size=2, max_size=14), st.randoms(use_true_random=False))
    def holds(sequence: list[tuple[str, Any, Any]], shuffle: Any) -> None:
        with rolled_back():
            run(sequence)
            heads_are_smallest()
            left, found = what_remains(), shape()
            wipe()
            shuffle.shuffle(left)
            for (source, _), raw in left:
                take(source, raw)
            assert shape() == found

    holds()


@pytest.mark.django_db
def test_what_people_said_holds_through_any_history_and_undoing_all_of_it_leaves_the_machines_word() -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(steps)
    def holds(sequence: list[tuple[str, Any, Any]]) -> None:
        with rolled_back():
            run(sequence)
            heads_are_smallest()
            for decision in Decision.objects.filter(undone_at=None).order_by("-id"):
                services.undo(actor=CATALOGUER, decision_id=decision.id)
            left, found = what_remains(), shape()
            wipe()
            for (source, _), raw in left:
                take(source, raw)
            assert shape() == found

    holds()


@pytest.mark.django_db
def test_every_id_there_ever_was_leads_on() -> None:
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(steps)
    def holds(sequence: list[tuple[str, Any, Any]]) -> None:
        with rolled_back():
            for step in sequence:
                run([step])
                for column, level in (("edition_id", "edition"), ("work_id", "work")):
                    live = set(SourceRecord.objects.filter(deleted=False).values_list(column, flat=True))
                    everyone = SourceRecord.objects.values_list("id", "deleted", column)
                    for key, gone, head in everyone:
                        reached = set(queries.resolve(level, key).ids)
                        assert reached <= live
                        if not gone:
                            assert reached, (level, key, head)

    holds()


def wipe() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in FILLED:
            cursor.execute(f"DELETE FROM catalogue_{table}")
