"""Words that name a form, an audience or a language («lydbok», «for barn», “in English”), and the filters they mean.

Books do not call themselves audiobooks, so such a word finds little: the results page offers the filter instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from allmenning.kernel.text import fold
from allmenning.web.public import language_words
from allmenning.web.public.typed import Piece, pieces, together


@dataclass(frozen=True, slots=True)
class Kind:
    """``name`` is in the plural, «for children» or «in English»: it stands in a sentence."""

    facet: str
    values: tuple[str, ...]
    name: Promise


KINDS = {
    "audiobook": Kind("format", ("audiobook", "eaudiobook"), pgettext_lazy("among …", "audiobooks")),
    "ebook": Kind("format", ("ebook",), pgettext_lazy("among …", "e-books")),
    "book": Kind("format", ("book",), pgettext_lazy("among …", "books")),
    "large_print": Kind("format", ("large_print",), pgettext_lazy("among …", "books in large print")),
    "braille": Kind("format", ("braille",), pgettext_lazy("among …", "books in braille")),
    "film": Kind("format", ("film", "efilm"), pgettext_lazy("among …", "films")),
    "disc": Kind("format", ("film",), pgettext_lazy("among …", "films on disc")),
    "music": Kind("format", ("music", "emusic"), pgettext_lazy("among …", "music")),
    "score": Kind("format", ("score",), pgettext_lazy("among …", "sheet music")),
    "map": Kind("format", ("map",), pgettext_lazy("among …", "maps")),
    "journal": Kind("format", ("journal", "ejournal"), pgettext_lazy("among …", "journals")),
    "newspaper": Kind("format", ("newspaper",), pgettext_lazy("among …", "newspapers")),
    "game": Kind("format", ("game",), pgettext_lazy("among …", "games")),
    "children": Kind("audience", ("children",), pgettext_lazy("among …", "for children")),
    "young": Kind("audience", ("young",), pgettext_lazy("among …", "for young people")),
    "adult": Kind("audience", ("adult",), pgettext_lazy("among …", "for adults")),
    **{key: Kind("language", values, name) for key, (values, name) in language_words.MEANT.items()},
}

#: Bokmål, nynorsk, English, and Northern Sámi where we are sure of the word.
_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("audiobook",),
        "lydbok, lydboka, lydboken, lydbøker, lydbøkene, e-lydbok, e-lydbøker, nettlydbok, daisy, audiobook, audiobooks,"
        " audio book, audio books, talking book, talking books, jietnagirji, jietnagirjjit",
    ),
    (
        ("ebook",),
        "e-bok, e-boka, e-boken, e-bøker, e-bøkene, ebok, eboka, eboken, ebøker, ebøkene, e-book, e-books, ebook, ebooks,"
        " e-girji, e-girjjit",
    ),
    (("book",), "bok, boka, boken, bøker, bøkene, book, books, girji, girjjit"),
    (
        ("large_print",),
        "storskrift, storskriftbok, storskriftbøker, stor skrift, large print, large type",
    ),
    (("braille",), "punktskrift, blindeskrift, punktskriftbok, punktskriftbøker, braille"),
    (
        ("film",),
        "film, filmen, filmer, filmene, filmar, filmane, spillefilm, spelefilm, films, movie, movies, filbma, filbmat",
    ),
    (("disc",), "dvd, dvd-er, dvder, dvd-film, blu-ray, bluray, dvds"),
    (("music",), "musikk, musikken, cd, cd-er, cd-plate, musikk-cd, lp, lp-plate, vinyl, music, cds, musihkka"),
    (("score",), "noter, notar, notehefte, notehefter, sheet music"),
    (("map",), "kart, kartet, map, maps, kárta, kárttat"),
    (
        ("journal",),
        "tidsskrift, tidsskrifter, tidsskriftet, magasin, magasiner, ukeblad, vekeblad, journal, journals, magazine,"
        " magazines, áigečála",
    ),
    (("newspaper",), "avis, avisa, avisen, aviser, avisene, newspaper, newspapers"),
    (
        ("game",),
        "spill, spillet, spel, spelet, brettspill, brettspel, dataspill, dataspel, tv-spill, tv-spel, playstation,"
        " nintendo, xbox, board game, board games, video game, video games",
    ),
    (
        ("children",),
        "barnebok, barneboka, barneboken, barnebøker, barnebøkene, for barn, til barn, children's book, children's books,"
        " childrens book, childrens books, for children, for kids, mánáidgirji, mánáidgirjjit, mánáide",
    ),
    (
        ("book", "children"),
        "bildebok, bildeboka, bildeboken, bildebøker, bildebøkene, billedbok, billedboka, billedboken, billedbøker,"
        " biletbok, biletboka, biletbøker, pekebok, pekebøker, peikebok, peikebøker, picture book, picture books,"
        " govvagirji, govvagirjjit",
    ),
    (("film", "children"), "barnefilm, barnefilmen, barnefilmer, barnefilmar, children's film, children's films"),
    (
        ("young",),
        "ungdomsbok, ungdomsboka, ungdomsboken, ungdomsbøker, ungdomsbøkene, for ungdom, for unge, young adult,"
        " for young adults, for teens, nuoraidgirji, nuoraidgirjjit, nuoraide",
    ),
    (("adult",), "for voksne, for vaksne, for adults"),
)
_MEANT = {
    **{fold(word): kinds for kinds, words in _WORDS for word in words.split(", ")},
    **{phrase: (key,) for phrase, key in language_words.PHRASES.items()},
}
_LONGEST = max(len(word.split()) for word in _MEANT)
#: «Sult **på** lydbok», “Hunger **in** large print”: goes along with the word.
_BEFORE = frozenset(("pa", "i", "som", "as", "on", "in"))
#: «Bøker **om** hest», «lydbok **av** Hamsun»: the same.
_AFTER = frozenset(("om", "av", "about", "by"))


@dataclass(frozen=True, slots=True)
class Meant:
    """What was typed, read so: the ``text`` that is left, filters for the rest, and how these are called."""

    text: str
    filters: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Promise]  # facet → name

    @property
    def among(self) -> str:
        """«lydbøker på samisk for barn»; «alt for barn»."""
        form = self.names.get("format", pgettext_lazy("among …", "everything"))
        return f"{form} {self._closer}".strip()

    @property
    def _closer(self) -> str:
        return " ".join(str(self.names[facet]) for facet in ("language", "audience") if facet in self.names)

    @property
    def offer(self) -> str:
        """What the link says that shows nothing else."""
        if "format" in self.names:
            return _("Show only %(what)s") % {"what": self.among}
        return _("Show only what is %(what)s") % {"what": self._closer}


def meant(text: str, chosen: Collection[str] = ()) -> Meant | None:
    """Read words of ``text`` that name a form, audience or language as filters, but for facets the reader has ``chosen``."""
    found, kept, form = Meant("", {}, {}), list[Piece](), False
    for run, kinds in _runs(pieces(text)):
        narrowed = _narrowed(found, kinds, chosen)
        if narrowed is None:
            kept += [] if form and run[0].key in _AFTER else run
            form = False
            continue
        found, form = narrowed, _names_a_form(kinds)
        if form and kept and kept[-1].key in _BEFORE:
            kept.pop()
    return replace(found, text=together(kept)) if found.filters else None


def _runs(typed: list[Piece]) -> Iterator[tuple[list[Piece], tuple[str, ...]]]:
    """The pieces in order: those that together name kinds, else one by one with none. The longest name wins."""
    at = 0
    while at < len(typed):
        run, kinds = _named(typed, at)
        language = language_words.ADJECTIVES.get(run[0].key, "")
        if language and not kinds and at + 1 < len(typed):
            following = _named(typed, at + 1)[1]
            kinds = (language,) if _names_a_form(following) else ()
        yield run, kinds
        at += len(run)


def _names_a_form(kinds: tuple[str, ...]) -> bool:
    return any(KINDS[each].facet == "format" for each in kinds)


def _named(typed: list[Piece], at: int) -> tuple[list[Piece], tuple[str, ...]]:
    """The longest name that begins here, and its kinds; else one piece with none."""
    for length in range(min(_LONGEST, len(typed) - at), 0, -1):
        kinds = _MEANT.get(" ".join(each.key for each in typed[at : at + length]), ())
        if kinds:
            return typed[at : at + length], kinds
    return typed[at : at + 1], ()


def _narrowed(found: Meant, kinds: tuple[str, ...], chosen: Collection[str]) -> Meant | None:
    """``found`` and ``kinds`` both; None where they exclude each other or would overrule the reader."""
    if not kinds:
        return None
    filters, names = dict(found.filters), dict(found.names)
    for kind in map(KINDS.__getitem__, kinds):
        values = tuple(each for each in kind.values if each in filters.get(kind.facet, kind.values))
        if kind.facet in chosen or not values:
            return None
        if filters.get(kind.facet) != values:
            filters[kind.facet], names[kind.facet] = values, kind.name
    return Meant("", filters, names)
