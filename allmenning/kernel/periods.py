"""Spans of days: the start is in, the end is out or open. So one period's end is the next one's start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from allmenning.kernel.errors import Invalid


@dataclass(frozen=True, slots=True, order=False)
class Period:
    """``start`` ≤ day < ``end``; ``end`` None is open. An empty period is refused."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise Invalid(
                "period-order",
                f"A period ends after it starts: {self.start} to {self.end} holds no day.",
                start=str(self.start),
                end=str(self.end),
            )

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def days(self) -> int | None:
        """How many days; None when the end is open."""
        return None if self.end is None else (self.end - self.start).days

    @property
    def last_day(self) -> date | None:
        """The last day inside, as people write it («til og med»); None when open."""
        return None if self.end is None else self.end - timedelta(days=1)

    def contains(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)

    def intersection(self, other: Period) -> Period | None:
        """The days in both, or None."""
        if not self.overlaps(other):
            return None
        ends = [each for each in (self.end, other.end) if each is not None]
        return Period(max(self.start, other.start), min(ends) if ends else None)
