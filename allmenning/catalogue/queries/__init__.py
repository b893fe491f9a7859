"""Reading the union catalogue: works for the index and the pages, clusters with their reasons, sources and imports."""

from __future__ import annotations

from allmenning.catalogue.queries.clusters import (
    EditionDetail,
    Resemblance,
    VersionFacts,
    doubtful,
    edition,
    reasons_in_words,
)
from allmenning.catalogue.queries.facts import EditionFacts, HoldingFacts, WorkFacts, works_for_index
from allmenning.catalogue.queries.places import places_of_editions
from allmenning.catalogue.queries.resolving import Resolved, resolve
from allmenning.catalogue.queries.sources import SourceHealth, figures, run, runs, set_aside, source_health
from allmenning.catalogue.queries.works import all_work_ids, work, work_of_record

__all__ = [
    "EditionDetail",
    "EditionFacts",
    "HoldingFacts",
    "Resemblance",
    "Resolved",
    "SourceHealth",
    "VersionFacts",
    "WorkFacts",
    "all_work_ids",
    "doubtful",
    "edition",
    "figures",
    "places_of_editions",
    "reasons_in_words",
    "resolve",
    "run",
    "runs",
    "set_aside",
    "source_health",
    "work",
    "work_of_record",
    "works_for_index",
]
