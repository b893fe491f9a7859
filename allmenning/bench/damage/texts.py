"""Damage to characters: wrong labels, other encodings, encodings twice, entities, controls, indicators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from html.entities import codepoint2name
from random import Random

from pymarc.marc8_mapping import CODESETS

from allmenning.bench.damage.parts import Parts, assemble

_ANSEL = 0x45


def marc8_called_unicode(parts: Parts, _chance: Random) -> bytes | None:
    return _assembled(_in_marc8(parts), "a")


def unicode_called_marc8(parts: Parts, _chance: Random) -> bytes | None:
    return None if _plain(parts) else assemble(parts.labelled(" "))


def latin1_called_unicode(parts: Parts, _chance: Random) -> bytes | None:
    return _assembled(_in(parts, "latin-1"), "a")


def latin1_called_marc8(parts: Parts, _chance: Random) -> bytes | None:
    return _assembled(_in(parts, "latin-1"), " ")


def windows_called_unicode(parts: Parts, _chance: Random) -> bytes | None:
    """Quotes and dashes of windows-1252."""
    texts = [body.decode() for _, body in parts.fields]
    if not any(mark in text for text in texts for mark in "–—’“”…€Œœ"):
        return None
    return _assembled(_in(parts, "cp1252"), "a")


def encoded_twice(parts: Parts, _chance: Random) -> bytes | None:
    return _twice(parts, 1, range(len(parts.fields)))


def encoded_thrice(parts: Parts, _chance: Random) -> bytes | None:
    return _twice(parts, 2, range(len(parts.fields)))


def one_field_encoded_twice(parts: Parts, chance: Random) -> bytes | None:
    places = [at for at, (_, body) in enumerate(parts.fields) if not body.isascii()]
    return _twice(parts, 1, [chance.choice(places)]) if len(places) > 1 else None


def one_field_in_latin1(parts: Parts, chance: Random) -> bytes | None:
    places = [at for at, (_, body) in enumerate(parts.fields) if not body.isascii()]
    if len(places) < 2:
        return None
    at = chance.choice(places)
    bodies = [body for _, body in parts.fields]
    try:
        bodies[at] = _composed(bodies[at]).encode("latin-1")
    except UnicodeEncodeError:
        return None
    return assemble(parts.with_bodies(bodies))


def one_field_in_marc8(parts: Parts, chance: Random) -> bytes | None:
    places = [at for at, (_, body) in enumerate(parts.fields) if not body.isascii()]
    if len(places) < 2:
        return None
    at = chance.choice(places)
    bodies = [body for _, body in parts.fields]
    made = _ansel(bodies[at].decode())
    bodies[at] = made or bodies[at]
    return assemble(parts.with_bodies(bodies)) if made else None


def unicode_taken_for_marc8(parts: Parts, _chance: Random) -> bytes | None:
    """UTF-8 converted to UTF-8 once more, as if it had been MARC-8: «©ı» for ø."""
    if _plain(parts):
        return None
    table = {byte[0]: sign for sign, byte in _marc8_bytes().items() if byte[0] < 0xC8}
    bodies = []
    for _, body in parts.fields:
        composed = _composed(body).encode()
        if any(each > 0x7F and each not in table for each in composed):
            return None
        bodies.append("".join(table.get(each, chr(each)) for each in composed).encode())
    return assemble(parts.with_bodies(bodies))


def windows_taken_for_latin1(parts: Parts, _chance: Random) -> bytes | None:
    """windows-1252 converted to UTF-8 as if it had been Latin-1: quotes and dashes become control characters."""
    made = [_composed(body) for _, body in parts.fields]
    if not any(mark in text for text in made for mark in "–—’“”…€"):
        return None
    try:
        return assemble(parts.with_bodies([text.encode("cp1252").decode("latin-1").encode() for text in made]))
    except UnicodeEncodeError:
        return None


def entities_twice(parts: Parts, _chance: Random) -> bytes | None:
    """Letters as HTML names them, and then the & of the name as well: &amp;oslash;."""
    made = [_composed(body) for _, body in parts.fields]
    made = [
        re.sub("[^\x00-\x7f]", lambda found: f"&amp;#{ord(found.group())};", text) if "\x1f" in text else text
        for text in made
    ]
    return None if _plain(parts) else assemble(parts.with_bodies([text.encode() for text in made]))


def entities(parts: Parts, chance: Random) -> bytes | None:
    """Letters beyond ASCII and & < > " as HTML writes them."""
    style = chance.choice(("name", "decimal", "hex"))

    def written(found: re.Match[str]) -> str:
        point = ord(found.group())
        if style == "name" and point in codepoint2name:
            return f"&{codepoint2name[point]};"
        return f"&#x{point:X};" if style == "hex" else f"&#{point};"

    made = [_composed(body) for _, body in parts.fields]
    made = [re.sub("[^\x00-\x7f]|[&<>]", written, text) if "\x1f" in text else text for text in made]
    broken = assemble(parts.with_bodies([text.encode() for text in made]))
    return broken if b"&" in broken and broken != assemble(parts) else None


