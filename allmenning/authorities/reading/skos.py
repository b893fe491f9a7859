"""From a SKOS concept to a statement (SKOS Reference, W3C 2009; SKOS-XL labels too)."""

from __future__ import annotations

from allmenning.authorities.identifiers import identifier
from allmenning.authorities.reading.refused import Refused
from allmenning.authorities.statement import NO_LANGUAGE, Form, Note, Relation, Statement
from allmenning.formats.rdf import Nodes, Triple
from allmenning.kernel.errors import Invalid
from allmenning.kernel.labels import language_tag

SKOS = "http://www.w3.org/2004/02/skos/core#"
_XL = "http://www.w3.org/2008/05/skos-xl#"
_TERMS = "http://purl.org/dc/terms/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#: The last part of a type's address → kind; a concept without any of these is a topic.
_KINDS = {
    "geographic": "place", "place": "place", "genreform": "genre", "genre": "genre", "temporal": "period",
    "period": "period", "timespan": "period", "person": "person", "organization": "corporate", "corporatebody": "corporate",
    "personalname": "person", "corporatename": "corporate", "conferencename": "meeting", "conference": "meeting",
}  # fmt: skip
_RELATIONS = {
    f"{SKOS}broader": "broader", f"{SKOS}narrower": "narrower", f"{SKOS}related": "related",
    f"{SKOS}broaderTransitive": "broader", f"{_TERMS}isReplacedBy": "replaced_by",
}  # fmt: skip
_LABELS = {"prefLabel": True, "altLabel": False, "hiddenLabel": False}
_NOTES = frozenset(f"{SKOS}{name}" for name in ("definition", "scopeNote", "note"))
_SAME = frozenset((f"{SKOS}exactMatch", "http://www.w3.org/2002/07/owl#sameAs"))
_DEPRECATED = "http://www.w3.org/2002/07/owl#deprecated"


def is_concept(triples: list[Triple]) -> bool:
    """A node that is typed as a concept, or that has a preferred label of SKOS."""
    return any(
        (each.predicate == _TYPE and each.value == f"{SKOS}Concept")
        or each.predicate in (f"{SKOS}prefLabel", f"{_XL}prefLabel")
        for each in triples
    ) and not any(each.predicate == _TYPE and each.value == f"{SKOS}ConceptScheme" for each in triples)


def statement(uri: str, triples: list[Triple], nodes: Nodes) -> Statement:
    """Raises :class:`Refused`."""
    name = identifier(uri)
    if name is None or uri.startswith("_:"):
        raise Refused("no_address", "The concept has no address (URI) of its own, so nothing can point to it.")
    forms = _forms(triples, nodes)
    deprecated = any(each.predicate == _DEPRECATED and each.value.lower() in ("true", "1") for each in triples)
    if not any(each.preferred for each in forms) and not deprecated:
        raise Refused("no_heading", "The concept has no preferred label.")
    own = [str(name)]
    for each in triples:
        if each.predicate == f"{_TERMS}identifier" and (known := identifier(each.value)):
            own.append(str(known))
    return Statement(
        key=uri[:200],
        kind=_kind(triples),
        forms=forms,
        notes=tuple(
            Note(each.value, _tag(each.language)) for each in triples if each.predicate in _NOTES and each.is_text
        ),
        own=tuple(dict.fromkeys(own)),
        also=_targets(triples, _SAME, besides=own),
        relations=tuple(
            Relation(_RELATIONS[each.predicate], str(target))
            for each in triples
            if each.predicate in _RELATIONS and not each.is_text and (target := identifier(each.value))
        ),
        classes=tuple(f"notation:{each.value}"[:100] for each in triples if each.predicate == f"{SKOS}notation"),
        deprecated=deprecated,
    )


def _kind(triples: list[Triple]) -> str:
    types = [each.value.replace("#", "/").rpartition("/")[2].lower() for each in triples if each.predicate == _TYPE]
    return next((_KINDS[each] for each in types if each in _KINDS), "topic")


def _forms(triples: list[Triple], nodes: Nodes) -> tuple[Form, ...]:
    found: list[Form] = []
    taken: set[str] = set()
    for name, preferred in _LABELS.items():
        for text, language in _labels(triples, name, nodes):
            # One preferred label a language (S14); a second one is a variant.
            first = preferred and language not in taken
            taken.update([language] if first else [])
            found.append(Form(" ".join(text.split())[:300], language, first))
    return tuple(dict.fromkeys(each for each in found if each.text))


def _labels(triples: list[Triple], name: str, nodes: Nodes) -> list[tuple[str, str]]:
    plain = [
        (each.value, _tag(each.language)) for each in triples if each.predicate == f"{SKOS}{name}" and each.is_text
    ]
    for each in triples:
        if each.predicate == f"{_XL}{name}":
            plain += [
                (form.value, _tag(form.language))
                for form in nodes.about(each.value)
                if form.predicate == f"{_XL}literalForm" and form.is_text
            ]
    return plain


def _targets(triples: list[Triple], predicates: frozenset[str], besides: list[str]) -> tuple[str, ...]:
    found = (identifier(each.value) for each in triples if each.predicate in predicates)
    return tuple(dict.fromkeys(str(each) for each in found if each and str(each) not in besides))


def _tag(language: str) -> str:
    """A tag that our labels take; the language alone where the rest is more than they know."""
    for tried in (language, language.split("-")[0]):
        try:
            return language_tag(tried)
        except Invalid:
            continue
    return NO_LANGUAGE
