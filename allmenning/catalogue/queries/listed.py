"""Editions as others harvest them: in the order of their stamps, from any place on, and each with what it takes to tell it."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from django.db.models import F, Min, Q

from allmenning.catalogue.description import Description
from allmenning.catalogue.harvesting.models import EditionListing
from allmenning.catalogue.listing import WHOLE
from allmenning.catalogue.merging import Merged, SourcedDescription, merge
from allmenning.catalogue.models import Holding, RecordVersion, SourceRecord
from allmenning.catalogue.queries.facts import HoldingFacts
from allmenning.formats.marc.record import Chunk, Syntax


@dataclass(frozen=True, slots=True)
class Listed:
    """One edition's place in a list. ``stamp``: seconds since 1970. ``libraries`` are the lists of libraries it is in."""

    edition_id: int
    stamp: int
    gone: bool
    libraries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of which list: stamps from ``since`` to ``until``, both included; None is open."""

    library_id: int = WHOLE
    since: int | None = None
    until: int | None = None

    def rows(self) -> Q:
        inside = Q(library_id=self.library_id)
        if self.since is not None:
            inside &= Q(stamp__gte=self.since)
        if self.until is not None:
            inside &= Q(stamp__lte=self.until)
        return inside


def listed(span: Span, *, after: tuple[int, int] | None = None, limit: int) -> list[Listed]:
    """The next of a list behind ``after`` (stamp, edition). Two queries.

    What changes while somebody goes through the list moves to its end, so nothing that stays is ever passed over.
    """
    rows = EditionListing.objects.filter(span.rows())
    if after is not None:
        stamp, edition = after
        rows = rows.filter(Q(stamp__gt=stamp) | Q(stamp=stamp, edition_id__gt=edition))
    found = list(rows.order_by("stamp", "edition_id").values_list("edition_id", "stamp", "gone")[:limit])
    libraries = _libraries([edition for edition, _, _ in found])
    return [Listed(edition, stamp, gone, libraries.get(edition, ())) for edition, stamp, gone in found]


def listing_size(span: Span) -> int:
    return EditionListing.objects.filter(span.rows()).count()


def earliest_stamp() -> int | None:
    first: int | None = EditionListing.objects.filter(library_id=WHOLE).aggregate(first=Min("stamp"))["first"]
    return first


def listing_of(edition_id: int, library_id: int = WHOLE) -> Listed | None:
    found = EditionListing.objects.filter(edition_id=edition_id, library_id=library_id).first()
    if found is None:
        return None
    return Listed(edition_id, found.stamp, found.gone, _libraries([edition_id]).get(edition_id, ()))


def _libraries(editions: Collection[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    rows = EditionListing.objects.filter(edition_id__in=list(editions), gone=False).exclude(library_id=WHOLE)
    for edition, library in rows.order_by("library_id").values_list("edition_id", "library_id"):
        found[edition] = (*found.get(edition, ()), library)
    return found


@dataclass(frozen=True, slots=True)
class ToldEdition:
    """One edition to be written out: the merged description, the bytes of its most trusted record, who else describes it
    (source, key), and every library's copies."""

    edition_id: int
    merged: Merged
    base: Chunk
    reading: tuple[str, str]  # encoding and dialect of the base's source
    records: tuple[tuple[str, str], ...]
    holdings: tuple[HoldingFacts, ...]


def told_editions(ids: Collection[int]) -> dict[int, ToldEdition]:
    """Those of these editions that have a live record. Three queries, however many."""
    members: dict[int, list[SourceRecord]] = {}
    found = SourceRecord.objects.filter(deleted=False, edition_id__in=list(ids)).select_related("facts", "source")
    for record in found.order_by("source__rank", "source__name", "key", "id"):
        members.setdefault(record.edition_id, []).append(record)
    chunks = _chunks([rows[0].id for rows in members.values()])
    holdings = _holdings([record.id for rows in members.values() for record in rows])
    return {
        edition_id: ToldEdition(
            edition_id,
            merge([_sourced(each) for each in rows]),
            chunks[rows[0].id],
            (rows[0].source.encoding, rows[0].source.dialect),
            tuple((each.source.name, each.key) for each in rows),
            tuple(held for each in rows for held in holdings.get(each.id, ())),
        )
        for edition_id, rows in members.items()
    }


def works_of_editions(ids: Collection[int]) -> dict[int, int]:
    """Edition → the work it is in, of the live ones."""
    live = SourceRecord.objects.filter(deleted=False, edition_id__in=list(ids))
    return dict(live.values_list("edition_id", "work_id").distinct())


def _sourced(record: SourceRecord) -> SourcedDescription:
    said = Description.from_json(record.facts.description)
    return SourcedDescription(record.source.rank, record.source.name, record.id, said, record.key)


def _chunks(record_ids: Collection[int]) -> dict[int, Chunk]:
    newest = RecordVersion.objects.filter(record_id__in=list(record_ids), number=F("record__version"))
    return {
        each.record_id: Chunk(each.position, zlib.decompress(each.raw), cast(Syntax, each.syntax), each.declared)
        for each in newest
    }


def _holdings(record_ids: Collection[int]) -> dict[int, list[HoldingFacts]]:
    found: dict[int, list[HoldingFacts]] = {}
    rows = (
        Holding.objects.unscoped("who has a title is public: the union catalogue tells it of every library")
        .filter(record_id__in=list(record_ids), library__isnull=False)
        .order_by("library_id", "branch_id", "record_id", "ordinal")
        .values_list(
            "record_id", "library_id", "branch_id", "kind", "branch_code", "shelf", "call_number", "note", "as_of"
        )
    )
    for row in rows:
        found.setdefault(row[0], []).append(HoldingFacts(*row))
    return found
