"""The demo's facts: real works and their editions as we wrote them down, read from ``facts/``.

A *work* here is one creation whatever its language and form; an *edition* is one publication of it. A film of a novel
is a work of its own, and so is a collection that holds several works (three novels in one volume): both are what
librarians expect to find apart from the novel itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

FACTS = files("allmenning.demo") / "facts"

#: The keys under which persons and groups stand in the tables → MARC relator codes.
ROLES = {
    "by": "aut", "tr": "trl", "ill": "ill", "ed": "edt", "adp": "adp", "nrt": "nrt", "drt": "drt",
    "act": "act", "prf": "prf",
}  # fmt: skip

#: kind of work → what the subtitle of a first edition says, whether it is fiction, and for whom unless told.
KINDS: Mapping[str, tuple[str, bool, str]] = {
    "roman": ("roman", True, "adult"), "krim": ("kriminalroman", True, "adult"),
    "noveller": ("noveller", True, "adult"),
    "bondefortelling": ("", True, "adult"), "dikt": ("dikt", True, "adult"), "skuespill": ("skuespill", True, "adult"),
    "epos": ("", True, "adult"), "saga": ("", False, "adult"), "fantasy": ("", True, "adult"),
    "samling": ("", True, "adult"),
    "eventyr": ("", True, "adult"), "barnebok": ("", True, "children"), "bildebok": ("", True, "children"),
    "ungdomsroman": ("", True, "young"), "tegneserie": ("", True, "young"), "film": ("", True, "adult"),
    "musikk": ("", True, "adult"), "sakprosa": ("", False, "adult"),
}  # fmt: skip

#: Dewey for literature by original language (DDC 5/nor and 23): the form's digit is added for Nordic ones.
_LITERATURE = {
    "nb": "839.82", "nn": "839.82", "sv": "839.7", "da": "839.81", "en": "823", "fr": "843", "ru": "891.7",
    "fi": "894.541",
    "se": "894.57", "smj": "894.57", "sma": "894.57", "fkv": "894.54", "it": "853", "ja": "895.6", "grc": "883",
    "non": "839.6",
}  # fmt: skip
_FORM = {"dikt": "1", "skuespill": "2"}


@dataclass(frozen=True, slots=True)
class Person:
    """A person, or a ``group``. ``born`` and ``died`` are years where known; ``original`` is in its own script."""

    name: str
    born: str = ""
    died: str = ""
    original: str = ""
    other: str = ""
    group: bool = False


@dataclass(frozen=True, slots=True)
class Credit:
    """Someone's part in an edition; ``role`` is a MARC relator code. ``main``: the work is theirs."""

    person: Person
    role: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication. Languages are BCP 47; ``year`` None where we are not sure; ``isbn`` as printed, no hyphens."""

    key: str
    work: str
    title: str
    kind: str
    language: str
    original_language: str
    fiction: bool
    audience: Literal["adult", "young", "children"]
    subtitle: str = ""
    part: str = ""
    parallel: str = ""
    original_title: str = ""
    original_part: str = ""
    languages: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    responsibility: str = ""
    format: str = "book"
    year: int | None = None
    place: str = ""
    publisher: str = ""
    pages: int | None = None
    volumes: int | None = None
    isbn: str = ""
    statement: str = ""
    series: tuple[tuple[str, str], ...] = ()
    note: str = ""
    subjects: tuple[str, ...] = ()
    dewey: str = ""
    summary: str = ""

    def of(self, *roles: str) -> tuple[Credit, ...]:
        return tuple(each for each in self.credits if each.role in roles)

    @property
    def is_original(self) -> bool:
        """In the language it was written in."""
        return self.language == self.original_language


@dataclass(frozen=True, slots=True)
class Work:
    key: str
    title: str
    language: str
    kind: str
    summary: str
    source: str
    checked: date
    editions: tuple[Edition, ...]
    holds: tuple[str, ...] = ()  # keys of the works here that it holds too, being a collection


@dataclass(frozen=True, slots=True)
class Source:
    """What a work was held against: a catalogue's record or a page, named in ``text``."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    works: tuple[Work, ...]
    persons: Mapping[str, Person]
    sources: Mapping[str, Source]
    places: Mapping[str, str] = field(default_factory=dict)
    publisher_variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def editions(self) -> tuple[Edition, ...]:
        return tuple(each for work in self.works for each in work.editions)


@lru_cache(maxsize=1)
def load_facts() -> Facts:
    """Everything in ``facts/``. Raises ``KeyError`` or ``ValueError`` when a table is not well formed."""
    persons = {each.name: each for each in all_persons()}
    houses = tomllib.loads((FACTS / "publishers.toml").read_text(encoding="utf-8"))
    places: dict[str, str] = houses["place"]
    works = tuple(_work(entry, checked, persons, places) for entry, checked in _entries())
    return Facts(
        works=works,
        persons=persons,
        sources={each.code: each for each in _sources()},
        places=places,
        publisher_variants={name: tuple(forms) for name, forms in houses["variants"].items()},
    )


