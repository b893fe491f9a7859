"""Answers of OAI-PMH 2.0 repositories (https://www.openarchives.org/OAI/openarchivesprotocol.html).

A page of records is read for its headers and where they stand in its bytes; the records themselves are left to
:mod:`allmenning.formats.marc`, which cuts them out byte for byte. Entities are refused and no DTD is ever fetched. One
broken record makes a whole page broken XML: such a page is read as far as its tags can be told.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from xml.parsers import expat

from lxml import etree

from allmenning.formats.details import said as _
from allmenning.formats.marc.problems import Unreadable, shortened

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_OAI = f"{NAMESPACE} "
_OAI_IN_TREE = f"{{{NAMESPACE}}}"


@dataclass(slots=True)
class Header:
    """One record's header. ``at`` is where it ends in the page's bytes."""

    identifier: str = ""
    datestamp: str = ""
    deleted: bool = False
    at: int = 0


@dataclass(slots=True)
class Page:
    """One answer to ListRecords or GetRecord.

    ``error`` is the repository's own code with its words (3.6). ``token`` is empty on the last page (3.5).
    ``complete_size`` is how many records the repository says the whole list has, 0 when it does not. ``mended``: the
    XML is broken, and this is what its tags tell.
    """

    response_date: str = ""
    headers: list[Header] = field(default_factory=list)
    token: str = ""
    complete_size: int = 0
    error: tuple[str, str] | None = None
    mended: bool = False

    def header_of(self, offset: int) -> int | None:
        """The number of the header that stands before this place in the page's bytes: the record there is its."""
        found = bisect_right([each.at for each in self.headers], offset) - 1
        return found if found >= 0 else None


@dataclass(frozen=True, slots=True)
class Identity:
    """What a repository says of itself (4.2). ``granularity`` is ``YYYY-MM-DD`` or ``YYYY-MM-DDThh:mm:ssZ``."""

    name: str
    granularity: str
    deleted_record: str  # no, transient or persistent
    earliest: str


@dataclass(frozen=True, slots=True)
class MetadataFormat:
    prefix: str
    namespace: str
    schema: str


def read_page(body: bytes) -> Page:
    """Raises :class:`Unreadable` for what is no answer of a repository, and for entities."""
    reader = _Reader()
    try:
        reader.parser.Parse(body, True)
        page = reader.page
    except expat.ExpatError:
        page = _from_tags(body)
    if not reader.seen and not page.mended:
        raise Unreadable("not_oai", _("The answer is not from an OAI-PMH repository."))
    return page


class _Reader:
    """Listens to expat, which tells where in the bytes each tag stands."""

    def __init__(self) -> None:
        self.page = Page()
        self.seen = False
        self.text: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.text.append
        self.parser.EntityDeclHandler = _no_entities

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.text.clear()
        if name == _OAI + "OAI-PMH":
            self.seen = True
        elif name == _OAI + "header":
            self.page.headers.append(Header(deleted=attributes.get("status") == "deleted"))
        elif name == _OAI + "resumptionToken":
            self.page.complete_size = _number(attributes.get("completeListSize", ""))
        elif name == _OAI + "error":
            self.page.error = (attributes.get("code", ""), "")

    def _end(self, name: str) -> None:
        if not name.startswith(_OAI):
            return
        own, said = name[len(_OAI) :], "".join(self.text).strip()
        if own == "responseDate":
            self.page.response_date = said
        elif own == "resumptionToken":
            self.page.token = said
        elif own == "error" and self.page.error:
            self.page.error = (self.page.error[0], shortened(said))
        elif self.page.headers and own in ("identifier", "datestamp"):
            setattr(self.page.headers[-1], own, said)
        elif own == "header":
            self.page.headers[-1].at = self.parser.CurrentByteIndex
        self.text.clear()


def _no_entities(name: str, *_rest: object) -> None:
    raise Unreadable(
        "xml_entity", _("The answer declares the entity «%(name)s». Entities are refused.", name=shortened(name, 40))
    )


