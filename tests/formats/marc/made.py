"""Records made for the tests, and what every test of a reader asks."""

from __future__ import annotations

import io
import re

from allmenning.formats.marc.reading import chunks, decode
from allmenning.formats.marc.record import Chunk, Field, Outcome, Read, Record, SetAside

LEADER = "00000nam a2200000 a 4500"
SEPARATORS = re.compile(rb"(?:[\r\n\0 \t\x1a]|\xef\xbb\xbf)*")


def a_book(number: int = 1, title: str = "Kristin Lavransdatter", author: str = "Undset, Sigrid") -> Record:
    return Record(
        LEADER,
        [
            Field("001", f"id{number:06d}"),
            Field("008", "040823s1922    no a   e      000 1 nob d"),
            Field("100", "", "1 ", [("a", author), ("d", "1882-1949")]),
            Field("245", "", "10", [("a", title), ("b", "kransen"), ("c", author)]),
            Field("260", "", "  ", [("a", "Kristiania"), ("b", "Aschehoug"), ("c", "1922")]),
        ],
    )


def outcomes(data: bytes, *, encoding: str = "auto", dialect: str = "auto") -> list[Outcome]:
    """What becomes of a file."""
    return [
        each if isinstance(each, SetAside) else decode(each, encoding=encoding, dialect=dialect)
        for each in chunks(io.BytesIO(data))
    ]


def the_record(data: bytes) -> Read:
    """The only record of a file, read."""
    [only] = outcomes(data)
    assert isinstance(only, Read), only
    return only


def repairs(read: Outcome) -> list[str]:
    assert isinstance(read, Read), read
    return [each.code for each in read.repairs]


def chunk_of(outcome: Outcome | Chunk) -> Chunk:
    return outcome if isinstance(outcome, Chunk) else outcome.chunk


def gaps(data: bytes, found: list[Outcome]) -> list[bytes]:
    """The bytes of a file that are in no chunk, in order. Raises when chunks overlap or are not the file's bytes."""
    left, place = [], 0
    for each in map(chunk_of, found):
        assert each.offset >= place
        assert data[each.offset : each.offset + len(each.raw)] == each.raw
        left.append(data[place : each.offset])
        place = each.offset + len(each.raw)
    left.append(data[place:])
    return [each for each in left if each]


def all_covered(data: bytes, found: list[Outcome]) -> bool:
    """True when nothing but separators is outside the chunks: ISO 2709 and Aleph sequential."""
    return all(SEPARATORS.fullmatch(gap) for gap in gaps(data, found))


def as_json(record: Record) -> dict[str, object]:
    """The record in MARC-in-JSON, before it is written out."""
    fields: list[dict[str, object]] = [
        {
            each.tag: {
                "ind1": each.indicators[0],
                "ind2": each.indicators[1],
                "subfields": [{code: text} for code, text in each.subfields],
            }
        }
        if each.subfields
        else {each.tag: each.value}
        for each in record.fields
    ]
    return {"leader": record.leader, "fields": fields}
