"""Reading the register: one entity with everything, many in brief, where an old id leads, and finding by words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q
from rapidfuzz import fuzz

from allmenning.authorities.identifiers import address_of, parsed
from allmenning.authorities.models import Change, Entity, Entry, Identifier, Name, Relation
from allmenning.authorities.resolving import resolve as resolve
from allmenning.authorities.resolving import successors as successors
from allmenning.authorities.statement import NO_LANGUAGE
from allmenning.kernel.labels import Label, Labels
from allmenning.kernel.text import fold

#: Names looked at when words are searched for.
_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Brief:
    """An entity in a list."""

    id: int
    kind: str
    name: str
    labels: Labels
    dates: str
    deprecated: bool

    def label(self, language: str) -> Label:
        """Its heading for a reader of this language; a name that has no language has the empty tag."""
        if NO_LANGUAGE in self.labels and language not in self.labels:
            return Label("", self.labels[NO_LANGUAGE])
        return self.labels.choose(language)


@dataclass(frozen=True, slots=True)
class Variant:
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Related:
    """``to`` is None when what is pointed at is not in the register; ``label`` is what is known of it."""

    kind: str
    to: Brief | None
    label: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Which register said it, when, and under which key."""

    register: str
    title: str
    key: str
    received: datetime


@dataclass(frozen=True, slots=True)
class Past:
    number: int
    at: datetime
    who: str
    reason: str
    labels: Labels


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything about one entity. ``links`` are ``(scheme, value, address or "")``."""

    brief: Brief
    notes: Labels
    classes: tuple[str, ...]
    variants: tuple[Variant, ...]
    links: tuple[tuple[str, str, str], ...]
    relations: tuple[Related, ...]
    origins: tuple[Origin, ...]
    history: tuple[Past, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """``score`` is 0–100; ``matched`` the form that fitted; ``certain`` when it fitted letter by letter and alone."""

    brief: Brief
    score: float
    matched: str
    certain: bool = False


def brief(entity_ids: Collection[int]) -> dict[int, Brief]:
    """Those of these entities that there are, by id. One query."""
    fields = ("id", "kind", "name", "labels", "dates", "deprecated")
    return {row[0]: Brief(*row) for row in Entity.objects.filter(id__in=list(entity_ids)).values_list(*fields)}


def detail(entity_id: int) -> Detail | None:
    """Six queries."""
    found = Entity.objects.filter(id=entity_id).first()
    if found is None:
        return None
    own = Brief(found.id, found.kind, found.name, found.labels, found.dates, found.deprecated)
    names = Name.objects.filter(entity=found, preferred=False).order_by("language", "key", "text")
    variants = dict.fromkeys(
        Variant(text, _shown(language)) for text, language in names.values_list("text", "language")
    )
    named = Identifier.objects.filter(entity=found).order_by("-own", "name").values_list("name", flat=True)
    origins = Entry.objects.filter(entity=found).order_by("register__rank", "id")
    past = Change.objects.filter(entity=found).order_by("-number")[:50]
    return Detail(
        own,
        found.notes,
        tuple(found.classes),
        tuple(variants),
        tuple((each.scheme, each.value, address_of(each)) for each in map(parsed, named) if each),
        _related(found.id),
        tuple(Origin(*row) for row in origins.values_list("register__name", "register__title", "key", "received")),
        tuple(Past(each.number, each.at, each.actor_name, each.reason, Labels(each.state["labels"])) for each in past),
    )


def _related(entity_id: int) -> tuple[Related, ...]:
    """Its own relations and those of others that point here, told from here."""
    turned = {"broader": "narrower", "narrower": "broader", "related": "related", "replaced_by": "replaces"}
    rows = list(Relation.objects.filter(Q(entity_id=entity_id) | Q(target_id=entity_id)).order_by("id"))
    others = brief({each.target_id or 0 if each.entity_id == entity_id else each.entity_id for each in rows})
    found: dict[tuple[str, object], Related] = {}
    for each in rows:
        here = each.entity_id == entity_id
        kind = each.kind if here else turned[each.kind]
        to = others.get((each.target_id or 0) if here else each.entity_id)
        if to is not None or each.label:
            found.setdefault((kind, to.id if to else each.label), Related(kind, to, to.name if to else each.label))
    return tuple(sorted(found.values(), key=lambda each: (each.kind, fold(each.label))))


def by_identifier(names: Iterable[str]) -> dict[str, list[int]]:
    """Identifier (``scheme:value``) → the entities it names, whose own it is first."""
    found: dict[str, list[int]] = {}
    rows = (
        Identifier.objects.filter(name__in=list(names)).order_by("-own", "entity_id").values_list("name", "entity_id")
    )
    for name, entity_id in rows:
        found.setdefault(name, []).append(entity_id)
    return found


@dataclass(frozen=True, slots=True)
class Keyed:
    """A name row as linking needs it."""

    entity_id: int
    kind: str
    dates: str
    vocabulary: str
    preferred: bool
    established: bool
    deprecated: bool
    text: str


def by_key(keys: Iterable[str]) -> dict[str, list[Keyed]]:
    """Folded name → everything that goes by it. One query."""
    found: dict[str, list[Keyed]] = {}
    rows = (
        Name.objects.filter(key__in=list(keys))
        .order_by("entity_id")
        .values_list(
            "key",
            "entity_id",
            "entity__kind",
            "entity__dates",
            "vocabulary",
            "preferred",
            "established",
            "entity__deprecated",
            "text",
        )
    )
    for row in rows:
        found.setdefault(row[0], []).append(Keyed(*row[1:]))
    return found


def keys_of(entity_ids: Collection[int]) -> tuple[set[str], set[str]]:
    """The folded names, and the identifiers, that lead to these entities."""
    ids = list(entity_ids)
    names = Name.objects.filter(entity_id__in=ids).values_list("key", flat=True)
    return set(names), set(Identifier.objects.filter(entity_id__in=ids).values_list("name", flat=True))


def all_forms(entity_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Every form of these entities' names in every language: what a search should find them by. One query."""
    found: dict[int, dict[str, None]] = {}
    rows = Name.objects.filter(entity_id__in=list(entity_ids)).order_by("-preferred", "language", "text")
    for entity_id, text in rows.values_list("entity_id", "text"):
        found.setdefault(entity_id, {})[text] = None
    return {entity_id: tuple(texts) for entity_id, texts in found.items()}


