"""The tables under all others: what was done by whom, and what happened that others still have to take in.

This floor knows no libraries or accounts, so it keeps their numbers without foreign keys: an entry must also outlive
what it tells about.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from allmenning.groundwork.scoping import Scope, ScopedManager


class AuditEntry(models.Model):
    """Who did what to which thing, on behalf of which library, about which person. Written once, never changed.

    ``library_id`` is empty for acts on what all libraries share; those are read with ``.unscoped``.
    """

    scope: ClassVar[Scope] = "owned"
    library_path: ClassVar[str] = "library_id"

    at = models.DateTimeField(default=timezone.now)
    account_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    channel = models.CharField(max_length=10)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=100)
    library_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = ScopedManager["AuditEntry"]()

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["library_id", "-at"], name="audit_library"),
            models.Index(fields=["person_id", "-at"], name="audit_person"),
            models.Index(fields=["subject_kind", "subject_id", "-at"], name="audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.verb} {self.subject_kind} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly()
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> Any:
        raise AppendOnly()


class AppendOnly(RuntimeError):
    def __init__(self) -> None:
        super().__init__("The audit trail is written once: add a new entry that puts the old one right.")


class OutboxEvent(models.Model):
    """Something happened to ``subject_id`` that the follower of ``topic`` has not taken in yet.

    A row is free when it has no lease or its lease has run out; an acknowledged row is gone. ``in_bulk``: it came with
    many others, and nobody sits and waits for it.
    """

    scope: ClassVar[Scope] = "shared"

    topic = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    in_bulk = models.BooleanField(default=False)
    published_at = models.DateTimeField(default=timezone.now)
    lease_owner = models.CharField(max_length=100, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["topic", "in_bulk", "id"], name="outbox_waiting")]

    def __str__(self) -> str:
        return f"{self.topic} {self.subject_id}"


class CacheEntry(models.Model):
    """The table of Django's database cache (``CACHES["default"]``), made by a migration instead of a command."""

    scope: ClassVar[Scope] = "shared"

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "groundwork_cache"
        verbose_name_plural = "cache entries"

    def __str__(self) -> str:
        return self.cache_key
