"""Counting distinct works by facet, exactly, under filters that hold together on one edition.

Columns count documents, one pass over what was found for all facets together. That is exact where nothing is asked of
editions, and always for works of one signature. Mixed works are counted by their ``edition`` tokens (see :mod:`.tokens`)
where each filter accepts one value; where one accepts several, the columns give upper bounds, and values are recounted
from the top until no bound can beat what is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

import tantivy
from tantivy import Query

from allmenning.adapters.search_tantivy import compiling, tokens
from allmenning.adapters.search_tantivy.filtering import Filtering, Vocabulary
from allmenning.adapters.search_tantivy.tokens import ANYWHERE
from allmenning.discovery.ports import WORK_FACETS, SearchRequest

Counts = tuple[tuple[str, int], ...]
#: Facets of who holds.
PLACES = ("library", "branch")

#: More distinct values of one facet than this in one answer are not told apart before the recount.
MOST_VALUES = 20_000


@dataclass
class Counting:
    """One request against one searcher."""

    searcher: tantivy.Searcher
    vocabulary: Vocabulary
    request: SearchRequest
    _columns: dict[object, dict[str, Counter[str]]] = field(default_factory=dict)

    @cached_property
    def text(self) -> Query:
        return compiling.text_query(self.request.query)

    def query(self, lifted: str = "") -> Query:
        """The text and every filter but the lifted one."""
        filtering = self._filtering(lifted)
        return compiling.all_of([*self._base(filtering), *filtering.of_editions()])

    def facet(self, name: str) -> Counts:
        if name in WORK_FACETS:
            return self._of_works(name)
        filtering = self._filtering(name)
        if not filtering.scopes:
            return ()
        if name in PLACES:
            return self._of_holdings(name, filtering)
        if filtering.scopes == (ANYWHERE,) and not filtering.wanted:
            return self._best(self._column(name, filtering, "all"))
        plain = self._column(name, filtering, "unmixed")
        if _single(filtering):
            return self._best(plain + self._mixed(name, filtering, filtering.scopes[0]))
        return self._recounted(
            plain,
            self._column(name, filtering, "mixed"),
            lambda value: self._count(filtering, [filtering.mixed(also={name: (value,)})]),
        )

    def _filtering(self, lifted: str) -> Filtering:
        return Filtering(self.vocabulary, self.request, lifted if self.request.filters.get(lifted) else "")

    def _base(self, filtering: Filtering) -> list[Query]:
        return [self.text, *filtering.of_works()]

    # -- the facets -----------------------------------------------------------------------------------------------

    def _of_works(self, name: str) -> Counts:
        filtering = self._filtering(name)
        of_editions = filtering.of_editions()
        return self._recounted(
            Counter(),
            self._column(name, filtering, "all"),
            lambda value: self._count(filtering, [*of_editions, compiling.any_of(name, [value])]),
        )

    def _of_holdings(self, name: str, filtering: Filtering) -> Counts:
        places = _places(name, filtering)
        if name == "library" and "branch" in filtering.filters:
            return self._recounted(
                Counter(),
                _within(self._column(name, filtering, "all"), places),
                lambda value: self._count(filtering, filtering.of_editions(places[value])),
            )
        if not filtering.wanted:  # held at all is held by an edition that fits: nothing is asked of editions
            return self._best(_within(self._column(name, filtering, "all"), places))
        plain = _within(self._column(name, filtering, "unmixed"), places)
        if name == "branch" and filtering.libraries is not None and _single(filtering):
            (library,) = filtering.libraries
            return self._best(plain + self._mixed(name, filtering, tokens.library_scope(library)))
        return self._recounted(
            plain,
            _within(self._column(name, filtering, "mixed"), places),
            lambda value: self._count(filtering, [filtering.mixed(places[value])]),
        )

    # -- counting -------------------------------------------------------------------------------------------------

    def _column(self, name: str, filtering: Filtering, part: str) -> Counter[str]:
        """Documents by value, of the works found (``all``) or one ``part`` of them.

        All facets that share their filters are counted in one pass. Exact while a segment has fewer values than
        :data:`MOST_VALUES`, else a good guess.
        """
        asked = (part, filtering.lifted)
        if asked not in self._columns or name not in self._columns[asked]:
            names = self._together(name, filtering, part)
            of_editions = {"all": filtering.of_editions, "unmixed": lambda: [filtering.unmixed()]}
            of_editions["mixed"] = lambda: [filtering.mixed()]
            query = compiling.all_of([*self._base(filtering), *of_editions[part]()])
            terms = {n: {"terms": {"field": n, "size": MOST_VALUES, "segment_size": MOST_VALUES}} for n in names}
            answer = self.searcher.aggregate(query, terms)
            counted = {n: Counter({b["key"]: b["doc_count"] for b in answer[n]["buckets"]}) for n in names}
            self._columns.setdefault(asked, {}).update(counted)
        return self._columns[asked][name]

    def _together(self, name: str, filtering: Filtering, part: str) -> list[str]:
        """The facets asked for that want the same column pass: the lifted one alone, or those not filtered."""
        if name in WORK_FACETS or filtering.lifted:
            return [name]
        alike = [each for each in self.request.facets if each not in WORK_FACETS and not self.request.filters.get(each)]
        if filtering.wanted or (part == "all" and filtering.scopes == (ANYWHERE,)):
            return alike
        return [each for each in alike if (each in PLACES) == (name in PLACES)]

    def _mixed(self, name: str, filtering: Filtering, scope: str) -> Counter[str]:
        """Mixed works by value of one facet, in one scope, under filters that accept one value each."""
        start = tokens.beginning(scope, filtering.wanted, name)
        query = compiling.all_of([*self._base(filtering), compiling.any_of("mixed", ["1"])])
        terms = self.searcher.terms_with_prefix("edition", start, filter_query=query)
        return Counter({term[len(start) :]: works for term, works in terms if works})

    def _count(self, filtering: Filtering, parts: list[Query]) -> int:
        query = compiling.all_of([*self._base(filtering), *parts])
        return self.searcher.search(query, limit=1).count or 0  # type: ignore[attr-defined]

    def _best(self, counted: Counter[str]) -> Counts:
        return tuple(sorted(counted.items(), key=_most_first)[: self.request.facet_size])

    def _recounted(self, plain: Counter[str], bounds: Counter[str], count: Callable[[str], int]) -> Counts:
        """The highest of ``plain`` plus what ``count`` finds, which no value's ``bounds`` can fall short of."""
        size = self.request.facet_size
        found: list[tuple[str, int]] = []
        for value, bound in sorted((plain + bounds).items(), key=_most_first):
            if len(found) >= size and (-bound, value) > _most_first(found[size - 1]):
                break
            works = plain[value] + (count(value) if bounds[value] else 0)
            if works:
                found = sorted([*found, (value, works)], key=_most_first)
        return tuple(found[:size])


def _single(filtering: Filtering) -> bool:
    """Everybody or one library, and no more than one accepted value of each facet of editions."""
    one = len(filtering.scopes) == 1 and "branch" not in filtering.filters
    return one and all(len(values) == 1 for values in filtering.wanted.values())


def _places(name: str, filtering: Filtering) -> dict[str, tuple[str, ...]]:
    """Library or branch → the scopes in which it may hold what is asked for."""
    if name == "library" and "branch" not in filtering.filters:
        libraries = filtering.vocabulary.libraries()
        allowed = libraries if filtering.libraries is None else libraries & filtering.libraries
        return {each: (tokens.library_scope(each),) for each in allowed}
    places: dict[str, tuple[str, ...]] = {}
    for library, branch in filtering.branches:
        value = branch if name == "branch" else library
        places[value] = (*places.get(value, ()), tokens.branch_scope(library, branch))
    return places


def _within(counted: Counter[str], allowed: Iterable[str]) -> Counter[str]:
    return Counter({value: counted[value] for value in allowed if value in counted})


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
