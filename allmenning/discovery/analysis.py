"""How text becomes the tokens that are compared, for documents and for queries, for every adapter.

Two fields stand behind each searched field:

*exact* — folded words in their order (``Bøker om Ørnen`` → ``boker om ornen``), Cyrillic words romanised once more at
the end, so that both scripts find them; phrases and beginnings look here.

*normal* — one normal form per word: the dictionary's lemma where the dictionary knows the word, else the Snowball
stem (``bøker`` → ``bok``; ``bibliotekar`` stays itself, as a stem would not). Lemmas and stems share one set of tokens,
so that a form only one side's dictionary knows can still meet.

Dictionaries for bokmål, nynorsk, Northern Sámi and English (100 MiB, a second to load) are worth their memory in
every web process; those for Finnish (350 MiB) and Russian (120 MiB) are not, so these languages go by stem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

import simplemma
import snowballstemmer

from allmenning.kernel import text as texts

#: BCP 47 language → the simplemma dictionary.
LEMMAS = {"nb": "nb", "no": "nb", "nn": "nn", "se": "se", "en": "en"}
#: BCP 47 language → the Snowball algorithm, for words no dictionary of that language knows.
STEMS = {
    "nb": "norwegian", "no": "norwegian", "nn": "norwegian", "en": "english", "fi": "finnish", "fkv": "finnish",
    "ru": "russian", "sv": "swedish", "da": "danish", "de": "german", "fr": "french", "es": "spanish", "it": "italian",
}  # fmt: skip
#: A query's language is unknown: each of these is tried (and Russian where the letters are Cyrillic).
QUERY_LANGUAGES = ("nb", "nn", "en", "se", "fi")
#: Headings are in the catalogue's language whatever the work's: its dictionary is asked for every document.
CATALOGUE_LANGUAGE = "nb"
#: More languages than this in one document (a dictionary in twelve) add noise, not findings.
MOST_LANGUAGES = 4
#: Characters of the longest text whose words are remembered.
HEADING = 150
#: Words of one set of languages whose forms are remembered.
REMEMBERED = 200_000

_RAW_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_WITHIN_WORDS = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff`´"))
_CYRILLIC = re.compile(r"[\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class Forms:
    """What one query word may look like: ``exact`` and romanised, and its normal forms in every language tried."""

    exact: tuple[str, ...]
    normal: tuple[str, ...]


def raw_words(text: str) -> list[str]:
    """Lower-case words with their own letters: what dictionaries of forms need."""
    return _RAW_WORD.findall(unicodedata.normalize("NFC", text.translate(_WITHIN_WORDS)).lower())


def exact_words(texts_in: Iterable[str]) -> list[str]:
    """Folded words in order; after each text its Cyrillic words romanised."""
    found: list[str] = []
    for text in texts_in:
        found += _words(text)
        if not text.isascii() and _CYRILLIC.search(text):
            found += [word for raw in raw_words(text) if _CYRILLIC.search(raw) for word in _romanised(raw)]
    return found


def aligned(text: str) -> list[tuple[str, str]]:
    """``(folded, written)`` for every folded word; ``written`` is the folded word where letters fold into several."""
    folded, raws = texts.words(text), raw_words(text)
    return list(zip(folded, raws if len(raws) == len(folded) else folded, strict=True))


def normal_words(texts_in: Iterable[str], languages: tuple[str, ...]) -> list[str]:
    """The normal forms of every word in each of the languages (see :func:`document_languages`), in no telling order."""
    return normal_text(texts_in, languages).split()


def normal_text(texts_in: Iterable[str], languages: tuple[str, ...]) -> str:
    """:func:`normal_words`, blanks between them."""
    written = map(_written, texts_in)
    return " ".join(map(_forms(languages).__getitem__, chain.from_iterable(written)))


def document_languages(languages: Iterable[str]) -> tuple[str, ...]:
    """The languages of a document that we know rules for; the catalogue's where there is none."""
    own = dict.fromkeys(language.split("-")[0] for language in languages)
    known = [language for language in own if language in STEMS or language in LEMMAS]
    return tuple(sorted(known[:MOST_LANGUAGES])) or (CATALOGUE_LANGUAGE,)


