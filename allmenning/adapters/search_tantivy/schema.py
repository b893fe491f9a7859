"""The fields of the Tantivy index and how a work becomes one document of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

import tantivy

from allmenning.adapters.search_tantivy import tokens
from allmenning.discovery import analysis, fields, ranking
from allmenning.discovery.ports import EditionDocument, WorkDocument
from allmenning.kernel import text as texts

#: Raise when fields or analysis change: an index of another version is built anew.
VERSION = 2
#: Versions that can be read meanwhile, and the column that an order takes there instead of one they lack.
READABLE = {1: {"added": "newest"}, VERSION: {}}

#: Facets counted over the whole country straight from columns.
COLUMNS = ("library", "branch", "language", "format", "audience", "decade", "creator", "subject")
#: Sorts after every real key.
LAST = "\U0010ffff"
NO_YEAR = 100_000
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@cache
def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name, weight in ranking.FIELDS.items():
        builder.add_text_field(f"x_{name}", tokenizer_name="whitespace", index_option="position")
        if weight.normal:
            builder.add_text_field(f"n_{name}", tokenizer_name="whitespace", index_option="freq")
    for name in ("title_key", "isbn", "scope", "edition", "mixed", "suggest", "digest"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in COLUMNS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("title_sort", "creator_sort"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("work_id", "year"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("added", "newest", "oldest"):
        builder.add_integer_field(name, fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def to_tantivy(work: WorkDocument) -> tantivy.Document:
    """The document of one work."""
    document = tantivy.Document()
    languages = fields.languages(work)
    for name, values in fields.searched_texts(work).items():
        document.add_text(f"x_{name}", " ".join(analysis.exact_words(values)))
        if ranking.FIELDS[name].normal:
            document.add_text(f"n_{name}", analysis.normal_text(values, languages))
    made = tokens.tokens_of(work)
    for name, several in (
        ("title_key", {analysis.title_key(title) for title in fields.all_titles(work)}),
        ("isbn", fields.isbns(work)),
        ("scope", made.scope),
        ("edition", made.edition),
        ("mixed", ("1",) if made.mixed else ()),
        ("suggest", set(map("\t".join, fields.suggestables(work)))),
        ("digest", (f"{work.work_id}:{work.digest}",)),
        *_columns(work),
    ):
        for value in several:
            document.add_text(name, value)
    years = fields.years(work)
    for year in years:
        document.add_integer("year", year)
    document.add_integer("added", fields.added(work))
    document.add_integer("newest", years[-1] if years else -NO_YEAR)
    document.add_integer("oldest", years[0] if years else NO_YEAR)
    document.add_text("title_sort", texts.sort_key(work.title))
    document.add_text("creator_sort", texts.sort_key(work.creators[0]) if work.creators else LAST)
    document.add_integer("work_id", work.work_id)
    document.add_bytes("stored", _pack(work))
    return document


def _columns(work: WorkDocument) -> list[tuple[str, list[str]]]:
    holdings = {holding for edition in work.editions for holding in edition.holdings}
    signed = [
        (facet, _distinct(value for edition in work.editions for value in fields.edition_values(edition, facet)))
        for facet in tokens.SIGNED
    ]
    return [
        ("library", _distinct(str(library) for library, _ in holdings)),
        ("branch", _distinct(str(branch) for _, branch in holdings if branch)),
        *signed,
        ("creator", _distinct(work.creators)),
        ("subject", _distinct(work.subjects)),
    ]


def _pack(work: WorkDocument) -> bytes:
    editions = [
        [e.edition_id, e.language, e.format, e.audience, e.year, e.isbns, e.titles, e.holdings, e.display]
        for e in work.editions
    ]
    return _ENCODER.encode([work.work_id, work.display, editions]).encode()


def unpack(stored: bytes) -> tuple[int, dict[str, object], list[EditionDocument]]:
    """``(work id, display, editions)``; the editions carry what filters and order need, not their searched texts."""
    work_id, display, editions = json.loads(stored)
    return (
        work_id,
        display,
        [
            EditionDocument(
                edition_id, tuple(language), form, audience, year, tuple(isbns), tuple(titles), (), "", (),
                tuple((library, branch) for library, branch in holdings), shown,
            )
            for edition_id, language, form, audience, year, isbns, titles, holdings, shown in editions
        ],
    )  # fmt: skip


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
