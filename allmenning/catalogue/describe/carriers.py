"""The form material comes in.

MARC 21: LDR/06–07, 007/00–01, 008/21, 23, 26 and 33, 338; in words 020 $q, 245 $h, 250, 300 and 655.
"""

from __future__ import annotations

import re
from functools import lru_cache

from allmenning.catalogue.describe.grouped import Grouped

_BY_TYPE = {
    "a": "book", "t": "manuscript", "c": "score", "d": "score", "e": "map", "f": "map", "g": "film", "i": "audiobook",
    "j": "music", "k": "image", "m": "software", "o": "kit", "p": "manuscript", "r": "object",
    " ": "book", "n": "book", "u": "book",
}  # fmt: skip
_ONLINE = {
    "book": "ebook", "large_print": "ebook", "audiobook": "eaudiobook", "film": "efilm", "music": "emusic",
    "journal": "ejournal",
}  # fmt: skip
#: What plain words give away, in the languages our sources write; looked for anywhere in the lower-cased words.
_WORDS = tuple(
    (word, kind)
    for kind, words in (
        ("braille", "punktskrift|braille|blindeskrift|punktkirj"),
        ("large_print", "storskrift|stor skrift|large print|large-print|large type|isotekst"),
        ("audiobook", "lydbok|lydbøker|lydbog|ljudbok|audiobook|audio book|talking book|äänikirja|jietnagirji|daisy"),
        ("game", "dataspill|dataspel|videospill|tv-spill|brettspill|playstation|nintendo|xbox|board game|video game"),
        ("microform", "mikrofilm|mikrofiche|mikrokort|mikroform|microform|microfilm|microfiche|microopaque"),
        ("film", "blu-ray|blu ray|videokassett|videocassette|videodis|videorecording|videoopptak|filmopptak|dvd"),
        ("online", "online|nettressurs|elektronisk ressurs|electronic resource|e-bok|ebok|e-book|ebook|nedlastbar"
                   "|strømm|strøym|streaming|verkkoaineisto|electronic book|epub"),
        ("sound", "compact disc|lydplate|lydopptak|sound recording|lydkassett|kompaktplate|kompaktskive|mp3|audio disc"
                  "|sound disc|lydfil|äänilevy"),
    )
    for word in words.split("|")
)  # fmt: skip
#: Where plain words say it.
_SAYING = (("245", ("h",)), ("300", "a3"), ("020", "bq"), ("250", ("a",)), ("338", ("a",)), ("655", ("a",)))
_CD = re.compile(r"\bcd(?:-er|er)?\b")
_PRINTED = frozenset(("book", "journal", "newspaper", "thesis", "article"))
#: 338 $b: sheet, volume.
_ON_PAPER = frozenset(("nb", "nc"))
_PICTURE = {"a": "image", "c": "image", "i": "image", "k": "image", "l": "image", "n": "image", "g": "game", "w": "toy"}


def format_of(by: Grouped, *, has_isbn: bool, has_publisher: bool) -> str:
    """One code of ``allmenning.catalogue.formats.FORMATS``."""
    said = _words_said(by)
    code = _by_words(_by_leader(by, has_isbn or has_publisher), said, by)
    if code in _ONLINE and ("online" in said or is_online(by)):
        return _ONLINE[code]
    return code


def is_online(by: Grouped) -> bool:
    """Coded as reached over the net: 007 ``cr``, 008/23 ``o`` or ``s`` for what has it there, or 338 ``cr`` alone.

    Not a volume of so many centimetres, whose codes were left over from the record it was made from.
    """
    if _measured_volume(by):
        return False
    if by.fixed[23] in "os" and by.leader[6] not in "gkrefm":
        return True
    categories = [field.value[:2] for field in by.all("007")]
    if any(each in ("cr", "sr") for each in categories):
        return not any(each[:1] in "tv" or each in ("sd", "ss") for each in categories)
    carriers = by.all("338")
    return len(carriers) == 1 and carriers[0].first("b").strip() == "cr"


def _measured_volume(by: Grouped) -> bool:
    carriers = {field.first("b").strip() for field in by.all("338")}
    if not carriers or not carriers <= _ON_PAPER:
        return False
    return any(code in "ac" and " cm" in text for field in by.all("300") for code, text in field.subfields)


def _by_leader(by: Grouped, published: bool) -> str:
    kind, level = by.leader[6], by.leader[7]
    code = _BY_TYPE.get(kind, "other")
    if kind == "a" and level in "ab":
        return "article"
    if kind == "a" and level in "si":
        frequency_kind = by.fixed[21]
        if frequency_kind == "n":
            return "newspaper"
        return "website" if level == "i" and frequency_kind in "dw" else "journal"
    if code in ("book", "manuscript") and by.all("502") and (kind == "t" or not published):
        return "thesis"
    return code


def _words_said(by: Grouped) -> set[str]:
    """Kinds named in plain words, which is all that many small systems have."""
    said: set[str] = set()
    for tag, codes in _SAYING:
        for field in by.fields.get(tag, ()):
            for code, text in field.subfields:
                if code in codes and (kinds := _kinds_in(text)):
                    said |= kinds
    return said


@lru_cache(maxsize=20_000)
def _kinds_in(text: str) -> frozenset[str]:
    said = text.lower()
    found = {kind for word, kind in _WORDS if word in said}
    if "cd" in said and _CD.search(said):
        found.add("sound")
    return frozenset(found)


def _by_words(code: str, said: set[str], by: Grouped) -> str:
    if code in _PRINTED:
        return _printed(code, said, by)
    if code == "software" or code == "object":
        return _software_or_object(code, said, by)
    if code == "film" and by.fixed[33] in _PICTURE and not said & {"film", "online"}:
        moving = any(field.value[:1] in ("v", "m") for field in by.all("007"))
        return code if moving else _PICTURE[by.fixed[33]]
    return code


def _printed(code: str, said: set[str], by: Grouped) -> str:
    """Text in another dress than plain print; the leader says "text" for all of them."""
    form = by.fixed[23]
    categories = {field.value[:1] for field in by.all("007")}
    if form == "f" or ("braille" in said and code == "book"):
        return "braille"
    if form in "abc" or "microform" in said or ("h" in categories and "t" not in categories):
        return "microform"
    if code != "book":
        return code
    if form == "d" or "large_print" in said:
        return "large_print"
    if "audiobook" in said or ("sound" in said and "s" in categories):
        return "audiobook"
    if "film" in said and "v" in categories:
        return "film"
    return code


def _software_or_object(code: str, said: set[str], by: Grouped) -> str:
    if "game" in said or by.fixed[33 if code == "object" else 26] == "g":
        return "game"
    if code == "object":
        return "toy" if by.fixed[33] == "w" else "object"
    if "audiobook" in said:
        return "eaudiobook"
    if "online" in said or is_online(by):
        pages = any(" p" in text or " s." in text for field in by.all("300") for text in field.all("a"))
        return "ebook" if by.fixed[26] == "d" or pages else "website" if by.fixed[26] == "e" else code
    return code
