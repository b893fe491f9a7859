"""The few words of SQL the bulk path needs, alike on SQLite and PostgreSQL.

The object layer makes some 5,000–8,000 rows a second; an import writes a dozen rows a record. So this path speaks SQL,
and only this path.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

Row = tuple[Any, ...]

#: PostgreSQL takes 65,535 parameters a statement, SQLite 250,000; a statement of this many is parsed quickly on both.
PARAMETERS = 5_000

#: «Allmenning catalogue», the number of the advisory lock that grouping holds on PostgreSQL.
LOCK = 0x416C6C6D


def rows(statement: str, ids: Iterable[Any], *before: Any) -> list[Row]:
    """Run a query whose ``{ids}`` stands for a list of values; ``before`` fills the placeholders ahead of it."""
    wanted = list(ids)
    found: list[Row] = []
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), PARAMETERS):
            part = wanted[start : start + PARAMETERS]
            cursor.execute(statement.format(ids=marks(len(part))), [*before, *part])
            found.extend(cursor.fetchall())
    return found


def run(statement: str, ids: Iterable[Any], *before: Any) -> None:
    """As :func:`rows`, for statements that change."""
    wanted = list(ids)
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), PARAMETERS):
            part = wanted[start : start + PARAMETERS]
            cursor.execute(statement.format(ids=marks(len(part))), [*before, *part])


def many(statement: str, values: Sequence[Row]) -> None:
    """One statement for each row of values."""
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def insert(table: str, columns: str, values: Sequence[Row], *, ignore: bool = False) -> None:
    """Insert rows; with ``ignore``, rows that are there already stay as they are."""
    if not values:
        return
    holes = marks(columns.count(",") + 1)
    ending = " ON CONFLICT DO NOTHING" if ignore else ""
    many(f"INSERT INTO {table} ({columns}) VALUES ({holes}){ending}", values)  # noqa: S608 - names from our own code


def one(statement: str, *values: Any) -> Any:
    """The first column of the first row, or None."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None


def moment(when: datetime) -> object:
    """A point in time as this database takes it in plain SQL."""
    return connection.ops.adapt_datetimefield_value(when)


def date_of(stored: datetime | str) -> date:
    """The day (UTC) of a point in time as plain SQL gives it: text on SQLite."""
    return date.fromisoformat(stored[:10]) if isinstance(stored, str) else stored.astimezone(UTC).date()


def marks(count: int) -> str:
    return ",".join(["%s"] * count)


def lock_grouping() -> None:
    """Only one transaction groups records at a time; the lock falls with the transaction.

    SQLite's IMMEDIATE transactions are alone by nature; PostgreSQL needs to be told.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
