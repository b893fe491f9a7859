"""One search as it was typed; where that finds nothing, the same more freely, and the page says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from allmenning.discovery.ports import SearchResult
from allmenning.web.public import format_words, small_words
from allmenning.web.public.asking import Asked
from allmenning.web.public.format_words import Meant
from allmenning.web.public.shown import Instead, Link


@dataclass(frozen=True, slots=True)
class Answered:
    """``asked`` is what was searched for in the end; ``instead`` tells how that differs from what was typed."""

    asked: Asked
    found: SearchResult
    instead: Instead | None = None


def answer(asked: Asked, search: Callable[[Asked], SearchResult], base: str) -> Answered:
    """One search when it finds anything, or when it was asked for to the letter; at most three more otherwise."""
    found = search(asked)
    if found.total or asked.verbatim:
        return Answered(asked, found)
    for freer, meant in _freer(asked):
        result = search(freer)
        if result.total:
            to_the_letter = replace(asked, verbatim=True).url(base)
            return Answered(freer, result, Instead(_told(asked.text, freer.text, meant), to_the_letter))
    return Answered(asked, found)


def offer(answered: Answered, base: str) -> Link | None:
    """A filter for a word that names a form or an audience, instead of the word; unless it was tried already."""
    asked = answered.asked
    if answered.instead or not (answered.found.total or asked.verbatim):
        return None
    meant = format_words.meant(asked.text, asked.filters)
    return Link(meant.offer, _with(asked, meant).url(base)) if meant else None


def _freer(asked: Asked) -> Iterator[tuple[Asked, Meant | None]]:
    """Format words as filters, then without small words, then both."""
    meant = format_words.meant(asked.text, asked.filters)
    if meant:
        yield _with(asked, meant), meant
    if fewer := small_words.without(asked.text):
        yield replace(asked, text=fewer, page=1), None
        meant = format_words.meant(fewer, asked.filters) if meant else None
        if meant:
            yield _with(asked, meant), meant


def _with(asked: Asked, meant: Meant) -> Asked:
    return replace(asked, text=meant.text, filters={**asked.filters, **meant.filters}, page=1, verbatim=False)


def _told(typed: str, text: str, meant: Meant | None) -> str:
    said = {"typed": _short(typed), "text": _short(text), "kinds": meant.among if meant else ""}
    if meant is None:
        return _("No hits for “%(typed)s”. Here are hits for “%(text)s”.") % said
    if text:
        return _("No hits for “%(typed)s”. Here are hits for “%(text)s” among %(kinds)s.") % said
    return _("No hits for “%(typed)s”. Here are %(kinds)s.") % said


def _short(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:99]}…"
