"""The authority register's tables.

An *entity* is the person, body, place or subject itself, with an id of our own that is never given twice. What is known of
it is what its *entries* say: one for each register that tells of it, the installation's own edits among them. Names,
identifiers and relations follow from the entries and nothing else, so every edit can be taken back, and each state that
was stands in the history with who made it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from allmenning.authorities.statement import KINDS
from allmenning.groundwork.fields import LabelsField
from allmenning.groundwork.scoping import Scope
from allmenning.people.models import Account

SHARED: Scope = "shared"


class Register(models.Model):
    """One vocabulary or authority file. ``vocabulary`` is its code in MARC $2; the lowest ``rank``'s label is shown."""

    scope: ClassVar[Scope] = SHARED
    name = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    vocabulary = models.CharField(max_length=40, blank=True)
    rank = models.PositiveSmallIntegerField(default=100)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.title


class Entity(models.Model):
    """A person, body, meeting, place, topic, period or genre.

    ``name`` is the heading a catalogue in bokmål uses, ``labels`` the heading in every language there is (``und`` for
    names that belong to none). A deprecated entity keeps its id and leads on by its ``replaced_by`` relations.
    """

    scope: ClassVar[Scope] = SHARED
    kind = models.CharField(max_length=10, choices=[(each, each) for each in KINDS])
    name = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=400)
    labels = LabelsField()
    notes = LabelsField()
    dates = models.CharField(max_length=60, blank=True)
    classes = models.JSONField(default=list)
    deprecated = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=40)
    created = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "sort_key"], name="entities_in_order")]

    def __str__(self) -> str:
        return self.name


class Name(models.Model):
    """One form of an entity's name. ``key`` is it folded, ``words`` its folded words in alphabetical order.

    ``established``: some register prefers or once preferred it, so that records carry it.
    """

    scope: ClassVar[Scope] = SHARED
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="names")
    text = models.CharField(max_length=300)
    language = models.CharField(max_length=20)
    preferred = models.BooleanField()
    established = models.BooleanField()
    key = models.CharField(max_length=400, db_index=True)
    words = models.CharField(max_length=400, db_index=True)
    vocabulary = models.CharField(max_length=40, blank=True)


class Identifier(models.Model):
    """``name`` is ``scheme:value``. ``own``: it means this entry itself; otherwise another register's name for the same."""

    scope: ClassVar[Scope] = SHARED
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="identifiers")
    name = models.CharField(max_length=240, db_index=True)
    own = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "name"], name="one_row_an_identifier")]


class Relation(models.Model):
    """``kind`` is broader, narrower, related or replaced_by. ``target`` is empty while what ``name`` names is not here."""

    scope: ClassVar[Scope] = SHARED
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=240, db_index=True)
    label = models.CharField(max_length=300, blank=True)
    target = models.ForeignKey(Entity, models.SET_NULL, null=True, related_name="incoming")


class Entry(models.Model):
    """What one register says of an entity, as it stands now; ``statement`` is the JSON of ``statement.Statement``."""

    scope: ClassVar[Scope] = SHARED
    register = models.ForeignKey(Register, models.PROTECT, related_name="entries", db_index=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="entries")
    key = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=16)
    statement = models.TextField()
    received = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "key"], name="one_entry_a_key_in_a_register")]


class EntryVersion(models.Model):
    """The entry byte for byte as it came (zlib); of a SKOS concept its triples."""

    scope: ClassVar[Scope] = SHARED
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    syntax = models.CharField(max_length=10)
    raw = models.BinaryField()
    file_name = models.CharField(max_length=300, blank=True)
    received = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_row_an_entry_version")]


class Change(models.Model):
    """One state an entity came to, and by whom. ``state`` is the whole of it, so that any two can be compared."""

    scope: ClassVar[Scope] = SHARED
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="history", db_index=False)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)
    state = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "number"], name="one_row_a_change")]


class Loading(models.Model):
    """One time files were taken in. ``counts``: read, new, changed, unchanged, joined, set_aside."""

    scope: ClassVar[Scope] = SHARED
    RUNNING, FINISHED, STOPPED = "running", "finished", "stopped"
    register = models.ForeignKey(Register, models.PROTECT, related_name="loadings")
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default=RUNNING)
    actor_name = models.CharField(max_length=200)
    counts = models.JSONField(default=dict)


class SetAsideEntry(models.Model):
    """An entry that could not be taken in: its bytes (zlib) and why. Nothing is thrown away."""

    scope: ClassVar[Scope] = SHARED
    register = models.ForeignKey(Register, models.PROTECT, related_name="set_aside", db_index=False)
    hash = models.BinaryField(max_length=16)
    file_name = models.CharField(max_length=300)
    position = models.PositiveBigIntegerField()
    code = models.CharField(max_length=60)
    detail = models.CharField(max_length=500)
    raw = models.BinaryField()
    received = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "hash"], name="one_row_a_set_aside_entry")]
