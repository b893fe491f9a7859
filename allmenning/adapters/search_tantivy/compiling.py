"""A query tree becomes Tantivy query objects. Its own parser is never used: it would read ``hist*`` as a word."""

from __future__ import annotations

from typing import Any

import tantivy
from tantivy import Occur, Query

from allmenning.adapters.search_tantivy.schema import schema
from allmenning.discovery import analysis, ranking
from allmenning.discovery.query import And, Everything, Isbn, Node, Not, Nothing, Or, Phrase, Word, Years

#: So many terms are looked up one by one; more are faster found by walking the list of all terms.
MOST_TERMS = 64
#: Years a range without an end reaches to.
FIRST_YEAR, LAST_YEAR = -10_000, 10_000


def text_query(node: Node) -> Query:
    """The query as typed, with the bonuses for a known item where it is plain words."""
    compiled = _compile(node)
    words = [part for part in (node.parts if isinstance(node, And) else (node,)) if isinstance(part, Word)]
    bonuses = _known_item([word.text for word in words if not word.prefix and word.field in ("", "title")])
    if not bonuses:
        return compiled
    return Query.boolean_query([(Occur.Must, compiled), *((Occur.Should, bonus) for bonus in bonuses)])


def all_of(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(field: str, values: list[str]) -> Query:
    """A filter: one of the raw tokens; adds nothing to the score."""
    if not values:
        return Query.empty_query()
    if len(values) > MOST_TERMS:
        return Query.const_score_query(Query.term_set_query(schema(), field, values), 0.0)
    terms = [Query.term_query(schema(), field, value, index_option="basic") for value in values]
    either = terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, term) for term in terms])
    return Query.const_score_query(either, 0.0)


def _compile(node: Node) -> Query:
    match node:
        case Everything():
            return Query.const_score_query(Query.all_query(), 0.0)
        case Nothing():
            return Query.empty_query()
        case And(parts):
            wanted: list[Any] = [(Occur.Must, _compile(part)) for part in parts if not isinstance(part, Not)]
            unwanted = [(Occur.MustNot, _compile(part.part)) for part in parts if isinstance(part, Not)]
            return Query.boolean_query((wanted or [(Occur.Must, Query.all_query())]) + unwanted)
        case Or(parts):
            return Query.disjunction_max_query([_compile(part) for part in parts])
        case Not(part):
            return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, _compile(part))])
        case Isbn(number):
            return Query.const_score_query(Query.term_query(schema(), "isbn", number), ranking.ISBN)
        case Years(first, last):
            return _years(first, last)
        case Phrase(words, name):
            return _best([(Query.phrase_query(schema(), f"x_{n}", list(words)), w.exact) for n, w in _named(name)])
        case Word():
            return _word(node)


def _word(word: Word) -> Query:
    if word.prefix:
        # Folded words are letters and digits only, so nothing in them needs escaping.
        return _best(
            [(Query.regex_query(schema(), f"x_{n}", f"{word.text}.*"), w.exact) for n, w in _named(word.field)]
        )
    forms = analysis.query_forms(word.written or word.text)
    choices: list[tuple[Query, float]] = []
    for name, weight in _named(word.field):
        choices += [(tantivy.Query.term_query(schema(), f"x_{name}", form), weight.exact) for form in forms.exact]
        if weight.normal:
            choices += [(Query.term_query(schema(), f"n_{name}", form), weight.normal) for form in forms.normal]
    return _best(choices)


def _best(choices: list[tuple[Query, float]]) -> Query:
    """The best field counts; the others add a little."""
    boosted = [Query.boost_query(query, weight) for query, weight in choices]
    return Query.disjunction_max_query(boosted, tie_breaker=ranking.TIE_BREAKER)


def _known_item(words: list[str]) -> list[Query]:
    if not words:
        return []
    whole = Query.term_query(schema(), "title_key", " ".join(words), index_option="basic")
    bonuses = [Query.const_score_query(whole, ranking.TITLE_IS_QUERY)]
    for title, rest in ranking.title_and_rest(words):
        both = [Query.term_query(schema(), "title_key", title, index_option="basic")]
        both += [Query.term_query(schema(), "x_creator", word) for word in rest]
        bonuses.append(Query.const_score_query(all_of(both), ranking.TITLE_AND_CREATOR))
    if len(words) > 1:
        bonuses.append(Query.boost_query(Query.phrase_query(schema(), "x_title", list(words)), ranking.TITLE_PHRASE))
    return bonuses


def _years(first: int | None, last: int | None) -> Query:
    low, high = FIRST_YEAR if first is None else first, LAST_YEAR if last is None else last
    span = Query.range_query(schema(), "year", tantivy.FieldType.Integer, low, high)
    return Query.const_score_query(span, 0.0)


def _named(name: str) -> list[tuple[str, ranking.Weight]]:
    return [(name, ranking.FIELDS[name])] if name else list(ranking.FIELDS.items())
