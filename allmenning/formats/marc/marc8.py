"""MARC-8 to Unicode (MARC 21 Specifications, Character Sets, Part 2), with the code tables that pymarc carries.

pymarc's own converter prints to standard error and hides what it could not read; here undefined bytes are counted, for
whether MARC-8 reads a text without a fault is also how MARC-8 is recognised.
"""

from __future__ import annotations

import unicodedata

from pymarc.marc8_mapping import CODESETS, ODD_MAP

_LATIN, _ANSEL, _EAST_ASIAN = 0x42, 0x45, 0x31
_G0_NEXT, _G1_NEXT = frozenset(b"(,"), frozenset(b")-")
_SINGLE = {ord("g"): 0x67, ord("b"): 0x62, ord("p"): 0x70}


def from_marc8(data: bytes) -> tuple[str, int]:
    """One subfield or control field as composed Unicode (NFC), and how many of its bytes were no MARC-8.

    Such bytes are shown as U+FFFD. Sets chosen by escape sequences last to the end of the subfield. A mark, which
    MARC-8 writes before its letter, comes after it.
    """
    if data.isascii() and b"\x1b" not in data:
        return data.decode("ascii"), 0
    made: list[str] = []
    marks: list[str] = []
    g0, g1, at, faults, end = _LATIN, _ANSEL, 0, 0, len(data)
    while at < end:
        byte = data[at]
        if byte == 0x1B:
            g0, g1, at = _escape(data, at, g0, g1)
            continue
        if g0 == _EAST_ASIAN and 0x20 < byte < 0x80:
            code, width, table = int.from_bytes(data[at : at + 3], "big"), 3, g0
        else:
            code, width, table = byte, 1, g1 if byte >= 0x80 else g0
        at += width
        if byte <= 0x20:
            found: tuple[int, int] | None = (byte, 0)
        elif width == 1 and byte < 0x80 and table == _LATIN:
            found = (byte, 0)
        else:
            found = CODESETS.get(table, {}).get(code)
            if found is None and code in ODD_MAP:
                found = (ODD_MAP[code], 0)
        if found is None:
            if 0x88 <= byte <= 0x8E and width == 1:
                continue  # non-sorting marks and joiners: no text
            faults += width
            made.append("\ufffd")
        elif found[1]:
            marks.append(chr(found[0]))
        else:
            made.append(chr(found[0]))
            if marks:
                faults += _unhappy(marks, made[-1])
                made.extend(_in_order(made[-1], marks))
                marks.clear()
    faults += len(marks)
    return unicodedata.normalize("NFC", "".join(made + marks)), faults


def _unhappy(marks: list[str], letter: str) -> int:
    """Marks over what carries none: a blank, a digit, a comma."""
    return 0 if letter.isalpha() else len(marks)


def _in_order(letter: str, marks: list[str]) -> list[str]:
    """Two marks in the order that makes one letter: Vietnamese ấ comes with its marks in either."""
    if len(marks) < 2 or len(unicodedata.normalize("NFC", letter + "".join(marks))) == 1:
        return marks
    turned = marks[::-1]
    return turned if len(unicodedata.normalize("NFC", letter + "".join(turned))) == 1 else marks


def _escape(data: bytes, at: int, g0: int, g1: int) -> tuple[int, int, int]:
    """The sets chosen by the escape sequence at ``at``, and where the text goes on."""
    first = data[at + 1 : at + 2]
    if first == b"s":
        return _LATIN, g1, at + 2
    if first and first[0] in _SINGLE:
        return _SINGLE[first[0]], g1, at + 2
    multibyte = first == b"$"
    place = at + 2 if multibyte else at + 1
    intermediate = data[place : place + 1]
    if intermediate and intermediate[0] in _G0_NEXT | _G1_NEXT:
        place += 1
    elif not multibyte:
        return g0, g1, at + 1  # an escape character that opens nothing
    final = data[place : place + 1]
    if not final:
        return g0, g1, len(data)
    if final == b"!" and data[place + 1 : place + 2] == b"E":  # extended Latin has a two-character name
        final, place = b"E", place + 1
    if intermediate and intermediate[0] in _G1_NEXT:
        return g0, final[0], place + 1
    return final[0], g1, place + 1
