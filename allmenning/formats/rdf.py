"""RDF files (Turtle, N-Triples, RDF/XML) as one node after the other, with flat memory whatever the file's size.

A file may tell of one thing in many places, so its triples are first laid down in a throwaway SQLite file and then read back
node by node, in the order in which the nodes first came. Parsing is pyoxigraph's, which streams.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal as Choice

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from allmenning.formats.streams import ByteStream

Syntax = Choice["turtle", "rdfxml"]

#: N-Triples is a part of Turtle.
_FORMATS = {"turtle": RdfFormat.TURTLE, "rdfxml": RdfFormat.RDF_XML}
#: Triples laid down in one statement.
_PARCEL = 5_000


@dataclass(frozen=True, slots=True, order=True)
class Triple:
    """What is said of a node. ``value`` is an address, a blank node's name (``_:…``) or a text; ``language`` BCP 47."""

    predicate: str
    value: str
    language: str = ""
    is_text: bool = False


class BrokenRdf(Exception):
    """The file cannot be read beyond this point; what came before is there."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line = line


class _Bytes:
    """What the parser reads from: only ``read`` of a stream that has no more."""

    def __init__(self, stream: ByteStream, seen: Callable[[int], None] | None) -> None:
        self.stream, self.seen, self.total = stream, seen, 0

    def read(self, size: int = 65_536) -> bytes:
        data = self.stream.read(size if size > 0 else 65_536)
        self.total += len(data)
        if self.seen:
            self.seen(self.total)
        return data


class Nodes:
    """The nodes of one RDF file. Use as a context: the throwaway goes at its end.

    ``damage`` is None, or where and why reading ended; the nodes before it are here.
    """

    def __init__(self, stream: ByteStream, syntax: Syntax, seen: Callable[[int], None] | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="allmenning-rdf-")
        self._base = sqlite3.connect(Path(self._folder.name) / "triples")
        self._base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE node (id INTEGER PRIMARY KEY, name TEXT UNIQUE);"
            "CREATE TABLE triple (node INTEGER, predicate TEXT, value TEXT, language TEXT, text INTEGER);"
        )
        self.damage: BrokenRdf | None = None
        self._lay_down(_Bytes(stream, seen), syntax)
        self._base.execute("CREATE INDEX of_node ON triple (node)")

    def __enter__(self) -> Nodes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()
        self._folder.cleanup()

    def __iter__(self) -> Iterator[tuple[str, list[Triple]]]:
        """Every node with what is said of it, in order; the triples sorted, so that equal nodes are equal."""
        for number, name in self._base.execute("SELECT id, name FROM node ORDER BY id"):
            yield name, self._triples(number)

    def about(self, name: str) -> list[Triple]:
        found = self._base.execute("SELECT id FROM node WHERE name = ?", [name]).fetchone()
        return self._triples(found[0]) if found else []

    def _triples(self, number: int) -> list[Triple]:
        rows = self._base.execute("SELECT predicate, value, language, text FROM triple WHERE node = ?", [number])
        return sorted({Triple(predicate, value, language, bool(text)) for predicate, value, language, text in rows})

    def _lay_down(self, source: _Bytes, syntax: Syntax) -> None:
        numbers: dict[str, int] = {}
        parcel: list[tuple[int, str, str, str, int]] = []
        try:
            # The parser reads whatever has ``read``; its stubs ask for a whole file.
            for quad in parse(input=source, format=_FORMATS[syntax]):  # type: ignore[arg-type]
                name = _name(quad.subject)
                parcel.append((self._number(name, numbers), quad.predicate.value, *_object(quad.object)))
                if len(parcel) >= _PARCEL:
                    self._write(parcel)
        except SyntaxError as error:
            self.damage = BrokenRdf(error.lineno or 0, str(error.msg))
        except ValueError as error:  # what the parser says of bytes that are no text
            self.damage = BrokenRdf(0, str(error))
        self._write(parcel)

    def _number(self, name: str, numbers: dict[str, int]) -> int:
        """A node's number; the last few are remembered, for a file mostly tells of one thing in one place."""
        if name not in numbers:
            if len(numbers) > 1_000:
                numbers.clear()
            self._base.execute("INSERT OR IGNORE INTO node (name) VALUES (?)", [name])
            numbers[name] = self._base.execute("SELECT id FROM node WHERE name = ?", [name]).fetchone()[0]
        return numbers[name]

    def _write(self, parcel: list[tuple[int, str, str, str, int]]) -> None:
        self._base.executemany("INSERT INTO triple VALUES (?, ?, ?, ?, ?)", parcel)
        parcel.clear()


def as_ntriples(name: str, triples: list[Triple]) -> bytes:
    """A node written down in its one way (N-Triples, sorted): the bytes that are kept of it."""
    return "".join(f"{_written(name)} <{each.predicate}> {_written_object(each)} .\n" for each in triples).encode()


def _written(name: str) -> str:
    return name if name.startswith("_:") else f"<{name}>"


def _written_object(triple: Triple) -> str:
    return str(Literal(triple.value, language=triple.language or None)) if triple.is_text else _written(triple.value)


def _name(node: object) -> str:
    return f"_:{node.value}" if isinstance(node, BlankNode) else str(getattr(node, "value", node))


def _object(node: object) -> tuple[str, str, int]:
    if isinstance(node, Literal):
        return node.value, node.language or "", 1
    assert isinstance(node, NamedNode | BlankNode)
    return _name(node), "", 0
