"""A hit as the page shows it, and why it is one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allmenning.catalogue.queries import formats_of_editions, places_of_editions
from allmenning.discovery.ports import Hit as Found
from allmenning.kernel.text import fold, words
from allmenning.organisations.models import Library
from allmenning.web.formats import ONLINE
from allmenning.web.public import people
from allmenning.web.public.facets import Places
from allmenning.web.public.shown import Card, Hit

#: How many branches a hit names before it counts.
NAMED_BRANCHES = 2
#: In place of a branch, for what a library has but no shelf holds.
OVER_THE_NET = -1


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
    """One query for where they all stand, and one more where some are both on paper and online."""
    standing = places_of_editions({edition for each in found for edition in each.editions})
    online = _online(found, standing, library) if library else frozenset()
    return tuple(_hit(each, text, library, places, screen, _merged(each, standing, online)) for each in found)


def _online(
    found: Sequence[Found], standing: Mapping[int, Mapping[tuple[int, int], int]], library: Library
) -> frozenset[int]:
    """The editions this library has over the net: they stand on no shelf."""
    here = {edition for edition, there in standing.items() if any(owner == library.id for owner, _branch in there)}
    online: set[int] = set()
    mixed: set[int] = set()
    for each in found:
        forms = set(each.display.get("formats", ()))
        if forms & ONLINE:
            (mixed if forms - ONLINE else online).update(here.intersection(each.editions))
    if mixed:
        online |= {edition for edition, formats in formats_of_editions(mixed).items() if formats <= ONLINE}
    return frozenset(online)


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
        at = sorted(branch for owner, branch in standing if owner == library.id and branch != OVER_THE_NET)
        return _at_branches(at, places, screen) if at else _("Digitally from the library"), True
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


def _merged(
    found: Found, standing: Mapping[int, Mapping[tuple[int, int], int]], online: Collection[int]
) -> dict[tuple[int, int], int]:
    merged: dict[tuple[int, int], int] = {}
    for edition in found.editions:
        for (owner, branch), copies in standing.get(edition, {}).items():
            place = owner, OVER_THE_NET if edition in online else branch
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
