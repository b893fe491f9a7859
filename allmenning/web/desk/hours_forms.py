"""Opening hours as people write them: one line a day, «10–16», «10.30–19, 20–21»; empty is closed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from allmenning.kernel.errors import AllmenningError, Invalid
from allmenning.kernel.periods import Period
from allmenning.organisations.models import MIDNIGHT, OpeningHours
from allmenning.organisations.services import HoursSpan
from allmenning.web.desk.fields import say

_TIME = r"([01]?[0-9]|2[0-4])(?:[.:]?([0-5][0-9]))?"
_SPAN = re.compile(rf"(?:kl\.?\s*)?{_TIME}\s*[-–—]\s*{_TIME}", re.IGNORECASE)


def read_spans(text: str) -> list[tuple[time, time]]:
    """Spans in the order written. Raises ``Invalid`` naming what cannot be read."""
    parts = [each.strip() for each in re.split(r"[,;]|\bog\b|\band\b", text) if each.strip()]
    return [_span(each) for each in parts]


def written(spans: Iterable[OpeningHours]) -> str:
    return ", ".join(f"{_clock(each.opens)}–{_clock(each.closes, end=True)}" for each in spans)


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class WeekForm(forms.Form):
    """Seven days, staffed and self-service, for a period."""

    starts = forms.DateField(widget=DateInput)
    last_day = forms.DateField(widget=DateInput, required=False)

    def __init__(self, sent: QueryDict | None = None, *, standing: Iterable[OpeningHours] = ()) -> None:
        super().__init__(sent, initial={"starts": timezone.localdate(), **_week(standing)})
        not_a_day = _("Write a day, such as 2026-06-22.")
        say(self, "starts", _("From"), missing=_("Write the first day."))
        say(
            self, "last_day", _("Until and including"),
            advice=_("Empty: until further notice. With a day here, the usual hours come back by themselves."),
        )  # fmt: skip
        for each in ("starts", "last_day"):
            self.fields[each].error_messages["invalid"] = not_a_day
        for weekday in range(7):
            for kind, label in (("staffed", _("Staffed")), ("alone", _("Self-service"))):
                self.fields[f"{kind}_{weekday}"] = forms.CharField(max_length=80, required=False)
                say(self, f"{kind}_{weekday}", label)

    @property
    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [
            (str(WEEKDAYS[day]).capitalize(), self[f"staffed_{day}"], self[f"alone_{day}"]) for day in range(7)
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        self.spans: list[HoursSpan] = []
        for weekday in range(7):
            for kind in ("staffed", "alone"):
                name = f"{kind}_{weekday}"
                try:
                    for opens, closes in read_spans(sent.get(name, "")):
                        self.spans.append(HoursSpan(weekday, opens, closes, self_service=kind == "alone"))
                except AllmenningError as problem:
                    self.add_error(name, problem.message)
        starts, last = sent.get("starts"), sent.get("last_day")
        if starts and last and last < starts:
            self.add_error("last_day", _("The last day comes after the first."))
        return sent

    @property
    def period(self) -> Period:
        last = self.cleaned_data["last_day"]
        return Period(self.cleaned_data["starts"], last + timedelta(days=1) if last else None)


class ClosedDayForm(forms.Form):
    day = forms.DateField(widget=DateInput)
    note = forms.CharField(max_length=100, required=False)

    def __init__(self, sent: QueryDict | None = None) -> None:
        super().__init__(sent)
        say(self, "day", _("Day"), missing=_("Write the day."))
        self.fields["day"].error_messages["invalid"] = _("Write a day, such as 2026-06-22.")
        say(self, "note", _("Why, for the public (optional)"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("That day is over."))
        return day


def _span(text: str) -> tuple[time, time]:
    found = _SPAN.fullmatch(text)
    if found is None:
        message = _("“%(text)s” cannot be read. Write as 10–16 or 10.30–19, several with a comma between.")
        raise Invalid("hours-unreadable", message % {"text": text}, text=text)
    hour, minute, until_hour, until_minute = (int(each or 0) for each in found.groups())
    if hour == 24 or (until_hour == 24 and until_minute):
        raise Invalid("hours-unreadable", _("The day ends at 24."), text=text)
    return time(hour, minute), time(until_hour % 24, until_minute)


def _clock(at: time, *, end: bool = False) -> str:
    hour = 24 if end and at == MIDNIGHT else at.hour
    return f"{hour:02d}.{at.minute:02d}"


def _week(standing: Iterable[OpeningHours]) -> dict[str, str]:
    days: dict[str, list[OpeningHours]] = {}
    for each in standing:
        days.setdefault(f"{'alone' if each.self_service else 'staffed'}_{each.weekday}", []).append(each)
    return {name: written(spans) for name, spans in days.items()}
