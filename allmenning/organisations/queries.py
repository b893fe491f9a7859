"""Reads about organisations. Opening hours have their own page: :mod:`allmenning.organisations.opening`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Q

from allmenning.groundwork.periods import valid_on
from allmenning.kernel.text import sort_key
from allmenning.organisations.addresses import LibraryAddress, first_segment, host_without_port
from allmenning.organisations.errors import LibraryNotFound
from allmenning.organisations.models import Branch, Library, Membership, Municipality, Population
from allmenning.organisations.opening import OpenState, open_now, week

# Callers need one door for reads: the address value and opening hours are part of it.
__all__ = [
    "LibraryAddress", "OpenState", "address_of", "all_libraries", "branch_ids_by_code", "branches", "library",
    "library_by_address", "library_by_code", "members", "municipality", "open_now", "populations",
    "reach_of_consortia", "reach_of_counties", "week",
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


def library_by_code(code: str) -> Library:
    """By slug or ISIL, as people write them on a command line. Raises ``LibraryNotFound``."""
    found = Library.objects.filter(Q(slug=code) | Q(isil=code.upper()) & ~Q(isil="")).first()
    if found is None:
        raise LibraryNotFound(code)
    return found


def branches(library_id: int) -> list[Branch]:
    """The library's active branches in its own order."""
    return list(Branch.objects.filter(library_id=library_id, active=True))


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


def _grouped(pairs: Iterable[tuple[K, int]]) -> dict[K, frozenset[int]]:
    groups: dict[K, set[int]] = {}
    for key, library_id in pairs:
        groups.setdefault(key, set()).add(library_id)
    return {key: frozenset(ids) for key, ids in groups.items()}
