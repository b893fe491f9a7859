"""What the results page is asked for, to and from its address. Field names are Norwegian words, as the paths are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from allmenning.discovery.ports import Sort
from allmenning.discovery.query import LONGEST_TEXT

PAGE_SIZE = 20
#: Deeper pages cost more and help nobody: narrow down instead.
LAST_PAGE = 50
#: Every filter stands in most links of the page: so many values, and so many letters in all of them, are read.
MOST_FILTERS, LONGEST_FILTER, LONGEST_FILTERS = 40, 200, 2_000

#: Facet → field in the address.
FIELDS = {
    "format": "form",
    "language": "sprak",
    "audience": "malgruppe",
    "decade": "tiar",
    "branch": "avdeling",
    "library": "bibliotek",
    "creator": "person",
    "subject": "emne",
}
#: Order → value in the address.
SORTS: dict[Sort, str] = {
    "relevance": "relevans",
    "added": "nytt",
    "newest": "nyeste",
    "oldest": "eldste",
    "title": "tittel",
    "creator": "forfatter",
}
EVERYWHERE = ("hvor", "alle")
#: «Search for exactly what I typed»: nothing is read more freely.
VERBATIM = ("ordrett", "ja")


@dataclass(frozen=True, slots=True)
class Asked:
    """``filters``: facet → values as they stand in the address."""

    text: str = ""
    everywhere: bool = False
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    verbatim: bool = False

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE_SIZE

    def pairs(self) -> list[tuple[str, str]]:
        """The fields of the address, in a fixed order, without those that say nothing."""
        found = [("q", self.text)] if self.text else []
        found += [EVERYWHERE] if self.everywhere else []
        found += [VERBATIM] if self.verbatim else []
        for facet, name in FIELDS.items():
            found += [(name, value) for value in self.filters.get(facet, ())]
        if self.sort != "relevance":
            found.append(("sorter", SORTS[self.sort]))
        if self.page > 1:
            found.append(("side", str(self.page)))
        return found

    def url(self, base: str) -> str:
        query = urlencode(self.pairs())
        return f"{base}?{query}" if query else base

    def without(self, facet: str, value: str) -> Asked:
        """One filter less, from the first page."""
        rest = tuple(each for each in self.filters.get(facet, ()) if each != value)
        return replace(self, filters={**self.filters, facet: rest}, page=1)

    def also(self, facet: str, value: str) -> Asked:
        """One filter value more, from the first page."""
        return replace(self, filters={**self.filters, facet: (*self.filters.get(facet, ()), value)}, page=1)

    def at_page(self, page: int) -> Asked:
        return replace(self, page=page)


def read(query: QueryDict, *, national: bool = False) -> Asked:
    """Forgiving: what does not fit is left out, as if it had not been asked."""
    sorts = {value: sort for sort, value in SORTS.items()}
    return Asked(
        # What is typed stands in every link of the page: as much as the parser reads, and no more.
        text=" ".join(query.get("q", "")[:LONGEST_TEXT].replace("\x00", " ").split()),
        everywhere=not national and query.get(EVERYWHERE[0]) == EVERYWHERE[1],
        filters=_filters(query),
        sort=sorts.get(query.get("sorter", ""), "relevance"),
        page=_page(query.get("side", "")),
        verbatim=query.get(VERBATIM[0]) == VERBATIM[1],
    )


def _filters(query: QueryDict) -> dict[str, tuple[str, ...]]:
    """Facet → its values, as many as may be kept."""
    found: dict[str, tuple[str, ...]] = {}
    values = letters = 0
    for facet, name in FIELDS.items():
        for value in dict.fromkeys(query.getlist(name)):
            if value and len(value) <= LONGEST_FILTER:
                values, letters = values + 1, letters + len(value)
                if values <= MOST_FILTERS and letters <= LONGEST_FILTERS:
                    found[facet] = (*found.get(facet, ()), value)
    return found


def _page(asked: str) -> int:
    """The page asked for, 1 for anything that is none. Python refuses numbers of thousands of digits, so they end here."""
    number = int(asked[:9]) if asked.isdecimal() else 1
    return min(max(number, 1), LAST_PAGE)


def page_numbers(current: int, last: int) -> list[int | None]:
    """The pages to offer: first, last and those around; None stands for a gap."""
    shown = sorted({1, last, *(page for page in range(current - 1, current + 2) if 1 <= page <= last)})
    numbers: list[int | None] = []
    for before, page in zip([0, *shown], shown, strict=False):
        if page - before == 2:
            numbers.append(page - 1)
        elif page - before > 2:
            numbers.append(None)
        numbers.append(page)
    return numbers
