"""Pages of a long list: the part shown, and the way to its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest

#: Fields of an address that our pages understand are few and short; more is not repeated to whoever sends it.
MOST_CARRIED, LONGEST_CARRIED = 12, 250

Row = TypeVar("Row", covariant=True)


class Sliced(Protocol[Row]):
    """A list, or a query that is asked for its part only."""

    def __getitem__(self, part: slice, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Part:
    """One page. ``previous`` and ``following`` are addresses, empty at the ends."""

    rows: Sequence[Any]
    number: int
    previous: str
    following: str


def part(request: HttpRequest, rows: Sliced[Any], size: int, name: str = "side") -> Part:
    """The page that the address asks for (``?side=2``). One row more is read to know whether there is a next."""
    number = page_number(request, name)
    found = list(rows[(number - 1) * size : number * size + 1])
    return part_of(request, found[:size], number, more=len(found) > size, name=name)


def part_of(request: HttpRequest, rows: Sequence[Any], number: int, *, more: bool, name: str = "side") -> Part:
    """For lists that are read elsewhere."""
    before = _at(request, name, number - 1) if number > 1 else ""
    return Part(rows, number, before, _at(request, name, number + 1) if more else "")


def page_number(request: HttpRequest, name: str = "side") -> int:
    asked = request.GET.get(name, "")
    # No list is a million pages; isdecimal also takes digits of other scripts, which int() reads.
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


def _at(request: HttpRequest, name: str, number: int) -> str:
    return "?" + urlencode({**carried(request, name), name: number})


def carried(request: HttpRequest, *but: str) -> dict[str, str]:
    """What goes along in a page's own links: its address without ``but``, the word of what was done, and longer texts."""
    return {
        key: str(value)
        for key, value in list(request.GET.items())[:MOST_CARRIED]
        if key not in (*but, "gjort") and len(key) + len(str(value)) <= LONGEST_CARRIED
    }
