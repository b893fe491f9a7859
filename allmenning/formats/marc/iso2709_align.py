"""Which stretch of a record's data is which field, when directory and terminators do not agree."""

from __future__ import annotations

import re
from collections import Counter

from allmenning.formats.details import said as _
from allmenning.formats.marc.problems import Unreadable
from allmenning.formats.marc.record import Repair

#: Tag, length with its terminator, start.
Entry = tuple[str, int, int]
_DATA_FIELD = re.compile(rb"[0-9 ]{2}\x1f[0-9a-z]")
#: Where a code may stand that lost its delimiter: after punctuation or at a word's end, before what begins a text.
_LOST_CODE = re.compile(
    rb"(?:(?<=[^ .\x1f]{3}[,.:;/=])|(?<= [:;/=+])|(?<=[a-z0-9)\]]))[a-z0-9](?=[A-Z\[(])"
    rb"|(?<= [:;/=+])[a-z](?=\S)|(?<=[^ .\x1f]{3},)[a-z0-9](?=\S)|(?<=[^ .\x1f]{3}[.;:)])[0-9](?=[a-z(])"
    rb"|(?<=[a-z0-9.)])[0-9u](?=https?://)"
)


def entries_of(directory: bytes) -> list[Entry]:
    """A directory whose numbers are numbers."""
    return [
        (directory[at : at + 3].decode("ascii"), int(directory[at + 3 : at + 7]), int(directory[at + 7 : at + 12]))
        for at in range(0, len(directory), 12)
    ]


def agrees_with_itself(entries: list[Entry]) -> bool:
    """Every field begins where the one before it ends."""
    place = 0
    for _tag, length, start in entries:
        if start != place or length < 1:
            return False
        place += length
    return True


def by_lengths(data: bytes, entries: list[Entry]) -> list[bytes] | None:
    """The fields by the directory's lengths, where some lost their terminators or have a blank for it.

    None unless everything else fits: each field ends at a terminator or where the next one visibly begins.
    """
    if not agrees_with_itself(entries):
        return None
    parts, at = [], 0
    for index, (_tag, length, _start) in enumerate(entries):
        end = at + length - 1
        following = entries[index + 1] if index + 1 < len(entries) else None
        if data[end : end + 1] == b"\x1e" or (data[end : end + 1].isspace() and _begins(data, end + 1, following)):
            next_at = end + 1
        elif _begins(data, end, following):
            next_at = end
        else:
            return None
        parts.append(data[at:end])
        at = next_at
    return parts if at == len(data) and not any(b"\x1e" in part for part in parts) else None


def _begins(data: bytes, at: int, entry: Entry | None) -> bool:
    """The field of this entry stands there from its beginning; at the very end, when there is none."""
    if entry is None:
        return at == len(data)
    tag, length, _start = entry
    return (tag < "010" and data[at + length - 1 : at + length] == b"\x1e") or bool(
        tag >= "010" and _DATA_FIELD.match(data, at)
    )


def in_order(parts: list[bytes], entries: list[Entry]) -> list[bytes]:
    """As many parts as entries, each at its entry's place.

    Raises :class:`Unreadable` when the fields stand in another order and lengths do not tell them apart.
    """
    lengths = [length for _tag, length, _start in entries]
    sizes = [len(part) + 1 for part in parts]
    near = sum(_fits(part, length) for part, length in zip(parts, lengths, strict=True))
    starts = [start for _tag, _length, start in entries]
    if sizes == lengths or 2 * near > len(parts) or (near and starts == sorted(set(starts))):
        return parts
    if Counter(sizes) == Counter(lengths) and len(set(sizes)) == len(sizes):
        by_size = dict(zip(sizes, parts, strict=True))
        return [by_size[length] for length in lengths]
    if starts == sorted(set(starts)):
        return parts
    raise Unreadable(
        "directory_unreadable", _("The directory has no field's place, and the fields may be in another order.")
    )


def _fits(part: bytes, length: int) -> bool:
    """The length is the part's in bytes or in characters, with or without the terminator."""
    characters = len(part) - sum(0x80 <= each < 0xC0 for each in part)
    return length in (len(part), len(part) + 1, characters, characters + 1)


def _is_utf8(part: bytes) -> bool:
    try:
        part.decode()
    except UnicodeDecodeError:
        return False
    return True


def with_lost_delimiter(parts: list[bytes], entries: list[Entry], repairs: list[Repair]) -> list[bytes]:
    """The parts, one with the delimiter put back that the directory still counts.

    Raises :class:`Unreadable` when the directory, right about all others, counts a byte more in one field and it is
    not certain where it stood.
    """
    short = [at for at, (_tag, length, _start) in enumerate(entries) if length != len(parts[at]) + 1]
    if len(short) != 1 or not agrees_with_itself(entries):
        return parts
    at = short[0]
    (tag, length, _start), part = entries[at], parts[at]
    if tag < "010" or length != len(part) + 2 or part[2:3] != b"\x1f":
        return parts
    places = {found.start() for found in _LOST_CODE.finditer(part, 4)}
    if not places and not _is_utf8(part):
        return parts  # a letter takes two bytes in the UTF-8 that the directory was made for, and one here
    if len(places) != 1:
        raise Unreadable(
            "directory_unreadable", _("A byte is missing in field %(tag)s, and it is not certain where.", tag=tag)
        )
    place = places.pop()
    repairs.append(
        Repair(
            "delimiter", _("Field %(tag)s lacked one before %(code)s.", tag=tag, code=part[place : place + 1].decode())
        )
    )
    made = part[:place] + b"\x1f" + part[place:]
    return [*parts[:at], made, *parts[at + 1 :]]
