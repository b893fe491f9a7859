"""The verbs of the authority register: load files, change a heading, replace one by another, take an edit back."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace as with_changes
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from allmenning.authorities.keeping import HERE, bring_up_to_date, lock
from allmenning.authorities.loading import Counts, Tick, take_in
from allmenning.authorities.models import Entity, Entry, EntryVersion, Loading, Register
from allmenning.authorities.permissions import check_may_edit
from allmenning.authorities.statement import Form, Relation, Statement
from allmenning.formats.containers import require_files
from allmenning.groundwork import audit
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Conflict, Invalid, NotFound
from allmenning.kernel.labels import language_tag

#: The register of the edits made here. Its word outranks all others.
OWN_REGISTER = HERE
LONGEST_LABEL, LONGEST_REASON = 300, 500

_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
#: Registers whose $2 code is known, so that nobody needs to say it.
_VOCABULARIES = {
    "realfagstermer": "noubomn",
    "mrtermer": "noubomr",
    "humord": "humord",
    "bibbi": "bibbi",
    "bare": "bare",
}


def ensure_register(*, name: str, title: str = "", vocabulary: str | None = None, rank: int = 100) -> Register:
    """The register with this name, made when it is new. ``vocabulary`` is its MARC $2 code; it may be given later.

    Raises ``Invalid`` (no such name can be).
    """
    if not _NAME.fullmatch(name) or name == OWN_REGISTER:
        raise Invalid(
            "register_name",
            f"«{name}» cannot be a register's name. Use letters a–z, digits, hyphen and underscore, 60 at most.",
        )
    code = vocabulary if vocabulary is not None else _VOCABULARIES.get(name, "")
    register, made = Register.objects.get_or_create(
        name=name, defaults={"title": title or name, "vocabulary": code, "rank": max(rank, 1)}
    )
    if not made and vocabulary is not None and register.vocabulary != vocabulary:
        raise Conflict(
            "register_vocabulary",
            f"The register «{name}» has the code «{register.vocabulary}». Choose another name for another vocabulary.",
        )
    return register


def load(*, actor: Actor, register: Register, paths: Sequence[Path], tick: Tick | None = None) -> Loading:
    """Take files of one register in and return the finished loading with its counts.

    An entry that cannot be read is set aside with its bytes and the reason. A loading that is killed is simply started
    again: what is stored is found to be unchanged. Raises ``NotFound`` or ``Invalid`` for what is no file, before any
    is read.
    """
    require_files(paths)
    # A loading that was killed could not say so itself.
    Loading.objects.filter(register=register, state=Loading.RUNNING).update(state=Loading.STOPPED)
    counts = Counts()
    run = Loading.objects.create(register=register, started=timezone.now(), actor_name=actor.name)
    try:
        for path in paths:
            take_in(register, path, actor=actor, counts=counts, tick=tick)
        run.state = Loading.FINISHED
    finally:
        run.state = run.state if run.state == Loading.FINISHED else Loading.STOPPED
        run.finished, run.counts = timezone.now(), counts.as_dict()
        with transaction.atomic():
            run.save()
            audit.record(actor, "authorities.load", run, data={"register": register.name, "read": counts.read})
    return run


def change_labels(*, actor: Actor, entity_id: int, labels: Mapping[str, str], reason: str = "") -> Entity:
    """Say what the heading is in these languages. What it was stays as a variant, so that it is still found.

    An empty text takes our own word back in that language. Raises ``Refused``, ``NotFound``, ``Invalid``.
    """
    check_may_edit(actor)
    said = {language_tag(tag): " ".join(text.split()) for tag, text in labels.items()}
    if not said or any(len(text) > LONGEST_LABEL for text in said.values()) or len(reason) > LONGEST_REASON:
        raise Invalid("label", f"Give a heading in at least one language, of at most {LONGEST_LABEL} characters.")
    with transaction.atomic():
        lock()
        before = _own_statement(entity_id)
        kept = [form for form in before.forms if form.language not in said]
        forms = (*kept, *(Form(text, tag, True) for tag, text in said.items() if text))
        _say(actor, entity_id, with_changes(before, forms=forms), reason, "authorities.change_labels", {"labels": said})
    return Entity.objects.get(id=entity_id)


def replace(*, actor: Actor, entity_id: int, by_id: int, reason: str = "") -> Entity:
    """Say that another entity stands for this one: its id leads on there, and its records follow.

    Raises ``Refused``, ``NotFound``, ``Invalid`` (itself, another kind, or in a circle).
    """
    check_may_edit(actor)
    with transaction.atomic():
        lock()
        old, new = _entity(entity_id), _entity(by_id)
        if old.id == new.id or old.kind != new.kind or new.deprecated:
            raise Invalid("replacement", "Choose another heading of the same kind, one that is in use itself.")
        onward = (Relation("replaced_by", f"{HERE}:{new.id}", new.name),)
        said = with_changes(_own_statement(entity_id), relations=onward, deprecated=True)
        _say(actor, entity_id, said, reason, "authorities.replace", {"by": new.id})
    return Entity.objects.get(id=entity_id)


def take_back(*, actor: Actor, entity_id: int, reason: str = "") -> Entity:
    """Take back everything that was said here about an entity: what the registers say holds again. Twice changes nothing."""
    check_may_edit(actor)
    with transaction.atomic():
        lock()
        _entity(entity_id)
        Entry.objects.filter(register__name=OWN_REGISTER, entity_id=entity_id).delete()
        bring_up_to_date([entity_id], actor=actor, now=timezone.now(), reason=reason)
        audit.record(actor, "authorities.take_back", ("authorities.entity", entity_id))
    return Entity.objects.get(id=entity_id)


def _entity(entity_id: int) -> Entity:
    found = Entity.objects.filter(id=entity_id).first()
    if found is None:
        raise NotFound("no_such_heading", "There is no such heading. Search for it again.")
    return found


def _own_statement(entity_id: int) -> Statement:
    """What has been said here so far; of nothing yet, a statement that says nothing."""
    entity = _entity(entity_id)
    entry = Entry.objects.filter(register__name=OWN_REGISTER, entity_id=entity_id).first()
    return Statement.from_json(entry.statement) if entry else Statement(key=str(entity_id), kind=entity.kind)


def _say(actor: Actor, entity_id: int, said: Statement, reason: str, verb: str, data: Mapping[str, object]) -> None:
    register, _ = Register.objects.get_or_create(name=OWN_REGISTER, defaults={"title": "Allmenning", "rank": 0})
    before = Entry.objects.filter(register=register, key=said.key).values_list("statement", flat=True).first()
    text = (said.after(Statement.from_json(before)) if before else said).to_json()
    now = timezone.now()
    made = hashlib.blake2b(text.encode(), digest_size=16).digest()
    entry, fresh = Entry.objects.get_or_create(
        register=register,
        key=said.key,
        defaults={"entity_id": entity_id, "version": 1, "hash": made, "statement": text, "received": now},
    )
    if not fresh:
        entry.version, entry.hash, entry.statement, entry.received = entry.version + 1, made, text, now
        entry.save()
    EntryVersion.objects.create(
        entry=entry, number=entry.version, syntax="edit", raw=zlib.compress(text.encode(), 1), received=now
    )
    bring_up_to_date([entity_id], actor=actor, now=now, reason=reason)
    audit.record(actor, verb, ("authorities.entity", entity_id), data=data)
