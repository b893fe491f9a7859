"""From a MARC 21 record to facts in our own words. Norwegian practice included; NORMARC is converted before."""

from __future__ import annotations

from allmenning.catalogue.describe.agents import agents_of
from allmenning.catalogue.describe.carriers import format_of
from allmenning.catalogue.describe.contained import contained_of
from allmenning.catalogue.describe.grouped import Grouped, grouped
from allmenning.catalogue.describe.numbers import isbns_of, issns_of, other_ids_of
from allmenning.catalogue.describe.publication import edition_of, extent_of, place_and_publisher, year_of
from allmenning.catalogue.describe.readers import audience_of, fiction_of, languages_of
from allmenning.catalogue.describe.story import (
    contents_of,
    dewey_of,
    links_of,
    notes_of,
    series_of,
    subjects_of,
    summary_of,
)
from allmenning.catalogue.describe.titles import original_title_of, title_of, uniform_title_of, variant_titles_of
from allmenning.catalogue.description import Description
from allmenning.formats.marc.record import Record

__all__ = ["describe", "describe_grouped"]


def describe(record: Record) -> Description:
    """The facts of one MARC 21 bibliographic record. Pure; odd content never raises, what cannot be told stays empty."""
    return describe_grouped(grouped(record))


def describe_grouped(by: Grouped) -> Description:
    """:func:`describe` for who has the fields grouped already."""
    title = title_of(by)
    agents = agents_of(by)
    languages, original_languages = languages_of(by)
    isbns = isbns_of(by)
    issns = issns_of(by)
    place, publisher = place_and_publisher(by)
    format_code = format_of(by, has_isbn=bool(isbns), has_publisher=bool(publisher))
    uniform = uniform_title_of(by)
    fiction = fiction_of(by)
    return Description(
        title=title.proper,
        remainder=title.remainder,
        part_number=title.part_number,
        part_name=title.part_name,
        responsibility=title.responsibility,
        title_original_script=title.original_script,
        variant_titles=variant_titles_of(by, title.proper),
        uniform_title=uniform,
        original_title=original_title_of(by, uniform, translated=bool(original_languages)),
        agents=agents,
        languages=languages,
        original_languages=original_languages,
        edition=edition_of(by),
        place=place,
        publisher=publisher,
        year=year_of(by),
        extent=extent_of(by),
        format=format_code,
        audience=audience_of(by),
        fiction=fiction,
        isbns=isbns,
        issns=issns,
        other_ids=other_ids_of(by),
        series=series_of(by),
        subjects=subjects_of(by),
        dewey=dewey_of(by),
        summary=summary_of(by),
        contents=contents_of(by),
        contained=contained_of(by, fiction=fiction),
        notes=notes_of(by),
        links=links_of(by),
    )
