"""The trail every verb leaves: in the verb's own transaction, so that a change and its entry stand or fall together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from allmenning.groundwork.models import AuditEntry
from allmenning.groundwork.scoping import ScopedQuerySet
from allmenning.kernel.actor import Actor

#: Words that name something no log may hold. The check is on keys: a verb that writes one is mended, not masked.
_SECRET = ("password", "passord", "secret", "token", "pin", "api_key", "session")


class SecretInAudit(RuntimeError):
    def __init__(self, key: str) -> None:
        super().__init__(f"«{key}» names a secret; secrets are never written to the audit trail.")


def record(
    actor: Actor,
    verb: str,
    subject: models.Model | tuple[str, int | str],
    *,
    library_id: int | None = None,
    person_id: int | None = None,
    data: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write one entry. ``subject`` is a saved row, or ``(kind, id)``; ``person_id`` the account it is about, if any.

    ``data`` is small JSON: what changed, from what to what. Raises ``SecretInAudit``.
    """
    kind, key = (subject._meta.label_lower, subject.pk) if isinstance(subject, models.Model) else subject
    _refuse_secrets(data or {})
    return AuditEntry.objects.create(
        account_id=actor.account_id,
        actor_name=actor.name,
        channel=actor.channel,
        verb=verb,
        subject_kind=kind,
        subject_id=str(key),
        library_id=library_id,
        person_id=person_id,
        data=dict(data or {}),
    )


def about_person(person_id: int) -> ScopedQuerySet[AuditEntry]:
    """Everything done about one person or by them, newest first: what they may ask to see (GDPR art. 15)."""
    everywhere = AuditEntry.objects.unscoped("a person may see every library's entries about themselves")
    return everywhere.filter(models.Q(person_id=person_id) | models.Q(account_id=person_id)).order_by("-at", "-id")


def about_subject(subject: models.Model | tuple[str, int | str]) -> ScopedQuerySet[AuditEntry]:
    """The history of one thing, newest first. Whether the reader may see the thing is the caller's to know."""
    kind, key = (subject._meta.label_lower, subject.pk) if isinstance(subject, models.Model) else subject
    everywhere = AuditEntry.objects.unscoped("the history of one thing the caller was let into")
    return everywhere.filter(subject_kind=kind, subject_id=str(key)).order_by("-at", "-id")


def _refuse_secrets(data: Mapping[str, Any]) -> None:
    for key, value in data.items():
        if any(word in key.lower().split("_") or word == key.lower() for word in _SECRET):
            raise SecretInAudit(key)
        if isinstance(value, Mapping):
            _refuse_secrets(value)
