"""What one record of a file has become before the database is asked: everything that needs no neighbours.

Computed in worker processes, so the values are plain and small.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from allmenning.catalogue.holdings import HoldingStatement
from allmenning.formats.marc.record import Chunk, Repair


@dataclass(frozen=True, slots=True)
class Aside:
    """A record that could not be read: bytes (zlib) and reason."""

    position: int
    raw: bytes
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Same:
    """A record that stood in the well as it came when it was read. The store looks again before it counts it so."""

    position: int
    key: str
    hash: bytes
    chunk: Chunk


class Prepared(NamedTuple):
    """A record that could be read. ``raw`` is zlib-compressed; ``hash`` is BLAKE2b-128 of the bytes as delivered.

    A tuple, because one is made, sent to another process and taken in there for each record of an import.
    ``class_id`` hashes the evidence; ``lone`` says that the evidence is too thin to meet its equals by itself.
    """

    position: int
    raw: bytes
    hash: bytes
    key: str
    deletion: bool
    syntax: str
    declared: str
    encoding: str
    dialect: str
    repairs: tuple[Repair, ...]
    description: str
    evidence: str
    signature: str
    class_id: int
    lone: bool
    keys: tuple[int, ...]
    work_keys: tuple[int, ...]
    contained_keys: tuple[int, ...]
    holdings: tuple[HoldingStatement, ...]


Answer = Prepared | Same | Aside
