"""Split and merge at the desk: one way of it for editions and for works."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from allmenning.catalogue import services
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError
from allmenning.web.desk.decisions import act
from allmenning.web.desk.leading import live_group

#: Also the name of the page's address.
Level = Literal["edition", "work"]
#: Shows the page again, telling what did not fit.
Otherwise = Callable[[AllmenningError], HttpResponse]


def split_off(
    request: HttpRequest, actor: Actor, level: Level, number: int, record_ids: Collection[int], otherwise: Otherwise
) -> HttpResponse:
    """The records become an edition or a work of their own; on to the page of what they were taken from.

    Refused where some of them are not in ``number``: the page they were chosen from was old.
    """
    return act(
        lambda: [services.split(actor=actor, level=level, record_ids=record_ids, reason=_reason(request), of=number)],
        onward=lambda: reverse(f"desk:{level}", args=[number]),
        otherwise=otherwise,
    )


def merge_with_named(
    request: HttpRequest, actor: Actor, level: Level, number: int, otherwise: Otherwise
) -> HttpResponse:
    """This edition or work and the one whose number was sent become one. Its number is that of a record in it."""
    return act(
        lambda: [
            services.merge(
                actor=actor,
                level=level,
                record_ids=[live_group(level, each) for each in (str(number), request.POST.get("med", ""))],
                reason=_reason(request),
            )
        ],
        onward=lambda: reverse(f"desk:{level}", args=[number]),
        otherwise=otherwise,
    )


def _reason(request: HttpRequest) -> str:
    return request.POST.get("grunn", "").strip()
