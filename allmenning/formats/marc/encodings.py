"""Which characters the bytes of a record are. Leader/09 is heard as a witness, not believed.

Strict UTF-8 that is not plain ASCII is UTF-8: the chance that MARC-8, Latin or Cyrillic text passes is nil for more
than a letter or two. What is left is told apart by what the other readings would make of it (MARC 21 Specifications,
Character Sets; ISO 8859-1; windows-1252 and -1251).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from allmenning.formats.details import said as _
from allmenning.formats.marc.marc8 import from_marc8
from allmenning.formats.marc.problems import Unreadable

MARC8, UTF8, LATIN1, WESTERN, CYRILLIC, ASCII = "marc-8", "utf-8", "iso-8859-1", "windows-1252", "windows-1251", "ascii"
#: What a caller who knows better may say.
ENCODINGS = ("auto", UTF8, MARC8, LATIN1, WESTERN, CYRILLIC)

_ESCAPE = re.compile(rb"\x1b(?:[(,)$\-][!-~]|[gbps])")
_HIGH_RUN = re.compile(rb"[\xa8\xb8\xc0-\xff]+")
_UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_C1 = re.compile(rb"[\x80-\x9f]")
_HIGH = re.compile(rb"[\xa0-\xff]")
_NO_LETTER = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # undefined in windows-1252
#: Whole words above 7F, of several letters: KOI8, cp866, Greek … (a row of one byte is a ruled line).
_OTHER_SCRIPT = re.compile(rb"([\x80-\xff])(?!\1)([\x80-\xff])(?!\1|\2)[\x80-\xff]{3}")
_UTF8_SIGN = re.compile(rb"\xc2[\xa0-\xbf]")
#: A lead byte of UTF-8 that lost what followed it; in Latin-1 it would be a capital in the middle or at the end of a word.
#: (C7 is ß in MARC-8.)
_LOST_TRAIL = re.compile(
    rb"(?<=[a-z]{2})[\xc3-\xc6\xc8-\xdf](?![\x80-\xffA-Z])|(?<=[A-Za-z])[\xc3-\xc6\xc8-\xdf](?=[a-z])"
)
#: Signs that only one of the two writes where they stand, in bits: § before a number, © before a year, a degree after a
#: number; ¿ and ¡ before a capital, ℓ (leaf) by itself, ö for an underscore.
_LATIN_SIGN = re.compile(rb"(?<=[ (])\xa7+(?= ?[0-9])|\xa9(?= ?[0-9]{4})|(?<=[0-9])\xb0(?=[ 0-9CFNSEW;,.)])")
_MARC8_SIGN = re.compile(
    rb"\xc3(?= ?[0-9]{4})|(?<=[0-9])\xc0(?=[ 0-9CFNSEW;,.)])|(?:(?<=\x1f.)|(?<![^ (\"]))[\xc5\xc6](?=[A-Z][a-z])|(?<=[0-9])\xf6"
    rb"|(?<= )\xc1(?=[.,])"
)
_SIGN_BITS = 12
#: In bits. Of records called Unicode where no more speaks for either reading half would be read wrongly; where the label
#: says MARC-8, it is mostly right.
_TOSS_UP = 1
#: MARC-8 would have an accent over a letter that no language puts it on.
_NO_SUCH_LETTER = re.compile(rb"[\xe1-\xe6\xe8][bdfkpqtv]|\xea[b-tv-z]")
_RUSSIAN_COMMON = frozenset("оеаинтсрвл".encode("cp1251"))

#: Weights in bits, learnt from some 10,000 catalogue records written both ways: byte, side (``>`` the byte after,
#: ``<`` the byte before), and per weight the neighbours. Positive speaks for MARC-8, negative for Latin-1. ``.`` is a
#: blank, sign or edge, ``^`` another byte above 7F. Tells 98 of 100 records apart by the words alone, most of them of
#: one accented word.
_WEIGHTS_FILE = "marc8_or_latin1.tsv"


def detect(data: bytes, *, claims_unicode: bool) -> str:
    """The encoding of a record's data (everything after the directory).

    Raises :class:`Unreadable` ``encoding_unknown`` when nothing fits with certainty.
    """
    if data.isascii():
        return MARC8 if b"\x1b" in data and _ESCAPE.search(data) else ASCII
    try:
        data.decode()
    except UnicodeDecodeError:
        return _not_utf8(data, claims_unicode)
    return UTF8


def _not_utf8(data: bytes, claims_unicode: bool) -> str:
    if _ESCAPE.search(data):
        return MARC8
    high = sum(map(data.count, (bytes((each,)) for each in set(data) if each > 0x7F)))
    in_utf8 = sum(len(found) for found in _UTF8_LETTER.findall(data))
    if in_utf8 >= 4 and in_utf8 > 0.6 * high:
        return UTF8  # mostly sound: the caller mends the rest field by field
    if in_utf8 and any(not part.isascii() and _is_utf8(part) for part in data.split(b"\x1e")):
        return UTF8  # a whole field of it is none by chance: some fields are in something else
    if claims_unicode and in_utf8 + 2 * len(_UTF8_SIGN.findall(data)) + len(_LOST_TRAIL.findall(data)) > 0.8 * high:
        return UTF8  # as it says, but for a broken letter
    if _is_russian(data, high):
        return CYRILLIC
    for_marc8 = _marc8_weight(data) + (1 if not claims_unicode else -1)
    for_marc8 += _SIGN_BITS * (len(_MARC8_SIGN.findall(data)) - len(_LATIN_SIGN.findall(data)))
    if abs(for_marc8) <= _TOSS_UP and claims_unicode and not _NO_SUCH_LETTER.search(data):
        raise Unreadable(
            "encoding_unknown", _("%(high)s bytes above 7F are as likely MARC-8 as ISO 8859-1.", high=high)
        )
    if for_marc8 > 0:
        return MARC8
    if _OTHER_SCRIPT.search(data) or _NO_LETTER.search(data):
        raise Unreadable(
            "encoding_unknown",
            _("%(high)s bytes above 7F fit neither UTF-8, MARC-8, ISO 8859-1 nor windows-1251.", high=high),
        )
    return WESTERN if _C1.search(data) else LATIN1


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@cache
def _weights() -> dict[tuple[int, str, str], int]:
    table = {}
    for line in files(__package__).joinpath(_WEIGHTS_FILE).read_text("ascii").splitlines():
        byte, side, groups = line.split("\t")
        for group in groups.split(" "):
            weight, neighbours = group.split(":")
            table.update({(int(byte, 16), side, each): int(weight) for each in neighbours})
    return table


def _marc8_weight(data: bytes) -> int:
    """How many bits speak for MARC-8 against Latin-1."""
    table = _weights()
    weight = 0
    for found in _HIGH.finditer(data):
        byte, place = data[found.start()], found.start()
        weight += table.get((byte, ">", _neighbour(data[place + 1 : place + 2])), 0)
        weight += table.get((byte, "<", _neighbour(data[place - 1 : place] if place else b"")), 0)
    return weight


def _neighbour(byte: bytes) -> str:
    if byte.isalpha():
        return byte.decode("ascii")
    return "^" if byte > b"\x7f" else "."


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


def decode_text(data: bytes, encoding: str) -> str:
    """Text in a single-step encoding, or MARC-8 subfield by subfield. Bytes that are no characters become U+FFFD."""
    if encoding == MARC8:
        return "\x1e".join(
            "\x1f".join(from_marc8(piece)[0] for piece in part.split(b"\x1f")) for part in data.split(b"\x1e")
        )
    if encoding in (LATIN1, WESTERN):
        # What calls itself Latin-1 holds windows-1252 quotes and dashes in 80–9F; real C1 controls there are none.
        return data.decode("cp1252", "replace")
    return data.decode({ASCII: "utf-8", CYRILLIC: "cp1251"}.get(encoding, encoding), "replace")
