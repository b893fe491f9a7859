"""Who there is: consortia, libraries, their branches and hours, municipalities. Public facts, so all of it is shared.

Who may change them is asked in ``permissions``; every change goes through ``services``.
"""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from allmenning.groundwork.fields import LabelsField
from allmenning.groundwork.periods import Dated
from allmenning.groundwork.scoping import Scope

MIDNIGHT = time(0)


class Consortium(models.Model):
    scope: ClassVar[Scope] = "shared"

    slug = models.SlugField(max_length=60, unique=True)
    name = LabelsField()
    libraries: models.ManyToManyField[Library, Membership] = models.ManyToManyField(
        "Library", through="Membership", related_name="consortia"
    )

    class Meta:
        verbose_name_plural = "consortia"

    def __str__(self) -> str:
        return str(self.name)


class Municipality(models.Model):
    """A Norwegian municipality by its four-digit number («kommunenummer»), as divided since 1 January 2024."""

    class LanguageForm(models.TextChoices):
        """The written Norwegian the municipality has asked the state to use («målform»)."""

        BOKMAL = "nb", _("Bokmål")
        NYNORSK = "nn", _("Nynorsk")
        NEUTRAL = "neutral", _("Neutral")

    scope: ClassVar[Scope] = "shared"

    number = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=100)
    names = LabelsField()  # official names in other languages than Norwegian as well
    county_number = models.CharField(max_length=2, db_index=True)
    county_name = models.CharField(max_length=60)
    language_form = models.CharField(max_length=7, choices=LanguageForm)

    class Meta:
        verbose_name_plural = "municipalities"
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name


class Population(models.Model):
    """How many lived there on a day, by Statistics Norway."""

    scope: ClassVar[Scope] = "shared"

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="populations")
    day = models.DateField()
    inhabitants = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "day"], name="population_once_a_day")]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.day}: {self.inhabitants}"


class Library(models.Model):
    """One library with its own face. ``host`` or else ``prefix`` is its address; ``colour`` is ``#rrggbb``."""

    class Kind(models.TextChoices):
        MUNICIPAL = "municipal", _("Municipal library")
        COUNTY = "county", _("County library")
        SCHOOL = "school", _("School library")
        UNIVERSITY = "university", _("University library")
        COLLEGE = "college", _("College library")
        SPECIAL = "special", _("Special library")
        NATIONAL = "national", _("National library")

    scope: ClassVar[Scope] = "shared"

    slug = models.SlugField(max_length=60, unique=True)
    name = LabelsField()
    kind = models.CharField(max_length=12, choices=Kind)
    isil = models.CharField(max_length=16, blank=True)
    organisation_number = models.CharField(max_length=9, blank=True)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="libraries"
    )
    languages = models.JSONField(default=list)
    default_language = models.CharField(max_length=12, default="nb")
    colour = models.CharField(max_length=7, default="#1b4f72")
    logo_svg = models.TextField(blank=True)
    about = LabelsField()
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    host = models.CharField(max_length=253, blank=True)
    prefix = models.CharField(max_length=60, unique=True)
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "libraries"
        constraints = [
            models.UniqueConstraint(fields=["isil"], condition=~Q(isil=""), name="library_isil_once"),
            models.UniqueConstraint(fields=["host"], condition=~Q(host=""), name="library_host_once"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Membership(Dated):
    """A library's time in a consortium. One library may be in several; its times in one do not overlap."""

    scope: ClassVar[Scope] = "shared"

    consortium = models.ForeignKey(Consortium, on_delete=models.CASCADE, related_name="memberships")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="memberships")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["consortium", "library", "starts"], name="membership_starts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.consortium_id}/{self.library_id} {self.starts}–{self.ends or ''}"


class Branch(models.Model):
    """A place with doors. ``code`` is what the library's own system calls it (MARC 852 $b); no two share one."""

    scope: ClassVar[Scope] = "shared"

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="branches")
    slug = models.SlugField(max_length=60)
    code = models.CharField(max_length=60, blank=True)
    name = LabelsField()
    address = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=4, blank=True)
    city = models.CharField(max_length=60, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "branches"
        ordering = ["library", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["library", "slug"], name="branch_slug_once"),
            models.UniqueConstraint(fields=["library", "code"], condition=~Q(code=""), name="branch_code_once"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class OpeningHours(Dated):
    """One span of one weekday (0 is Monday), local time. ``closes`` at 00:00 is midnight, the end of the day.

    ``self_service``: card holders let themselves in without staff («meråpent»).
    """

    scope: ClassVar[Scope] = "shared"

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    self_service = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        verbose_name_plural = "opening hours"
        ordering = ["branch", "weekday", "opens"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(weekday__lte=6), name="openinghours_weekday"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) | Q(closes=MIDNIGHT), name="openinghours_open_then_close"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch_id} {self.weekday} {self.opens:%H:%M}–{self.closes:%H:%M}"


class ClosedDay(models.Model):
    """A day on which the branch stays closed whatever its hours say; ``note`` tells why."""

    scope: ClassVar[Scope] = "shared"

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="closed_days")
    day = models.DateField()
    note = LabelsField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["branch", "day"], name="closedday_once")]

    def __str__(self) -> str:
        return f"{self.branch_id} {self.day}"
