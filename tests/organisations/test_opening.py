"""Is it open, until when, and when next? All times are Oslo's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allmenning.kernel.labels import Labels
from allmenning.kernel.periods import Period
from allmenning.organisations.models import Branch
from allmenning.organisations.opening import OSLO, Day, OpenState, Span
from allmenning.organisations.queries import open_now, week
from allmenning.organisations.services import HoursSpan, close_on, reopen_on, set_opening_hours
from tests.people_and_places import SYSTEM, branch, kautokeino, oslo

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
OPEN_END = Period(date(2020, 1, 1))
HOUR = timedelta(hours=1)
WEEKDAYS = [HoursSpan(day, time(10), time(16)) for day in range(5)]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OSLO)


def span(day: date, opens: int, closes: int, *, self_service: bool = False) -> Span:
    return Span(at(day, opens), at(day, closes), self_service)


def state(place: Branch, moment: datetime) -> OpenState:
    return open_now([place.id], moment)[place.id]


@pytest.fixture
def main_branch() -> Branch:
    made = branch(oslo())
    set_opening_hours(actor=SYSTEM, branch_id=made.id, period=OPEN_END, spans=WEEKDAYS)
    return made


@pytest.mark.parametrize(
    ("moment", "current", "then"),
    [
        (at(MONDAY, 9, 59), None, span(MONDAY, 10, 16)),
        (at(MONDAY, 10), span(MONDAY, 10, 16), span(date(2026, 11, 24), 10, 16)),
        (at(MONDAY, 15, 59), span(MONDAY, 10, 16), span(date(2026, 11, 24), 10, 16)),
        (at(MONDAY, 16), None, span(date(2026, 11, 24), 10, 16)),
        (at(date(2026, 11, 27), 17), None, span(date(2026, 11, 30), 10, 16)),  # Friday evening → Monday
    ],
)
def test_open_and_next(main_branch: Branch, moment: datetime, current: Span | None, then: Span) -> None:
    assert state(main_branch, moment) == OpenState(current, then, Labels())
    assert state(main_branch, moment).is_open == (current is not None)


def test_several_spans_a_day_and_self_service_until_midnight() -> None:
    place = branch(oslo())
    spans = [
        HoursSpan(0, time(7), time(10), self_service=True),
        HoursSpan(0, time(10), time(16)),
        HoursSpan(0, time(16), time(0), self_service=True),
    ]
    set_opening_hours(actor=SYSTEM, branch_id=place.id, period=OPEN_END, spans=reversed(spans))
    evening = Span(at(MONDAY, 16), at(date(2026, 11, 24), 0), self_service=True)
    assert state(place, at(MONDAY, 8)) == OpenState(
        span(MONDAY, 7, 10, self_service=True), span(MONDAY, 10, 16), Labels()
    )
    assert state(place, at(MONDAY, 23, 59)).current == evening
    assert state(place, at(date(2026, 11, 24), 0)).current is None


def test_a_closed_day_tells_why_and_the_next_opening_passes_it(main_branch: Branch) -> None:
    note = Labels(nb="Kurs", se="Gursa")
    close_on(actor=SYSTEM, branch_id=main_branch.id, day=MONDAY)
    close_on(actor=SYSTEM, branch_id=main_branch.id, day=MONDAY, note=note)
    assert state(main_branch, at(MONDAY, 12)) == OpenState(None, span(date(2026, 11, 24), 10, 16), note)
    reopen_on(actor=SYSTEM, branch_id=main_branch.id, day=MONDAY)
    assert state(main_branch, at(MONDAY, 12)).is_open


def test_summer_hours_hold_for_their_time_and_the_usual_ones_come_back(main_branch: Branch) -> None:
    summer = Period(date(2026, 7, 1), date(2026, 8, 1))
    short = [HoursSpan(2, time(11), time(14))]
    set_opening_hours(actor=SYSTEM, branch_id=main_branch.id, period=summer, spans=short)
    assert state(main_branch, at(date(2026, 6, 30), 12)).next == span(date(2026, 7, 1), 11, 14)
    assert state(main_branch, at(date(2026, 7, 1), 15)).next == span(date(2026, 7, 8), 11, 14)
    assert state(main_branch, at(date(2026, 8, 3), 12)).current == span(date(2026, 8, 3), 10, 16)


def test_closed_for_two_months_and_open_again(main_branch: Branch) -> None:
    building = Period(date(2026, 6, 20), date(2026, 8, 20))
    set_opening_hours(actor=SYSTEM, branch_id=main_branch.id, period=building, spans=[])
    assert state(main_branch, at(date(2026, 6, 22), 12)) == OpenState(None, span(date(2026, 8, 20), 10, 16), Labels())


def test_a_branch_without_hours_never_opens() -> None:
    assert state(branch(oslo()), at(MONDAY, 12)) == OpenState(None, None, Labels())


def test_the_clock_is_oslos_in_summer_and_winter(main_branch: Branch) -> None:
    assert state(main_branch, datetime(2026, 7, 6, 8, 0, tzinfo=UTC)).is_open  # 10:00, summer time
    assert not state(main_branch, datetime(2026, 11, 23, 8, 59, tzinfo=UTC)).is_open
    assert state(main_branch, datetime(2026, 11, 23, 9, 0, tzinfo=UTC)).is_open


def test_an_opening_across_the_night_the_clock_goes_back() -> None:
    place = branch(oslo())
    night = [HoursSpan(6, time(0), time(4))]
    set_opening_hours(actor=SYSTEM, branch_id=place.id, period=OPEN_END, spans=night)
    found = state(place, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)).current  # the second 02:30 of that night
    assert found == span(date(2026, 10, 25), 0, 4)
    assert found.closes.astimezone(UTC) - found.opens.astimezone(UTC) == found.closes - found.opens + HOUR


def test_a_week_as_a_table_shows_it(main_branch: Branch) -> None:
    close_on(actor=SYSTEM, branch_id=main_branch.id, day=date(2026, 11, 25), note=Labels(nb="Kurs"))
    days = week([main_branch.id], MONDAY)[main_branch.id]
    assert [(each.day.day, len(each.spans)) for each in days] == [
        (23, 1), (24, 1), (25, 0), (26, 1), (27, 1), (28, 0), (29, 0),
    ]  # fmt: skip
    assert days[0] == Day(MONDAY, (span(MONDAY, 10, 16),), Labels())
    assert days[2].note == Labels(nb="Kurs")


def test_many_branches_cost_no_more_queries_than_one(main_branch: Branch) -> None:
    there = kautokeino()
    others = [branch(there, f"filial-{number}") for number in range(5)]
    for each in others:
        set_opening_hours(actor=SYSTEM, branch_id=each.id, period=OPEN_END, spans=WEEKDAYS)
    with CaptureQueriesContext(connection) as queries:
        found = open_now([main_branch.id, *(each.id for each in others)], at(MONDAY, 12))
    assert (len(queries), len(found), all(each.is_open for each in found.values())) == (2, 6, True)
