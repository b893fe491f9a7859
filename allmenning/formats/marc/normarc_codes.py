"""NORMARC's own code lists, and what they are in MARC 21."""

from __future__ import annotations

from typing import NamedTuple


class Material(NamedTuple):
    """What a code in 019 $b says in MARC 21: leader/06, leader/07 (blank: as it stands), field 007."""

    record_type: str
    level: str = ""
    physical: str = ""
    weight: int = 5  # of several codes the one with the smallest weight decides leader/06


MATERIAL: dict[str, Material] = {
    "a": Material("e", "", "aj"), "ab": Material("e", "", "ad", 4), "aj": Material("e", "", "aj", 4),
    "b": Material("t"), "c": Material("c"),
    "d": Material("i", "", "s", 6), "da": Material("i", "", "sd", 6), "db": Material("i", "", "ss lsnjlc", 6),
    "dc": Material("i", "", "sd fsngnnmmned", 6), "dd": Material("i", "", "sz", 3), "de": Material("i", "", "sz", 3),
    "dg": Material("j", "", "sd fsngnnmmned", 2), "dh": Material("i", "", "sd", 3), "di": Material("i", "",
    "sd fsngnnmmned", 1),
    "dj": Material("i", "", "sd", 3), "dk": Material("o", "", "", 7),
    "e": Material("g", "", "v", 5), "ec": Material("g", "", "mr", 4), "ed": Material("g", "", "vf cbaho", 4),
    "ee": Material("g", "", "vd cvaizs", 4), "ef": Material("g", "", "vd csaizs", 4), "eg": Material("g", "", "vd", 5),
    "f": Material("k"), "fd": Material("g", "", "gs", 4), "ff": Material("k"), "fi": Material("k"), "fm": Material("k"),
    "g": Material("m", "", "c", 8), "ga": Material("m", "", "cr", 8), "gb": Material("m", "", "cj", 8),
    "gc": Material("m", "", "co", 8),
    "gd": Material("m", "", "co", 8), "ge": Material("a", "", "cr", 8), "gf": Material("m", "", "cb", 8),
    "gg": Material("m", "", "co", 8), "gh": Material("m", "", "co", 8), "gi": Material("m", "", "co", 8),
    "gt": Material("a", "", "cr", 7),
    "h": Material("r"), "i": Material("a", "", "h", 6), "ib": Material("a", "", "hd", 5), "ic": Material("a", "",
    "he", 5),
    "j": Material("a", "s"), "ja": Material("a", "s", "cr", 4), "jn": Material("a", "s", "", 4), "jp": Material("a",
    "s", "", 4),
    "k": Material("a", "b"), "ka": Material("a", "b", "cr", 4),
    "l": Material("a", "", "ta", 3), "la": Material("a", "", "cr", 2),
    "na": Material("a", "", "cr", 7), "nb": Material("a", "", "cr", 7), "nc": Material("a", "", "cr", 7),
    **{code: Material("m", "", "co", 3) for code in ("m", "ma", "mb", "mc", "md", "me", "mi", "mj", "mk", "mn", "mo",
    "mp", "mq")},
    "ta": Material("a", "", "ta", 6), "te": Material("a", "", "tc", 2),
}  # fmt: skip

#: 019 $a → 008/22: preschool, primary, pre-adolescent, adolescent.
AGES = {"aa": "a", "a": "a", "b": "b", "bu": "b", "u": "c", "mu": "d"}

#: 019 $d → 008/33: novel, short stories, poetry, drama, comic strips.
LITERARY_FORMS = {"R": "f", "N": "j", "D": "p", "S": "d", "T": "c"}

#: 008/15–16 (ISO 3166) → MARC 21's own codes, for the countries Norwegian catalogues name most.
COUNTRIES = {
    "": "xx ", "no": "no ", "se": "sw ", "dk": "dk ", "fi": "fi ", "is": "ic ", "fo": "fa ", "gl": "gl ", "gb": "xxk",
    "us": "xxu", "ie": "ie ",
    "ca": "xxc", "au": "at ", "de": "gw ", "at": "au ", "ch": "sz ", "fr": "fr ", "be": "be ", "nl": "ne ",
    "it": "it ", "es": "sp ",
    "pt": "po ", "pl": "pl ", "cz": "xr ", "ru": "ru ", "ee": "er ", "lv": "lv ", "lt": "li ", "ua": "un ",
    "hu": "hu ", "gr": "gr ",
    "tr": "tu ", "in": "ii ", "cn": "cc ", "jp": "ja ", "ir": "ir ", "iq": "iq ", "pk": "pk ", "vn": "vm ", "so": "so ",
}  # fmt: skip

#: Roles as Norwegian cataloguers shorten them → MARC relator codes.
ROLES = {
    "forf": "aut", "forfatter": "aut", "medforf": "aut", "medforfatter": "aut", "overs": "trl", "oversetter": "trl",
    "overs av": "trl",
    "gjendikter": "trl", "gjend": "trl", "ill": "ill", "illustr": "ill", "illustratør": "ill", "tegn": "ill",
    "tegner": "ill",
    "red": "edt", "redaktør": "edt", "utg": "edt", "utgiver": "edt", "hovedred": "edt", "innl": "nrt",
    "innleser": "nrt", "oppl": "nrt",
    "oppleser": "nrt", "regi": "drt", "reg": "drt", "regissør": "drt", "manus": "aus", "manusforf": "aus",
    "komp": "cmp", "komponist": "cmp",
    "mus": "cmp", "tekstforf": "lyr", "arr": "arr", "dir": "cnd", "dirigent": "cnd", "utøver": "prf", "utøv": "prf",
    "sang": "sng",
    "skuesp": "act", "skuespiller": "act", "fotogr": "pht", "fotograf": "pht", "foto": "pht", "bearb": "adp",
    "bearbeider": "adp",
    "forord": "aui", "etterord": "aft", "prod": "pro", "produsent": "pro", "hon": "hnr", "samler": "com",
    "biogr": "bio",
}  # fmt: skip
