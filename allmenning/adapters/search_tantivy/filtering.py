"""Filters that hold together on one edition, as queries over the tokens of :mod:`.tokens`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import tantivy
from tantivy import Occur, Query

from allmenning.adapters.search_tantivy import compiling, tokens
from allmenning.adapters.search_tantivy.schema import schema
from allmenning.adapters.search_tantivy.tokens import ANYWHERE, SIGNED, Wanted
from allmenning.discovery.ports import SearchRequest

Filters = Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Vocabulary:
    """What the index holds, as of one commit: asked for once and remembered."""

    searcher: tantivy.Searcher
    _known: list[tuple[str, str]] | None = None

    def branches(self) -> list[tuple[str, str]]:
        """``(library, branch)`` of every branch that holds anything."""
        return [(library, branch) for library, branch in self._holders() if branch]

    def libraries(self) -> set[str]:
        """Every library that holds anything."""
        return {library for library, _ in self._holders()}

    def _holders(self) -> list[tuple[str, str]]:
        if self._known is None:
            terms = (term.partition(".B") for term, _ in self.searcher.terms_with_prefix("scope", "L"))
            self._known = [(library[1:], branch) for library, _, branch in terms]
        return self._known


class Filtering:
    """The filters of one request, one of them lifted perhaps."""

    def __init__(self, vocabulary: Vocabulary, request: SearchRequest, lifted: str = "") -> None:
        self.vocabulary, self.request, self.lifted = vocabulary, request, lifted

    @cached_property
    def filters(self) -> Filters:
        return {name: values for name, values in self.request.filters.items() if values and name != self.lifted}

    @cached_property
    def wanted(self) -> dict[str, tuple[str, ...]]:
        """Accepted values of the facets that an edition's signature has."""
        return {name: self.filters[name] for name in SIGNED if name in self.filters}

    @cached_property
    def libraries(self) -> set[str] | None:
        """The libraries allowed, None for all."""
        chosen = set(self.filters.get("library", ()))
        if self.request.library_id is None:
            return chosen or None
        own = {str(self.request.library_id)}
        return own & chosen if chosen else own

    @cached_property
    def branches(self) -> list[tuple[str, str]]:
        """``(library, branch)`` of the branches chosen and allowed; of all allowed where none is chosen."""
        chosen, libraries = set(self.filters.get("branch", ())), self.libraries
        return [
            (library, branch)
            for library, branch in self.vocabulary.branches()
            if (not chosen or branch in chosen) and (libraries is None or library in libraries)
        ]

    @cached_property
    def scopes(self) -> tuple[str, ...]:
        """Who must hold the edition; none at all where library and branch exclude each other."""
        if "branch" in self.filters:
            return tuple(tokens.branch_scope(*each) for each in self.branches)
        if self.libraries is None:
            return (ANYWHERE,)
        return tuple(tokens.library_scope(each) for each in sorted(self.libraries))

    def of_works(self) -> list[Query]:
        """What is asked of the work itself."""
        return [
            compiling.any_of(name, list(self.filters[name])) for name in ("creator", "subject") if name in self.filters
        ]

    def of_editions(self, scopes: tuple[str, ...] | None = None) -> list[Query]:
        """What is asked of one edition and its holdings, on all works; ``scopes`` asks other holders."""
        scopes, wanted = self.scopes if scopes is None else scopes, self.wanted
        if not wanted:
            return [] if scopes == (ANYWHERE,) else [compiling.any_of("scope", list(scopes))]
        parts = [(Occur.Should, self.unmixed(scopes)), (Occur.Should, self.mixed(scopes))]
        return [Query.const_score_query(Query.boolean_query(parts), 0.0)]

    def unmixed(self, scopes: tuple[str, ...] | None = None) -> Query:
        """What is asked of editions, on works of one signature: columns say it."""
        scopes = self.scopes if scopes is None else scopes
        parts = [compiling.any_of("scope", list(scopes))] if scopes != (ANYWHERE,) else []
        parts += [compiling.any_of(name, list(values)) for name, values in self.wanted.items()]
        several = Query.term_query(schema(), "mixed", "1", index_option="basic")
        return Query.boolean_query(
            [*((Occur.Must, part) for part in parts or [Query.all_query()]), (Occur.MustNot, several)]
        )

    def mixed(self, scopes: tuple[str, ...] | None = None, *, also: Wanted | None = None) -> Query:
        """What is asked of editions, on mixed works; ``also`` asks for more of the same edition."""
        wanted = {**self.wanted, **(also or {})}
        scopes = self.scopes if scopes is None else scopes
        several = compiling.any_of("mixed", ["1"])
        if wanted:
            return compiling.any_of("edition", [each for scope in scopes for each in tokens.fitting(scope, wanted)])
        return (
            several if scopes == (ANYWHERE,) else compiling.all_of([several, compiling.any_of("scope", list(scopes))])
        )
