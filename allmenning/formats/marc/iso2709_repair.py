"""Reading an ISO 2709 record whose numbers do not add up, where the intent is certain.

The order of trust: a directory whose every entry ends at a field terminator; then the field terminators, when there
are exactly as many fields as directory entries. Otherwise nobody can say which field has which tag.
"""

from __future__ import annotations

import re

from allmenning.formats.marc.problems import Unreadable
from allmenning.formats.marc.record import Repair

_ENTRIES = re.compile(rb"(?:[0-9A-Za-z]{3}[0-9]{9})*")
_DIRECTORY_TAG = re.compile(rb"[0-9A-Za-z]{3}")
#: What says what the record is must be whole; bytes that no leader has are common after that.
_LEADER = re.compile(rb"[ -~]{8}.{16}", re.DOTALL)
_PRINTABLE = re.compile(rb"[ -~]{24}")


def mended_fields(raw: bytes) -> tuple[list[str], list[bytes], list[Repair]]:
    """Tags, field bytes and what was mended. Raises :class:`Unreadable`."""
    repairs: list[Repair] = []
    if not _LEADER.match(raw):
        raise Unreadable("leader_unreadable", "The first 24 bytes hold characters that no leader has.")
    if not _PRINTABLE.fullmatch(raw[:24]):
        repairs.append(Repair("leader", "Bytes in it that no leader has were taken as blanks."))
    ends_well = raw.endswith(b"\x1d")
    body = raw[:-1] if ends_well else raw.rstrip(b"\r\n\0 \t\x1a")
    directory, base = _directory(raw, repairs)
    if ends_well and raw[:5] != b"%05d" % len(raw) and len(raw) <= 99999:
        said = raw[:5].decode("ascii", "replace")
        repairs.append(Repair("record_length", f"The leader said {said}, the record has {len(raw)} bytes."))
    tags = [directory[place : place + 3].decode("ascii") for place in range(0, len(directory), 12)]
    if not tags:
        raise Unreadable("empty", "The directory has no entries.")
    parts = _by_directory(body, base, directory, repairs)
    if parts is None:
        parts = _by_terminators(body, base, tags, repairs)
    if not ends_well:
        if body[-1:] != b"\x1e":
            raise Unreadable("truncated", "The record ends in the middle of a field.")
        repairs.append(Repair("missing_record_terminator", f"The record ends after {len(body)} bytes without one."))
    return tags, parts, repairs


def _directory(raw: bytes, repairs: list[Repair]) -> tuple[bytes, int]:
    end = raw.find(b"\x1e")
    if end < 0:
        if b"\x1d" not in raw:
            raise Unreadable("truncated", "The record ends before its first field.")
        raise Unreadable("directory_unreadable", "There is no field terminator after the directory.")
    base = end + 1
    directory = raw[24:end]
    entries = _ENTRIES.fullmatch(directory)
    if not entries:
        raise Unreadable("directory_unreadable", "The directory is not made of a tag and nine digits each.")
    if raw[12:17] != b"%05d" % base:
        said = raw[12:17].decode("ascii", "replace")
        repairs.append(Repair("base_address", f"The leader said {said}, the fields begin at {base}."))
    return directory, base


def _by_directory(body: bytes, base: int, directory: bytes, repairs: list[Repair]) -> list[bytes] | None:
    """The fields as the directory has them, when every one ends at a terminator and together they are all there is."""
    parts, covered = [], 0
    for place in range(0, len(directory), 12):
        length, start = int(directory[place + 3 : place + 7]), int(directory[place + 7 : place + 12])
        part = body[base + start : base + start + length]
        if length == 0 or len(part) != length or part[-1:] != b"\x1e":
            return None
        parts.append(part[:-1])
        covered += length
    if covered != len(body) - base:
        return None  # bytes that no entry names, or one stretch named twice
    stray = sum(part.count(b"\x1e") + part.count(b"\x1d") for part in parts)
    if stray:
        repairs.append(Repair("stray_terminator", f"{stray} inside a field."))
        parts = [part.replace(b"\x1e", b" ").replace(b"\x1d", b" ") for part in parts]
    return parts


def _by_terminators(body: bytes, base: int, tags: list[str], repairs: list[Repair]) -> list[bytes]:
    data = body[base:]
    parts = data.split(b"\x1e")
    if parts[-1] == b"":
        parts.pop()
    if len(parts) != len(tags):
        code = "truncated" if len(parts) < len(tags) and not body.endswith(b"\x1e") else "directory_unreadable"
        raise Unreadable(code, f"The directory names {len(tags)} fields, but {len(parts)} stand in the record.")
    for tag, part in zip(tags, parts, strict=True):
        if tag < "010" and tag.startswith("00"):
            continue
        if b"\x1f" not in part:
            raise Unreadable(
                "directory_unreadable", f"The directory is wrong, and what would be field {tag} has no subfields."
            )
    if b"\x1d" in data:
        repairs.append(Repair("stray_terminator", "A record terminator inside a field."))
        parts = [part.replace(b"\x1d", b" ") for part in parts]
    repairs.append(Repair("directory", "Lengths or places in the directory were wrong."))
    return parts
