"""How a fetched source is: its settings, its health and its harvests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from allmenning.catalogue.harvesting import leases
from allmenning.catalogue.harvesting.models import Harvest, SourceSettings
from allmenning.catalogue.models import Source


@dataclass(frozen=True, slots=True)
class Health:
    """``state``: ``well``, ``failing`` (the last harvest did not get through), ``fetching``, or ``never``.

    ``as_of`` is how old the catalogue's knowledge of this source is: the beginning of the last harvest that got
    through; None before the first.
    """

    settings: SourceSettings
    state: str
    as_of: datetime | None
    last: Harvest | None


def health(source: Source) -> Health | None:
    """None for a source that is not fetched. Three queries."""
    settings = SourceSettings.objects.filter(source=source).exclude(kind=SourceSettings.FILE).first()
    if settings is None:
        return None
    last = harvests(source).first()
    through = harvests(source).filter(state=Harvest.FINISHED).first()
    return Health(settings, _state(settings, last), through.started if through else None, last)


def _state(settings: SourceSettings, last: Harvest | None) -> str:
    if leases.held(settings):
        return "fetching"
    if settings.problem:
        return "failing"
    return "well" if last else "never"


def settings_of(source: Source) -> SourceSettings:
    """The source's settings, or those of a source that is delivered as files."""
    return SourceSettings.objects.filter(source=source).first() or SourceSettings(source=source)


def harvests(source: Source) -> QuerySet[Harvest]:
    """The latest first."""
    return Harvest.objects.filter(source=source).order_by("-id")
