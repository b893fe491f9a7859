"""The about page: every branch's week, its address, and how to reach the library."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from allmenning.organisations.models import Branch, Library
from allmenning.organisations.opening import OSLO, Day, OpenState, Span
from allmenning.organisations.queries import branches, open_now, week
from allmenning.web.public import opening
from allmenning.web.public.shown import About, Week


def about(library: Library, screen: str) -> About:
    """Five queries, however many branches."""
    now = timezone.now().astimezone(OSLO)
    theirs = branches(library.id)
    ids = [each.id for each in theirs]
    states, weeks = open_now(ids, now), week(ids, now.date() - timedelta(days=now.weekday()))
    text = library.about.choose(screen)
    return About(
        text=text.text,
        text_language=text.language,
        weeks=tuple(_week(each, states[each.id], weeks[each.id], screen) for each in theirs),
        email=library.email,
        phone=library.phone,
        isil=library.isil,
        kind=library.get_kind_display(),
        municipality=library.municipality.name if library.municipality_id and library.municipality else "",
    )


def _week(branch: Branch, state: OpenState, days: tuple[Day, ...], screen: str) -> Week:
    now = timezone.now().astimezone(OSLO)
    return Week(
        name=branch.name.text(screen),
        address=opening.address_lines(branch),
        opening=opening.opening(branch, state, screen, now),
        days=tuple((opening.weekday(each.day), hours(each), each.day == now.date()) for each in days),
        exceptions=tuple(
            (date_format(each.day, pgettext("a day of the year, Django's date format", "j F")), each.note.text(screen))
            for each in days
            if each.note.text(screen)
        ),
        anchor=branch.slug,
    )


def hours(day: Day) -> tuple[str, ...]:
    """One line a span: «08.00–10.00 meråpent», «10.00–19.00»; or «Stengt»."""
    return tuple(_span(span) for span in day.spans) or (_("Closed"),)


def _span(span: Span) -> str:
    times = f"{opening.clock(span.opens)}–{opening.clock(span.closes)}"
    return _("%(times)s self-service") % {"times": times} if span.self_service else times
