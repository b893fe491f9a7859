"""Reading an ISO 2709 record whose numbers do not add up, where the intent is certain.

The order of trust: a directory whose every entry ends at a field terminator; then the field terminators, when there
are exactly as many fields as directory entries and nothing says that they stand in another order; then a directory
that is sound in itself where terminators are lost. Otherwise nobody can say which field has which tag.
"""

from __future__ import annotations

import re

from allmenning.formats.details import said as _
from allmenning.formats.marc import iso2709_align, iso2709_delimiters
from allmenning.formats.marc.problems import Unreadable
from allmenning.formats.marc.record import Repair

_ENTRIES = re.compile(rb"(?:[0-9A-Za-z]{3}[0-9]{9})*")
_ENTRY_WITH_BLANKS = re.compile(rb"([0-9A-Za-z]{3})([0-9 ]{3}[0-9])([0-9 ]{4}[0-9])")
#: What says what the record is must be whole; bytes that no leader has are common after that.
_LEADER = re.compile(rb"[ -~]{8}.{16}", re.DOTALL)
_SHORT_LEADER = re.compile(
    rb"(?P<length>[0-9 ]{5})(?P<front>[a-z ][a-z]{2}[ -~]{1,2})(?P<middle>22[0-9]{5})(?P<levels>[ -~]{0,3}?)"
    rb"(?P<end>45[0 ][0 ])(?=(?:[0-9A-Za-z]{3}[0-9]{9})+\x1e)"
)
_ODD_INDICATORS = re.compile(rb"(?<![^\x1e])(?:[#\\\0][0-9 #\\\0]|[0-9 ][#\\\0])(?=\x1f)")
_BLANKS = bytes.maketrans(b"#\\\0", b"   ")
_PRINTABLE = re.compile(rb"[ -~]{24}")


def whole_leader(raw: bytes, repairs: list[Repair]) -> bytes:
    """The record with a leader of 24 bytes: blanks put back that were lost on the way, where it is clear which."""
    found = _SHORT_LEADER.match(raw)
    if not found:
        return raw
    front, levels, rest = found["front"], found["levels"], raw[found.start("end") :]
    if len(front) == 4:  # one of control type and character coding scheme
        front = front[:3] + b" " + front[3:] if front[3:] == b"a" else front + b" "
    if len(levels) == 2:  # of «  a» and « a » the descriptive form is the usual one
        levels = b" " + levels if levels[1:] == b" " and levels[:1] in b"acinu" else levels + b" "
    levels = levels.rjust(2).ljust(3)
    made = found["length"] + front + found["middle"] + levels + rest
    if len(made) == len(raw):
        return raw
    repairs.append(
        Repair("leader", _("It had %(count)s bytes; blanks were put back.", count=24 - len(made) + len(raw)))
    )
    return made


def plain_indicators(data: bytes, repairs: list[Repair]) -> bytes:
    """Blanks for what stands for a blank in manuals (#), editors (\\) and broken programs (NUL)."""
    if b"#" not in data and b"\\" not in data and b"\0" not in data:
        return data
    made, count = _ODD_INDICATORS.subn(lambda found: found.group().translate(_BLANKS), data)
    if count:
        repairs.append(Repair("indicators", _("In %(count)s fields a sign stood for a blank.", count=count)))
    return made


def mended_fields(raw: bytes) -> tuple[list[str], list[bytes], list[Repair]]:
    """Tags, field bytes and what was mended. Raises :class:`Unreadable`."""
    repairs: list[Repair] = []
    if not _LEADER.match(raw):
        raise Unreadable("leader_unreadable", _("The first 24 bytes hold characters that no leader has."))
    if not _PRINTABLE.fullmatch(raw[:24]):
        repairs.append(Repair("leader", _("Bytes in it that no leader has were taken as blanks.")))
    ends_well = raw.endswith(b"\x1d")
    body = raw[:-1] if ends_well else raw.rstrip(b"\r\n\0 \t\x1a")
    directory, base = _directory(raw, repairs)
    if ends_well and raw[:5] != b"%05d" % len(raw) and len(raw) <= 99999:
        said = raw[:5].decode("ascii", "replace")
        repairs.append(
            Repair(
                "record_length",
                _("The leader said %(said)s, the record has %(length)s bytes.", said=said, length=len(raw)),
            )
        )
    tags = [directory[place : place + 3].decode("ascii") for place in range(0, len(directory), 12)]
    if not tags:
        raise Unreadable("empty", _("The directory has no entries."))
    parts = _by_directory(body, base, directory, repairs)
    if parts is None:
        parts = _by_terminators(body, base, directory, repairs)
    if not ends_well:
        if body[-1:] != b"\x1e":
            raise Unreadable("truncated", _("The record ends in the middle of a field."))
        repairs.append(
            Repair(
                "missing_record_terminator", _("The record ends after %(length)s bytes without one.", length=len(body))
            )
        )
    return tags, parts, repairs


