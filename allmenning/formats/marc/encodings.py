"""Which characters the bytes of a record are. Leader/09 is heard as a witness, not believed.

Strict UTF-8 that is not plain ASCII is UTF-8: the chance that MARC-8, Latin or Cyrillic text passes is nil for more than a
letter or two. What is left is told apart by what the other readings would make of it (MARC 21 Specifications, Character
Sets; ISO 8859-1; windows-1252 and -1251).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pymarc.marc8 import MARC8ToUnicode

from allmenning.formats.marc.problems import Unreadable

MARC8, UTF8, LATIN1, WESTERN, CYRILLIC, ASCII = "marc-8", "utf-8", "iso-8859-1", "windows-1252", "windows-1251", "ascii"

_ESCAPE = re.compile(rb"\x1b(?:[(,)$\-][!-~]|[gbps])")
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\xa8\xb8\xc0-\xff]+")
_UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
#: MARC-8 spacing letters (ANSEL): Ł Ø Đ Þ Æ Œ Ơ Ư ł ø đ þ æ œ ı ð ơ ư ß. In Latin-1 the same bytes are signs no word has inside.
_ANSEL_LETTERS = frozenset(b"\xa1\xa2\xa3\xa4\xa5\xa6\xac\xad\xb1\xb2\xb3\xb4\xb5\xb6\xb8\xba\xbc\xbd\xc7")
_RUSSIAN_COMMON = frozenset("оеаинтсрвл".encode("cp1251"))


def detect(data: bytes, *, claims_unicode: bool) -> str:
    """The encoding of a record's data (everything after the directory).

    Raises :class:`Unreadable` ``encoding_unknown`` when nothing fits with certainty.
    """
    if data.isascii():
        if b"\x1b" in data and _ESCAPE.search(data):
            return MARC8
        return ASCII
    try:
        data.decode()
    except UnicodeDecodeError:
        return _not_utf8(data, claims_unicode)
    return UTF8


def _not_utf8(data: bytes, claims_unicode: bool) -> str:
    if _ESCAPE.search(data):
        return MARC8
    high = len(_HIGH.findall(data))
    in_utf8 = sum(len(found) for found in _UTF8_LETTER.findall(data))
    if in_utf8 >= 4 and in_utf8 > 0.6 * high:
        return UTF8  # mostly sound: the caller mends the rest field by field
    marc8, latin = _marc8_signs(data), _latin_signs(data)
    if _is_russian(data, high):
        return CYRILLIC
    if marc8 > latin:
        return MARC8
    if latin > marc8:
        return WESTERN if re.search(rb"[\x80-\x9f]", data) else LATIN1
    if in_utf8 and claims_unicode:
        return UTF8
    if high <= 2 and not re.search(rb"[\x80-\x9f]", data):
        return LATIN1 if claims_unicode else MARC8  # a sign like © or ° alone: each label's usual lie
    raise Unreadable("encoding_unknown", f"{high} bytes above 7F fit neither UTF-8, MARC-8, ISO 8859-1 nor windows-1251.")


@lru_cache(maxsize=4096)
def _mark_fits(mark: int, base: int) -> bool:
    """True when a MARC-8 combining mark and a letter make a letter that some language has."""
    try:
        composed = MARC8ToUnicode(quiet=True).translate(bytes((mark, base)))
    except (IndexError, TypeError):
        return False
    return len(composed) == 1 and unicodedata.category(composed)[0] == "L"


def _marc8_signs(data: bytes) -> int:
    """Places that only make sense as MARC-8: a mark before its letter, an ANSEL letter inside a word."""
    signs = 0
    for found in _HIGH.finditer(data):
        place = found.start()
        byte = data[place]
        after = data[place + 1] if place + 1 < len(data) else 0
        before = data[place - 1] if place else 0
        if 0xE0 <= byte <= 0xFE:
            if after in _LETTERS:
                signs += 1 if _mark_fits(byte, after) else -1
            elif not 0xE0 <= after <= 0xFE and after not in _ANSEL_LETTERS:
                signs -= 1  # a mark over a space or a comma
        elif byte in _ANSEL_LETTERS:
            signs += 1 if before in _LETTERS or after in _LETTERS else 0
        elif byte > 0xC8:
            signs -= 2  # undefined in ANSEL
    return signs


def _latin_signs(data: bytes) -> int:
    """Places that make sense as Latin-1: an accented letter beside a plain one."""
    signs = 0
    for found in _HIGH.finditer(data):
        place = found.start()
        byte = data[place]
        after = data[place + 1] if place + 1 < len(data) else 0
        before = data[place - 1] if place else 0
        beside = (before in _LETTERS) + (after in _LETTERS)
        if byte >= 0xC0 and byte not in (0xD7, 0xF7):
            signs += 1 if beside else 0
        elif byte in _ANSEL_LETTERS and beside == 2:
            signs -= 1  # «K²benhavn»
    return signs


def _is_russian(data: bytes, high: int) -> bool:
    """Whole words of windows-1251 letters, mostly small ones, with the letters Russian uses most."""
    runs = _HIGH_RUN.findall(data)
    in_words = sum(len(run) for run in runs if len(run) >= 3)
    if high < 6 or in_words < 0.7 * high:
        return False
    joined = b"".join(runs)
    small = sum(1 for byte in joined if byte >= 0xE0)
    common = sum(1 for byte in joined if byte in _RUSSIAN_COMMON)
    return small > 0.6 * len(joined) and common > 0.4 * small


def from_marc8(data: bytes) -> str:
    """One subfield or control field of MARC-8 as Unicode, composed (NFC).

    Character sets chosen by escape sequences last to the end of the subfield, as MARC 21 has it.
    """
    if data.isascii() and b"\x1b" not in data:
        return data.decode("ascii")
    try:
        return str(MARC8ToUnicode(quiet=True).translate(data))
    except (IndexError, TypeError, ValueError, KeyError):
        return data.decode("ascii", "replace")


def decode_text(data: bytes, encoding: str) -> str:
    """Text in a single-step encoding (not MARC-8). Bytes that are no characters become U+FFFD."""
    if encoding in (LATIN1, WESTERN):
        # What calls itself Latin-1 holds windows-1252 quotes and dashes in 80–9F; real C1 controls there are none.
        return data.decode("cp1252", "replace")
    return data.decode({ASCII: "utf-8", CYRILLIC: "cp1251"}.get(encoding, encoding), "replace")
