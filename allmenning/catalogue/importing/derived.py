"""Writing down what follows from a record's bytes and nothing else: what it says, its keys for works, its copies, its repairs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from allmenning.catalogue import sql
from allmenning.catalogue.importing.placing import Places
from allmenning.catalogue.importing.prepared import Prepared
from allmenning.formats.details import kept


@dataclass(frozen=True, slots=True)
class Derived:
    """One record as it stands: its number, which version, when that came (as the database takes it), and what it says."""

    record: int
    version: int
    received: object
    said: Prepared
    places: Places


def forget_facts(records: Collection[int]) -> None:
    for table in ("catalogue_recordfacts", "catalogue_workkey", "catalogue_containedkey", "catalogue_holding"):
        sql.run(f"DELETE FROM {table} WHERE record_id IN ({{ids}})", records)  # noqa: S608 - our own names


def write_facts(found: Sequence[Derived]) -> None:
    """Descriptions, keys of works and copies of records that have none."""
    sql.insert(
        "catalogue_recordfacts", "record_id, description", [(each.record, each.said.description) for each in found]
    )
    sql.insert(
        "catalogue_workkey", "key, record_id", [(key, each.record) for each in found for key in each.said.work_keys]
    )
    sql.insert(
        "catalogue_containedkey",
        "key, record_id",
        [(key, each.record) for each in found for key in each.said.contained_keys],
    )
    sql.insert(
        "catalogue_holding",
        "record_id, ordinal, as_of, library_id, branch_id, kind, library_code, branch_code, shelf, call_number,"
        " barcode, note",
        [
            (
                *(each.record, ordinal, each.received, *each.places.of(copy)),
                *(
                    copy.kind,
                    copy.library_code,
                    copy.branch_code,
                    copy.shelf,
                    copy.call_number,
                    copy.barcode,
                    copy.note,
                ),
            )
            for each in found
            for ordinal, copy in enumerate(each.places.stated(each.said.holdings))
        ],
    )


def write_repairs(found: Sequence[Derived]) -> None:
    sql.insert(
        "catalogue_repair",
        "record_id, version, code, detail",
        [
            (each.record, each.version, repair.code, kept(repair.detail))
            for each in found
            for repair in each.said.repairs
        ],
    )