def any_here() -> bool:
    return Entity.objects.exists()


def find(text: str, *, kinds: Collection[str] = (), limit: int = 10, offset: int = 0) -> list[Candidate]:
    """Entities in use by any of their names, whatever the language: the whole name, its beginning, its words in any order.

    Three queries at most. The best first; equal ones by name.
    """
    key = fold(text)
    if not key:
        return []
    words = " ".join(sorted(key.split()))
    fits = Q(key=key) | Q(words=words) | _beginning(key)
    for word in key.split():
        if len(word) > 3:
            fits |= _beginning(word[:6])
    rows = Name.objects.filter(fits, entity__deprecated=False)
    if kinds:
        rows = rows.filter(entity__kind__in=list(kinds))
    exact = rows.filter(Q(key=key) | Q(words=words)).values_list("entity_id", "text", "key", "words", "preferred")
    loose = rows.order_by("key").values_list("entity_id", "text", "key", "words", "preferred")[:_CANDIDATES]
    best: dict[int, tuple[float, str]] = {}
    for entity_id, form, form_key, form_words, preferred in (*exact[:_CANDIDATES], *loose):
        score = _score(key, words, form_key, form_words, preferred)
        if score > best.get(entity_id, (0.0, ""))[0]:
            best[entity_id] = (score, form)
    return _ranked(best, limit, offset)


def _ranked(best: dict[int, tuple[float, str]], limit: int, offset: int) -> list[Candidate]:
    entities = brief(best)
    ranked = sorted(entities.values(), key=lambda each: (-best[each.id][0], each.name, each.id))
    whole = [each for each in ranked if best[each.id][0] >= 99]
    return [
        Candidate(each, best[each.id][0], best[each.id][1], certain=whole == [each])
        for each in ranked[offset : offset + limit]
    ]


def _score(key: str, words: str, form_key: str, form_words: str, preferred: bool) -> float:
    if key == form_key:
        return 100.0 if preferred else 99.0
    if words == form_words:
        return 99.0
    if form_key.startswith(key):
        return 70.0 + 25.0 * len(key) / len(form_key)
    return round(min(fuzz.ratio(words, form_words), 98.0), 1)


def _beginning(key: str) -> Q:
    """Names that begin so, by the index: SQLite's LIKE does not use one, PostgreSQL's order is not that of code points."""
    if connection.vendor == "sqlite":
        return Q(key__gte=key, key__lt=f"{key}\U0010ffff")
    return Q(key__startswith=key)


def figures() -> dict[str, int]:
    """How many entities in use of each kind there are."""
    from django.db.models import Count

    rows = Entity.objects.filter(deprecated=False).values_list("kind").annotate(Count("id"))
    return dict(rows)


def _shown(language: str) -> str:
    return "" if language == NO_LANGUAGE else language
