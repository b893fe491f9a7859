"""Files of authority data as statements, one after the other: MARC authority, SKOS, JSON lines; memory stays flat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from allmenning.authorities.reading import json_lines, marc, skos
from allmenning.authorities.reading.refused import Refused
from allmenning.authorities.statement import Statement
from allmenning.formats import rdf
from allmenning.formats.containers import ByteStream, DamagedContainer, open_members
from allmenning.formats.marc import reading
from allmenning.formats.marc.record import SetAside

_SNIFFED = 4_096
#: Longest line of JSON; a longer one is no entry.
_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """One entry that could be read. ``raw`` are its bytes (of a concept: its triples); ``syntax`` what they are."""

    position: int
    raw: bytes
    syntax: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Aside:
    """One that could not: its bytes and why."""

    position: int
    raw: bytes
    code: str
    detail: str


Seen = Callable[[int], None]


def entries(path: Path, seen: Seen | None = None) -> Iterator[Found | Aside]:
    """Every entry of a file, in order. ``seen`` hears how many bytes have been read. Raises ``OSError``."""
    position = 0
    for member in open_members(path):
        stream = _Again(member.stream, seen)
        try:
            for each in _read(stream, position):
                position = each.position + 1
                yield each
        except DamagedContainer as error:
            yield Aside(position, b"", error.code, error.message)
            position += 1


def _read(stream: _Again, position: int) -> Iterator[Found | Aside]:
    head = stream.peek(_SNIFFED).lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"{"):
        return _json(stream, position)
    if b"rdf:RDF" in head or (
        b"http://www.w3.org/1999/02/22-rdf-syntax-ns#" in head[:_SNIFFED] and head.startswith(b"<?xml")
    ):
        return _rdf(stream, position, "rdfxml")
    if head.lower().startswith((b"@prefix", b"@base", b"prefix ", b"base ", b"# ", b"<http", b"_:")):
        return _rdf(stream, position, "turtle")
    return _marc(stream, position)


def _json(stream: _Again, position: int) -> Iterator[Found | Aside]:
    for line in _lines(stream):
        if line.strip():
            yield _stated(position, line.strip(), "jsonl", partial(json_lines.statement, line.strip()))
            position += 1


def _marc(stream: _Again, position: int) -> Iterator[Found | Aside]:
    for chunk in reading.chunks(stream, position=position):
        outcome = chunk if isinstance(chunk, SetAside) else reading.decode(chunk, dialect="marc21")
        if isinstance(outcome, SetAside):
            yield Aside(outcome.chunk.position, outcome.chunk.raw, outcome.code, outcome.detail)
        else:
            record = outcome.record
            yield _stated(outcome.chunk.position, outcome.chunk.raw, "marc", partial(marc.statement, record))


def _rdf(stream: _Again, position: int, syntax: rdf.Syntax) -> Iterator[Found | Aside]:
    with rdf.Nodes(stream, syntax) as nodes:
        for name, triples in nodes:
            if skos.is_concept(triples):
                raw = rdf.as_ntriples(name, triples)
                yield _stated(position, raw, "skos", partial(skos.statement, name, triples, nodes))
                position += 1
        if nodes.damage is not None:
            yield Aside(position, b"", "broken_rdf", f"Reading ended at line {nodes.damage.line}: {nodes.damage}")


def _stated(position: int, raw: bytes, syntax: str, read: Callable[[], Statement]) -> Found | Aside:
    try:
        return Found(position, raw, syntax, read())
    except Refused as refused:
        return Aside(position, raw, refused.code, refused.detail)
    except Exception as error:  # one entry of a million must not stop the file, whatever it holds
        return Aside(position, raw, "unexpected", f"{type(error).__name__}: {error}")


def _lines(stream: _Again) -> Iterator[bytes]:
    rest = b""
    while data := stream.read(65_536):
        *whole, rest = (rest + data).split(b"\n")
        yield from whole
        if len(rest) > _LONGEST:
            yield rest
            rest = b""
    yield rest


class _Again:
    """A stream whose beginning can be looked at before it is read, and which tells how far it has come."""

    def __init__(self, stream: ByteStream, seen: Seen | None) -> None:
        self.stream, self.seen, self.head, self.total = stream, seen, b"", 0

    def peek(self, size: int) -> bytes:
        while len(self.head) < size and (data := self.stream.read(size - len(self.head))):
            self.head += data
        return self.head

    def read(self, size: int, /) -> bytes:
        data, self.head = (self.head[:size], self.head[size:]) if self.head else (self.stream.read(size), b"")
        self.total += len(data)
        if self.seen:
            self.seen(self.total)
        return data
