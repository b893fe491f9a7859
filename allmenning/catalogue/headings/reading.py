"""Which headings a record carries, as values. Pure: from the stored bytes, so that an import does nothing more than before."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from allmenning.authorities.identifiers import identifier
from allmenning.catalogue.clusters.class_ids import signed_hash
from allmenning.catalogue.describe.agents import agent_in
from allmenning.catalogue.describe.story import SUBJECTS, subject_in
from allmenning.formats.marc.reading import decode
from allmenning.formats.marc.record import Chunk, Field, Read, Syntax
from allmenning.kernel.text import fold

_AGENTS = frozenset(("100", "110", "111", "700", "710", "711"))
#: All that is read of a record. 653 has no authority behind it, but may say a subject's name.
TAGS = _AGENTS | frozenset(SUBJECTS)
LONGEST, LONGEST_IDENTIFIERS = 300, 600


class Written(NamedTuple):
    """One heading as a record writes it; see ``models.WrittenHeading``."""

    role: str
    kind: str
    text: str
    dates: str
    vocabulary: str
    identifiers: str  # ``scheme:value``, blanks between them

    @property
    def digest(self) -> int:
        return signed_hash("\x1f".join(self))

    @property
    def key(self) -> str:
        return fold(self.text)[:400]


class Stored(NamedTuple):
    """A record's bytes as the well keeps them (zlib), and how they were read."""

    record_id: int
    syntax: Syntax
    declared: str
    encoding: str
    dialect: str
    raw: bytes


def headings_in(stored: Stored) -> tuple[Written, ...]:
    """The distinct headings of one stored record; of one that can no longer be read, none."""
    chunk = Chunk(0, zlib.decompress(stored.raw), stored.syntax, stored.declared)
    outcome = decode(chunk, encoding=stored.encoding, dialect=stored.dialect, only=TAGS)
    if not isinstance(outcome, Read):
        return ()
    found: dict[Written, None] = {}
    for field in outcome.record.fields:
        if field.tag in TAGS:
            for each in _written(field):
                if 0 < len(each.text) <= LONGEST and "\x00" not in each.text:
                    found[each] = None
    return tuple(found)


def _written(field: Field) -> list[Written]:
    names = _identifiers(field)
    if field.tag in _AGENTS:
        agent = agent_in(field)
        return [Written("agent", agent.kind, agent.name, agent.dates[:60], "", names)] if agent else []
    if field.first("t"):
        return []  # a work as a subject
    dates = field.first("d").strip(" .,") if field.tag == "600" else ""
    return [
        Written("subject", each.kind, each.label, dates[:60], each.vocabulary[:40], names) for each in subject_in(field)
    ]


def _identifiers(field: Field) -> str:
    scheme = field.first("2")
    found = (identifier(text, scheme) for text in field.all("01"))
    names = dict.fromkeys(str(each).replace(" ", "") for each in found if each)
    return " ".join(names)[:LONGEST_IDENTIFIERS]
