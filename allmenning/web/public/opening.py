"""Opening hours in words: open now and until when, or when next."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from allmenning.organisations.models import Branch
from allmenning.organisations.opening import OSLO, OpenState, Span
from allmenning.organisations.queries import branches, open_now
from allmenning.web.public.shown import Opening


def openings(library_id: int, screen: str, at: datetime | None = None) -> tuple[Opening, ...]:
    """Every branch's state now. Three queries, however many branches."""
    moment = at or timezone.now()
    theirs = branches(library_id)
    states = open_now([each.id for each in theirs], moment)
    return tuple(opening(branch, states[branch.id], screen, moment) for branch in theirs)


def opening(branch: Branch, state: OpenState, screen: str, at: datetime) -> Opening:
    return Opening(
        name=branch.name.text(screen),
        url=f"{reverse('about')}#{branch.slug}",
        address=", ".join(address_lines(branch)),
        is_open=state.is_open,
        line=line(state, at.astimezone(OSLO)),
        known=state.is_open or state.next is not None,
    )


def address_lines(branch: Branch) -> tuple[str, ...]:
    return tuple(filter(None, (branch.address, f"{branch.postal_code} {branch.city}".strip())))


def line(state: OpenState, at: datetime) -> str:
    """«Stenger kl. 19.00», «Åpner i morgen kl. 10.00». ``at`` is local time."""
    if state.current is not None:
        return _until(state.current, state.next)
    if state.next is None:
        return _("No opening hours in the next weeks")
    words = {"time": clock(state.next.opens), "day": _day(state.next.opens, at)}
    days = (state.next.opens.date() - at.date()).days
    if days == 0:
        return _("Opens at %(time)s") % words
    if days == 1:
        return _("Opens tomorrow at %(time)s") % words
    return _("Opens %(day)s at %(time)s") % words


def _until(now: Span, following: Span | None) -> str:
    """A stretch without staff that goes on after, or before, a staffed one is told as one opening."""
    goes_on = following is not None and following.opens == now.closes
    if now.self_service:
        if goes_on:
            return _("Self-service now, staffed from %(time)s") % {"time": clock(now.closes)}
        return _("Self-service until %(time)s") % {"time": clock(now.closes)}
    if goes_on and following is not None:
        return _("Staffed until %(time)s, then self-service until %(later)s") % {
            "time": clock(now.closes),
            "later": clock(following.closes),
        }
    return _("Closes at %(time)s") % {"time": clock(now.closes)}


def clock(moment: datetime) -> str:
    """«19.00»; midnight as a closing time is «24.00»."""
    text = time_format(moment.time(), pgettext("time of day, Django's date format", "H:i"))
    return text.replace("00", "24", 1) if moment.hour == moment.minute == 0 else text


def _day(day: datetime, at: datetime) -> str:
    """The name of a weekday within a week, else the date."""
    if day.date() - at.date() < timedelta(days=7):
        return weekday(day)
    return date_format(day, pgettext("a day of the year, Django's date format", "j F"))


def weekday(day: datetime | date) -> str:
    """«mandag», «Monday»: as each language writes it within a sentence."""
    return date_format(day, "l")
