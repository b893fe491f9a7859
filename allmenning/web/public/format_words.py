"""Words that name a form or an audience («lydbok», «barnebøker», “large print”), and the filters they mean.

Books do not call themselves audiobooks, so such a word finds little: the results page offers the filter instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from allmenning.kernel.text import fold
from allmenning.web.public.typed import Piece, pieces, together


@dataclass(frozen=True, slots=True)
class Kind:
    """``name`` is in the plural, or «for children»: it stands in a sentence."""

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
_MEANT = {fold(word): kinds for kinds, words in _WORDS for word in words.split(", ")}
_LONGEST = max(len(word.split()) for word in _MEANT)
#: «Sult **på** lydbok», “Hunger **in** large print”: goes along with the word.
_BEFORE = frozenset(("pa", "i", "som", "as", "on", "in"))


@dataclass(frozen=True, slots=True)
class Meant:
    """What was typed, read so: the ``text`` that is left, filters for the rest, and how these are called."""

    text: str
    filters: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Promise]  # facet → name

    @property
    def among(self) -> str:
        """«lydbøker for barn»; «alt for barn»."""
        form = self.names.get("format", pgettext_lazy("among …", "everything"))
        return " ".join(str(each) for each in (form, self.names.get("audience")) if each)

    @property
    def offer(self) -> str:
        """What the link says that shows nothing else."""
        if "format" in self.names:
            return _("Show only %(what)s") % {"what": self.among}
        return _("Show only what is %(what)s") % {"what": self.names["audience"]}


def meant(text: str, chosen: Collection[str] = ()) -> Meant | None:
    """Read the words of ``text`` that name a form or an audience as filters, but for facets ``chosen`` by the reader."""
    found, kept = Meant("", {}, {}), list[Piece]()
    for run, kinds in _runs(pieces(text)):
        narrowed = _narrowed(found, kinds, chosen)
        if narrowed is None:
            kept += run
            continue
        found = narrowed
        if kept and kept[-1].key in _BEFORE and "format" in {KINDS[each].facet for each in kinds}:
            kept.pop()
    return replace(found, text=together(kept)) if found.filters else None


def _runs(typed: list[Piece]) -> Iterator[tuple[list[Piece], tuple[str, ...]]]:
    """The pieces in order: those that together name kinds, else one by one with none. The longest name wins."""
    at = 0
    while at < len(typed):
        for length in range(min(_LONGEST, len(typed) - at), 0, -1):
            run = typed[at : at + length]
            kinds = _MEANT.get(" ".join(each.key for each in run), ())
            if kinds or length == 1:
                break
        yield run, kinds
        at += length


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
