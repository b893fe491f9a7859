"""The lists of editions that others harvest: everything, and each library's, with when each last changed and what is gone.

An edition is no row but a number on its records, and its members, description and copies change for many reasons. So its
place in the lists is brought up to date by whoever follows ``work.changed``, after the change is committed. A change of
a work stamps all its editions anew: telling of an edition once too often does no harm, telling too seldom does.
"""

from __future__ import annotations

import time
from collections.abc import Collection

from django.db import transaction

from allmenning.catalogue import sql

#: The list of everything.
WHOLE = 0
#: Seconds. A stamp lies so far ahead that nothing committed late is older than an answer given meanwhile: who asks next
#: time for what changed since that answer, gets it.
AHEAD = 2
#: Works a transaction, so that the desk never waits long for it.
TOGETHER = 400

_STANDING = """
    SELECT record.edition_id, record.work_id, source.library_id FROM catalogue_sourcerecord record
    JOIN catalogue_source source ON source.id = record.source_id
    WHERE NOT record.deleted AND record.edition_id IN ({ids})
"""
_HELD = """
    SELECT DISTINCT record.edition_id, holding.library_id FROM catalogue_sourcerecord record
    JOIN catalogue_holding holding ON holding.record_id = record.id
    WHERE NOT record.deleted AND holding.library_id IS NOT NULL AND record.edition_id IN ({ids})
"""

Place = tuple[int, int]  # edition, library


def update(work_ids: Collection[int], *, now: float | None = None) -> int:
    """Bring the lists up to date after these works changed. Bears being done twice. Gives the number of places told."""
    stamp = int(time.time() if now is None else now) + AHEAD
    ordered = sorted(work_ids)
    return sum(_update(ordered[at : at + TOGETHER], stamp) for at in range(0, len(ordered), TOGETHER))


def _update(work_ids: Collection[int], stamp: int) -> int:
    with transaction.atomic():
        editions = _editions_of(work_ids)
        known = _known(editions)
        standing = _standing(editions)
        gone = [(edition, library, work, stamp, True) for (edition, library), work in known.items()]
        told = [row for row in gone if (row[0], row[1]) not in standing]
        told += [(edition, library, work, stamp, False) for (edition, library), work in standing.items()]
        sql.many(
            """INSERT INTO catalogue_editionlisting (edition_id, library_id, work_id, stamp, gone)
               VALUES (%s, %s, %s, %s, %s)
               ON CONFLICT (edition_id, library_id)
               DO UPDATE SET work_id = excluded.work_id, stamp = excluded.stamp, gone = excluded.gone""",
            sorted(told),
        )
    return len(told)


def _editions_of(work_ids: Collection[int]) -> set[int]:
    """The editions these works have, and those that were listed under them."""
    live = sql.rows(
        "SELECT DISTINCT edition_id FROM catalogue_sourcerecord WHERE NOT deleted AND work_id IN ({ids})", work_ids
    )
    listed = sql.rows("SELECT DISTINCT edition_id FROM catalogue_editionlisting WHERE work_id IN ({ids})", work_ids)
    return {edition for (edition,) in (*live, *listed)}


def _known(editions: Collection[int]) -> dict[Place, int]:
    """Where these editions are listed as standing, with the work they were listed under."""
    found = sql.rows(
        "SELECT edition_id, library_id, work_id FROM catalogue_editionlisting WHERE NOT gone AND edition_id IN ({ids})",
        editions,
    )
    return {(edition, library): work for edition, library, work in found}


def _standing(editions: Collection[int]) -> dict[Place, int]:
    """Where they belong now: everywhere, with the libraries whose systems describe them, and with those that hold them."""
    places: dict[Place, int] = {}
    works: dict[int, int] = {}
    for edition, work, library in sql.rows(_STANDING, editions):
        works[edition] = work
        places[edition, WHOLE] = work
        if library is not None:
            places[edition, library] = work
    for edition, library in sql.rows(_HELD, editions):
        places[edition, library] = works[edition]
    return places
