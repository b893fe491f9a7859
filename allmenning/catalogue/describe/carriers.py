"""The form material comes in, told from leader, 006–008, 300, 33X and plain words (MARC 21: LDR/06–07, 007/00–01, 008/21, 23, 33)."""

from __future__ import annotations

import re

from allmenning.catalogue.describe.grouped import Grouped

_BY_TYPE = {
    "a": "book", "t": "manuscript", "c": "score", "d": "score", "e": "map", "f": "map", "g": "film", "i": "audiobook",
    "j": "music",
    "k": "image", "m": "software", "o": "kit", "p": "kit", "r": "object",
}  # fmt: skip
_ONLINE = {
    "book": "ebook",
    "audiobook": "eaudiobook",
    "film": "efilm",
    "music": "emusic",
    "journal": "ejournal",
    "large_print": "ebook",
}
_WORDS = re.compile(
    r"(?P<braille>punktskrift|braille|blindeskrift)|(?P<large_print>storskrift|large[ -]print|large type|stor skrift)"
    r"|(?P<audiobook>lydbok|lydbøker|audio ?book|ljudbok|lydbog|talking book|äänikirja|daisy)|(?P<game>dataspill|videospill|tv-spill|brettspill|playstation|nintendo|xbox|board ?game)"
    r"|(?P<microform>mikrofilm|mikrofiche|mikrokort|microform|microfilm|microfiche|microopaque)"
    r"|(?P<film>\bdvd|blu-?ray|videokassett|videocassette|videodis|videorecording|videoopptak|film ?opptak)"
    r"|(?P<online>online|elektronisk ressurs|electronic resource|nettressurs|e-?bok\b|e-?book|nedlastbar|strømm|streaming|internet)"
    r"|(?P<sound>\bcd\b|compact disc|lydplate|lydopptak|sound recording|lydkassett|kompaktplate|mp3|audio disc|sound disc|lydfil)",
    re.IGNORECASE,
)


def format_of(by: Grouped, *, has_isbn: bool, has_publisher: bool) -> str:
    """One code of ``allmenning.catalogue.formats.FORMATS``."""
    kind, level = by.leader[6], by.leader[7]
    said = _words_said(by)
    code = _BY_TYPE.get(kind, "book" if kind in " nu" else "other")
    if code in ("book", "software") and level in "si" and not (level == "i" and code == "software"):
        code = "newspaper" if by.fixed[21] == "n" else "journal"
        if level == "i" and by.fixed[21] not in "mnp":
            code = "website" if by.fixed[21] in "wd" else "journal"
    elif kind == "a" and level == "b":
        code = "article"
    elif code in ("book", "manuscript") and by.all("502") and (kind == "t" or not (has_isbn or has_publisher)):
        code = "thesis"
    code = _by_words(code, said, by)
    if code in _ONLINE and (_online(by) or "online" in said):
        return _ONLINE[code]
    return code


def _words_said(by: Grouped) -> set[str]:
    """Kinds named in the words of 245$h, 250, 300, 337–338, 655 (plain words are what many small systems have)."""
    texts: list[str] = []
    for field in by.all("245"):
        texts += [text for code, text in field.subfields if code == "h"]
    for field in by.all("300"):
        texts += [text for code, text in field.subfields if code in "a3"]
    for tag in ("250", "338", "655"):
        for field in by.all(tag):
            texts.append(field.first("a"))
    for field in by.all("020"):
        texts += [text for code, text in field.subfields if code in "bq"]
    if not texts:
        return set()
    return {found.lastgroup or "" for found in _WORDS.finditer(" | ".join(texts))}


def _by_words(code: str, said: set[str], by: Grouped) -> str:
    form = by.fixed[23] if code in ("book", "journal", "newspaper", "thesis", "music", "audiobook", "score") else " "
    categories = {field.value[:1] for field in by.all("007")}
    if form == "f" or ("braille" in said and code == "book"):
        return "braille"
    if code in ("book", "journal", "newspaper", "thesis") and (
        (form in "abc" and form != " ") or ("h" in categories and "t" not in categories)
    ):
        return "microform"
    if code == "book":
        if form == "d" or "large_print" in said:
            return "large_print"
        if "audiobook" in said or ("sound" in said and "s" in categories):
            return "audiobook"
        if "film" in said and "v" in categories:
            return "film"
    if code in ("software", "object"):
        return _software_or_object(code, said, by)
    if (
        code == "film"
        and by.fixed[33] in "abcdiklnpqtw"
        and by.fixed[33] != " "
        and not said & {"film", "online"}
        and not categories & {"v", "m"}
    ):
        return {"g": "game", "w": "toy"}.get(by.fixed[33], "image" if by.fixed[33] in "acikln" else "object")
    return code


def _software_or_object(code: str, said: set[str], by: Grouped) -> str:
    if "game" in said or by.fixed[33 if code == "object" else 26] == "g":
        return "game"
    if code == "object":
        return "toy" if by.fixed[33] == "w" else "object"
    if "audiobook" in said:
        return "eaudiobook"
    if by.fixed[26] in "de" and (_online(by) or "online" in said):
        return "ebook" if by.fixed[26] == "d" else "website"
    return code


def _online(by: Grouped) -> bool:
    if by.fixed[23] in "os" and by.leader[6] not in "gkrefm":
        return True
    if any(field.value[:2] == "cr" for field in by.all("007")) and not any(
        field.value[:1] in "tsv" for field in by.all("007")
    ):
        return True
    return any(field.first("b").strip() == "cr" for field in by.all("338")) and len(by.all("338")) == 1
