"""The well's state: sources with their health, runs with their counts, what was set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from allmenning.catalogue.models import ImportFile, ImportRun, SetAsideRecord, Source, SourceRecord


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source in the list: how many records, and how the last run went."""

    source: Source
    records: int
    set_aside: int
    last_run: ImportRun | None


def source_health() -> list[SourceHealth]:
    """Every source, by name. Four queries, however many sources."""
    latest = ImportRun.objects.filter(source=OuterRef("pk")).order_by("-id").values("id")[:1]
    sources = list(Source.objects.select_related("library").annotate(last_run_id=Subquery(latest)).order_by("name"))
    runs_by_id = ImportRun.objects.in_bulk([each.last_run_id for each in sources if each.last_run_id])
    live = _counted(SourceRecord.objects.filter(deleted=False).values("source_id"), "source_id")
    aside = _counted(SetAsideRecord.objects.values("file__source_id"), "file__source_id")
    return [
        SourceHealth(each, live.get(each.id, 0), aside.get(each.id, 0), runs_by_id.get(each.last_run_id or 0))
        for each in sources
    ]


def runs(source_name: str | None = None) -> QuerySet[ImportRun]:
    """Runs, the latest first."""
    found = ImportRun.objects.select_related("source").order_by("-id")
    return found.filter(source__name=source_name) if source_name else found


def run(run_id: int) -> ImportRun | None:
    return ImportRun.objects.select_related("source").filter(id=run_id).first()


def files_of_run(run_id: int) -> QuerySet[ImportFile]:
    """The files a run was the first to take in, in order; a file seen before stays with its first run."""
    return ImportFile.objects.filter(run_id=run_id).order_by("id")


def source(name: str) -> Source | None:
    return Source.objects.select_related("library").filter(name=name).first()


def set_aside(source_name: str, code: str = "") -> QuerySet[SetAsideRecord]:
    """What could not be read from this source, for one reason or any, the latest first."""
    found = SetAsideRecord.objects.filter(file__source__name=source_name).select_related("file").order_by("-id")
    return found.filter(code=code) if code else found


def set_aside_reasons(source_name: str) -> dict[str, int]:
    """Reason code → how many records of this source were set aside for it, most first."""
    found = SetAsideRecord.objects.filter(file__source__name=source_name).values("code").annotate(size=Count("id"))
    return {row["code"]: row["size"] for row in found.order_by("-size", "code")}


def figures() -> dict[str, int]:
    """The catalogue in numbers: live records, editions, works; and the editions that join two records or more."""
    live = SourceRecord.objects.filter(deleted=False)
    joined = live.values("edition_id").annotate(size=Count("id")).filter(size__gt=1).count()
    totals = live.aggregate(
        records=Count("id"), editions=Count("edition_id", distinct=True), works=Count("work_id", distinct=True)
    )
    return {**totals, "joined_editions": joined}


def _counted(rows: QuerySet[Any, Any], column: str) -> dict[int, int]:
    return {row[column]: row["size"] for row in rows.annotate(size=Count("id")).order_by()}
