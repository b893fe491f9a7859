"""The six verbs (4), each a body of XML. An item is an edition of the union catalogue; a set is a library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from allmenning.catalogue import queries
from allmenning.catalogue.as_marc import as_marc
from allmenning.catalogue.listing import WHOLE
from allmenning.catalogue.queries import Listed, Span, ToldEdition
from allmenning.formats.marc.writing import NAMESPACE as MARC21
from allmenning.formats.marc.writing import marcxml
from allmenning.organisations.models import Library
from allmenning.protocols.oai_pmh import tokens
from allmenning.protocols.oai_pmh.asking import Asked, Unfit, span, written
from allmenning.protocols.oai_pmh.dublin_core import dublin_core
from allmenning.protocols.oai_pmh.envelope import element, within
from allmenning.protocols.oai_pmh.tokens import Place

#: Items on a page.
RECORDS, IDENTIFIERS = 100, 1000
SET = "library:"

#: Prefix → schema, namespace.
FORMATS = {
    "marc21": ("http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd", MARC21),
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/"),
}


@dataclass(frozen=True, slots=True)
class Repository:
    """Whose catalogue is asked. ``library`` None: everybody's. ``namespace`` stands in identifiers, for good.

    ``page_of(work_id)`` is the address of a work's page.
    """

    base_url: str
    namespace: str
    name: str
    email: str
    library: Library | None
    page_of: Callable[[int], str]

    def identifier(self, edition_id: int) -> str:
        return f"oai:{self.namespace}:edition/{edition_id}"


def identify(repository: Repository, _asked: Asked) -> str:
    earliest = queries.earliest_stamp()
    return within(
        "Identify",
        [
            element("repositoryName", repository.name),
            element("baseURL", repository.base_url),
            element("protocolVersion", "2.0"),
            element("adminEmail", repository.email),
            element("earliestDatestamp", written(earliest or 0)),
            element("deletedRecord", "persistent"),
            element("granularity", "YYYY-MM-DDThh:mm:ssZ"),
            element("compression", "gzip"),
        ],
    )


def list_metadata_formats(repository: Repository, asked: Asked) -> str:
    if identifier := asked.get("identifier"):
        _item(repository, identifier)
    return within(
        "ListMetadataFormats",
        [
            within(
                "metadataFormat",
                [
                    element("metadataPrefix", prefix),
                    element("schema", schema),
                    element("metadataNamespace", namespace),
                ],
            )
            for prefix, (schema, namespace) in FORMATS.items()
        ],
    )


def list_sets(repository: Repository, asked: Asked) -> str:
    if asked.get("resumptionToken"):
        raise Unfit("badResumptionToken", "The list of sets is given in one piece.")
    libraries = [repository.library] if repository.library else list(Library.objects.order_by("slug"))
    parts = [
        within("set", [element("setSpec", SET + each.slug), element("setName", str(each.name))]) for each in libraries
    ]
    if not parts:
        raise Unfit("noSetHierarchy", "There are no libraries yet.")
    return within("ListSets", parts)


def get_record(repository: Repository, asked: Asked) -> str:
    prefix = _known_prefix(asked.get("metadataPrefix"))
    found = _item(repository, asked.get("identifier"))
    return within("GetRecord", _records(repository, [found], prefix))


def list_identifiers(repository: Repository, asked: Asked) -> str:
    place, found, more = _page(repository, asked, IDENTIFIERS)
    sets = _specs(found)
    headers = [_header(repository, each, sets) for each in found]
    return within("ListIdentifiers", [*headers, *_resumption(place, found, more)])


def list_records(repository: Repository, asked: Asked) -> str:
    place, found, more = _page(repository, asked, RECORDS)
    return within("ListRecords", [*_records(repository, found, place.prefix), *_resumption(place, found, more)])


VERBS: dict[str, Callable[[Repository, Asked], str]] = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}


def _known_prefix(prefix: str) -> str:
    if prefix not in FORMATS:
        raise Unfit("cannotDisseminateFormat", f"Records are to be had as {' and '.join(FORMATS)}.")
    return prefix


def _item(repository: Repository, identifier: str) -> Listed:
    """Raises :class:`Unfit` (``idDoesNotExist``)."""
    number = re.fullmatch(rf"oai:{re.escape(repository.namespace)}:edition/([0-9]{{1,18}})", identifier)
    library_id = repository.library.id if repository.library else WHOLE
    found = queries.listing_of(int(number.group(1)), library_id) if number else None
    if found is None:
        raise Unfit("idDoesNotExist", f"Identifiers look like {repository.identifier(123)}; this one is nobody's.")
    return found


def _page(repository: Repository, asked: Asked, size: int) -> tuple[Place, list[Listed], bool]:
    """Where the list stands before this page, the page, and whether more follows."""
    if token := asked.get("resumptionToken"):
        place = tokens.read(token)
        try:
            _known_prefix(place.prefix)
            part = _span(repository, place)
        except Unfit as wrong:
            raise Unfit("badResumptionToken", wrong.words) from wrong
        after = (place.stamp, place.edition)
    else:
        prefix = _known_prefix(asked.get("metadataPrefix"))
        place = Place(prefix, asked.get("from"), asked.get("until"), asked.get("set"))
        part, after = _span(repository, place), None
    found = queries.listed(part, after=after, limit=size + 1)
    if not found:
        if token:  # what was left when the token was given has changed since, and is in a later harvest
            raise Unfit("badResumptionToken", "Nothing follows any more. Ask for what changed since you began.")
        raise Unfit("noRecordsMatch", "Nothing changed in that time, or the set is empty.")
    if not place.size:
        place = _with_size(place, queries.listing_size(part) if len(found) > size else len(found))
    return place, found[:size], len(found) > size


def _with_size(place: Place, size: int) -> Place:
    return Place(place.prefix, place.since, place.until, place.set_spec, place.stamp, place.edition, place.given, size)


def _span(repository: Repository, place: Place) -> Span:
    since, until = span(place.since, place.until)
    library_id = repository.library.id if repository.library else WHOLE
    if place.set_spec:
        slug = place.set_spec.removeprefix(SET)
        library = Library.objects.filter(slug=slug).first() if place.set_spec.startswith(SET) else None
        if library is None or repository.library not in (None, library):
            raise Unfit("noRecordsMatch", f"Sets look like {SET}oslo; ask ListSets.")
        library_id = library.id
    return Span(library_id, since, until)


def _resumption(place: Place, found: Sequence[Listed], more: bool) -> list[str]:
    if not more and not place.given:
        return []  # the whole list in one piece
    last = found[-1]
    given = place.given + len(found)
    onward = Place(
        place.prefix, place.since, place.until, place.set_spec, last.stamp, last.edition_id, given, place.size
    )
    token = tokens.written(onward) if more else ""  # an empty one ends the list (3.5)
    return [element("resumptionToken", token, completeListSize=str(max(place.size, given)), cursor=str(place.given))]


def _specs(found: Sequence[Listed]) -> dict[int, str]:
    ids = {library for each in found for library in each.libraries}
    return {each.id: SET + each.slug for each in Library.objects.filter(id__in=ids)}


def _header(repository: Repository, each: Listed, specs: dict[int, str]) -> str:
    own = repository.library.id if repository.library else None
    sets = [specs[library] for library in each.libraries if own in (None, library)]
    parts = [
        element("identifier", repository.identifier(each.edition_id)),
        element("datestamp", written(each.stamp)),
        *(element("setSpec", spec) for spec in sets),
    ]
    return within("header", parts, status="deleted" if each.gone else "")


def _records(repository: Repository, found: Sequence[Listed], prefix: str) -> list[str]:
    told = queries.told_editions([each.edition_id for each in found if not each.gone])
    specs = _specs(found)
    codes = _codes(told.values())
    works = queries.works_of_editions(told.keys()) if prefix == "oai_dc" else {}
    made = []
    for each in found:
        header = _header(repository, each, specs)
        edition = told.get(each.edition_id)
        if each.gone or edition is None:
            # It went while this page was being read: its list is brought up to date within seconds.
            made.append(within("record", [header if each.gone else _as_gone(header)]))
        elif prefix == "marc21":
            record = as_marc(edition, agency=repository.namespace, changed=_control(each.stamp), codes=codes)
            made.append(within("record", [header, within("metadata", [marcxml(record)])]))
        else:
            page = repository.page_of(works[each.edition_id])
            made.append(within("record", [header, within("metadata", [dublin_core(edition.merged.description, page)])]))
    return made


def _as_gone(header: str) -> str:
    return header.replace("<header>", '<header status="deleted">', 1)


def _control(stamp: int) -> str:
    """MARC 21, 005: yyyymmddhhmmss.f."""
    return datetime.fromtimestamp(stamp, UTC).strftime("%Y%m%d%H%M%S.0")


def _codes(told: Iterable[ToldEdition]) -> dict[int, str]:
    ids = {held.library_id for each in told for held in each.holdings}
    return {each.id: each.isil or each.slug for each in Library.objects.filter(id__in=ids)}
