"""Damage to lengths, directories, delimiters and terminators. Each gives the broken bytes, or None for a record it
cannot break in its way."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from allmenning.bench.damage.parts import Parts, assemble, entries


def record_length(parts: Parts, chance: Random) -> bytes | None:
    sound = int(assemble(parts)[:5])
    wrong = (f"{sound + chance.choice((-40, -3, -1, 1, 2, 60)):05d}", "00000", "99999", "     ", "*****")
    return assemble(parts, length=chance.choice(wrong))


def base_address(parts: Parts, chance: Random) -> bytes | None:
    sound = int(assemble(parts)[12:17])
    wrong = (f"{sound + chance.choice((-12, -1, 1, 12, 25)):05d}", "00000", "     ", "99999")
    return assemble(parts, base=chance.choice(wrong))


def counted_in_characters(parts: Parts, _chance: Random) -> bytes | None:
    """Lengths and places of a program that counted characters where bytes are meant."""
    sizes = [len(body.decode()) + 1 for _, body in parts.fields]
    directory = [
        (tag, size, sum(sizes[:at])) for at, ((tag, _), size) in enumerate(zip(parts.fields, sizes, strict=True))
    ]
    if directory == entries(parts):
        return None
    length = 24 + 12 * len(directory) + 2 + sum(sizes)
    return assemble(parts, directory, length=f"{length:05d}")


def places_moved(parts: Parts, chance: Random) -> bytes | None:
    """Every field from some place on is said to stand a few bytes off."""
    off, first = chance.choice((-1, 1, 2, 24)), chance.randrange(1, len(parts.fields))
    moved = [(tag, size, start + (off if at >= first else 0)) for at, (tag, size, start) in enumerate(entries(parts))]
    return assemble(parts, moved)


def lengths_without_terminator(parts: Parts, _chance: Random) -> bytes | None:
    """Lengths that do not count the field terminator."""
    return assemble(parts, [(tag, size - 1, start) for tag, size, start in entries(parts)])


def stored_in_other_order(parts: Parts, chance: Random) -> bytes | None:
    """Fields stored in another order than the directory has them, and a length that keeps them from being trusted."""
    order = list(range(len(parts.fields)))
    chance.shuffle(order)
    sound = entries(parts)
    starts, data = {}, b""
    for at in order:
        starts[at] = len(data)
        data += parts.fields[at][1] + b"\x1e"
    directory = [(tag, size, starts[at]) for at, (tag, size, _) in enumerate(sound)]
    return assemble(parts, directory, length="00000", data=data)


def shuffled_and_moved(parts: Parts, chance: Random) -> bytes | None:
    """Fields stored in another order than the directory has them, which names places that are none: only lengths help."""
    order = list(range(len(parts.fields)))
    chance.shuffle(order)
    data = b"".join(parts.fields[at][1] + b"\x1e" for at in order)
    return assemble(parts, [(tag, size, 0) for tag, size, _ in entries(parts)], data=data)


def missing_entry(parts: Parts, chance: Random) -> bytes | None:
    directory = entries(parts)
    del directory[chance.randrange(1, len(directory))]
    return assemble(parts, directory)


def entries_with_blanks(parts: Parts, _chance: Random) -> bytes | None:
    """Numbers filled up with blanks instead of zeros."""
    sound = assemble(parts)
    listed = "".join(f"{tag}{size:4d}{start:5d}" for tag, size, start in entries(parts)).encode()
    return sound[:24] + listed + sound[24 + len(listed) :]


def lost_field_terminator(parts: Parts, chance: Random) -> bytes | None:
    at = chance.randrange(1, len(parts.fields) - 1)
    bodies = [body for _, body in parts.fields]
    data = b"\x1e".join(bodies[:at]) + b"\x1e" + bodies[at] + b"\x1e".join(bodies[at + 1 :]) + b"\x1e"
    return assemble(parts, data=data)


def terminator_became_blank(parts: Parts, chance: Random) -> bytes | None:
    at = chance.randrange(1, len(parts.fields) - 1)
    bodies = [body for _, body in parts.fields]
    data = b"\x1e".join(bodies[: at + 1]) + b" " + b"\x1e".join(bodies[at + 1 :]) + b"\x1e"
    return assemble(parts, data=data)


def lost_first_delimiter(parts: Parts, chance: Random) -> bytes | None:
    return _one_field(parts, chance, lambda body: body[:2] + body[3:], sound_numbers=chance.random() < 0.5)


def lost_inner_delimiter(parts: Parts, chance: Random) -> bytes | None:
    """One delimiter between subfields is gone; leader and directory still count it."""

    def lose(body: bytes) -> bytes:
        places = [found.start() for found in re.finditer(b"\x1f", body)][1:]
        at = chance.choice(places) if places else 0
        return body[:at] + body[at + 1 :] if at else body

    return _one_field(parts, chance, lose, sound_numbers=False)


def other_delimiters(parts: Parts, chance: Random) -> bytes | None:
    """Delimiters as they are printed, in the whole record."""
    sign = chance.choice((b"$", b"|", "‡".encode(), "ǂ".encode()))
    if sign in assemble(parts)[24:].replace(b"|", b"" if sign != b"|" else b"|"):
        return None
    return assemble(parts.with_bodies([body.replace(b"\x1f", sign) for _, body in parts.fields]))


def lost_record_terminator(parts: Parts, _chance: Random) -> bytes | None:
    return assemble(parts)[:-1]


def stray_field_terminator(parts: Parts, chance: Random) -> bytes | None:
    return _one_field(parts, chance, lambda body: _at_a_blank(body, chance, b"\x1e"), sound_numbers=True)


def stray_record_terminator(parts: Parts, chance: Random) -> bytes | None:
    return _one_field(parts, chance, lambda body: _at_a_blank(body, chance, b"\x1d"), sound_numbers=True)


def leader_without_a_blank(parts: Parts, _chance: Random) -> bytes | None:
    """Two blanks in a row, or one, became one too few: everything stands one byte earlier."""
    sound = assemble(parts)
    at = sound.find(b" ", 17, 20)
    return sound[:at] + sound[at + 1 :] if at > 0 else None


def leader_with_nuls(parts: Parts, _chance: Random) -> bytes | None:
    sound = assemble(parts)
    return sound[:17] + sound[17:20].replace(b" ", b"\0") + sound[20:] if b" " in sound[17:20] else None


def cut_off(parts: Parts, chance: Random) -> bytes | None:
    sound = assemble(parts)
    return sound[: chance.randrange(len(sound) // 2, len(sound) - 30)] + b"\x1d"


def _at_a_blank(body: bytes, chance: Random, sign: bytes) -> bytes:
    places = [found.start() for found in re.finditer(rb"(?<=\w) (?=\w)", body[4:])]
    at = 4 + chance.choice(places) if places else 0
    return body[:at] + sign + body[at + 1 :] if at else body


def _one_field(parts: Parts, chance: Random, change: Callable[[bytes], bytes], *, sound_numbers: bool) -> bytes | None:
    """One data field changed; leader and directory count the change, or still tell of what stood there before."""
    places = [at for at, (tag, _) in enumerate(parts.fields) if tag >= "010"]
    bodies = [body for _, body in parts.fields]
    for at in chance.sample(places, len(places)):
        made = change(bodies[at])
        if made != bodies[at]:
            bodies[at] = made
            if sound_numbers:
                return assemble(parts.with_bodies(bodies))
            data = b"".join(body + b"\x1e" for body in bodies)
            return assemble(parts, length=assemble(parts)[:5].decode(), data=data)
    return None
