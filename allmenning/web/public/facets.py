"""Filters in words: what a value is called, which are chosen, which are offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allmenning.discovery.ports import SearchRequest
from allmenning.discovery.query import Everything
from allmenning.organisations.models import Branch, Library
from allmenning.web import formats, languages
from allmenning.web.public import people
from allmenning.web.public.asking import FIELDS, Asked
from allmenning.web.public.shown import FilterGroup, FilterOption, Link

LABELS: dict[str, str | Promise] = {
    "format": gettext_lazy("Format"),
    "language": gettext_lazy("Language"),
    "audience": gettext_lazy("For whom"),
    "decade": gettext_lazy("Published"),
    "branch": gettext_lazy("Branch"),
    "library": gettext_lazy("Library"),
    "creator": gettext_lazy("Person"),
    "subject": gettext_lazy("Subject"),
}

#: Language → the code of records that only tell the family: old records, and catalogues that never told them apart.
UNSPECIFIED = {"nb": "no", "nn": "no"} | dict.fromkeys(("se", "sma", "smj", "sms", "smn"), "smi")

#: How many values of a facet a search counts.
COUNTED = SearchRequest(Everything()).facet_size
#: How many values stand open; the rest fold away.
OPEN = 6


@dataclass(frozen=True, slots=True)
class Places:
    """Libraries and branches by id, for words and for addresses: both stand in addresses by their slug."""

    libraries: Mapping[int, Library]
    branches: Mapping[int, Branch]

    def value(self, facet: str, index_value: str) -> str:
        """The index knows ids, addresses slugs."""
        if facet in ("library", "branch"):
            place = self._of(facet).get(int(index_value) if index_value.isdecimal() else 0)
            return place.slug if place else ""
        return index_value

    def index_values(self, facet: str, values: Sequence[str]) -> tuple[str, ...]:
        """The way back. A slug nobody has becomes a value nothing has."""
        if facet not in ("library", "branch"):
            return tuple(values)
        by_slug = {each.slug: str(key) for key, each in self._of(facet).items()}
        return tuple(by_slug.get(value, "0") for value in values)

    def label(self, facet: str, value: str, screen: str) -> tuple[str, str]:
        """``(words, language of the words)`` for a value as it stands in an address."""
        if facet in ("library", "branch"):
            for each in self._of(facet).values():
                if each.slug == value:
                    chosen = each.name.choose(screen)
                    return chosen.text, chosen.language
            return value, ""
        return in_words(facet, value), ""

    def _of(self, facet: str) -> Mapping[int, Library] | Mapping[int, Branch]:
        return self.libraries if facet == "library" else self.branches


def in_words(facet: str, value: str) -> str:
    if facet == "format":
        return formats.format_name(value)
    if facet == "language":
        return languages.language_name(value)
    if facet == "audience":
        return formats.audience_name(value)
    if facet == "decade":
        return _("%(decade)ss") % {"decade": value}
    if facet == "creator":
        return people.turned(value)
    return value


def groups(
    found: Mapping[str, Sequence[tuple[str, int]]], asked: Asked, places: Places, screen: str
) -> tuple[FilterGroup, ...]:
    """The facets of an answer as groups of checkboxes; a chosen value is offered although nothing has it."""
    numbers = count(1)
    made = []
    for facet in found:
        chosen = asked.filters.get(facet, ())
        counted = [(places.value(facet, value), works) for value, works in found[facet]]
        values = [(value, works) for value, works in counted if value]
        values += [(value, 0) for value in chosen if value not in dict(values)]
        if facet == "decade":
            values.sort(reverse=True)
        options = [
            _option(facet, value, works, value in chosen, places, screen, next(numbers)) for value, works in values
        ]
        # What is chosen stands open, so that it can be taken away again where it was put.
        options.sort(key=lambda option: not option.chosen)
        if len(options) > 1 or chosen:
            cut = OPEN if len(options) > OPEN + 1 else len(options)
            made.append(FilterGroup(FIELDS[facet], str(LABELS[facet]), tuple(options[:cut]), tuple(options[cut:])))
    return tuple(made)


def unspecified(found: Mapping[str, Sequence[tuple[str, int]]], asked: Asked, base: str) -> tuple[Link, ...]:
    """Who asks for bokmål is told what is only «Norwegian», and may add it: it is neither hidden nor mixed in."""
    chosen = asked.filters.get("language", ())
    counted = dict(found.get("language", ()))
    wider = dict.fromkeys(UNSPECIFIED[each] for each in chosen if each in UNSPECIFIED)
    cut = len(counted) >= COUNTED  # who is not counted among the many may be there all the same
    return tuple(
        Link(languages.language_name(tag), asked.also("language", tag).url(base), count=counted.get(tag))
        for tag in wider
        if tag not in chosen and (tag in counted or cut)
    )


def _option(facet: str, value: str, works: int, chosen: bool, places: Places, screen: str, number: int) -> FilterOption:
    label, language = places.label(facet, value, screen)
    return FilterOption(value, label, works, chosen, language, f"valg-{number}")


def chosen(asked: Asked, places: Places, screen: str, base: str) -> tuple[Link, ...]:
    """Each filter in use, as a link that takes it away."""
    links = []
    for facet in FIELDS:
        for value in asked.filters.get(facet, ()):
            label, language = places.label(facet, value, screen)
            links.append(Link(label, asked.without(facet, value).url(base), language))
    return tuple(links)
