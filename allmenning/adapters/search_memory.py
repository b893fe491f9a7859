"""A search index in this process's memory: small, plain and exact. For tests, and as the contract's own reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from allmenning.discovery import analysis, fields, fitting, ranking
from allmenning.discovery.ports import EDITION_FACETS, Hit, SearchRequest, SearchResult, Suggestion, WorkDocument
from allmenning.discovery.query import And, Everything, Isbn, Node, Not, Nothing, Or, Phrase, Word, Years
from allmenning.kernel import text as texts


def open_index(_url: str = "memory://") -> MemoryIndex:
    """``memory://``: always a new, empty index."""
    return MemoryIndex()


@dataclass(slots=True)
class _Work:
    """A document with its words made ready."""

    document: WorkDocument
    exact: dict[str, list[str]] = field(default_factory=dict)
    normal: dict[str, set[str]] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, document: WorkDocument) -> _Work:
        languages = fields.languages(document)
        searched = fields.searched_texts(document)
        return cls(
            document,
            {name: analysis.exact_words(values) for name, values in searched.items()},
            {
                name: set(analysis.normal_words(values, languages)) if ranking.FIELDS[name].normal else set()
                for name, values in searched.items()
            },
            {analysis.title_key(title) for title in fields.all_titles(document)},
        )


class MemoryIndex:
    """See :class:`allmenning.discovery.ports.SearchIndex`."""

    def __init__(self) -> None:
        self._works: dict[int, _Work] = {}

    def search(self, request: SearchRequest) -> SearchResult:
        scores = ((work_id, _score(work, request.query)) for work_id, work in self._works.items())
        scored = {work_id: score for work_id, score in scores if score is not None}
        found = [work_id for work_id in scored if self._fits(work_id, request, lifted="")]
        found.sort(key=lambda work_id: (*_order(self._works[work_id].document, request.sort, scored[work_id]), work_id))
        page = found[request.offset : request.offset + request.limit]
        return SearchResult(
            total=len(found),
            hits=tuple(self._hit(work_id, scored[work_id], request) for work_id in page),
            facets={facet: self._facet(facet, list(scored), request) for facet in request.facets},
        )

    def suggest(self, prefix: str, *, library_id: int | None = None, limit: int = 8) -> tuple[Suggestion, ...]:
        typed = analysis.title_key(prefix)
        counted: Counter[tuple[str, str, str]] = Counter()
        for work in self._works.values():
            held = any(fitting.edition_fits(edition, library_id, {}) for edition in work.document.editions)
            if typed and (library_id is None or held):
                begins = (each for each in fields.suggestables(work.document) if each.key.startswith(typed))
                counted.update({(each.kind, each.text, each.language) for each in begins})
        best = sorted(counted.items(), key=lambda item: (-item[1], item[0][1], item[0]))[:limit]
        return tuple(Suggestion(text, kind, works, language) for (kind, text, language), works in best)  # type: ignore[arg-type]

    def write(self, documents: Iterable[WorkDocument], *, removed: Iterable[int] = ()) -> None:
        for work_id in removed:
            self._works.pop(work_id, None)
        for document in documents:
            self._works[document.work_id] = _Work.of(document)

    def digests(self) -> Iterator[tuple[int, str]]:
        yield from [(work_id, work.document.digest) for work_id, work in self._works.items()]

    def outdated(self) -> bool:
        return False

    def count(self) -> int:
        return len(self._works)

    def rebuild(self) -> MemoryRebuild:
        return MemoryRebuild(self)

    def size_bytes(self) -> int:
        return 0

    def close(self) -> None:
        """Nothing is held: no other process can see this index."""

    def _fits(self, work_id: int, request: SearchRequest, *, lifted: str) -> bool:
        document, library = self._works[work_id].document, request.library_id
        filters = {facet: values for facet, values in request.filters.items() if facet != lifted}
        if not fitting.work_fits(document, filters):
            return False
        asked = library is not None or any(filters.get(facet) for facet in EDITION_FACETS)
        return not asked or any(fitting.edition_fits(edition, library, filters) for edition in document.editions)

    def _facet(self, facet: str, matched: list[int], request: SearchRequest) -> tuple[tuple[str, int], ...]:
        filters = {name: values for name, values in request.filters.items() if name != facet}
        counted: Counter[str] = Counter()
        for work_id in matched:
            if self._fits(work_id, request, lifted=facet):
                counted.update(set(_values(self._works[work_id].document, facet, request.library_id, filters)))
        return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[: request.facet_size])

    def _hit(self, work_id: int, score: float, request: SearchRequest) -> Hit:
        document = self._works[work_id].document
        fit = [e for e in document.editions if fitting.edition_fits(e, request.library_id, request.filters)]
        editions = fitting.best_first(fit, request.query)
        shown = editions[0].display if editions else {}
        return Hit(work_id, score, tuple(edition.edition_id for edition in editions), document.display, shown)


