"""Names of languages: in the language of the screen, and in their own.

Two lists that must not be mixed: the languages a *screen* can have (:func:`screen_languages`), and the several
thousand a *book* can be in, whose names come from CLDR with the corrections Norwegian libraries need.
"""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from langcodes import Language
from langcodes.tag_parser import LanguageTagError

#: CLDR has no Norwegian name for these, or not the one libraries use. (nb, nn, en)
_OUR_NAMES = {
    "nb": ("bokmål", "bokmål", "Norwegian (bokmål)"),
    "nn": ("nynorsk", "nynorsk", "Norwegian (nynorsk)"),
    "fkv": ("kvensk", "kvensk", "Kven"),
    "se": ("nordsamisk", "nordsamisk", "Northern Sámi"),
    "sma": ("sørsamisk", "sørsamisk", "Southern Sámi"),
    "smj": ("lulesamisk", "lulesamisk", "Lule Sámi"),
    "sms": ("skoltesamisk", "skoltesamisk", "Skolt Sámi"),
    "smn": ("enaresamisk", "enaresamisk", "Inari Sámi"),
    # Said of records that tell no more than this.
    "no": ("norsk (uten målform)", "norsk (utan målform)", "Norwegian (form not stated)"),
    "smi": ("samisk (uspesifisert)", "samisk (uspesifisert)", "Sámi (unspecified)"),
    "rmn": ("romanes", "romanes", "Romani"),
    "rmg": ("romani", "romani", "Traveller Norwegian"),
}
_OWN_NAMES = {
    "nb": "bokmål", "nn": "nynorsk", "se": "davvisámegiella", "sma": "åarjelsaemien gïele", "smj": "julevsámegiella",
    "fkv": "kvääni", "sms": "sääʹmǩiõll", "smn": "anarâškielâ", "sr": "српски",
}  # fmt: skip

#: Languages written from right to left.
_LEFTWARDS = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "yi", "sd", "ug", "dv", "arc", "syr"})

#: Norway's own and its nearest, in the order the language shelf shows them.
SHELF_ORDER = ("se", "sma", "smj", "fkv", "fi", "nn", "en", "ru", "uk", "pl", "ar", "so", "ti", "fa", "lt")


def screen_languages() -> tuple[tuple[str, str], ...]:
    """``(tag, own name)`` of every language the screens are translated to."""
    return tuple((code, name) for code, name in settings.LANGUAGES)


@lru_cache(maxsize=2048)
def _name(tag: str, screen: str) -> str:
    if tag in _OUR_NAMES:
        return _OUR_NAMES[tag][("nb", "nn").index(screen) if screen in ("nb", "nn") else 2]
    try:
        language = Language.get(tag)
    except LanguageTagError:
        return tag
    name = language.display_name(screen if screen in ("nb", "nn", "en") else "nb")
    return tag if name.startswith("Unknown language [") else name


def language_name(tag: str) -> str:
    """«nordsamisk» for ``se``, in the language of the screen; «unknown language» for none."""
    if not tag or tag == "und":
        return gettext("unknown language")
    return _name(tag, (translation.get_language() or "nb").split("-")[0])


@lru_cache(maxsize=512)
def own_name(tag: str) -> str:
    """«davvisámegiella» for ``se``: what its readers look for."""
    if tag in _OWN_NAMES:
        return _OWN_NAMES[tag]
    try:
        return Language.get(tag).autonym()
    except LanguageTagError:
        return tag


def direction(tag: str) -> str:
    """``rtl`` or ``ltr``, for the ``dir`` of a title."""
    return "rtl" if tag.split("-")[0] in _LEFTWARDS else "ltr"
