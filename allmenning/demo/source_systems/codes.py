"""Code lists the demo systems write with: MARC languages, kinds of material, relator terms."""

from __future__ import annotations

#: BCP 47 → MARC code for languages.
LANGUAGES = {
    "nb": "nob", "nn": "nno", "se": "sme", "smj": "smj", "sma": "sma", "fkv": "fkv", "fi": "fin", "sv": "swe",
    "da": "dan", "en": "eng", "fr": "fre", "ru": "rus", "it": "ita", "ja": "jpn", "la": "lat", "grc": "grc",
    "non": "non", "he": "heb",
}  # fmt: skip
#: As older records say them.
OLD_LANGUAGES = {"nb": "nor", "nn": "nor", "se": "smi", "smj": "smi", "sma": "smi"}


def language_code(tag: str, *, old: bool = False) -> str:
    return OLD_LANGUAGES.get(tag, LANGUAGES[tag]) if old else LANGUAGES[tag]


#: format → (leader/06, 007, 008/23 form of item, 245 $h in bokmål, RDA carrier in bokmål).
MATERIAL = {
    "book": ("a", "ta", " ", "", "bind"),
    "large_print": ("a", "tb", "d", "", "bind"),
    "ebook": ("a", "cr", "o", "elektronisk ressurs", "elektronisk ressurs"),
    "audiobook": ("i", "sd fsngnnmmned", " ", "lydopptak", "lydplate"),
    "eaudiobook": ("i", "sr zunnnnnzneu", "o", "lydopptak", "elektronisk ressurs"),
    "film": ("g", "vd cvaizs", " ", "videogram", "videoplate"),
    "music": ("j", "sd fsngnnmmned", " ", "lydopptak", "lydplate"),
}

#: Relator codes in words, as 700 $e has them.
TERMS = {
    "nb": {
        "aut": "forfatter", "trl": "oversetter", "ill": "illustratør", "edt": "redaktør", "adp": "bearbeider",
        "nrt": "innleser", "drt": "regissør", "act": "skuespiller", "prf": "utøver", "ant": "forelegg",
    },
    "short": {
        "aut": "forf.", "trl": "overs.", "ill": "ill.", "edt": "red.", "adp": "bearb.", "nrt": "innl.", "drt": "regi",
        "act": "skuesp.", "prf": "utøv.", "ant": "forf.",
    },
    "nn": {
        "aut": "forfattar", "trl": "omsetjar", "ill": "illustratør", "edt": "redaktør", "adp": "tilarbeidar",
        "nrt": "innlesar", "drt": "regissør", "act": "skodespelar", "prf": "utøvar", "ant": "førelegg",
    },
    "en": {
        "aut": "author", "trl": "translator", "ill": "illustrator", "edt": "editor", "adp": "adapter",
        "nrt": "narrator", "drt": "film director", "act": "actor", "prf": "performer",
        "ant": "bibliographic antecedent",
    },
}  # fmt: skip
COUNTRIES = {
    "Oslo": "no ", "Kristiania": "no ", "Christiania": "no ", "Bergen": "no ", "København": "dk ", "Stockholm": "sw ",
    "Helsinki": "fi ", "London": "enk", "New York": "nyu", "Porvoo": "fi ", "Guovdageaidnu": "no ", "Kárášjohka": "no ",
}  # fmt: skip
AUDIENCES = {"adult": "e", "young": "d", "children": "j"}
