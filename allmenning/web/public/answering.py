"""One search as it was typed; where reading it more freely helps, that instead, and the page says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from allmenning.discovery.ports import SearchResult
from allmenning.kernel.text import fold
from allmenning.web.public import format_words, small_words
from allmenning.web.public.asking import Asked
from allmenning.web.public.facets import COUNTED
from allmenning.web.public.format_words import Meant
from allmenning.web.public.shown import Instead, Link


@dataclass(frozen=True, slots=True)
class Answered:
    """``asked`` is what was searched for in the end; ``instead`` tells how that differs from what was typed."""

    asked: Asked
    found: SearchResult
    instead: Instead | None = None


def answer(asked: Asked, search: Callable[[Asked], SearchResult], base: str) -> Answered:
    """What was typed, read so that it helps: a title as it stands, else forms, audiences and languages as filters.

    One search where the words name none of these and anything is found, or when it was asked for to the letter;
    at most five more otherwise. A title is never read as something else: «Film» is one where there is such a work.
    Where nothing has the form that was named, what there is is shown. The page says how it was read.
    """
    found = search(asked)
    if asked.verbatim:
        return Answered(asked, found)
    meant = format_words.meant(asked.text, asked.filters)
    if meant and not (found.total and _is_title(asked, asked.text, found, search)):
        freer = _with(asked, meant)
        result = search(freer)
        if result.total and (not found.total or not meant.text or _is_title(freer, meant.text, result, search)):
            return _read_as(asked, freer, result, meant, base, nothing=not found.total)
    if found.total:
        return Answered(asked, found)
    for freer, understood in _without_small_words(asked, meant):
        result = search(freer)
        if result.total:
            return _read_as(asked, freer, result, understood, base, nothing=True)
    if meant and meant.text:
        anyhow = replace(asked, text=meant.text, page=1)
        result = search(anyhow)
        if result.total:
            said = {"text": _short(meant.text), "kinds": meant.among}
            told = _("No hits for “%(text)s” among %(kinds)s. Here is “%(text)s” in other forms.") % said
            return Answered(anyhow, result, Instead(told, _to_the_letter(asked, base)))
    return Answered(asked, found)


def offer(answered: Answered, base: str) -> Link | None:
    """A filter for a word that names a form, audience or language, instead of the word; unless it was tried already.

    Nor where the word is part of the title that was asked for.
    """
    asked = answered.asked
    if answered.instead or not (answered.found.total or asked.verbatim):
        return None
    meant = format_words.meant(asked.text, asked.filters)
    if meant is None or (meant.text and _named_so(asked.text, answered.found)):
        return None
    return Link(meant.offer, _with(asked, meant).url(base))


def _is_title(asked: Asked, text: str, found: SearchResult, search: Callable[[Asked], SearchResult]) -> bool:
    """Whether a work is called just what was typed. It is the best match; other orders and pages may not show it."""
    if _named_so(text, found):
        return True
    if asked.sort == "relevance" and asked.page == 1:
        return False
    return _named_so(text, search(replace(asked, sort="relevance", page=1)))


def _named_so(text: str, found: SearchResult) -> bool:
    wanted = fold(text)
    shown = (each.get("title") for hit in found.hits for each in (hit.display, hit.edition_display))
    return any(fold(title) == wanted for title in shown if title)


def _without_small_words(asked: Asked, meant: Meant | None) -> Iterator[tuple[Asked, Meant | None]]:
    """Without small words; then also format words as filters."""
    if fewer := small_words.without(asked.text):
        yield replace(asked, text=fewer, page=1), None
        understood = format_words.meant(fewer, asked.filters) if meant else None
        if understood and _with(asked, understood) != _with(asked, meant or understood):
            yield _with(asked, understood), understood


def _read_as(
    asked: Asked, freer: Asked, result: SearchResult, meant: Meant | None, base: str, *, nothing: bool
) -> Answered:
    told = _told(asked.text, freer.text, meant, nothing=nothing)
    return Answered(_there(freer, asked, result), result, Instead(told, _to_the_letter(asked, base)))


def _to_the_letter(asked: Asked, base: str) -> str:
    return replace(asked, verbatim=True).url(base)


def _there(freer: Asked, asked: Asked, result: SearchResult) -> Asked:
    """Of what a word was read as («samisk» is six languages), the values that something has: each is a chip to take away."""
    kept = dict(freer.filters)
    for facet in freer.filters.keys() - asked.filters.keys():
        counted = [value for value, _works in result.facets.get(facet, ())]
        if len(counted) < COUNTED:  # all of them
            kept[facet] = tuple(each for each in kept[facet] if each in counted) or kept[facet]
    return replace(freer, filters=kept)


def _with(asked: Asked, meant: Meant) -> Asked:
    return replace(asked, text=meant.text, filters={**asked.filters, **meant.filters}, page=1, verbatim=False)


def _told(typed: str, text: str, meant: Meant | None, *, nothing: bool) -> str:
    """``nothing``: there were no hits for what was typed, to the letter."""
    said = {"typed": _short(typed), "text": _short(text), "kinds": meant.among if meant else ""}
    if meant is None:
        return _("No hits for “%(typed)s”. Here are hits for “%(text)s”.") % said
    if text and nothing:
        return _("No hits for “%(typed)s”. Here are hits for “%(text)s” among %(kinds)s.") % said
    if text:
        return _("Here are hits for “%(text)s” among %(kinds)s.") % said
    if nothing:
        return _("No hits for “%(typed)s”. Here are %(kinds)s.") % said
    return _("Here are %(kinds)s.") % said


def _short(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:99]}…"
