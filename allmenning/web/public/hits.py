"""A hit as the page shows it, and why it is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allmenning.catalogue.queries import places_of_editions
from allmenning.discovery.ports import Hit as Found
from allmenning.kernel.text import fold, words
from allmenning.organisations.models import Library
from allmenning.web.public import people
from allmenning.web.public.facets import Places
from allmenning.web.public.shown import Card, Hit

#: How many branches a hit names before it counts.
NAMED_BRANCHES = 2


def cards(found: Iterable[Found]) -> tuple[Card, ...]:
    return tuple(
        Card(
            url=reverse("work", args=[each.work_id]),
            title=_title(each.display),
            language=each.display.get("language", ""),
            creator=_creators(each.display, 1),
            format=_first(each.display.get("formats", ()), "book"),
            year=each.edition_display.get("year"),
        )
        for each in found
    )


def hits(found: Sequence[Found], text: str, library: Library | None, places: Places, screen: str) -> tuple[Hit, ...]:
    """One query for where they all stand."""
    standing = places_of_editions({edition for each in found for edition in each.editions})
    return tuple(_hit(each, text, library, places, screen, _merged(each, standing)) for each in found)


def _hit(
    found: Found,
    text: str,
    library: Library | None,
    places: Places,
    screen: str,
    standing: Mapping[tuple[int, int], int],
) -> Hit:
    shown = found.display
    why, title, language = why_found(shown, found.edition_display, text)
    where, here = _where(standing, library, places, screen)
    return Hit(
        url=reverse("work", args=[found.work_id]),
        title=_title(shown),
        language=shown.get("language", ""),
        remainder=shown.get("subtitle", ""),
        creator=_creators(shown, 2),
        years=_years(shown.get("first_year"), shown.get("last_year")),
        formats=tuple(shown.get("formats", ()))[:5],
        languages=tuple(shown.get("languages", ()))[:6],
        why=why,
        why_title=title,
        why_language=language,
        where=where,
        here=here,
    )


def why_found(work: Mapping[str, Any], edition: Mapping[str, Any], text: str) -> tuple[str, str, str]:
    """``(words, title, its language)``: told only when what is shown does not already show it."""
    typed = set(words(text))
    seen = set(words(" ".join((_title(work), work.get("subtitle", ""), *work.get("creators", ())))))
    title = _title(edition)
    if not typed or typed <= seen or not title or fold(title) == fold(_title(work)):
        return "", "", ""
    if typed & set(words(title)):
        return _("Found in the edition called"), title, _first(edition.get("languages", ()), "")
    return "", "", ""


def _where(
    standing: Mapping[tuple[int, int], int], library: Library | None, places: Places, screen: str
) -> tuple[str, bool]:
    """In words, and whether that is at this library."""
    libraries = {library_id for library_id, _branch in standing}
    if library is not None and library.id in libraries:
        return _at_branches(sorted(b for owner, b in standing if owner == library.id), places, screen), True
    others = len(libraries)
    if not others:
        return "", False
    if library is not None:
        return ngettext("Not here – %(n)s other library has it", "Not here – %(n)s other libraries have it", others) % {
            "n": others
        }, False
    names = sorted(str(places.libraries[each].name.text(screen)) for each in libraries if each in places.libraries)
    if len(names) <= NAMED_BRANCHES:
        return ", ".join(names), False
    return ngettext("%(n)s library", "%(n)s libraries", others) % {"n": others}, False


def _at_branches(branch_ids: list[int], places: Places, screen: str) -> str:
    known = [places.branches[each] for each in branch_ids if each in places.branches]
    names = [each.name.text(screen) for each in sorted(known, key=lambda each: (each.order, each.id))]
    if not names:
        return _("In the library")
    rest = len(names) - NAMED_BRANCHES
    if rest <= 0:
        return ", ".join(names)
    return ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", rest) % {
        "names": ", ".join(names[:NAMED_BRANCHES]),
        "n": rest,
    }


def _merged(found: Found, standing: Mapping[int, Mapping[tuple[int, int], int]]) -> dict[tuple[int, int], int]:
    merged: dict[tuple[int, int], int] = {}
    for edition in found.editions:
        for place, copies in standing.get(edition, {}).items():
            merged[place] = merged.get(place, 0) + copies
    return merged


def _title(shown: Mapping[str, Any]) -> str:
    return str(shown.get("title", "")) or _("Without title")


def _creators(shown: Mapping[str, Any], number: int) -> str:
    """The first few. A name in another alphabet than the first one's is the same person once more."""
    names = tuple(shown.get("creators", ()))
    alike = [each for each in names if _is_latin(each) == _is_latin(names[0])]
    return ", ".join(people.turned(each) for each in alike[:number])


def _is_latin(name: str) -> bool:
    return all(letter < "\u0370" for letter in name if letter.isalpha())


def _years(first: int | None, last: int | None) -> str:
    if first is None or last is None or first == last:
        return str(first or last or "")
    return f"{first}–{last}"


def _first(values: Sequence[str], otherwise: str) -> str:
    return values[0] if values else otherwise
