"""Reading the union catalogue: works for the index and the pages, clusters with their reasons, sources and imports."""

from __future__ import annotations

from allmenning.catalogue.queries.clusters import (
    EditionDetail,
    WorkDetail,
    decision,
    edition,
    groups_of,
    records_of_editions,
    work_detail,
)
from allmenning.catalogue.queries.contained import Inside, contents, held_by_records, works_holding
from allmenning.catalogue.queries.doubts import Doubts, Mark, Question, doubtful, doubtful_count
from allmenning.catalogue.queries.facts import EditionFacts, HoldingFacts, WorkFacts, works_for_index
from allmenning.catalogue.queries.listed import (
    Listed,
    Span,
    ToldEdition,
    earliest_stamp,
    listed,
    listing_of,
    listing_size,
    told_editions,
    works_of_editions,
)
from allmenning.catalogue.queries.members import Resemblance, VersionFacts, reasons_in_words
from allmenning.catalogue.queries.places import formats_of_editions, places_of_editions
from allmenning.catalogue.queries.records import (
    Delivered,
    DeliveredVersion,
    RecordDetail,
    beginning,
    delivered_bytes,
    record,
    set_aside_bytes,
)
from allmenning.catalogue.queries.resolving import Resolved, resolve
from allmenning.catalogue.queries.sources import (
    SourceHealth,
    figures,
    files_of_run,
    run,
    runs,
    set_aside,
    set_aside_reasons,
    source,
    source_health,
)
from allmenning.catalogue.queries.works import all_work_ids, living_works, work, work_of_record

__all__ = [
    "Delivered",
    "DeliveredVersion",
    "Doubts",
    "EditionDetail",
    "EditionFacts",
    "HoldingFacts",
    "Inside",
    "Listed",
    "Mark",
    "Question",
    "RecordDetail",
    "Resemblance",
    "Resolved",
    "SourceHealth",
    "Span",
    "ToldEdition",
    "VersionFacts",
    "WorkDetail",
    "WorkFacts",
    "all_work_ids",
    "beginning",
    "contents",
    "decision",
    "delivered_bytes",
    "doubtful",
    "doubtful_count",
    "earliest_stamp",
    "edition",
    "figures",
    "files_of_run",
    "formats_of_editions",
    "groups_of",
    "held_by_records",
    "listed",
    "listing_of",
    "listing_size",
    "living_works",
    "places_of_editions",
    "reasons_in_words",
    "record",
    "records_of_editions",
    "resolve",
    "run",
    "runs",
    "set_aside",
    "set_aside_bytes",
    "set_aside_reasons",
    "source",
    "source_health",
    "told_editions",
    "work",
    "work_detail",
    "work_of_record",
    "works_for_index",
    "works_holding",
    "works_of_editions",
]
