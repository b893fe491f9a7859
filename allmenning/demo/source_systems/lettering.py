"""Letters as old systems keep them: Latin-1, and MARC-8 as Mikromarc exports it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pymarc import marc8_mapping

#: What cataloguers typed where the keyboard or the character set had no such letter.
_BARE = dict(zip("đĐŋŊŧŦ–’«»ʹʺ", 'dDnNtT-\'""\'"', strict=True))
_ANSEL, _BASIC_CYRILLIC, _EXTENDED_CYRILLIC = 0x45, 0x4E, 0x51


def latin1(text: str) -> bytes:
    """ISO 8859-1. A letter it lacks loses its marks (č → c), or becomes a question mark when nothing is left."""
    made = []
    for letter in unicodedata.normalize("NFC", text):
        if letter.encode("latin-1", "ignore"):
            made.append(letter)
        else:
            bare = _BARE.get(letter) or "".join(
                each for each in unicodedata.normalize("NFD", letter) if not unicodedata.combining(each)
            )
            made.append(bare if bare.encode("latin-1", "ignore") else "?")
    return "".join(made).encode("latin-1")


def marc8(text: str) -> bytes:
    """MARC-8 (MARC 21 Specifications, part 2): ANSEL with marks before their letter, Cyrillic by escape sequence."""
    out, working = b"", ""
    for base, marks in _clusters(unicodedata.normalize("NFD", text)):
        wanted, code = _code(base)
        if wanted != working:
            out += {"": b"\x1b(B", "N": b"\x1b(N", "Q": b"\x1b(Q"}[wanted]
            working = wanted
        # Marks of the upper half stand in ANSEL, which stays in G1 whatever G0 holds.
        out += bytes(_ansel()[mark] for mark in marks if mark in _ansel()) + code
    return out + (b"\x1b(B" if working else b"")


def _clusters(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for letter in text:
        if unicodedata.combining(letter) and found:
            base, marks = found[-1]
            found[-1] = (base, marks + letter)
        else:
            found.append((letter, ""))
    return found


def _code(letter: str) -> tuple[str, bytes]:
    """The character set («» for ASCII and ANSEL) and the byte."""
    if letter.isascii():
        return "", letter.encode("ascii")
    if letter in _ansel():
        return "", bytes([_ansel()[letter]])
    for name, number in (("N", _BASIC_CYRILLIC), ("Q", _EXTENDED_CYRILLIC)):
        if letter in _set(number):
            return name, bytes([_set(number)[letter] & 0x7F])
    return "", _BARE.get(letter, "?").encode("ascii", "replace")


def _ansel() -> dict[str, int]:
    return _set(_ANSEL)


@lru_cache(maxsize=8)
def _set(number: int) -> dict[str, int]:
    return {chr(point): code for code, (point, _combining) in marc8_mapping.CODESETS[number].items()}
