"""Reads about organisations. Opening hours have their own page: :mod:`allmenning.organisations.opening`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Q

from allmenning.groundwork.periods import valid_on
from allmenning.kernel.periods import Period
from allmenning.kernel.text import fold, sort_key
from allmenning.organisations.addresses import LibraryAddress, first_segment, host_without_port
from allmenning.organisations.errors import BranchNotFound, LibraryNotFound
from allmenning.organisations.models import (
    Branch,
    ClosedDay,
    Consortium,
    Library,
    Membership,
    Municipality,
    OpeningHours,
    Population,
)
from allmenning.organisations.opening import OpenState, open_now, week

# Callers need one door for reads: the address value and opening hours are part of it.
__all__ = [
    "LibraryAddress", "OpenState", "address_of", "all_branches", "all_libraries", "all_municipalities", "branch",
    "branch_ids_by_code", "branches", "closed_days", "consortia", "consortium_by_slug", "hours_on", "later_hours",
    "libraries", "library", "library_by_address", "library_by_code", "members", "municipalities_called", "municipality",
    "open_now", "populations", "reach_of_consortia", "reach_of_counties", "week",
]  # fmt: skip

K = TypeVar("K")

#: Kinds a county answers for: the municipalities' libraries it advises, its own, and its upper secondary schools.
COUNTY_KINDS = (Library.Kind.MUNICIPAL, Library.Kind.COUNTY, Library.Kind.SCHOOL)


def library_by_address(host: str, path: str) -> tuple[Library, LibraryAddress] | None:
    """The active library a request is for: by its host name, else by the first path segment. One query.

    ``host`` may carry a port. None means the installation's own front, the national door.
    """
    name, segment = host_without_port(host), first_segment(path)
    matching = Q(host=name) & ~Q(host="") | Q(prefix=segment)
    candidates = list(Library.objects.filter(matching, active=True))
    for each in candidates:
        if each.host and each.host == name:
            return each, LibraryAddress(host=name)
    for each in candidates:  # prefixes are unique: at most one
        return each, LibraryAddress(prefix=segment)
    return None


def address_of(library: Library) -> LibraryAddress:
    """The address links should lead to: the host name where the library has one."""
    return LibraryAddress(host=library.host) if library.host else LibraryAddress(prefix=library.prefix)


def all_libraries() -> list[Library]:
    """Every active library with its municipality, by its Norwegian name. One query."""
    found = Library.objects.filter(active=True).select_related("municipality")
    return sorted(found, key=lambda each: sort_key(str(each.name)))


def library(library_id: int) -> Library:
    """Raises ``LibraryNotFound``."""
    try:
        return Library.objects.select_related("municipality").get(id=library_id)
    except Library.DoesNotExist:
        raise LibraryNotFound(library_id) from None


def libraries(library_ids: Iterable[int]) -> list[Library]:
    """These libraries with their municipalities, closed ones too, by Norwegian name. One query."""
    found = Library.objects.filter(id__in=list(library_ids)).select_related("municipality")
    return sorted(found, key=lambda each: sort_key(str(each.name)))


def consortia(consortium_ids: Iterable[int]) -> list[Consortium]:
    """By Norwegian name. One query."""
    return sorted(Consortium.objects.filter(id__in=list(consortium_ids)), key=lambda each: sort_key(str(each.name)))


def consortium_by_slug(slug: str) -> Consortium | None:
    return Consortium.objects.filter(slug=slug).first()


def library_by_code(code: str) -> Library:
    """By slug or ISIL, as people write them on a command line. Raises ``LibraryNotFound``."""
    found = Library.objects.filter(Q(slug=code) | Q(isil=code.upper()) & ~Q(isil="")).first()
    if found is None:
        raise LibraryNotFound(code)
    return found


def branches(library_id: int) -> list[Branch]:
    """The library's active branches in its own order."""
    return list(Branch.objects.filter(library_id=library_id, active=True))


def all_branches(library_id: int) -> list[Branch]:
    """The library's branches in its own order, those it has closed down last."""
    return list(Branch.objects.filter(library_id=library_id).order_by("-active", "order", "id"))


def branch(branch_id: int) -> Branch:
    """With its library. Raises ``BranchNotFound``."""
    found = Branch.objects.filter(id=branch_id).select_related("library").first()
    if found is None:
        raise BranchNotFound(branch_id)
    return found


def hours_on(branch_id: int, day: date) -> list[OpeningHours]:
    """The spans of the week that hold on a day, by weekday and time. One query."""
    return list(OpeningHours.objects.filter(valid_on(day), branch_id=branch_id).order_by("weekday", "opens"))


def later_hours(branch_id: int, day: date) -> list[Period]:
    """Periods after ``day`` for which other hours are set already, such as the summer's, first things first. One query."""
    found = OpeningHours.objects.filter(branch_id=branch_id, starts__gt=day).order_by("starts", "ends")
    return list(dict.fromkeys(each.period for each in found))


def closed_days(branch_id: int, first: date) -> list[ClosedDay]:
    """Days from ``first`` on that the branch stays closed, first things first. One query."""
    return list(ClosedDay.objects.filter(branch_id=branch_id, day__gte=first).order_by("day"))


def branch_ids_by_code(library_id: int) -> dict[str, int]:
    """What the library's own system calls its branches (MARC 852 $b) → branch id, closed-down ones included."""
    coded = Branch.objects.filter(library_id=library_id).exclude(code="")
    return dict(coded.values_list("code", "id"))


def members(consortium_id: int, day: date) -> list[Library]:
    """The libraries of a consortium on a day, by slug."""
    theirs = Q(memberships__consortium_id=consortium_id) & valid_on(day, "memberships__")
    return list(Library.objects.filter(theirs).order_by("slug"))


def reach_of_consortia(consortium_ids: Iterable[int], day: date) -> dict[int, frozenset[int]]:
    """Consortium id → ids of its member libraries on a day. One query."""
    found = Membership.objects.filter(valid_on(day), consortium__in=list(consortium_ids))
    return _grouped(found.values_list("consortium_id", "library_id"))


def reach_of_counties(county_numbers: Iterable[str]) -> dict[str, frozenset[int]]:
    """County number → ids of the libraries it answers for (see ``COUNTY_KINDS``). One query."""
    found = Library.objects.filter(municipality__county_number__in=list(county_numbers), kind__in=COUNTY_KINDS)
    return _grouped(found.values_list("municipality__county_number", "id"))


def populations(day: date) -> dict[str, int]:
    """Municipality number → inhabitants by the latest count on or before ``day``. One query."""
    counted = Population.objects.filter(day__lte=day).order_by("day").values_list("municipality_id", "inhabitants")
    return dict(counted)  # later days overwrite earlier ones


def municipality(number: str) -> Municipality | None:
    return Municipality.objects.filter(number=number).first()


def all_municipalities() -> list[Municipality]:
    """By name, in Norwegian order. One query."""
    return sorted(Municipality.objects.all(), key=lambda each: (sort_key(each.name), each.number))


def municipalities_called(text: str) -> list[Municipality]:
    """By number, or by name in any of its languages however it is cased: two are called Herøy, and two Våler."""
    asked = fold(text)
    return [
        each
        for each in all_municipalities()
        if each.number == text.strip() or asked in {fold(name) for name in (each.name, *each.names.values())}
    ]


def _grouped(pairs: Iterable[tuple[K, int]]) -> dict[K, frozenset[int]]:
    groups: dict[K, set[int]] = {}
    for key, library_id in pairs:
        groups.setdefault(key, set()).add(library_id)
    return {key: frozenset(ids) for key, ids in groups.items()}
