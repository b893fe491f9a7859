"""Headings as records write them, which records carry them, and which entity of the authority register each one means.

Equal headings are one row, whatever number of records carry them. So a link is made, changed and taken back once, and a
heading that changes in the register touches no record: records are read with the register's heading in the place of theirs.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from allmenning.authorities.models import Entity
from allmenning.groundwork.scoping import Scope
from allmenning.people.models import Account


class WrittenHeading(models.Model):
    """One heading, letter by letter as ``catalogue.describe`` gives it, with its dates, vocabulary and identifiers.

    ``how`` it is linked: ``id`` (it names the entity), ``dates`` (name and dates), ``name`` (the only one of that name),
    ``person`` (somebody said so), or nothing. ``decided``: a person has spoken, whether for an entity or for none.
    """

    scope: ClassVar[Scope] = "shared"
    AGENT, SUBJECT = "agent", "subject"
    digest = models.BigIntegerField(unique=True)
    role = models.CharField(max_length=8)
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=300)
    dates = models.CharField(max_length=60, blank=True)
    vocabulary = models.CharField(max_length=40, blank=True)
    identifiers = models.CharField(max_length=600, blank=True)
    key = models.CharField(max_length=400, db_index=True)
    entity = models.ForeignKey(Entity, models.SET_NULL, null=True, related_name="+")
    how = models.CharField(max_length=8, blank=True)
    decided = models.BooleanField(default=False)


class HeadingIdentifier(models.Model):
    """The identifiers (``scheme:value``) that a heading carries ($0, $1)."""

    scope: ClassVar[Scope] = "shared"
    pk = models.CompositePrimaryKey("name", "heading_id")
    name = models.CharField(max_length=240)
    heading_id = models.BigIntegerField()


class HeadingUse(models.Model):
    """A record carries a heading."""

    scope: ClassVar[Scope] = "shared"
    pk = models.CompositePrimaryKey("heading_id", "record_id")
    heading_id = models.BigIntegerField()
    record_id = models.BigIntegerField(db_index=True)


class HeadingsRead(models.Model):
    """Which version of a record its headings were read from."""

    scope: ClassVar[Scope] = "shared"
    record_id = models.BigIntegerField(primary_key=True)
    version = models.PositiveIntegerField()


class HeadingDecision(models.Model):
    """A person's word on what a heading means. It outranks the machine's until it is undone."""

    scope: ClassVar[Scope] = "shared"
    heading = models.ForeignKey(WrittenHeading, models.CASCADE, related_name="decisions")
    entity = models.ForeignKey(Entity, models.SET_NULL, null=True, related_name="+")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
