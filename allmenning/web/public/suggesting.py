"""Suggestions while typing, as the list shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmenning.discovery.ports import Suggestion
from allmenning.web.public import people
from allmenning.web.public.asking import EVERYWHERE, FIELDS

KINDS: dict[str, str | Promise] = {
    "title": _("Title"),
    "creator": _("Person"),
    "subject": _("Subject"),
    "series": _("Series"),
}
_ICONS = {"title": "book", "creator": "person", "subject": "tag", "series": "shelf"}


@dataclass(frozen=True, slots=True)
class Suggested:
    """``url`` is where choosing it leads."""

    label: str
    language: str
    kind: str
    icon: str
    url: str


def suggestions(found: Iterable[Suggestion], *, everywhere: bool) -> tuple[Suggested, ...]:
    return tuple(
        Suggested(
            label=people.turned(each.text) if each.kind == "creator" else each.text,
            language=each.language,
            kind=str(KINDS[each.kind]),
            icon=_ICONS[each.kind],
            url=_url(each, everywhere),
        )
        for each in found
    )


def _url(suggestion: Suggestion, everywhere: bool) -> str:
    scope = [EVERYWHERE] if everywhere else []
    if suggestion.kind in ("creator", "subject"):
        asked = [(FIELDS[suggestion.kind], suggestion.text)]
    elif suggestion.kind == "series":
        asked = [("q", 'serie:"{}"'.format(suggestion.text.replace('"', "")))]
    else:
        asked = [("q", suggestion.text)]
    return f"{reverse('search')}?{urlencode(asked + scope)}"
