"""Half-open days: one period's end is the next one's start."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmenning.kernel.errors import Invalid
from allmenning.kernel.periods import Period

Y2025, Y2026 = Period.year(2025), Period.year(2026)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(days)
    end = draw(st.none() | days.filter(lambda day: day > start))
    return Period(start, end)


def test_the_first_day_is_in_and_the_end_is_out() -> None:
    assert Y2025.contains(date(2025, 1, 1))
    assert Y2025.contains(date(2025, 12, 31))
    assert not Y2025.contains(date(2026, 1, 1))
    assert (Y2025.days, Y2025.last_day) == (365, date(2025, 12, 31))


def test_an_open_end_goes_on() -> None:
    since = Period(date(2025, 6, 1))
    assert since.contains(date(2999, 1, 1))
    assert (since.days, since.last_day) == (None, None)


def test_a_period_without_days_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        Period(date(2025, 1, 1), date(2025, 1, 1))
    assert refused.value.code == "period-order"


def test_neighbours_share_no_day() -> None:
    assert not Y2025.overlaps(Y2026)
    assert Y2025.intersection(Y2026) is None


@given(periods(), periods(), days)
def test_a_day_is_in_the_intersection_when_it_is_in_both(one: Period, other: Period, day: date) -> None:
    shared = one.intersection(other)
    assert (shared is not None and shared.contains(day)) == (one.contains(day) and other.contains(day))
    assert one.overlaps(other) == other.overlaps(one) == (shared is not None)