@lru_cache(maxsize=10_000)
def query_forms(written: str) -> Forms:
    """Every form that counts as the same word as ``written`` (lower case, its own letters)."""
    exact = list(_folded(written))
    languages: tuple[str, ...] = QUERY_LANGUAGES
    if _CYRILLIC.search(written):
        exact += _romanised(written)
        languages = ("ru",)
    normal = [form for language in languages for form in _folded(_lemma(written, language) or _stem(written, language))]
    return Forms(tuple(dict.fromkeys(exact)), tuple(dict.fromkeys(normal or exact)))


def title_key(text: str) -> str:
    """A whole title as one token, to know the item that is exactly what was typed. At most 200 characters."""
    return " ".join(_words(text))[:200]


def _words(text: str) -> Sequence[str]:
    """``texts.words``, remembered where it is short: headings come again in a thousand works, a title four times in one."""
    return _heading(text) if len(text) <= HEADING else texts.words(text)


def _written(text: str) -> Sequence[str]:
    """:func:`raw_words`. Plain ASCII folds to nothing but its lower case, so its folded words are its written ones."""
    if text.isascii():
        return _words(text)
    return _written_heading(text) if len(text) <= HEADING else raw_words(text)


@lru_cache(maxsize=50_000)
def _written_heading(text: str) -> tuple[str, ...]:
    return tuple(raw_words(text))


@lru_cache(maxsize=50_000)
def _heading(text: str) -> tuple[str, ...]:
    return tuple(texts.words(text))


@lru_cache(maxsize=400_000)
def _folded(raw: str) -> tuple[str, ...]:
    return tuple(texts.words(raw))


@lru_cache(maxsize=50_000)
def _romanised(raw: str) -> tuple[str, ...]:
    return tuple(texts.words(texts.romanise(raw)))


class _Forms(dict[str, str]):
    """Word → its normal forms, blanks between them, worked out when first met: an index repeats its words endlessly."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        super().__init__()
        self._languages = languages

    def __missing__(self, raw: str) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        made = self[raw] = " ".join(_normal(raw, self._languages))
        return made


@lru_cache(maxsize=500)
def _forms(languages: tuple[str, ...]) -> _Forms:
    return _Forms(languages)


def _normal(raw: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Distinct folded normal forms: the lemmas of the languages that know the word, else its stems in those languages.

    A number or a very short word is its own.
    """
    if len(raw) < 3 or not raw.isalpha():
        return _folded(raw)
    if _CYRILLIC.search(raw):
        languages = ("ru",)
    lemmas = [lemma for language in (*languages, CATALOGUE_LANGUAGE) if (lemma := _lemma(raw, language))]
    forms = lemmas or [_stem(raw, language) for language in languages]
    return tuple(dict.fromkeys(word for form in forms for word in _folded(form)))


def _lemma(raw: str, language: str) -> str:
    """The dictionary's form, or the empty string where it does not know the word."""
    dictionary = LEMMAS.get(language)
    if dictionary is None or not simplemma.is_known(raw, lang=dictionary):
        return ""
    return simplemma.lemmatize(raw, lang=dictionary).lower()


def _stem(raw: str, language: str) -> str:
    return _stemmer(language)(raw) if language in STEMS and len(raw) > 2 and raw.isalpha() else raw


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    stem: Callable[[str], str] = snowballstemmer.stemmer(STEMS[language]).stemWord
    return stem


def warm_up(languages: Sequence[str] = QUERY_LANGUAGES) -> None:
    """Load the dictionaries before the first patron waits for them."""
    for language in languages:
        _lemma("bøker", language)
        _stem("bøker", language)
