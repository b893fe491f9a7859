"""Harvesting both ways: how a source's records come and every time they were fetched; what others are told when they ask us."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from allmenning.groundwork.scoping import Scope


class SourceSettings(models.Model):
    """Where a source is fetched from and how often. A source without a row is delivered as files.

    ``every_hours`` 0: only when asked for. ``due_at`` with ``lease_until`` and ``attempts`` is the waiting work that the
    worker looks for. ``reached``: the next harvest asks for what changed from then on, in the repository's own time and
    granularity; empty asks for everything.
    """

    scope: ClassVar[Scope] = "shared"
    FILE, OAI_PMH = "file", "oai-pmh"
    source = models.OneToOneField("catalogue.Source", models.CASCADE, primary_key=True, related_name="settings")
    kind = models.CharField(max_length=10, default=FILE)
    address = models.CharField(max_length=500, blank=True)
    set_spec = models.CharField(max_length=200, blank=True)
    prefix = models.CharField(max_length=60, blank=True)
    every_hours = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, db_index=True)
    lease_owner = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reached = models.CharField(max_length=20, blank=True)
    answered = models.DateTimeField(null=True)
    problem = models.CharField(max_length=60, blank=True)
    problem_detail = models.CharField(max_length=500, blank=True)
    problem_at = models.DateTimeField(null=True)


class Harvest(models.Model):
    """One time a source was fetched, over as many sessions as it took.

    ``token`` is where it goes on; ``first_answer`` the repository's own clock when it began. ``listed`` counts headers,
    ``deletions`` those that told of a deletion, ``without_record`` those that came with nothing that is MARC. ``counts``
    is what became of the records; see importing.summary. ``imported_pages`` of ``pages`` are in the catalogue.
    """

    scope: ClassVar[Scope] = "shared"
    RUNNING, FINISHED, STOPPED, FAILED = "running", "finished", "stopped", "failed"
    source = models.ForeignKey("catalogue.Source", models.PROTECT, related_name="harvests")
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0)  # spent on it, pauses between sessions left out
    state = models.CharField(max_length=10, default=RUNNING)
    actor_name = models.CharField(max_length=200, blank=True)
    since = models.CharField(max_length=20, blank=True)
    until = models.CharField(max_length=20, blank=True)
    by_hand = models.BooleanField(default=False)  # a window that a person chose does not move ``reached``
    set_spec = models.CharField(max_length=200, blank=True)
    prefix = models.CharField(max_length=60, blank=True)
    token = models.TextField(blank=True)
    first_answer = models.CharField(max_length=20, blank=True)
    complete_size = models.PositiveBigIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    imported_pages = models.PositiveIntegerField(default=0)
    listed = models.PositiveBigIntegerField(default=0)
    deletions = models.PositiveBigIntegerField(default=0)
    without_record = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problem = models.CharField(max_length=60, blank=True)
    problem_detail = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]


class HarvestedRecord(models.Model):
    """Which record of ours an item of the repository is: its deletion names the item only.

    An item may hold several records (``part`` counts them from 0), and some hold holdings records besides, which have no
    row here.
    """

    scope: ClassVar[Scope] = "shared"
    source = models.ForeignKey("catalogue.Source", models.CASCADE, related_name="+", db_index=False)
    identifier = models.CharField(max_length=300)
    part = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=300)
    datestamp = models.CharField(max_length=20, blank=True)
    deleted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "identifier", "part"], name="one_row_a_part_of_an_item")
        ]
        indexes = [models.Index(fields=["source", "key"], name="harvested_key")]


class EditionListing(models.Model):
    """That an edition stands in the list of everything (``library_id`` 0) or of one library, or stood there and is gone.

    What harvesters are told, in the order of ``stamp`` (seconds since 1970) and edition. See catalogue.listing.
    """

    scope: ClassVar[Scope] = "shared"
    pk = models.CompositePrimaryKey("edition_id", "library_id")
    edition_id = models.BigIntegerField()
    library_id = models.BigIntegerField()
    work_id = models.BigIntegerField(db_index=True)
    stamp = models.BigIntegerField()
    gone = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["library_id", "stamp", "edition_id"], name="listing_in_order")]
