"""One record of one source: every version as MARC lines, what was mended, and its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from allmenning.catalogue import queries
from allmenning.catalogue.queries import DeliveredVersion
from allmenning.kernel.actor import Actor
from allmenning.web.desk.downloads import handed_out
from allmenning.web.desk.marc_lines import MarcLine, changed_lines
from allmenning.web.desk.paging import page_number, part_of
from allmenning.web.desk.shown import file_name
from allmenning.web.desk.staff import show, staff
from allmenning.web.desk.words import REPAIRS, Told, detail_in_words, in_words

VERSIONS_A_PAGE = 5


@dataclass(frozen=True, slots=True)
class ShownVersion:
    number: int
    received: datetime
    file_name: str
    run_id: int
    position: int
    syntax: str
    encoding: str
    converted: bool
    size: int
    lines: list[MarcLine]
    repairs: tuple[tuple[str, Told], ...]


@require_safe
@staff
def record(request: HttpRequest, actor: Actor, record_id: int) -> HttpResponse:
    number = page_number(request)
    # One version more than is shown: the oldest on the page is compared with it.
    found = queries.record(record_id, offset=(number - 1) * VERSIONS_A_PAGE, limit=VERSIONS_A_PAGE + 1)
    if found is None:
        raise Http404
    shown = [_version(each, before) for each, before in pairwise((*found.versions, None)) if each is not None]
    more = len(found.versions) > VERSIONS_A_PAGE
    pages = part_of(request, shown[:VERSIONS_A_PAGE], number, more=more)
    return show(request, actor, "record", record=found.record, versions=pages, version_count=found.version_count)


@require_safe
@staff
def version_bytes(_request: HttpRequest, _actor: Actor, record_id: int, version: int) -> HttpResponse:
    # The database's version numbers are of 31 bits.
    return handed_out(queries.delivered_bytes(record_id, version) if version < 2**31 else None)


def _version(found: DeliveredVersion, before: DeliveredVersion | None) -> ShownVersion:
    return ShownVersion(
        found.number,
        found.received,
        file_name(found.file_name),
        found.run_id,
        found.chunk.position,
        found.chunk.syntax,
        found.encoding,
        found.dialect == "normarc",
        len(found.chunk.raw),
        changed_lines(found.chunk, before.chunk if before else None),
        tuple((in_words(REPAIRS, code), detail_in_words(detail)) for code, detail in found.repairs),
    )