def _entries() -> Iterator[tuple[dict[str, Any], date]]:
    tables = sorted((FACTS / "works").iterdir(), key=lambda each: each.name)
    for table in tables:
        if table.name.endswith(".toml"):
            content = tomllib.loads(table.read_text(encoding="utf-8"))
            for entry in content["work"]:
                yield entry, entry.get("checked", content["checked"])


def all_persons() -> Iterator[Person]:
    for line in (FACTS / "persons.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, born, died, original, other = (line.split("\t") + [""] * 4)[:5]
            group = "group" in line.split("\t")[1:]
            yield Person(name, born, died, original, "" if group else other, group)


def _sources() -> Iterator[Source]:
    content = tomllib.loads((FACTS / "sources.toml").read_text(encoding="utf-8"))
    for code, entry in content.items():
        yield Source(code, entry["text"])


def _work(entry: dict[str, Any], checked: date, persons: Mapping[str, Person], places: Mapping[str, str]) -> Work:
    if entry["kind"] not in KINDS:
        raise ValueError(f"{entry['key']}: «{entry['kind']}» is no kind of work")
    editions = tuple(_edition(entry, each, persons, places) for each in entry["editions"])
    return Work(
        key=entry["key"],
        title=entry["title"],
        language=entry["lang"],
        kind=entry["kind"],
        summary=entry["summary"],
        source=entry["source"],
        checked=checked,
        editions=_with_keys(editions),
        holds=tuple(entry.get("holds", ())),
    )


def _edition(
    entry: dict[str, Any], said: dict[str, Any], persons: Mapping[str, Person], places: Mapping[str, str]
) -> Edition:
    kind = entry["kind"]
    language = said.get("lang", entry["lang"])
    subtitle, fiction, audience = KINDS[kind]
    publisher = said.get("pub", "")
    translated = language != entry["lang"] and entry["lang"] not in ("he", "grc", "ja")
    return Edition(
        key="",
        work=entry["key"],
        title=said.get("title", entry["title"]),
        subtitle=said.get("subtitle", entry.get("subtitle", subtitle if language in ("nb", "nn") else "")),
        part=said.get("part", entry.get("part", "")),
        parallel=entry.get("parallel", "") if language == entry["lang"] else "",
        kind=kind,
        language=language,
        languages=tuple(said.get("languages", entry.get("languages", ()) if language == entry["lang"] else ())),
        original_language=entry.get("original_lang", entry["lang"]),
        original_title=entry["title"] if translated else "",
        original_part=entry.get("part", "") if translated else "",
        fiction=fiction,
        audience=entry.get("audience", audience),
        credits=tuple(_credits(entry, said, persons)),
        responsibility=said.get("responsibility", ""),
        format=said.get("format", {"film": "film", "musikk": "music"}.get(kind, "book")),
        year=said.get("year"),
        place=said.get("place") or _place(publisher, said.get("year"), places),
        publisher=publisher,
        pages=said.get("pages"),
        volumes=said.get("volumes"),
        isbn=said.get("isbn", ""),
        statement=said.get("edition", ""),
        series=_series(entry, said, language),
        note=said.get("note", ""),
        subjects=tuple(entry["subjects"]),
        dewey=entry.get("dewey") or _dewey(entry),
        summary=entry["summary"],
    )


def _credits(entry: dict[str, Any], said: dict[str, Any], persons: Mapping[str, Person]) -> Iterator[Credit]:
    mains = "by" if "by" in entry else "prf"
    for key, role in ROLES.items():
        for name in [*entry.get(key, ()), *said.get(key, ())]:
            yield Credit(persons.get(name, Person(name)), role, main=key == mains)
    if "based_on" in entry:
        yield Credit(persons.get(entry["based_on"], Person(entry["based_on"])), "ant")


def _place(publisher: str, year: int | None, places: Mapping[str, str]) -> str:
    place = places.get(publisher, "")
    # The capital was called Kristiania until the end of 1924.
    return "Kristiania" if place == "Oslo" and year and year < 1925 else place


def _series(entry: dict[str, Any], said: dict[str, Any], language: str) -> tuple[tuple[str, str], ...]:
    own = [(said["series"], "")] if "series" in said else []
    # A series carries its name in the language of the edition; other languages' names we have not written down.
    kept = entry.get("series", ()) if language == entry["lang"] else ()
    return tuple([(each["title"], each.get("number", "")) for each in kept] + own)


def _dewey(entry: dict[str, Any]) -> str:
    if entry["kind"] == "film":
        return "791.4372"
    if entry["kind"] == "musikk":
        return "780"
    number = _LITERATURE[entry.get("original_lang", entry["lang"])]
    digit = _FORM.get(entry["kind"], "3")
    return number + digit if number.startswith(("839", "891")) else number


def _with_keys(editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
    """``sult/en-1967-book``, with the place in the list behind it where two would be called the same."""
    named, used = [], set()
    for number, each in enumerate(editions, start=1):
        key = f"{each.work}/{each.language}-{each.year or 'u'}-{each.format}"
        key = key if key not in used else f"{key}-{number}"
        used.add(key)
        named.append(replace(each, key=key))
    return tuple(named)