def _directory(raw: bytes, repairs: list[Repair]) -> tuple[bytes, int]:
    end = raw.find(b"\x1e")
    if end < 0:
        if b"\x1d" not in raw:
            raise Unreadable("truncated", _("The record ends before its first field."))
        raise Unreadable("directory_unreadable", _("There is no field terminator after the directory."))
    base = end + 1
    directory = raw[24:end]
    if not _ENTRIES.fullmatch(directory):
        directory = _without_blanks(directory, repairs)
    if not directory:
        raise Unreadable("directory_unreadable", _("The directory is not made of a tag and nine digits each."))
    if raw[12:17] != b"%05d" % base:
        said = raw[12:17].decode("ascii", "replace")
        repairs.append(
            Repair("base_address", _("The leader said %(said)s, the fields begin at %(base)s.", said=said, base=base))
        )
    return directory, base


def _without_blanks(directory: bytes, repairs: list[Repair]) -> bytes:
    """The directory with zeros where its numbers were filled up with blanks; empty when that is not what is wrong."""
    listed = [_ENTRY_WITH_BLANKS.fullmatch(directory, at, at + 12) for at in range(0, len(directory), 12)]
    if not all(listed):
        return b""
    repairs.append(Repair("directory", _("Blanks in its numbers were taken as zeros.")))
    return b"".join(
        b"".join((each[1], each[2].replace(b" ", b"0"), each[3].replace(b" ", b"0"))) for each in listed if each
    )


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
        repairs.append(Repair("stray_terminator", _("%(stray)s inside a field.", stray=stray)))
        parts = [part.replace(b"\x1e", b" ").replace(b"\x1d", b" ") for part in parts]
    return parts


def _by_terminators(body: bytes, base: int, directory: bytes, repairs: list[Repair]) -> list[bytes]:
    data = body[base:]
    entries = iso2709_align.entries_of(directory)
    parts = data.split(b"\x1e")
    if parts[-1] == b"":
        parts.pop()
    if len(parts) != len(entries):
        aligned = iso2709_align.by_lengths(data, entries)
        if aligned:
            lost = len(entries) - len(parts)
            repairs.append(
                Repair("field_terminator", _("%(lost)s missing; the directory told where the fields end.", lost=lost))
            )
            return aligned
        code = "truncated" if len(parts) < len(entries) and not body.endswith(b"\x1e") else "directory_unreadable"
        raise Unreadable(
            code,
            _(
                "The directory names %(named)s fields, but %(found)s stand in the record.",
                named=len(entries),
                found=len(parts),
            ),
        )
    if not body.endswith(b"\x1e") and len(parts[-1]) + 1 != entries[-1][1]:
        raise Unreadable("truncated", _("The record ends in the middle of its last field."))
    if b"\x1d" in data:
        repairs.append(Repair("stray_terminator", _("A record terminator inside a field.")))
        parts = [part.replace(b"\x1d", b" ") for part in parts]
    parts = iso2709_align.in_order(parts, entries)
    parts = iso2709_align.with_lost_delimiter(parts, entries, repairs)
    for (tag, _length, _start), part in zip(entries, parts, strict=True):
        if tag >= "010" and b"\x1f" not in part and not iso2709_delimiters.may_lack_delimiters(part):
            raise Unreadable(
                "directory_unreadable",
                _("The directory is wrong, and what would be field %(tag)s has no subfields.", tag=tag),
            )
    repairs.append(Repair("directory", _("Lengths or places in the directory were wrong.")))
    return parts
