"""Texts that are sound characters but not what was meant: encoded twice, full of HTML entities, or not composed."""

from __future__ import annotations

import html
import re
import unicodedata

from pymarc.marc8_mapping import CODESETS

from allmenning.formats.details import said as _
from allmenning.formats.marc.problems import shortened
from allmenning.formats.marc.record import Repair

_ENTITY = re.compile(
    r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z][a-zA-Z0-9]{1,30});"
    r"|\\U\+([0-9A-Fa-f]{4,6})\\"  # how some systems write in MARC-8 what MARC-8 does not have
)
#: What the two bytes of a UTF-8 letter look like when they were taken for windows-1252: a lead byte C2–F4, then 80–BF.
_CP1252_HIGH = "".join(
    bytes((byte,)).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
    for byte in range(0x80, 0xA0)
)
_TRAIL = re.escape(_CP1252_HIGH) + "\x80-\xbf"
_TWICE = re.compile(f"[\xc3-\xdf][{_TRAIL}]|\xc2[{_TRAIL}]|[\xe0-\xef][{_TRAIL}]{{2}}|[\xf0-\xf4][{_TRAIL}]{{3}}")
_TO_BYTE = {ord(letter): 0x80 + place for place, letter in enumerate(_CP1252_HIGH)}
#: Of one pair alone: a sign that no word has after Â. (A lone «Â»» may be meant.)
_SIGN_TWICE = re.compile("(?:(?<=^.)|(?<![^\\W\\d_]))\xc2[\xa1-\xba\xbf]")
_C1 = re.compile("[\x80-\x9f\ufeff]")
#: Quotes, dashes and letters of windows-1252 that were taken for Latin-1. (98 and 9C mark what is not sorted by, and so
#: did 88 and 89 in MARC-8: they carry no text.)
_WINDOWS = {
    code: bytes((code,)).decode("cp1252") for code in (0x80, 0x85, *range(0x91, 0x98), 0x99, 0x8A, 0x9A, 0x8E, 0x9E)
}
_WINDOWS_SIGN = re.compile("[" + "".join(map(chr, _WINDOWS)) + "]")
#: What MARC-8 has for the two bytes of a UTF-8 letter: «©ı» for ø. Such pairs stand in no text, within a word least of all.
_MARC8_BYTE = {chr(point): byte for byte, (point, _combining) in CODESETS[0x45].items() if byte > 0xA0}
_SECOND = "[" + "".join(sign for sign, byte in _MARC8_BYTE.items() if byte < 0xC0) + "]"
_THROUGH_MARC8 = re.compile(f"(?:(?<=[A-Za-z])|(?=..[A-Za-z]))[©♯¿¡]{_SECOND}|℗{_SECOND}")


def mended(texts: list[str], repairs: list[Repair]) -> list[str]:
    """The texts of a record's fields as they were meant, composed (NFC), each change told."""
    return [
        text if text.isascii() and "&" not in text and "\\U+" not in text else _field(text, repairs) for text in texts
    ]


def _field(text: str, repairs: list[Repair]) -> str:
    if ("&" in text or "\\U+" in text) and _ENTITY.search(text):
        text = "\x1f".join(_without_entities(piece, repairs) for piece in text.split("\x1f"))
    if text.isascii():
        return text
    for _turn in range(3):  # what was encoded twice may have been encoded thrice
        if not _TWICE.search(text):
            break
        text = "\x1f".join(_once(piece, repairs) for piece in text.split("\x1f"))
    if _WINDOWS_SIGN.search(text):
        repairs.append(Repair("mixed_encodings", _("Signs of windows-1252 in %(text)s", text=shortened(text, 60))))
        text = _WINDOWS_SIGN.sub(lambda found: _WINDOWS[ord(found.group())], text)
    if _THROUGH_MARC8.search(text):
        repairs.append(Repair("double_encoded", _("UTF-8 taken for MARC-8 in %(text)s", text=shortened(text, 60))))
        text = _THROUGH_MARC8.sub(_from_marc8_pair, text)
    if not unicodedata.is_normalized("NFC", text):
        # Piece by piece, so that a mark at the start of a subfield does not melt into the subfield code.
        text = "\x1f".join(piece[:1] + unicodedata.normalize("NFC", piece[1:]) for piece in text.split("\x1f"))
    if _C1.search(text):  # non-sorting marks (98, 9C) and byte order marks carry no text
        text, count = _C1.subn("", text)
        repairs.append(
            Repair("control_characters", _("%(count)s removed: %(text)s", count=count, text=shortened(text, 60)))
        )
    return text


def _without_entities(text: str, repairs: list[Repair]) -> str:
    made = _ENTITY.sub(_character, text)
    if "&amp;" in text and _ENTITY.search(made):
        made = _ENTITY.sub(_character, made)  # &amp;oslash; was written out twice
    if made != text:
        repairs.append(Repair("html_entity", _("In «%(text)s».", text=shortened(text, 80))))
    return made


def _character(found: re.Match[str]) -> str:
    entity = found.group()
    made = html.unescape(f"&#x{found.group(1)};" if found.group(1) else entity)
    return entity if made == entity or any(ord(each) < 32 or each == "\ufffd" for each in made) else made


def _from_marc8_pair(found: re.Match[str]) -> str:
    return bytes(_MARC8_BYTE[each] for each in found.group()).decode()


def _once(text: str, repairs: list[Repair]) -> str:
    """Text taken back one encoding, when every letter beyond ASCII in it agrees that it was encoded twice."""
    if not _TWICE.search(text):
        return text
    try:
        made = bytes(_TO_BYTE.get(ord(each), ord(each)) for each in text).decode()
    except ValueError:  # a character beyond 255, or the bytes are no UTF-8: then it was meant as it stands
        return text
    letters = sum(each.isalpha() or unicodedata.combining(each) > 0 for each in made if not each.isascii())
    if not letters and len(text) - len(made) < 2 and not _SIGN_TWICE.search(text):
        return text
    repairs.append(
        Repair("double_encoded", _("%(text)s → %(made)s", text=shortened(text, 60), made=shortened(made, 60)))
    )
    return made
