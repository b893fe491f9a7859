"""The shape every MARC reader gives and every mapping takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Syntax = Literal["iso2709", "xml", "json", "alephseq", "unknown"]
Dialect = Literal["marc21", "normarc"]


@dataclass(slots=True)
class Field:
    """One variable field.

    Control fields (tag ``00X``) carry ``value`` and no subfields; data fields carry two indicator
    characters and ``(code, text)`` subfields in the order the source gave them (MARC 21, Record Structure).
    """

    tag: str
    value: str = ""
    indicators: str = "  "
    subfields: list[tuple[str, str]] = field(default_factory=list)

    def first(self, code: str) -> str:
        """The first subfield with this code, or the empty string."""
        for have, text in self.subfields:
            if have == code:
                return text
        return ""

    def all(self, codes: str) -> list[str]:
        """Every subfield whose code is one of ``codes``, in the source's order."""
        return [text for have, text in self.subfields if have in codes]


@dataclass(slots=True)
class Record:
    """One record: a leader of 24 characters and its fields in the source's order."""

    leader: str
    fields: list[Field]

    def first(self, tag: str) -> Field | None:
        for each in self.fields:
            if each.tag == tag:
                return each
        return None

    def all(self, *tags: str) -> Iterator[Field]:
        return (each for each in self.fields if each.tag in tags)

    def control(self, tag: str) -> str:
        """The value of a control field, or the empty string."""
        found = self.first(tag)
        return found.value if found else ""

    def text(self, tag: str, code: str) -> str:
        """The first subfield ``code`` in the first field ``tag``, or the empty string."""
        for each in self.fields:
            if each.tag == tag:
                found = each.first(code)
                if found:
                    return found
        return ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """The bytes of one record as they stand in a file, before anything is decoded.

    ``position`` counts records from 0 within the file; ``raw`` is kept byte for byte. ``declared`` is what the
    container said of its encoding (an XML declaration), or the empty string. ``offset`` is where ``raw`` begins in the
    (unpacked) file.
    """

    position: int
    raw: bytes
    syntax: Syntax
    declared: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was mended because the intent was certain. ``code`` is stable, ``detail`` is for people."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Read:
    """A record that could be read. ``encoding`` is what the bytes turned out to be."""

    chunk: Chunk
    record: Record
    encoding: str
    dialect: Dialect
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record that could not be read with certainty: its bytes are kept with the reason."""

    chunk: Chunk
    code: str
    detail: str


Outcome = Read | SetAside
