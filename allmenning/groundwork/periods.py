"""Rows that hold for a span of days: two columns, one value."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from allmenning.kernel.periods import Period


class Dated(models.Model):
    """``starts`` ≤ day < ``ends``; no ``ends`` is open."""

    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="%(class)s_holds_a_day"
            )
        ]

    @property
    def period(self) -> Period:
        return Period(self.starts, self.ends)


def valid_on(day: date, prefix: str = "") -> Q:
    """A condition for rows that hold on ``day``; ``prefix`` leads to them over a join (``memberships__``)."""
    return Q(**{f"{prefix}starts__lte": day}) & (Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gt": day}))


def overlapping(period: Period) -> Q:
    """A condition for rows that share a day with ``period``."""
    still_open = Q(ends__isnull=True) | Q(ends__gt=period.start)
    return still_open if period.end is None else still_open & Q(starts__lt=period.end)
