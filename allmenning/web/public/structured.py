"""A work as schema.org JSON-LD (https://schema.org/Book, workExample), for search engines and machines."""

from __future__ import annotations

import json
from typing import Any

from allmenning.catalogue.description import Agent, Description
from allmenning.catalogue.queries import WorkFacts
from allmenning.web.public import people

_TYPES = {
    "book": "Book", "large_print": "Book", "braille": "Book", "ebook": "Book", "audiobook": "Audiobook",
    "eaudiobook": "Audiobook", "film": "Movie", "efilm": "Movie", "music": "MusicAlbum", "emusic": "MusicAlbum",
    "score": "SheetMusic", "map": "Map", "journal": "Periodical", "ejournal": "Periodical", "newspaper": "Newspaper",
    "article": "Article", "thesis": "Thesis", "game": "Game", "software": "SoftwareApplication", "website": "WebSite",
}  # fmt: skip
_BOOK_FORMATS = {
    "ebook": "https://schema.org/EBook",
    "audiobook": "https://schema.org/AudiobookFormat",
    "eaudiobook": "https://schema.org/AudiobookFormat",
}


def as_data(work: WorkFacts, main: Description, url: str) -> dict[str, Any]:
    """``main`` is the edition that names the work; ``url`` its permanent address."""
    creator = "director" if _TYPES.get(main.format) == "Movie" else "author"
    return _slim(
        {
            "@context": "https://schema.org",
            "@id": url,
            "@type": _TYPES.get(main.format, "CreativeWork"),
            "url": url,
            "name": main.title,
            "alternateName": sorted({each.merged.description.title for each in work.editions} - {main.title}),
            creator: [_agent(each) for each in people.makers(main.agents)],
            "inLanguage": (main.original_languages or main.languages)[:1],
            "about": [subject.label for subject in main.subjects if subject.kind != "genre"],
            "genre": [subject.label for subject in main.subjects if subject.kind == "genre"],
            "abstract": main.summary,
            "workExample": [_example(each.edition_id, each.merged.description, url) for each in work.editions],
        }
    )


def as_script(data: dict[str, Any]) -> str:
    """JSON that may stand inside a ``<script>``: no ``<`` ends it early (HTML, «restrictions for contents»)."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for bad, good in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(bad, good)
    return text


def _example(edition_id: int, edition: Description, url: str) -> dict[str, Any]:
    translators = [each for each in edition.agents if each.role == "trl"]
    readers = [each for each in edition.agents if each.role == "nrt"]
    kind = _TYPES.get(edition.format, "CreativeWork")
    return _slim(
        {
            "@id": f"{url}#utgave-{edition_id}",
            "@type": kind,
            "name": edition.title,
            "inLanguage": edition.languages,
            "bookFormat": _BOOK_FORMATS.get(edition.format, ""),
            "isbn": edition.isbns,
            "bookEdition": edition.edition if kind in ("Book", "Audiobook") else "",
            "datePublished": str(edition.year) if edition.year else "",
            "publisher": {"@type": "Organization", "name": edition.publisher} if edition.publisher else None,
            "translator": [_agent(each) for each in translators],
            "readBy": [_agent(each) for each in readers] if kind == "Audiobook" else None,
        }
    )


def _agent(agent: Agent) -> dict[str, str]:
    kind = "Person" if agent.kind == "person" else "Organization"
    return {"@type": kind, "name": people.in_reading_order(agent)}


def _slim(data: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing; a list of one is its one."""
    kept: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, (list, tuple)) and key != "workExample":
            value = value[0] if len(value) == 1 else list(value)
        if value not in (None, "", [], ()):
            kept[key] = value
    return kept
