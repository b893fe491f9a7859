"""The peer beside our search engine: SQLite FTS5 holding the same works, asked the same questions.

It gets the same folded words in the same five fields and the same weights, and tables of editions and holdings with the
indexes such counts want; CROSS JOIN keeps its planner from starting with all that a library holds. It answers with the
best twenty works, their total, and five facets of distinct works under filters that hold together on one edition.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from allmenning.discovery import analysis, fields, ranking
from allmenning.discovery.ports import SearchRequest, WorkDocument
from allmenning.discovery.query import And, Isbn, Node, Phrase, Word

_TABLES = f"""
    PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; PRAGMA temp_store=MEMORY;
    CREATE TEMP TABLE found (work INTEGER PRIMARY KEY);
    CREATE VIRTUAL TABLE words USING fts5({", ".join(ranking.FIELDS)}, content='', tokenize='ascii');
    CREATE TABLE edition (id INTEGER PRIMARY KEY, work INTEGER, language TEXT, format TEXT, audience TEXT, decade TEXT);
    CREATE TABLE held (edition INTEGER, library INTEGER, branch INTEGER, PRIMARY KEY (edition, library, branch)) WITHOUT ROWID;
"""


class Fts5:
    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.executescript(_TABLES)
        self._path = path

    def write(self, works: Iterable[WorkDocument]) -> None:
        for work in works:
            searched = fields.searched_texts(work)
            words = [" ".join(analysis.exact_words(values)) for values in searched.values()]
            marks = ", ".join("?" * len(words))
            columns = ", ".join(("rowid", *searched))
            self._db.execute(f"INSERT INTO words({columns}) VALUES (?, {marks})", [work.work_id, *words])  # noqa: S608
            for each in work.editions:
                values = [next(iter(fields.edition_values(each, name)), None) for name in _SIGNED]
                self._db.execute(
                    "INSERT INTO edition VALUES (?, ?, ?, ?, ?, ?)", [each.edition_id, work.work_id, *values]
                )
                self._db.executemany(
                    "INSERT OR IGNORE INTO held VALUES (?, ?, ?)", [(each.edition_id, *pair) for pair in each.holdings]
                )

    def ready(self) -> None:
        self._db.execute("CREATE INDEX edition_work ON edition (work)")
        self._db.commit()
        self._db.execute("ANALYZE")

    def search(self, request: SearchRequest) -> int:
        """The total; hits and facets are fetched and thrown away."""
        match = _match(request.query)
        if match is None:
            return 0
        where, values = _filters(request)
        found = f"""
            SELECT DISTINCT e.work FROM words CROSS JOIN edition e ON e.work = words.rowid {_held(request)}
            WHERE words MATCH ? {where}
        """  # noqa: S608
        self._db.execute("DELETE FROM found")
        self._db.execute(f"INSERT INTO found {found}", [match, *values])
        (total,) = self._db.execute("SELECT count(*) FROM found").fetchone()
        weights = ", ".join(str(weight.exact) for weight in ranking.FIELDS.values())
        # The plus keeps FTS5 from looking every found work up one by one.
        best = f"""
            SELECT rowid FROM words WHERE words MATCH ? AND +rowid IN (SELECT work FROM found)
            ORDER BY bm25(words, {weights}) LIMIT 20
        """  # noqa: S608
        self._db.execute(best, [match]).fetchall()
        for name in request.facets:
            column = "h.branch" if name == "branch" else f"e.{name}"
            joined = _held(request, always=name == "branch")
            self._db.execute(
                f"""SELECT {column}, count(DISTINCT e.work) AS n FROM found f CROSS JOIN edition e ON e.work = f.work {joined}
                    WHERE 1 {where} GROUP BY 1 ORDER BY n DESC LIMIT 12""",  # noqa: S608
                values,
            ).fetchall()
        return int(total)

    def size_bytes(self) -> int:
        self._db.commit()
        return self._path.stat().st_size


_SIGNED = ("language", "format", "audience", "decade")


def _held(request: SearchRequest, *, always: bool = False) -> str:
    return "CROSS JOIN held h ON h.edition = e.id" if always or request.library_id is not None else ""


def _filters(request: SearchRequest) -> tuple[str, list[object]]:
    where, values = "", list[object]()
    if request.library_id is not None:
        where, values = " AND h.library = ?", [request.library_id]
    for name in _SIGNED:
        if wanted := request.filters.get(name):
            where += f" AND e.{name} IN ({', '.join('?' * len(wanted))})"
            values += wanted
    return where, values


def _match(query: Node) -> str | None:
    """The query in FTS5's own language; None where it has none (ISBN)."""
    parts = []
    for part in query.parts if isinstance(query, And) else (query,):
        if isinstance(part, Word):
            parts.append(f'"{part.text}"{"*" if part.prefix else ""}')
        elif isinstance(part, Phrase):
            parts.append(f'"{" ".join(part.words)}"')
        elif isinstance(part, Isbn):
            return None
    return " AND ".join(parts) or None
