"""Counting distinct works by facet, exactly, under filters that hold together on one edition.

Without filters on editions, documents are counted: columns for the whole country, ``held`` and ``scope`` tokens for one
library. With such filters, works are counted in two parts. A work of one signature that fits, fits wholly: documents
are counted. Of *mixed* works the profiles are read, one a work (see :mod:`.tokens`).

Where that has no tokens (several libraries or branches chosen at once, or all libraries of the country under
filters), the plain counts are upper bounds: values are recounted from the top until no bound can beat what is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import tantivy
from tantivy import Occur, Query

from allmenning.adapters.search_tantivy import compiling, tokens
from allmenning.adapters.search_tantivy.schema import schema
from allmenning.adapters.search_tantivy.tokens import ANYWHERE, SIGNED
from allmenning.discovery.ports import SearchRequest

Counts = tuple[tuple[str, int], ...]
Filters = Mapping[str, tuple[str, ...]]
#: Position in a signature → accepted values.
Wanted = dict[int, frozenset[str]]

#: More distinct values of one facet than this in one answer are not told apart before the recount.
MOST_VALUES = 20_000
#: Filter combinations remembered until the next commit.
_REMEMBERED = 2_000


@dataclass(slots=True)
class Vocabulary:
    """What the index holds, as of one commit: asked for once and remembered."""

    searcher: tantivy.Searcher
    _signatures: dict[str, list[tuple[str, tokens.Signature]]] = field(default_factory=dict)
    _branches: list[tuple[str, str]] | None = None
    _filters: dict[object, Query] = field(default_factory=dict)

    def held_by(self, scopes: tuple[str, ...], wanted: Wanted) -> Query:
        """The filter: one of these scopes holds an edition whose signature fits."""
        asked = (scopes, tuple(sorted(wanted.items())))
        known = self._filters.get(asked)
        if known is None:
            if len(self._filters) >= _REMEMBERED:
                self._filters.clear()
            known = self._filters[asked] = self._held_by(scopes, wanted)
        return known

    def branches(self) -> list[tuple[str, str]]:
        """``(library, branch)`` of every branch that holds anything."""
        if self._branches is None:
            terms = (term.partition(".B") for term, _ in self.searcher.terms_with_prefix("scope", "L"))
            self._branches = [(library[1:], branch) for library, _, branch in terms if branch]
        return self._branches

    def _held_by(self, scopes: tuple[str, ...], wanted: Wanted) -> Query:
        if not wanted and all(scope.startswith("L") for scope in scopes):
            return compiling.any_of("scope", list(scopes))
        return compiling.any_of("edition", [term for scope in scopes for term in self._fitting(scope, wanted)])

    def _fitting(self, scope: str, wanted: Wanted) -> list[str]:
        known = self._signatures.get(scope)
        if known is None:
            terms = self.searcher.terms_with_prefix("edition", f"{scope}|")
            known = [(term, tokens.signatures(term[len(scope) + 1 :])[0]) for term, _ in terms]
            self._signatures[scope] = known
        return [term for term, signature in known if tokens.fits(signature, wanted)]


@dataclass
class Counting:
    """One request against one searcher."""

    searcher: tantivy.Searcher
    vocabulary: Vocabulary
    request: SearchRequest
    _profiles: dict[object, list[tuple[str, int]]] = field(default_factory=dict)

    @cached_property
    def text(self) -> Query:
        return compiling.text_query(self.request.query)

    def query(self, lifted: str = "") -> Query:
        """The text and every filter but the lifted one."""
        filters = self._filters(lifted)
        return compiling.all_of([self._base(filters), *self._edition_filter(filters)])

    def facet(self, name: str) -> Counts:
        filters = self._filters(name)
        wanted = {position: frozenset(filters[each]) for position, each in enumerate(SIGNED) if each in filters}
        if name in ("creator", "subject"):
            return self._of_works(name)
        if name == "library":
            return self._of_libraries(filters, wanted)
        if name == "branch":
            return self._of_branches(filters, wanted)
        scopes = self._scopes(filters)
        if len(scopes) == 1:
            return _best(self._signed(name, scopes[0], filters, wanted), self.request.facet_size)
        return self._signed_in_several(name, scopes, filters, wanted)

    # -- filters ------------------------------------------------------------------------------------------------

    def _filters(self, lifted: str) -> Filters:
        return {name: values for name, values in self.request.filters.items() if values and name != lifted}

    def _libraries(self, filters: Filters) -> set[str] | None:
        """The libraries allowed, None for all."""
        chosen = set(filters.get("library", ()))
        if self.request.library_id is None:
            return chosen or None
        own = {str(self.request.library_id)}
        return own & chosen if chosen else own

    def _scopes(self, filters: Filters) -> tuple[str, ...]:
        """Who must hold the edition; none at all where library and branch exclude each other."""
        libraries = self._libraries(filters)
        if "branch" in filters:
            return tuple(tokens.branch_scope(branch) for _, branch in self._chosen_branches(filters, libraries))
        if libraries is None:
            return (ANYWHERE,)
        return tuple(tokens.library_scope(each) for each in sorted(libraries))

    def _chosen_branches(self, filters: Filters, libraries: set[str] | None) -> list[tuple[str, str]]:
        chosen = set(filters["branch"])
        return [
            (library, branch)
            for library, branch in self.vocabulary.branches()
            if branch in chosen and (libraries is None or library in libraries)
        ]

    def _edition_filter(self, filters: Filters) -> list[Query]:
        scopes = self._scopes(filters)
        wanted = {position: frozenset(filters[each]) for position, each in enumerate(SIGNED) if each in filters}
        return [] if scopes == (ANYWHERE,) and not wanted else [self.vocabulary.held_by(scopes, wanted)]

    def _base(self, filters: Filters) -> Query:
        """The text and the filters of the work, nothing of editions."""
        return compiling.all_of([self.text, *compiling.work_filters(filters)])

    # -- facets -------------------------------------------------------------------------------------------------

    def _of_works(self, name: str) -> Counts:
        query = self.query(name)
        return self._top(self._column(name, query), lambda value: self._count([query, compiling.any_of(name, [value])]))

    def _signed(self, name: str, scope: str, filters: Filters, wanted: Wanted) -> Counter[str]:
        base = self._base(filters)
        if not wanted:
            return self._plain(name, scope, base)
        counted = self._plain(name, scope, _unmixed([base, self.vocabulary.held_by((scope,), wanted)]))
        position = SIGNED.index(name)
        for profile, works in self._mixed("profile", f"{scope}|", base, filters):
            signatures = tokens.signatures(profile)
            for value in {each for signed in signatures if tokens.fits(signed, wanted) for each in signed[position]}:
                counted[value] += works
        return counted

    def _signed_in_several(self, name: str, scopes: tuple[str, ...], filters: Filters, wanted: Wanted) -> Counts:
        if not scopes:
            return ()
        base, position, held_by = self._base(filters), SIGNED.index(name), self.vocabulary.held_by
        return self._top(
            self._column(name, compiling.all_of([base, held_by(scopes, wanted)])),
            lambda value: self._count([base, held_by(scopes, {**wanted, position: frozenset((value,))})]),
        )

    def _of_branches(self, filters: Filters, wanted: Wanted) -> Counts:
        libraries, base = self._libraries(filters), self._base(filters)
        if libraries is None or len(libraries) != 1:
            allowed = {
                branch for library, branch in self.vocabulary.branches() if libraries is None or library in libraries
            }
            return self._recounted("branch", base, allowed, wanted, lambda value: (tokens.branch_scope(value),))
        (library,) = libraries
        scope = tokens.library_scope(library)
        if not wanted:
            return _best(self._terms("scope", f"{scope}.B", base), self.request.facet_size)
        counted = self._terms("scope", f"{scope}.B", _unmixed([base, self.vocabulary.held_by((scope,), wanted)]))
        for shelved, works in self._mixed("shelved", f"{scope}.B", base, filters):
            branch, _, profile = shelved.partition("|")
            if any(tokens.fits(signature, wanted) for signature in tokens.signatures(profile)):
                counted[branch] += works
        return _best(counted, self.request.facet_size)

    def _of_libraries(self, filters: Filters, wanted: Wanted) -> Counts:
        allowed, base = self._libraries(filters), self._base(filters)
        if "branch" not in filters:
            return self._recounted("library", base, allowed, wanted, lambda value: (tokens.library_scope(value),))
        places: dict[str, tuple[str, ...]] = {}
        for library, branch in self._chosen_branches(filters, allowed):
            places[library] = (*places.get(library, ()), tokens.branch_scope(branch))
        return self._top(
            self._within(self._column("library", base), set(places)),
            lambda value: self._count([base, self.vocabulary.held_by(places[value], wanted)]),
        )

    def _recounted(
        self, name: str, base: Query, allowed: set[str] | None, wanted: Wanted, scopes: Callable[[str], tuple[str, ...]]
    ) -> Counts:
        """Holdings anywhere: plain counts, and under filters the best of them counted anew."""
        if not wanted:
            return _best(self._within(self._column(name, base), allowed), self.request.facet_size)
        bounds = self._within(
            self._column(name, compiling.all_of([base, self.vocabulary.held_by((ANYWHERE,), wanted)])), allowed
        )
        return self._top(bounds, lambda value: self._count([base, self.vocabulary.held_by(scopes(value), wanted)]))

    # -- counting -----------------------------------------------------------------------------------------------

    def _plain(self, name: str, scope: str, query: Query) -> Counter[str]:
        return self._column(name, query) if scope == ANYWHERE else self._terms("held", f"{scope}|{name}|", query)

    def _column(self, name: str, query: Query) -> Counter[str]:
        """Documents by value. Exact while a segment has fewer values than ``MOST_VALUES``, else a good guess."""
        asked = {"v": {"terms": {"field": name, "size": MOST_VALUES, "segment_size": MOST_VALUES}}}
        buckets = self.searcher.aggregate(query, asked)["v"]["buckets"]
        return Counter({each["key"]: each["doc_count"] for each in buckets})

    def _terms(self, name: str, start: str, query: Query) -> Counter[str]:
        terms = self.searcher.terms_with_prefix(name, start, filter_query=query)
        return Counter({term[len(start) :]: works for term, works in terms if works})

    def _mixed(self, name: str, start: str, base: Query, filters: Filters) -> Iterable[tuple[str, int]]:
        """The profiles of the mixed works, asked for once whichever facets want them."""
        asked = (name, start, filters.get("creator"), filters.get("subject"))
        if asked not in self._profiles:
            mixed = compiling.all_of([base, compiling.any_of("mixed", ["1"])])
            self._profiles[asked] = list(self._terms(name, start, mixed).items())
        return self._profiles[asked]

    def _count(self, parts: list[Query]) -> int:
        return self.searcher.search(compiling.all_of(parts), limit=1).count or 0

    def _within(self, counted: Counter[str], allowed: set[str] | None) -> Counter[str]:
        return counted if allowed is None else Counter({value: n for value, n in counted.items() if value in allowed})

    def _top(self, bounds: Counter[str], count: Callable[[str], int]) -> Counts:
        """The values with the highest counts, given what no count can exceed."""
        size = self.request.facet_size
        found: list[tuple[str, int]] = []
        for value, bound in sorted(bounds.items(), key=_most_first):
            if len(found) >= size and (-bound, value) > _most_first(found[size - 1]):
                break
            works = count(value)
            if works:
                found = sorted([*found, (value, works)], key=_most_first)
        return tuple(found[:size])


def _unmixed(parts: list[Query]) -> Query:
    mixed = Query.term_query(schema(), "mixed", "1", index_option="basic")
    return Query.boolean_query([*((Occur.Must, part) for part in parts), (Occur.MustNot, mixed)])


def _best(counted: Counter[str], size: int) -> Counts:
    return tuple(sorted(counted.items(), key=_most_first)[:size])


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
