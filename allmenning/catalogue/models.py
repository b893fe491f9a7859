"""The metadata well's tables.

Editions and works are not rows but numbers on the source records: an edition's id is the smallest id among its records,
a work's likewise. So no id has to be handed out, the same records give the same ids after any crash, and every id that
ever was an edition's is the id of a record, which still knows where it belongs (docs/decisions/0002-identity.md).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from allmenning.catalogue.headings import models as headings  # noqa: F401 - Django looks for the room's tables here
from allmenning.groundwork.scoping import Scope, ScopedManager
from allmenning.organisations.models import Branch, Library
from allmenning.people.models import Account


class Source(models.Model):
    """One library system that delivers records. Records of one source never stand for two systems.

    ``dialect`` and ``encoding`` are ``auto``, or what a person knows better than a thin record can tell.
    """

    scope: ClassVar[Scope] = "shared"
    name = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    library = models.ForeignKey(Library, models.PROTECT, null=True, blank=True, related_name="+")
    rank = models.PositiveSmallIntegerField(default=100)  # the lower, the more its wording is trusted in a merge
    dialect = models.CharField(max_length=10, default="auto")
    encoding = models.CharField(max_length=20, default="auto")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.title


class ImportRun(models.Model):
    """One time files were taken in. ``counts`` holds the summary table; see importing.summary."""

    scope: ClassVar[Scope] = "shared"
    RUNNING, FINISHED, STOPPED = "running", "finished", "stopped"
    source = models.ForeignKey(Source, models.PROTECT, related_name="runs")
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default=RUNNING)
    actor_name = models.CharField(max_length=200, blank=True)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]


class ImportFile(models.Model):
    """One file by its content. Records before ``high_water`` are in: reading the file again starts behind them."""

    scope: ClassVar[Scope] = "shared"
    source = models.ForeignKey(Source, models.PROTECT, related_name="files")
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="files")
    name = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)
    high_water = models.PositiveBigIntegerField(default=0)
    complete = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="one_row_a_file_content")]


class SourceRecord(models.Model):
    """One record of one source as it stands now: which version, which evidence, which edition and work.

    ``key`` is the source's own identity, ``(003)001``; ``hash`` is BLAKE2b-128 of the bytes. A deleted record stays as a
    tombstone and keeps the edition and work it was last in, so that old addresses lead on.
    """

    scope: ClassVar[Scope] = "shared"
    id = models.BigIntegerField(primary_key=True)  # numbered by the importer, without gaps, under the catalogue lock
    source = models.ForeignKey(Source, models.PROTECT, related_name="records", db_index=False)
    key = models.CharField(max_length=300)
    version = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=16)
    deleted = models.BooleanField(default=False)
    class_id = models.BigIntegerField(db_index=True)
    edition_id = models.BigIntegerField(db_index=True)
    work_id = models.BigIntegerField(db_index=True)
    first_seen = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="one_record_a_key_in_a_source")]


class RecordFacts(models.Model):
    """The record's description (JSON of catalogue.description.Description), read by pages, merging and the index."""

    scope: ClassVar[Scope] = "shared"
    record = models.OneToOneField(SourceRecord, models.CASCADE, primary_key=True, related_name="facts")
    description = models.TextField()


class RecordVersion(models.Model):
    """The record byte for byte as it was delivered. ``raw`` is zlib-compressed; nothing else is changed."""

    scope: ClassVar[Scope] = "shared"
    record = models.ForeignKey(SourceRecord, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    file = models.ForeignKey(ImportFile, models.PROTECT, db_index=False)
    position = models.PositiveBigIntegerField()
    received = models.DateTimeField()
    hash = models.BinaryField(max_length=16)
    syntax = models.CharField(max_length=10)
    declared = models.CharField(max_length=40, blank=True)
    encoding = models.CharField(max_length=20)
    dialect = models.CharField(max_length=10)
    raw = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_row_a_version")]


class Repair(models.Model):
    """One thing mended in one version, because the intent was certain."""

    scope: ClassVar[Scope] = "shared"
    record = models.ForeignKey(SourceRecord, models.CASCADE, related_name="repairs")
    version = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    detail = models.CharField(max_length=500)


class SetAsideRecord(models.Model):
    """A record that could not be read with certainty: its bytes (zlib) and why. Nothing is thrown away."""

    scope: ClassVar[Scope] = "shared"
    file = models.ForeignKey(ImportFile, models.PROTECT, related_name="set_aside", db_index=False)
    position = models.PositiveBigIntegerField()
    code = models.CharField(max_length=60)
    detail = models.CharField(max_length=500)
    raw = models.BinaryField()
    received = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "position"], name="one_row_a_set_aside_record")]


