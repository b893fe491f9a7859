"""How words are compared, ordered and written in Latin letters.

``fold`` and ``words`` run for every field of every record, so they are one C-speed ``str.translate`` each, with a
table that learns a code point the first time it is met.
"""

from __future__ import annotations

import re
import unicodedata

#: Letters whose plain form is a decision of ours, not Unicode's (which leaves æ, ø and đ alone).
#: Å and ä fold to a, ø and ö to o, so that Åse = Ase, Gøran = Göran; æ is written ae by those who lack it.
PLAIN_LETTERS = {
    "æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "š": "s", "č": "c",
    "ž": "z",
    "ß": "ss", "þ": "th", "ł": "l", "œ": "oe", "ħ": "h", "ı": "i", "ʒ": "z", "ǥ": "g", "ɡ": "g", "ə": "a", "ς": "σ",
    "й": "й", "ў": "ў", "ї": "ї", "ѓ": "ѓ", "ќ": "ќ",  # letters of their own, though Unicode takes them apart
    "ё": "е",  # printed Russian mostly writes е
}  # fmt: skip

#: Marks that sit between the letters of one word without parting it: soft hyphen, joiners, and the MARC
#: transliteration signs for soft sign, hard sign, alif and ayn.
_WITHIN_WORDS = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeffʹʺʼʻʾʿ`´")


def _plain(letter: str) -> str:
    """The folded form of one character: letters and digits, a space, or nothing."""
    if letter in _WITHIN_WORDS:
        return ""
    low = letter.lower()
    if low in PLAIN_LETTERS:
        return PLAIN_LETTERS[low]
    category = unicodedata.category(letter)
    if category in ("Mn", "Me"):
        # Accents and Hebrew or Arabic points go; vowel signs of Indic and Thai script are letters and stay.
        return "" if unicodedata.combining(letter) >= 200 or 10 <= unicodedata.combining(letter) <= 35 else letter
    apart = unicodedata.normalize("NFKD", low)
    if apart != letter:
        return "".join(each if each == letter else _plain(each) for each in apart)
    return low if category[0] in "LN" or category == "Mc" else " "


class _Learning(dict[int, str]):
    """A table for ``str.translate`` that works each code point out once."""

    def __missing__(self, code: int) -> str:
        made = self[code] = _plain(chr(code))
        return made


_FOLD = _Learning()
_FOLD_ASCII = {code: _plain(chr(code)) for code in range(128)}


def fold(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces: «Ærlig talt!» → ``aerlig talt``.

    Two texts that a person would call the same word fold to the same string. Norwegian, Sámi, Kven, Finnish and Swedish
    letters follow :data:`PLAIN_LETTERS`; Cyrillic stays Cyrillic (see :func:`romanise`), with ё as е.
    Folding what is folded changes nothing.
    """
    if text.isascii():
        return " ".join(text.translate(_FOLD_ASCII).split())
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.translate(_FOLD).split())


def words(text: str) -> list[str]:
    """The folded words of a text, in order: «L'amour, 2. utg.» → ``["l", "amour", "2", "utg"]``."""
    if text.isascii():
        return text.translate(_FOLD_ASCII).split()
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.translate(_FOLD).split()


# ---------------------------------------------------------------------------------------------------------------
# Order

#: Letters that stand after z, or after another letter, per language. Everything else falls to its folded letter.
#: Norwegian: æ ø å last, with Swedish ä and ö beside æ and ø, ü as y, aa as å (CLDR ``nb``; that Aachen then stands
#: under Å is the price: only pronunciation tells). Northern Sámi letters follow their plain letter; in a Norwegian
#: list they stand among the plain ones.
_NORWEGIAN = {"æ": "z1", "ä": "z1", "ø": "z2", "ö": "z2", "å": "z3", "ü": "y", "þ": "th"}
_SAMI_SHARED = {"æ": "z2", "ä": "z2", "ø": "z3", "ö": "z3", "å": "z4", "ü": "y"}
_NORTHERN_SAMI = _SAMI_SHARED | {
    "a": "a0", "á": "a1", "c": "c0", "č": "c1", "d": "d0", "đ": "d1", "n": "n0", "ŋ": "n1", "s": "s0", "š": "s1",
    "t": "t0", "ŧ": "t1", "z": "z0", "ž": "z1",
}  # fmt: skip
_LULE_SAMI = _SAMI_SHARED | {"a": "a0", "á": "a1", "n": "n0", "ń": "n1", "ŋ": "n1", "z": "z0"}
_SOUTHERN_SAMI = _SAMI_SHARED | {"i": "i0", "ï": "i1", "z": "z0"}
_FINNISH = {"å": "z1", "ä": "z2", "æ": "z2", "ö": "z3", "ø": "z3", "ü": "y", "w": "v"}
_KVEN = _FINNISH | {"w": "w", "d": "d0", "đ": "d1", "s": "s0", "š": "s1"}
_ENGLISH: dict[str, str] = {}

_ORDERS: dict[str, dict[str, str]] = {
    "nb": _NORWEGIAN, "nn": _NORWEGIAN, "no": _NORWEGIAN, "da": _NORWEGIAN, "se": _NORTHERN_SAMI, "smj": _LULE_SAMI,
    "sma": _SOUTHERN_SAMI, "fkv": _KVEN, "fi": _FINNISH, "sv": _FINNISH | {"w": "w"}, "en": _ENGLISH,
}  # fmt: skip
_DOUBLE_A = frozenset({"nb", "nn", "no", "da"})
_DIGITS = re.compile(r"[0-9]+")


class _OrderTable(dict[int, str]):
    """Code point → its place in one language's alphabet, as lower-case ASCII letters and digits."""

    def __init__(self, order: dict[str, str]) -> None:
        super().__init__()
        self.order = {"z": "z0"} | order

    def __missing__(self, code: int) -> str:
        letter = chr(code).lower()
        made = self.order.get(letter)
        if made is None:
            made = "".join(self._place(each) for each in _plain(chr(code)))
        self[code] = made
        return made

    def _place(self, plain: str) -> str:
        if plain == " ":
            return " "
        if "0" <= plain <= "9":
            return plain
        if plain.isascii():
            return self.order.get(plain, plain)
        return f"z9{ord(plain):06x}"  # other scripts after the Latin alphabet, each in its own order


_TABLES = {language: _OrderTable(order) for language, order in _ORDERS.items()}


def sort_key(text: str, language: str = "nb") -> str:
    """A key whose plain order is the alphabet of ``language`` (BCP 47; unknown ones sort as bokmål).

    Only ``0-9a-z`` occur, in an order that every database collation shares, so ``ORDER BY`` on the stored key gives the
    same list on SQLite and PostgreSQL. Word by word (nothing before something), numbers by value: «Bind 2» before
    «Bind 10». Keys of different languages cannot be compared with each other.
    """
    tag = language if language in _TABLES else language.split("-")[0].lower()
    if tag not in _TABLES:
        tag = "nb"
    text = unicodedata.normalize("NFC", text).lower()
    if tag in _DOUBLE_A and "aa" in text:
        text = text.replace("aa", "å")
    placed = " ".join(_DIGITS.sub(_number, text).translate(_TABLES[tag]).split())
    return placed.replace(" ", "0")


def _number(found: re.Match[str]) -> str:
    # "1" opens every number: after blanks ("0"), before letters. How many digits it has comes next.
    digits = found.group().lstrip("0") or "0"
    return f"1{min(len(digits), 9)}{digits}"


# ---------------------------------------------------------------------------------------------------------------
# Cyrillic in Latin letters

#: Russian as Norwegian prints it (Språkrådet): Чехов → Tsjekhov, Достоевский → Dostojevskij.
_RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "jo", "ж": "zj", "з": "z", "и": "i", "й": "j",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "tsj", "ш": "sj", "щ": "sjtsj", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "ju",
    "я": "ja",
    "і": "i", "ї": "ji", "є": "je", "ґ": "g", "ў": "u", "ѣ": "e", "ѳ": "f", "ѵ": "i",
}  # fmt: skip
_UKRAINIAN = _RUSSIAN | {"г": "h", "и": "y", "е": "e"}
_SERBIAN = _RUSSIAN | {
    "ђ": "đ", "ж": "ž", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "ć", "х": "h", "ц": "c", "ч": "č", "џ": "dž", "ш": "š",
    "ѓ": "gj", "ѕ": "dz", "ќ": "kj",
}  # fmt: skip
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SOFT_E = re.compile(r"(^|[^\w]|[аеёиоуыэюяъьАЕЁИОУЫЭЮЯЪЬ])([еЕ])")


def romanise(text: str) -> str:
    """Cyrillic written in Latin letters as Norwegian does; everything else is left as it stands.

    The letters of the text tell Ukrainian (і ї є ґ) and Serbian or Macedonian (ј љ њ ћ ђ џ) from Russian.
    """
    if not _CYRILLIC.search(text):
        return text
    low = set(text.lower())
    if low & set("јљњћђџ"):
        table = _SERBIAN
    elif low & set("іїєґ") and "ы" not in low:
        table = _UKRAINIAN
    else:
        table = _RUSSIAN
        text = _SOFT_E.sub(lambda found: found.group(1) + ("Je" if found.group(2) == "Е" else "je"), text)
    made = []
    for place, letter in enumerate(text):
        latin = table.get(letter.lower())
        if latin is None:
            made.append(letter)
        elif letter.isupper():
            shouting = text[place + 1 : place + 2].isupper() or (place > 0 and text[place - 1].isupper())
            made.append(latin.upper() if shouting and len(latin) > 1 else latin[:1].upper() + latin[1:])
        else:
            made.append(latin)
    return "".join(made)