class MemoryRebuild:
    """See :class:`allmenning.discovery.ports.Rebuild`."""

    def __init__(self, index: MemoryIndex) -> None:
        self._index = index
        self._next = MemoryIndex()

    def write(self, documents: Iterable[WorkDocument], *, removed: Iterable[int] = ()) -> None:
        self._next.write(documents, removed=removed)

    def publish(self) -> None:
        self._index._works = self._next._works

    def abandon(self) -> None:
        self._next = MemoryIndex()


def _values(document: WorkDocument, facet: str, library_id: int | None, filters: fitting.Filters) -> Iterator[str]:
    if facet == "creator":
        yield from document.creators
    elif facet == "subject":
        yield from document.subjects
    else:
        for edition in document.editions:
            if not fitting.edition_fits(edition, library_id, filters):
                continue
            if facet in ("library", "branch"):
                holdings = fitting.fitting_holdings(edition, library_id, filters)
                yield from (str(value) for holding in holdings if (value := holding[facet == "branch"]))
            else:
                yield from fields.edition_values(edition, facet)


def _order(document: WorkDocument, sort: str, score: float) -> tuple[object, ...]:
    years = fields.years(document)
    if sort == "added":
        return (-fields.added(document),)
    if sort == "newest":
        return (not years, -years[-1] if years else 0)
    if sort == "oldest":
        return (not years, years[0] if years else 0)
    if sort == "title":
        return (texts.sort_key(document.title),)
    if sort == "creator":
        return (not document.creators, texts.sort_key(document.creators[0]) if document.creators else "")
    return (-score,)


def _score(work: _Work, query: Node) -> float | None:
    """``None`` where the query does not fit; else how well, by the weights of :mod:`ranking`."""
    fit = _fit(work, query)
    if fit is None:
        return None
    words = [part.text for part in (query.parts if isinstance(query, And) else (query,)) if isinstance(part, Word)]
    if " ".join(words) in work.titles:
        return fit + ranking.TITLE_IS_QUERY
    names = set(work.exact["creator"])
    known = any(title in work.titles and names.issuperset(rest) for title, rest in ranking.title_and_rest(words))
    return fit + (ranking.TITLE_AND_CREATOR if known else 0.0)


def _fit(work: _Work, node: Node) -> float | None:
    match node:
        case Everything():
            return 0.0
        case Nothing():
            return None
        case And(parts):
            fits = [_fit(work, part) for part in parts]
            return None if None in fits else sum(fit for fit in fits if fit is not None)
        case Or(parts):
            return max((fit for part in parts if (fit := _fit(work, part)) is not None), default=None)
        case Not(part):
            return 0.0 if _fit(work, part) is None else None
        case Isbn(number):
            return ranking.ISBN if number in fields.isbns(work.document) else None
        case Years():
            return 0.0 if any(fitting.within(edition.year, node) for edition in work.document.editions) else None
        case Phrase(words, name):
            return max((ranking.FIELDS[n].exact for n in _named(name) if _holds(work.exact[n], words)), default=None)
        case Word():
            return _word_fit(work, node)


def _word_fit(work: _Work, word: Word) -> float | None:
    if word.prefix:
        began = (n for n in _named(word.field) if any(each.startswith(word.text) for each in work.exact[n]))
        return max((ranking.FIELDS[name].exact for name in began), default=None)
    forms = analysis.query_forms(word.written or word.text)
    best: float | None = None
    for name in _named(word.field):
        if not set(forms.exact).isdisjoint(work.exact[name]):
            best = max(best or 0.0, ranking.FIELDS[name].exact)
        elif not work.normal[name].isdisjoint(forms.normal):
            best = max(best or 0.0, ranking.FIELDS[name].normal)
    return best


def _named(name: str) -> tuple[str, ...]:
    return (name,) if name else tuple(ranking.FIELDS)


def _holds(words: list[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(words[at : at + len(phrase)]) == phrase for at in range(len(words) - len(phrase) + 1))
