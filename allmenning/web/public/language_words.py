"""Words that say in which language something is: «på engelsk», “in English”; before a form «samiske filmer».

A language's name alone («engelsk grammatikk») may be what a book is about, and stays a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.utils.functional import Promise, lazy
from django.utils.translation import pgettext, pgettext_lazy

from allmenning.kernel.text import fold
from allmenning.web.languages import language_name

#: Languages that go by one word, or that catalogues do not tell apart.
_FAMILIES: Mapping[str, tuple[tuple[str, ...], Promise]] = {
    "norsk norske norwegian": (("nb", "nn", "no"), pgettext_lazy("among …", "in Norwegian")),
    "samisk samiske sámi sami saami": (("se", "smj", "sma", "smn", "sms", "smi"), pgettext_lazy("among …", "in Sámi")),
}
#: Language → its words in bokmål, nynorsk and English; for the Sámi languages and Kven also their own.
_WORDS = {
    "nb": "bokmål", "nn": "nynorsk", "se": "nordsamisk nordsamiske davvisámegiella", "smj": "lulesamisk lulesamiske",
    "sma": "sørsamisk sørsamiske", "fkv": "kvensk kvenske kven", "fi": "finsk finske finnish",
    "sv": "svensk svenske swedish", "da": "dansk danske danish", "is": "islandsk islandske icelandic",
    "en": "engelsk engelske english", "de": "tysk tyske german", "fr": "fransk franske french",
    "es": "spansk spanske spanish", "it": "italiensk italienske italian", "pt": "portugisisk portugisiske portuguese",
    "nl": "nederlandsk nederlandske dutch", "pl": "polsk polske polish", "ru": "russisk russiske russian",
    "uk": "ukrainsk ukrainske ukrainian", "lt": "litauisk litauiske lithuanian", "ar": "arabisk arabiske arabic",
    "so": "somali somalisk somaliske", "ti": "tigrinja tigrinya", "fa": "persisk persiske persian farsi",
    "tr": "tyrkisk tyrkiske turkish", "ur": "urdu", "zh": "kinesisk kinesiske chinese", "ja": "japansk japanske japanese",
    "la": "latin",
}  # fmt: skip
_BEFORE = ("på", "in")


def _named(tag: str) -> str:
    return pgettext("among …", "in %(language)s") % {"language": language_name(tag)}


_lazily_named = lazy(_named, str)


def _alone(tag: str) -> tuple[tuple[str, ...], Promise]:
    return (tag,), cast(Promise, _lazily_named(tag))


#: Language code, or the first of a family's → its values in the facet and how it is called in a sentence.
MEANT: dict[str, tuple[tuple[str, ...], Promise]] = {
    **{words.split()[0]: meant for words, meant in _FAMILIES.items()},
    **{tag: _alone(tag) for tag in _WORDS},
}
_ALL = {**{words.split()[0]: words for words in _FAMILIES}, **_WORDS}
#: A language's word, folded → its key in :data:`MEANT`. Only before a word for a form.
ADJECTIVES = {fold(word): key for key, words in _ALL.items() for word in words.split()}
#: «på engelsk», folded → the same.
PHRASES = {fold(f"{before} {word}"): key for key, words in _ALL.items() for word in words.split() for before in _BEFORE}