_TAG = r"<(?:[\w.\-]+:)?{0}(\s[^>]*)?>\s*([^<]*?)\s*</(?:[\w.\-]+:)?{0}\s*>"
_HEADER = re.compile(rb"<(?:[\w.\-]+:)?header(\s[^>]*)?>(.{0,20000}?)</(?:[\w.\-]+:)?header\s*>", re.DOTALL)


def _from_tags(body: bytes) -> Page:
    """What the tags of a broken page tell."""
    if b"<!ENTITY" in body:
        raise Unreadable("xml_entity", _("The answer declares entities. Entities are refused."))
    if b"OAI-PMH" not in body[:4096] or b"\0" in body[:64]:
        raise Unreadable("not_oai", _("The answer is not from an OAI-PMH repository."))
    page = Page(mended=True, response_date=_tag("responseDate", body)[1])
    for found in _HEADER.finditer(body):
        inner = found.group(2)
        deleted = b"deleted" in (found.group(1) or b"")
        identifier, datestamp = _tag("identifier", inner)[1], _tag("datestamp", inner)[1]
        page.headers.append(Header(identifier, datestamp, deleted, found.end()))
    behind = body[page.headers[-1].at if page.headers else 0 :]
    if b"resumptionToken" not in behind and b"</" + b"OAI-PMH" not in behind[-2000:]:
        raise Unreadable("answer_cut_off", _("The answer breaks off."))
    attributes, page.token = _tag("resumptionToken", behind)
    size = re.search(r'completeListSize\s*=\s*["\'](\d+)', attributes)
    page.complete_size = _number(size.group(1)) if size else 0
    return page


def _tag(name: str, body: bytes) -> tuple[str, str]:
    """The last such element's attributes and text."""
    found = re.findall(_TAG.format(name).encode(), body)
    attributes, text = found[-1] if found else (b"", b"")
    return attributes.decode("utf-8", "replace"), html.unescape(text.decode("utf-8", "replace"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def read_identity(body: bytes) -> Identity:
    """Raises :class:`Unreadable`."""
    found = _tree(body).find(f"{_OAI_IN_TREE}Identify")
    if found is None:
        raise Unreadable("not_oai", _("The answer is not from an OAI-PMH repository."))
    said = {name: (found.findtext(_OAI_IN_TREE + name) or "").strip() for name in _OF_IDENTITY}
    return Identity(said["repositoryName"], said["granularity"], said["deletedRecord"], said["earliestDatestamp"])


_OF_IDENTITY = ("repositoryName", "granularity", "deletedRecord", "earliestDatestamp")


def read_formats(body: bytes) -> list[MetadataFormat]:
    """The metadata formats a repository offers. Raises :class:`Unreadable`."""
    return [
        MetadataFormat(*((each.findtext(_OAI_IN_TREE + name) or "").strip() for name in _OF_FORMAT))
        for each in _tree(body).iterfind(f".//{_OAI_IN_TREE}metadataFormat")
    ]


_OF_FORMAT = ("metadataPrefix", "metadataNamespace", "schema")


def _tree(body: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("xml_broken", _("The answer is broken XML: %(error)s", error=error)) from None
    if root.tag != f"{_OAI_IN_TREE}OAI-PMH":
        raise Unreadable("not_oai", _("The answer is not from an OAI-PMH repository."))
    return root


#: What MARC in XML is called, the surest first: by namespace, and by the prefixes repositories use.
_MARC_NAMESPACES = ("http://www.loc.gov/MARC21/slim", "info:lc/xmlns/marcxchange-v1", "info:lc/xmlns/marcxchange-v2")
_MARC_PREFIXES = ("marc21", "marcxml", "marcxchange", "marc", "marc_xml", "marc21xml", "marcxml-complete", "normarc")


def marc_prefix(offered: list[MetadataFormat]) -> str:
    """The prefix of the best MARC a repository offers, or the empty string."""
    by_namespace = {each.namespace: each.prefix for each in reversed(offered)}
    by_prefix = {each.prefix.lower(): each.prefix for each in offered}
    for namespace in _MARC_NAMESPACES:
        if namespace in by_namespace:
            return by_namespace[namespace]
    return next((by_prefix[each] for each in _MARC_PREFIXES if each in by_prefix), "")
