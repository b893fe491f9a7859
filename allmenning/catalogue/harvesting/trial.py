"""One record of a repository, fetched and read as a harvest would, and nothing of it kept."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.utils import timezone

from allmenning.catalogue.describe import describe
from allmenning.catalogue.description import Description
from allmenning.catalogue.harvesting import dates
from allmenning.catalogue.harvesting.models import HarvestedRecord, SourceSettings
from allmenning.catalogue.harvesting.repository import Repository
from allmenning.catalogue.harvesting.services import fetched_settings
from allmenning.catalogue.importing.source_keys import digest, source_key
from allmenning.catalogue.models import Source, SourceRecord
from allmenning.catalogue.permissions import check_may_change_source
from allmenning.formats.marc.kinds import not_catalogued
from allmenning.formats.marc.reading import chunks, decode
from allmenning.formats.marc.record import Chunk, Outcome, Read, SetAside
from allmenning.formats.oai_pmh import Page, marc_prefix
from allmenning.groundwork.outside import NoAnswer, Outside
from allmenning.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Trial:
    """``chunk`` is the record as it came, ``outcome`` as it is read; both None for an item told of as deleted.

    ``standing`` is what a harvest would do with it: ``new``, ``changed``, ``unchanged``, ``set_aside``, ``deleted``, or
    ``unknown_deleted`` where nothing of ours would go. ``description`` is what the catalogue would understand of it.
    """

    repository: str
    prefix: str
    identifier: str
    datestamp: str
    deleted: bool
    chunk: Chunk | None
    outcome: Outcome | None
    description: Description | None
    key: str
    standing: str


def try_one(*, actor: Actor, source: Source, identifier: str = "") -> Trial:
    """Fetch one record, the first that a harvest would get or the one with this identifier, and import nothing.

    Raises ``Refused``, ``NotFound`` (not fetched) and :class:`NoAnswer`.
    """
    check_may_change_source(actor, source.library_id)
    settings = fetched_settings(source)
    with Outside(whole=60.0) as outside:
        repository = Repository(outside, settings.address, impatient=True)
        identity = repository.identify()
        prefix = settings.prefix or marc_prefix(repository.formats())
        if not prefix:
            raise NoAnswer(
                "no_marc_offered", "The repository offers no form of MARC. Name a prefix if it does.", again=False
            )
        body, page = _one(repository, settings, prefix, identifier.strip(), identity.granularity)
    SourceSettings.objects.filter(source=source).update(answered=timezone.now())
    if not page.headers:
        raise NoAnswer(
            "nothing_there", "The repository answers, but has no record to show for these settings.", again=False
        )
    return _told(source, identity.name, prefix, body, page)


def _one(
    repository: Repository, settings: SourceSettings, prefix: str, identifier: str, granularity: str
) -> tuple[bytes, Page]:
    if identifier:
        return repository.record(identifier, prefix)
    since = dates.as_taken(settings.reached, granularity)
    body, page = repository.records(prefix=prefix, set_spec=settings.set_spec, since=since)
    if since and not page.headers:  # nothing new: any record will do
        return repository.records(prefix=prefix, set_spec=settings.set_spec)
    return body, page


def _told(source: Source, name: str, prefix: str, body: bytes, page: Page) -> Trial:
    first = next((each for each in chunks(io.BytesIO(body)) if _offset(each) >= page.headers[0].at), None)
    number = page.header_of(_offset(first)) if first is not None else None
    header = page.headers[number or 0]
    if first is None or number is None:
        known = HarvestedRecord.objects.filter(source=source, identifier=header.identifier, deleted=False).first()
        standing = "deleted" if known else "unknown_deleted"
        told = (header.identifier, header.datestamp, header.deleted)
        return Trial(name, prefix, *told, None, None, None, known.key if known else "", standing)
    chunk = first if isinstance(first, Chunk) else first.chunk
    outcome = decode(first, encoding=source.encoding, dialect=source.dialect) if isinstance(first, Chunk) else first
    if isinstance(outcome, Read) and (elsewhere := not_catalogued(outcome.record)):
        outcome = SetAside(chunk, *elsewhere)
    told = (header.identifier, header.datestamp, header.deleted)
    if isinstance(outcome, SetAside):
        return Trial(name, prefix, *told, chunk, outcome, None, "", "set_aside")
    made = digest(chunk.raw)
    key = source_key(outcome.record, made)
    return Trial(name, prefix, *told, chunk, outcome, describe(outcome.record), key, _standing(source, key, made))


def _standing(source: Source, key: str, made: bytes) -> str:
    known = SourceRecord.objects.filter(source=source, key=key).first()
    if known is None:
        return "new"
    return "unchanged" if bytes(known.hash) == made else "changed"


def _offset(found: Chunk | SetAside) -> int:
    return (found.chunk if isinstance(found, SetAside) else found).offset
