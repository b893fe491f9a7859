"""Where a work stands: on this library's shelves, branch by branch, and in other libraries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from allmenning.catalogue.queries import EditionFacts, HoldingFacts, WorkFacts
from allmenning.organisations.models import Branch as BranchRow
from allmenning.organisations.models import Library
from allmenning.web.formats import ONLINE
from allmenning.web.public.editions import copies
from allmenning.web.public.frame import url_at
from allmenning.web.public.shown import Opening
from allmenning.web.public.shown_work import Branch, Copies, Elsewhere

Held = tuple[HoldingFacts, EditionFacts]


def held(work: WorkFacts) -> list[Held]:
    """Every copy with its edition. Where a record lists its items, its bare holding statement is left out."""
    pairs = [(each, edition) for edition in work.editions for each in edition.holdings]
    itemised = {each.record_id for each, _edition in pairs if each.kind == "item"}
    return [(each, edition) for each, edition in pairs if each.kind == "item" or each.record_id not in itemised]


def on_shelves(pairs: Iterable[Held]) -> list[Held]:
    """Without what is reached over the net: a library has it, but nobody finds it in a room."""
    return [(each, edition) for each, edition in pairs if edition.merged.description.format not in ONLINE]


def here(
    pairs: Sequence[Held], library: Library, rows: Sequence[BranchRow], openings: Mapping[str, Opening], screen: str
) -> tuple[Branch, ...]:
    """This library's copies on shelves, in its own order of branches; what no branch is known for comes last."""
    by_branch: dict[int, list[Held]] = {}
    for each, edition in on_shelves(pairs):
        if each.library_id == library.id:
            by_branch.setdefault(each.branch_id or 0, []).append((each, edition))
    shown = [_branch(row, by_branch.pop(row.id), openings, screen) for row in rows if row.id in by_branch]
    for rest in by_branch.values():
        shown.append(Branch(rest[0][0].branch_code or _("In the library"), "", "", _lines(rest)))
    return tuple(shown)


def _branch(row: BranchRow, theirs: Sequence[Held], openings: Mapping[str, Opening], screen: str) -> Branch:
    name = row.name.text(screen)
    return Branch(name, row.address, f"{reverse('about')}#{row.slug}", _lines(theirs), openings.get(name))


def _lines(theirs: Sequence[Held]) -> tuple[Copies, ...]:
    """Equal copies of an edition on one shelf are one line with their number."""
    counted = Counter((edition.edition_id, each.shelf, each.call_number) for each, edition in theirs)
    editions = {edition.edition_id: edition for _held, edition in theirs}
    return tuple(
        _line(editions[edition_id], shelf, call_number, number)
        for (edition_id, shelf, call_number), number in sorted(counted.items(), key=lambda item: (item[0][1:], item[0]))
    )


def _line(edition: EditionFacts, shelf: str, call_number: str, number: int) -> Copies:
    description = edition.merged.description
    return Copies(
        place=shelf,
        shelf="",
        call_number=call_number,
        edition=str(description.year or ""),
        language=description.languages[0] if description.languages else "",
        format=description.format,
        count=number,
    )


def as_of(pairs: Iterable[Held], library: Library) -> datetime | None:
    """How old the oldest of these facts is."""
    return min((each.as_of for each, _edition in pairs if each.library_id == library.id), default=None)


def elsewhere(
    pairs: Sequence[Held], libraries: Mapping[int, Library], library: Library | None, request: HttpRequest, screen: str
) -> tuple[Elsewhere, ...]:
    """Other libraries: those in the same county first, then by name."""
    by_library: dict[int, list[Held]] = {}
    for each, edition in pairs:
        if each.library_id in libraries and (library is None or each.library_id != library.id):
            by_library.setdefault(each.library_id, []).append((each, edition))
    shown = [_elsewhere(libraries[key], theirs, library, request, screen) for key, theirs in by_library.items()]
    order = {each.id: place for place, each in enumerate(libraries.values())}
    places = dict(zip((each.url for each in shown), (order[key] for key in by_library), strict=True))
    return tuple(sorted(shown, key=lambda each: (not each.near, places[each.url])))


def _elsewhere(
    other: Library, theirs: Sequence[Held], library: Library | None, request: HttpRequest, screen: str
) -> Elsewhere:
    descriptions = [edition.merged.description for _held, edition in theirs]
    name = other.name.choose(screen)
    return Elsewhere(
        name=name.text,
        language=name.language,
        url=url_at(other, request.path_info, request),
        copies=copies(each.kind for each, _edition in on_shelves(theirs)),
        formats=tuple(dict.fromkeys(each.format for each in descriptions)),
        languages=tuple(dict.fromkeys(tag for each in descriptions for tag in each.languages[:1])),
        near=library is not None and _county(library) != "" and _county(library) == _county(other),
    )


def _county(library: Library) -> str:
    return library.municipality.county_number if library.municipality else ""
