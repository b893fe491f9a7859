"""The verbs of the union catalogue: import files, merge, split, undo."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from allmenning.catalogue import sql
from allmenning.catalogue.clusters import pinned
from allmenning.catalogue.clusters.regroup import regroup
from allmenning.catalogue.headings.following import SOURCE_DELIVERED
from allmenning.catalogue.importing import rereading
from allmenning.catalogue.importing.file_names import told_apart
from allmenning.catalogue.importing.pipeline import Importer, Tick
from allmenning.catalogue.importing.store import refuse_while_rereading
from allmenning.catalogue.importing.summary import Counts
from allmenning.catalogue.models import Decision, DecisionPair, ImportRun, Rereading, Source, SourceRecord
from allmenning.catalogue.permissions import check_may_group
from allmenning.formats.containers import require_files
from allmenning.formats.marc.dialects import DIALECTS
from allmenning.formats.marc.encodings import ENCODINGS
from allmenning.groundwork import audit, outbox
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Conflict, Invalid, NotFound

__all__ = [
    "ensure_source",
    "import_files",
    "keep_apart",
    "merge",
    "reread",
    "sort_out",
    "split",
    "undo",
    "undo_together",
]

#: Names stand in addresses and on command lines.
_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
#: Reasons are for those who come after, and are shown whole.
LONGEST_REASON = 500
#: More records than this are not one edition or work that a person can have looked through.
MOST_AT_ONCE = 500


def ensure_source(
    *,
    name: str,
    title: str = "",
    library_id: int | None = None,
    rank: int = 100,
    dialect: str | None = None,
    encoding: str | None = None,
) -> Source:
    """The source with this name, made when it is new. ``library_id`` is whose system it is; one that
    had none is given it, and `reread` then places the copies its records told of before.

    ``dialect`` and ``encoding`` are remembered for all its records to come; None leaves them as they are. Raises
    ``Invalid`` (a name or reading there is not) and ``Conflict`` (it is another library's).
    """
    if not _NAME.fullmatch(name):
        raise Invalid(
            "source_name",
            f"«{name}» cannot be a source's name. Use letters a–z, digits, hyphen and underscore, 60 at most.",
        )
    said: dict[str, Any] = {
        key: value for key, value in (("dialect", dialect), ("encoding", encoding)) if value is not None
    }
    if said.get("dialect", "auto") not in DIALECTS or said.get("encoding", "auto") not in ENCODINGS:
        raise Invalid(
            "source_reading",
            f"Records are read as one of {', '.join(DIALECTS)}, and their letters as one of {', '.join(ENCODINGS)}.",
        )
    source, made = Source.objects.get_or_create(
        name=name, defaults={"title": title or name, "library_id": library_id, "rank": rank, **said}
    )
    if not made and library_id is not None and source.library_id is None:
        said["library_id"] = library_id
    elif not made and library_id is not None and source.library_id != library_id:
        raise Conflict(
            "source_of_another_library",
            f"The source «{name}» already belongs to another library. Choose another name for this one.",
        )
    if not made and said:
        Source.objects.filter(id=source.id).update(**said)
        source.refresh_from_db()
    return source


def import_files(
    *, actor: Actor, source: Source, paths: Sequence[Path], tick: Tick | None = None, again: bool = False
) -> ImportRun:
    """Take files of one source in, one after the other, and return the finished run with its counts.

    A record that cannot be read is set aside with its bytes and the reason; it never stops the file. A run that is
    killed is simply started again: nothing stands twice. Raises ``NotFound`` or ``Invalid`` for what is no file,
    before anything is read, and ``Conflict`` while the stored records are being read anew.
    """
    refuse_while_rereading()
    require_files(paths)
    # A run that was killed could not say so itself.
    ImportRun.objects.filter(source=source, state=ImportRun.RUNNING).update(state=ImportRun.STOPPED)
    run = ImportRun.objects.create(source=source, started=timezone.now(), actor_name=actor.name)
    with Importer(run=run, source=source, tick=tick, again=again) as importer:
        try:
            for path, name in told_apart(paths).items():
                importer.take_in(path, name)
            run.state = ImportRun.FINISHED
        finally:
            run.state = run.state if run.state == ImportRun.FINISHED else ImportRun.STOPPED
            run.finished = timezone.now()
            run.counts = importer.counts.as_dict()
            with transaction.atomic():
                run.save()
                outbox.publish_many(SOURCE_DELIVERED, [source.id], in_bulk=True)
                audit.record(
                    actor, "catalogue.import", run, library_id=source.library_id, data=_briefly(importer.counts)
                )
    return run


def reread(*, actor: Actor, tick: rereading.Tick) -> Rereading:
    """Read every stored record anew with this version's rules, and bring editions and works up to date.

    What was stopped on its way goes on where it was. Until it is done nothing can be imported or decided, and people see
    the catalogue as it was. A record that these rules do not take leaves the catalogue and is set aside.
    """
    run = rereading.reread(tick)
    with transaction.atomic():
        audit.record(actor, "catalogue.reread", run, data={"read": run.read, "set_aside": run.set_aside})
    return run


def merge(*, actor: Actor, level: str, record_ids: Collection[int], reason: str = "") -> Decision:
    """Say that these records describe the same edition (or belong to the same work). Holds until it is undone.

    Each record's whole present edition (work) comes along. Raises ``Refused``, ``Invalid``, ``NotFound``.
    """
    check_may_group(actor)
    with transaction.atomic():
        sql.lock_grouping()
        records = _records(record_ids, level)
        heads = {_group_of(record, level): record.id for record in reversed(records)}
        if len(heads) < 2:
            raise Invalid("already_one", "These records already stand together. Choose records of different groups.")
        first, *rest = sorted(heads.values())
        joined = {(first, other) for other in rest} | pinned.parted_between(heads.keys(), level)
        return _decide(actor, level, Decision.SAME, reason, sorted(joined))


def keep_apart(*, actor: Actor, level: str, record_ids: Collection[int], reason: str = "") -> Decision:
    """Say that these records, which stand in different editions (or works), shall stay so whatever the machine learns.

    It parts their whole editions (works), and the pair is asked about no more. Raises ``Refused``, ``Invalid``
    (two of them stand together), ``NotFound``.
    """
    check_may_group(actor)
    with transaction.atomic():
        sql.lock_grouping()
        records = _records(record_ids, level)
        if len(records) < 2 or len({_group_of(record, level) for record in records}) < len(records):
            raise Invalid("stand_together", "These records stand together. Open them and split them instead.")
        return _decide(actor, level, Decision.DIFFERENT, reason, list(combinations([each.id for each in records], 2)))


def sort_out(
    *, actor: Actor, level: str, same: Collection[int], others: Collection[int], reason: str = ""
) -> tuple[Decision, ...]:
    """Say that the records ``same`` belong together and that each of the ``others`` stands elsewhere.

    Nothing is said of the others among themselves. All of it holds, or none: the merge first, then what is kept apart.
    Raises as :func:`merge` and :func:`keep_apart` do, and ``Invalid`` when one of the others stands with them.
    """
    check_may_group(actor)
    with transaction.atomic():
        merged = merge(actor=actor, level=level, record_ids=same, reason=reason)
        together = {_group_of(record, level) for record in _records(same, level)}
        if any(_group_of(record, level) in together for record in _records(others, level)):
            raise Invalid("stand_together", "These records stand together. Open them and split them instead.")
        apart = _decide(actor, level, Decision.DIFFERENT, reason, [(min(same), other) for other in sorted(set(others))])
    return merged, apart


def split(
    *, actor: Actor, level: str, record_ids: Collection[int], reason: str = "", of: int | None = None
) -> Decision:
    """Take these records out of the edition (or work) they share, to stand as one of their own.

    ``of`` is the edition or work the person saw them in. Raises ``Refused``, ``Invalid`` (not all of one group, or the
    whole group), ``NotFound``, ``Conflict`` (they are not all in ``of``).
    """
    check_may_group(actor)
    with transaction.atomic():
        sql.lock_grouping()
        records = _records(record_ids, level)
        groups = {_group_of(record, level) for record in records}
        if of is not None and groups != {of}:
            raise stale()
        if len(groups) != 1:
            raise Invalid("not_one_group", "These records stand in different groups. Split one group at a time.")
        column = "edition_id" if level == "edition" else "work_id"
        everyone = SourceRecord.objects.filter(deleted=False, **{column: groups.pop()}).values_list("id", flat=True)
        out = {record.id for record in records}
        left = [each for each in everyone if each not in out]
        if not left:
            raise Invalid("nothing_left", "Leave at least one record behind; to move all of them would change nothing.")
        return _decide(actor, level, Decision.DIFFERENT, reason, list(product(sorted(out), sorted(left))))


def stale() -> Conflict:
    """What a person chose from a page is no longer what the page showed."""
    return Conflict(
        "stale_page", "Not all of what you chose stands here now. Nothing was changed: load the page again."
    )


def undo(*, actor: Actor, decision_id: int) -> Decision:
    """Take a person's word back: the machine's, or an earlier person's, holds again. Undoing twice changes nothing."""
    check_may_group(actor)
    with transaction.atomic():
        sql.lock_grouping()
        decision = Decision.objects.filter(id=decision_id).first()
        if decision is None:
            raise NotFound("no_such_decision", "There is no such decision. It may have been removed with its records.")
        refuse_while_rereading()
        if decision.undone_at is None:
            decision.undone_at = timezone.now()
            decision.undone_by = actor.name
            decision.save(update_fields=["undone_at", "undone_by"])
            pairs = decision.pairs.values_list("a_id", "b_id")
            _settle({record for pair in pairs for record in pair})
            audit.record(actor, f"catalogue.undo_{decision.verdict}", decision, data={"level": decision.level})
    return decision


def undo_together(*, actor: Actor, decision_ids: Sequence[int]) -> tuple[Decision, ...]:
    """:func:`undo` for what was said in one answer: all of it, or none."""
    with transaction.atomic():
        return tuple(undo(actor=actor, decision_id=each) for each in reversed(decision_ids))


def _decide(actor: Actor, level: str, verdict: str, reason: str, pairs: Sequence[tuple[int, int]]) -> Decision:
    refuse_while_rereading()
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason_too_long", "The reason is longer than 500 characters. Say it in fewer words.")
    decision = Decision.objects.create(
        level=level,
        verdict=verdict,
        reason=reason,
        account_id=actor.account_id,
        actor_name=actor.name,
        at=timezone.now(),
    )
    ordered = [(min(pair), max(pair)) for pair in pairs]
    DecisionPair.objects.bulk_create(DecisionPair(decision=decision, a_id=a, b_id=b) for a, b in ordered)
    _settle({record for pair in pairs for record in pair})
    audit.record(
        actor, f"catalogue.{verdict}_{level}", decision, data={"records": sorted({r for pair in pairs for r in pair})}
    )
    return decision


def _settle(record_ids: Collection[int]) -> None:
    """Bring the groups of these records up to date after a person spoke or took a word back."""
    records = list(SourceRecord.objects.filter(id__in=record_ids, deleted=False).select_related("source"))
    touched = pinned.assign(records)
    regroup(
        touched,
        records=(),
        shrunk={record.work_id for record in records},
        now=sql.moment(timezone.now()),
        in_bulk=False,
    )


def _records(record_ids: Collection[int], level: str) -> list[SourceRecord]:
    if level not in ("edition", "work"):
        raise Invalid("no_such_level", "Choose whether you speak of the edition or of the work.")
    if not 0 < len(set(record_ids)) <= MOST_AT_ONCE:
        raise Invalid("how_many", f"Choose between 1 and {MOST_AT_ONCE} records.")
    found = list(SourceRecord.objects.filter(id__in=set(record_ids), deleted=False).order_by("id"))
    if len(found) != len(set(record_ids)):
        raise NotFound("no_such_record", "One of the records is no longer there. Load the page again.")
    return found


def _group_of(record: SourceRecord, level: str) -> int:
    return record.edition_id if level == "edition" else record.work_id


def _briefly(counts: Counts) -> dict[str, object]:
    return {key: value for key, value in counts.as_dict().items() if key != "reasons"}