class Rereading(models.Model):
    """One time all stored records were read anew. ``reached`` is the last record done of the present ``phase``."""

    scope: ClassVar[Scope] = "shared"
    RECORDS, GROUPS = "records", "groups"
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    phase = models.CharField(max_length=10, default=RECORDS)
    reached = models.BigIntegerField(default=0)
    read = models.PositiveBigIntegerField(default=0)
    grouped = models.PositiveBigIntegerField(default=0)
    set_aside = models.PositiveBigIntegerField(default=0)


class Holding(models.Model):
    """Where a copy stands, as the source says it (852, 850, 952). Owned by the library whose copy it is.

    Rows whose library is not known here keep the source's code and wait for the library to join.
    """

    scope: ClassVar[Scope] = "owned"
    library_path: ClassVar[str] = "library"
    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(SourceRecord, models.CASCADE, related_name="holdings")
    library = models.ForeignKey(Library, models.PROTECT, null=True, related_name="+")
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)  # holding or item
    library_code = models.CharField(max_length=60, blank=True)
    branch_code = models.CharField(max_length=60, blank=True)
    shelf = models.CharField(max_length=120, blank=True)
    call_number = models.CharField(max_length=120, blank=True)
    barcode = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)
    as_of = models.DateTimeField()

    objects: ClassVar[ScopedManager[Holding]] = ScopedManager()


class EvidenceClass(models.Model):
    """What matching compares, once for all records that say exactly the same.

    ``id`` is a hash of the evidence, so equal evidence meets without a search. Evidence too thin to call two records the
    same edition, and evidence of a record that a person has decided about, is salted with the record: a class of its own.
    """

    scope: ClassVar[Scope] = "shared"
    id = models.BigIntegerField(primary_key=True)
    evidence = models.TextField()
    signature = models.CharField(max_length=200)


class MatchKey(models.Model):
    """Candidate keys: classes that share one are compared, unless the key is hot."""

    scope: ClassVar[Scope] = "shared"
    pk = models.CompositePrimaryKey("key", "class_id")
    key = models.BigIntegerField()
    class_id = models.BigIntegerField()


class HotKey(models.Model):
    """A key shared by so many classes that it says nothing; comparisons it alone would bring are not made."""

    scope: ClassVar[Scope] = "shared"
    key = models.BigIntegerField(primary_key=True)


class MatchEdge(models.Model):
    """The decision on two classes (``a < b``), with its reasons as codes (matching.reason_text says them in words)."""

    scope: ClassVar[Scope] = "shared"
    DIFFERENT, DOUBTFUL, SAME = 0, 1, 2
    pk = models.CompositePrimaryKey("a", "b")
    a = models.BigIntegerField()
    b = models.BigIntegerField(db_index=True)
    score = models.FloatField()
    verdict = models.SmallIntegerField()
    reasons = models.CharField(max_length=500)
    model = models.CharField(max_length=20)


class WorkKey(models.Model):
    """Keys that tie editions to one work: editions that share one are the same work."""

    scope: ClassVar[Scope] = "shared"
    pk = models.CompositePrimaryKey("key", "record_id")
    key = models.BigIntegerField()
    record_id = models.BigIntegerField(db_index=True)


class ContainedKey(models.Model):
    """Keys of works an edition holds beside its own: they lead to the works whose own keys they are, and join nothing."""

    scope: ClassVar[Scope] = "shared"
    pk = models.CompositePrimaryKey("key", "record_id")
    key = models.BigIntegerField()
    record_id = models.BigIntegerField(db_index=True)


class Decision(models.Model):
    """A person's word on which records belong together. It outranks the machine's until it is undone."""

    scope: ClassVar[Scope] = "shared"
    SAME, DIFFERENT = "same", "different"
    level = models.CharField(max_length=10, choices=[("edition", "edition"), ("work", "work")])
    verdict = models.CharField(max_length=10, choices=[(SAME, SAME), (DIFFERENT, DIFFERENT)])
    reason = models.CharField(max_length=500, blank=True)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]


class DecisionPair(models.Model):
    """Two records (``a < b``) a decision speaks of."""

    scope: ClassVar[Scope] = "shared"
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="pairs")
    a = models.ForeignKey(SourceRecord, models.CASCADE, related_name="+")
    b = models.ForeignKey(SourceRecord, models.CASCADE, related_name="+")


class Succession(models.Model):
    """An edition's or work's id that ceased, and where its records went. Old addresses lead on by it."""

    scope: ClassVar[Scope] = "shared"
    level = models.CharField(max_length=10)
    old_id = models.BigIntegerField()
    new_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "old_id", "new_id"], name="one_row_a_succession")]


import allmenning.catalogue.harvesting.models  # noqa: E402, F401 - Django finds a room's tables from here
