"""Where editions stand, for a page of hits: one query, however many; and in which forms."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from allmenning.catalogue.description import Description
from allmenning.catalogue.models import Holding, RecordFacts

#: ``(library id, branch id or 0)`` → copies or holdings.
Places = dict[tuple[int, int], int]


def places_of_editions(edition_ids: Collection[int]) -> dict[int, Places]:
    """Edition id → where it stands. An edition nobody holds is left out."""
    found = (
        Holding.objects.unscoped("who has a title is public: the union catalogue tells it of every library")
        .filter(record__edition_id__in=list(edition_ids), record__deleted=False, library__isnull=False)
        .order_by()
        .values_list("record__edition_id", "library_id", "branch_id")
        .annotate(copies=Count("id"))
    )
    places: dict[int, Places] = {}
    for edition_id, library_id, branch_id, copies in found:
        there = places.setdefault(edition_id, {})
        there[library_id, branch_id or 0] = there.get((library_id, branch_id or 0), 0) + copies
    return places


def formats_of_editions(edition_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Edition id → the formats its live records tell of; one query."""
    found = RecordFacts.objects.filter(record__edition_id__in=list(edition_ids), record__deleted=False)
    formats: dict[int, frozenset[str]] = {}
    for edition_id, text in found.values_list("record__edition_id", "description"):
        formats[edition_id] = formats.get(edition_id, frozenset()) | {Description.from_json(text).format}
    return formats
