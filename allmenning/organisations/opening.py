"""Is it open, until when, and when next? Asked of many branches at once, in the branches' own time, Europe/Oslo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from allmenning.groundwork.periods import overlapping
from allmenning.kernel.labels import Labels
from allmenning.kernel.periods import Period
from allmenning.organisations.models import MIDNIGHT, ClosedDay, OpeningHours

OSLO = ZoneInfo("Europe/Oslo")

#: How far ahead the next opening is looked for: past a summer closing of two months.
HORIZON_DAYS = 70


@dataclass(frozen=True, slots=True)
class Span:
    """One opening on one day; ``closes`` is exclusive. ``self_service``: without staff, for card holders."""

    opens: datetime
    closes: datetime
    self_service: bool = False


@dataclass(frozen=True, slots=True)
class OpenState:
    """``current`` holds now; ``next`` is the first one that starts later. ``note`` tells why today is closed, if said.

    All moments are aware and in Europe/Oslo. ``next`` is None when nothing opens within :data:`HORIZON_DAYS`.
    """

    current: Span | None
    next: Span | None
    note: Labels

    @property
    def is_open(self) -> bool:
        return self.current is not None


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a week's table: no spans is closed."""

    day: date
    spans: tuple[Span, ...]
    note: Labels


def open_now(branch_ids: Iterable[int], at: datetime | None = None) -> dict[int, OpenState]:
    """The state of every branch asked for, at ``at`` (aware; now when left out). Two queries, however many branches."""
    moment = (at or timezone.now()).astimezone(OSLO)
    today = moment.date()
    # A span never passes midnight, so yesterday's cannot be open now.
    calendars = _calendars(branch_ids, Period(today, today + timedelta(days=HORIZON_DAYS)))
    return {branch_id: _state(calendar, moment) for branch_id, calendar in calendars.items()}


def week(branch_ids: Iterable[int], monday: date) -> dict[int, tuple[Day, ...]]:
    """Seven days from ``monday`` for every branch asked for, as a table of opening hours shows them. Two queries."""
    calendars = _calendars(branch_ids, Period(monday, monday + timedelta(days=7)))
    return {
        branch_id: tuple(calendar.day(monday + timedelta(days=ahead)) for ahead in range(7))
        for branch_id, calendar in calendars.items()
    }


@dataclass(frozen=True, slots=True)
class _Calendar:
    """One branch's hours by weekday and its closed days, enough to answer for every day of a period."""

    hours: Mapping[int, Sequence[OpeningHours]]
    closed: Mapping[date, Labels]

    def day(self, day: date) -> Day:
        if day in self.closed:
            return Day(day, (), self.closed[day])
        todays = [each for each in self.hours.get(day.weekday(), ()) if each.period.contains(day)]
        return Day(day, tuple(_span(each, day) for each in sorted(todays, key=lambda each: each.opens)), Labels())


def _calendars(branch_ids: Iterable[int], period: Period) -> dict[int, _Calendar]:
    ids = list(branch_ids)
    hours: dict[int, dict[int, list[OpeningHours]]] = defaultdict(lambda: defaultdict(list))
    for each in OpeningHours.objects.filter(overlapping(period), branch__in=ids).order_by():
        hours[each.branch_id][each.weekday].append(each)
    closed: dict[int, dict[date, Labels]] = defaultdict(dict)
    for day in ClosedDay.objects.filter(Q(day__gte=period.start) & Q(day__lt=period.end), branch__in=ids):
        closed[day.branch_id][day.day] = day.note
    return {branch_id: _Calendar(hours[branch_id], closed[branch_id]) for branch_id in ids}


def _state(calendar: _Calendar, moment: datetime) -> OpenState:
    today = calendar.day(moment.date())
    current = next((each for each in today.spans if each.opens <= moment < each.closes), None)
    days = (calendar.day(today.day + timedelta(days=ahead)) for ahead in range(HORIZON_DAYS))
    later = (span for day in days for span in day.spans if span.opens > moment)
    return OpenState(current, next(later, None), today.note)


def _span(hours: OpeningHours, day: date) -> Span:
    # Midnight as a closing time is the end of the day, that is, the start of the next.
    last = day if hours.closes != MIDNIGHT else day + timedelta(days=1)
    return Span(_moment(day, hours.opens), _moment(last, hours.closes), hours.self_service)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=OSLO)