def indicator_lost(parts: Parts, chance: Random) -> bytes | None:
    return _some_fields(parts, chance, lambda body: body[chance.choice((1, 2)) :])


def indicator_too_many(parts: Parts, chance: Random) -> bytes | None:
    return _some_fields(parts, chance, lambda body: body[:2] + b" " + body[2:])


def indicator_of_a_manual(parts: Parts, chance: Random) -> bytes | None:
    """Blanks written as manuals and editors print them."""
    sign = chance.choice((b"#", b"\\"))
    return _some_fields(parts, chance, lambda body: body[:2].replace(b" ", sign) + body[2:])


def indicator_nul(parts: Parts, chance: Random) -> bytes | None:
    return _some_fields(parts, chance, lambda body: body[:2].replace(b" ", b"\0") + body[2:])


def controls(parts: Parts, chance: Random) -> bytes | None:
    """Bytes below a blank that mean nothing, in the middle of texts."""

    def strewn(body: bytes) -> bytes:
        at = _between_characters(body, chance)
        return body[:at] + bytes((chance.choice((0x00, 0x01, 0x07, 0x08, 0x0B, 0x13, 0x19, 0x7F)),)) + body[at:]

    return _some_fields(parts, chance, strewn)


def line_breaks(parts: Parts, chance: Random) -> bytes | None:
    """A blank that became a line end."""
    return _some_fields(parts, chance, lambda body: body[:4] + re.sub(rb"(?<=\w) (?=\w)", b"\n", body[4:], count=1))


def byte_lost(parts: Parts, chance: Random) -> bytes | None:
    """The last byte of one letter is gone: what letter it was cannot be known."""
    bodies = [body for _, body in parts.fields]
    places = [at for at, body in enumerate(bodies) if not body.isascii()]
    if not places:
        return None
    at = chance.choice(places)
    bodies[at] = re.sub(rb"([\xc3-\xf4])[\x80-\xbf]+", rb"\1", bodies[at], count=1)
    return assemble(parts.with_bodies(bodies))


def _between_characters(body: bytes, chance: Random) -> int:
    places = [at for at in range(5, len(body)) if not 0x80 <= body[at] < 0xC0 and body[at - 1] != 0x1F]
    return chance.choice(places) if places else len(body)


def _composed(body: bytes) -> str:
    return unicodedata.normalize("NFC", body.decode())


def _plain(parts: Parts) -> bool:
    return all(body.isascii() for _, body in parts.fields)


def _assembled(made: Parts | None, label: str) -> bytes | None:
    return assemble(made.labelled(label)) if made else None


def _in(parts: Parts, encoding: str) -> Parts | None:
    try:
        return (
            None if _plain(parts) else parts.with_bodies([_composed(body).encode(encoding) for _, body in parts.fields])
        )
    except UnicodeEncodeError:
        return None


def _twice(parts: Parts, times: int, places: range | list[int]) -> bytes | None:
    if _plain(parts):
        return None
    bodies = [body for _, body in parts.fields]
    for _ in range(times):
        for at in places:
            try:
                bodies[at] = bodies[at].decode("latin-1").encode()
            except UnicodeDecodeError:
                return None
    return assemble(parts.with_bodies(bodies)) if sum(map(len, bodies)) < 90_000 else None


def _some_fields(parts: Parts, chance: Random, change: Callable[[bytes], bytes]) -> bytes | None:
    bodies = [body for _, body in parts.fields]
    places = [at for at, (tag, body) in enumerate(parts.fields) if tag >= "010" and change(body) != body]
    for at in chance.sample(places, min(len(places), chance.randint(1, 3))):
        bodies[at] = change(bodies[at])
    return assemble(parts.with_bodies(bodies)) if places else None


@cache
def _marc8_bytes() -> dict[str, bytes]:
    return {chr(point): bytes((byte,)) for byte, (point, _) in CODESETS[_ANSEL].items() if byte > 0xA0}


def _in_marc8(parts: Parts) -> Parts | None:
    """The texts in ASCII and ANSEL: marks before their letters."""
    if _plain(parts):
        return None
    made = [_ansel(body.decode()) for _, body in parts.fields]
    return None if None in made else parts.with_bodies([each for each in made if each is not None])


def _ansel(text: str) -> bytes | None:
    made: list[bytes] = []
    letter_at = 0
    for sign in unicodedata.normalize("NFD", text):
        found = sign.encode() if sign.isascii() else _marc8_bytes().get(sign)
        if found is None:
            return None
        if unicodedata.combining(sign):
            made.insert(letter_at, found)
            letter_at += 1
        else:
            letter_at = len(made)
            made.append(found)
    return b"".join(made)
