"""A record's bytes as people read them: MARC lines, compared with the version before, and bytes as hexadecimal."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from allmenning.formats.marc.reading import decode
from allmenning.formats.marc.record import Chunk, Field, Record, SetAside

#: So many bytes are shown of what could not be read; all of them can be downloaded.
EXCERPT = 256
_A_LINE = 16


@dataclass(frozen=True, slots=True)
class MarcLine:
    """One field. A blank indicator is shown as ``#``, as the MARC 21 documentation writes it."""

    tag: str
    indicators: str
    value: str
    subfields: tuple[tuple[str, str], ...]
    change: str = ""  # new, gone


def lines(chunk: Chunk) -> list[MarcLine]:
    """The fields as they are read today, the leader first; nothing for bytes that can no longer be read."""
    outcome = decode(chunk)
    return [] if isinstance(outcome, SetAside) else of_record(outcome.record)


def of_record(record: Record) -> list[MarcLine]:
    return [MarcLine("LDR", "", record.leader, ()), *map(_line, record.fields)]


def changed_lines(chunk: Chunk, before: Chunk | None) -> list[MarcLine]:
    """The lines of a version; those the version before did not have are ``new``, its lost ones stand last as ``gone``."""
    now = lines(chunk)
    if before is None:
        return now
    earlier = lines(before)
    was, are = set(map(_said, earlier)), set(map(_said, now))
    told = [each if _said(each) in was else _changed(each, "new") for each in now]
    return told + [_changed(each, "gone") for each in earlier if _said(each) not in are]


def hexadecimal(raw: bytes) -> str:
    """``00000000  30 30 32 …  002…``: sixteen bytes a line, as ``hexdump -C`` writes them."""
    rows = []
    for start in range(0, len(raw), _A_LINE):
        part = raw[start : start + _A_LINE]
        shown = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in part)
        rows.append(f"{start:08x}  {part.hex(' '):<{_A_LINE * 3 - 1}}  {shown}")
    return "\n".join(rows)


def as_text(raw: bytes) -> str:
    """The bytes as UTF-8 as far as they are, with control characters as signs (␞ for a field terminator)."""
    return "".join(_visible(each) for each in raw.decode("utf-8", "replace"))


def _visible(character: str) -> str:
    if ord(character) < 32:
        return chr(0x2400 + ord(character))
    # Cc and Cf: among them marks that turn the direction of writing and would make the rest unreadable.
    return "�" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character


def _line(field: Field) -> MarcLine:
    if not field.subfields:
        return MarcLine(field.tag, "", field.value, ())
    return MarcLine(field.tag, field.indicators.replace(" ", "#"), "", tuple(field.subfields))


def _said(line: MarcLine) -> MarcLine:
    """The line without what a system counts out by itself: length and base address (leader 00–04 and 12–16)."""
    if line.tag != "LDR":
        return line
    return MarcLine("LDR", "", line.value[5:12] + line.value[17:], ())


def _changed(line: MarcLine, change: str) -> MarcLine:
    return MarcLine(line.tag, line.indicators, line.value, line.subfields, change)
