"""A description as unqualified Dublin Core (oai_dc), which every repository offers (3.4)."""

from __future__ import annotations

from collections.abc import Iterator

from allmenning.catalogue.description import Description
from allmenning.protocols.oai_pmh.envelope import element

_HEAD = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/'
    ' http://www.openarchives.org/OAI/2.0/oai_dc.xsd">'
)


def dublin_core(said: Description, link: str) -> str:
    """``link`` is the work's page."""
    return (
        _HEAD + "".join(element(f"dc:{name}", text) for name, text in _statements(said, link) if text) + "</oai_dc:dc>"
    )


def _statements(said: Description, link: str) -> Iterator[tuple[str, str]]:
    part = " ".join(filter(None, (said.part_number, said.part_name)))
    yield "title", " : ".join(filter(None, (said.title, said.remainder))) + (f". {part}" if part else "")
    for title in (said.title_original_script, said.original_title, *said.variant_titles):
        yield "title", title
    for agent in said.agents:
        yield ("creator" if agent.main or agent.role == "aut" else "contributor"), agent.name
    for subject in said.subjects:
        yield "subject", subject.label
    yield "description", said.summary
    yield "publisher", said.publisher
    yield "date", str(said.year or "")
    yield "type", said.format
    yield "format", said.extent
    yield "identifier", link
    for isbn in said.isbns:
        yield "identifier", f"urn:isbn:{isbn}"
    for issn in said.issns:
        yield "identifier", f"urn:issn:{issn}"
    for language in said.languages:
        yield "language", language
    for series in said.series:
        yield "relation", " ; ".join(filter(None, (series.title, series.number)))
