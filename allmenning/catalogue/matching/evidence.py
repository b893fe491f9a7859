"""What matching needs to know of one record: small, folded, and stored beside it.

The order of the fields is the order of the stored list; a new field goes last, and MODEL_VERSION changes with it.
"""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from allmenning.catalogue.describe.carriers import is_online
from allmenning.catalogue.describe.grouped import Grouped, grouped
from allmenning.catalogue.describe.publication import coded_year, year_span, years_written
from allmenning.catalogue.description import Agent, Description
from allmenning.catalogue.matching.measures import editions, height, numbers_in, pages_and_volumes, part_numbers
from allmenning.formats.marc.record import Record
from allmenning.kernel.text import fold, romanise

_OTHER_TITLES = 4
_NAMES = 6
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class _Told(NamedTuple):
    """What is stored, in this order."""

    title: str
    rest: str = ""
    other_titles: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()  # volume and part numbers, outermost first
    part_name: str = ""
    numbers: tuple[int, ...] = ()  # numbers said in title and remainder
    persons: tuple[str, ...] = ()  # «surname,given names», main entry first
    bodies: tuple[str, ...] = ()
    statement: str = ""
    year: int = 0
    years: tuple[int, ...] = ()  # every year coded or written, the edition's own included
    span: tuple[int, ...] = ()  # first and last possible year where the cataloguer did not know («[188-?]»)
    year_kind: str = ""  # 008/06: s, r (reprint), m (several), q (doubtful) …
    publisher: str = ""
    place: str = ""
    country: str = ""
    pages: tuple[int, ...] = ()  # largest first
    volumes: int = 0  # 0 unknown or one, -1 several or unfinished
    height: int = 0  # cm
    edition_number: int = 0
    edition: str = ""
    format: str = "book"
    languages: tuple[str, ...] = ()
    series: tuple[str, ...] = ()  # «title|number»
    isbns: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    main_is_body: bool = False
    subjects: tuple[str, ...] = ()
    online: bool = False  # reached over the net, where the format does not say so (maps, theses, scores)


class Evidence(_Told):
    """One record's evidence. Text is folded and in Latin letters; years are integers, 0 for unknown.

    It is compared with many others: what every comparison needs again is worked out once.
    """

    @cached_property
    def whole(self) -> str:
        """Title, part name and remainder as one string."""
        if self.rest or self.part_name or self.parts:
            return " ".join(part for part in (self.title, *self.parts, self.part_name, self.rest) if part)
        return self.title

    @cached_property
    def words(self) -> list[str]:
        """The words of the whole title, in order."""
        return self.whole.split()

    @cached_property
    def word_set(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        return (self.title, *self.other_titles)

    @cached_property
    def subject_words(self) -> str:
        return " ".join(self.subjects)

    def to_json(self) -> str:
        """A JSON list in field order; trailing defaults are left off."""
        values = list(self)
        while values and not values[-1]:
            values.pop()
        return _ENCODER.encode(values)

    @classmethod
    def from_json(cls, text: str) -> Evidence:
        values: list[Any] = [tuple(each) if type(each) is list else each for each in json.loads(text)]
        return cls(*values)


def plain_once(text: str) -> str:
    """Folded, in Latin letters: of what hardly another record says (titles, statements)."""
    return fold(text) if text.isascii() else fold(romanise(text))


#: The same of names, subjects, places and so on, which come again and again.
plain = lru_cache(maxsize=20_000)(plain_once)


def evidence(description: Description, record: Record) -> Evidence:
    """Pure. ``description`` is ``describe(record)``; the record gives what the description leaves out (year kinds, height)."""
    return evidence_grouped(description, grouped(record))


def evidence_grouped(description: Description, by: Grouped) -> Evidence:
    """:func:`evidence` for who has the fields grouped already."""
    title, rest = plain_once(description.title), plain_once(description.remainder)
    pages, volumes = pages_and_volumes(description.extent)
    number, edition = editions(plain(description.edition))
    people: list[Agent] = []
    bodies: list[Agent] = []
    for each in description.agents:
        (people if each.kind == "person" else bodies).append(each)
    main_is_body = any(each.main for each in bodies)
    if description.format in ("film", "efilm"):  # two films of one play share its author, not the director
        people = [each for each in people if each.role == "drt"] or people
    parts = part_numbers(plain(description.part_number))
    return Evidence(
        title=title,
        rest=rest,
        other_titles=_other_titles(description, title),
        parts=parts,
        part_name=plain(description.part_name),
        numbers=numbers_in(title, rest),
        persons=tuple(dict.fromkeys(map(person, people)))[:_NAMES],
        bodies=tuple(dict.fromkeys([plain(each.name) for each in bodies]))[:_NAMES],
        statement=plain_once(description.responsibility)[:160],
        year=description.year or 0,
        years=_years(by, description.year),
        span=year_span(by),
        year_kind=by.fixed[6].strip(),
        publisher=plain(description.publisher),
        place=plain(description.place),
        country=by.fixed[15:18].strip(),
        pages=pages,
        volumes=volumes,
        height=height(by),
        edition_number=number,
        edition=edition,
        format=description.format,
        languages=description.languages,
        series=tuple([f"{plain(each.title)}|{plain(each.number)}" for each in description.series[:3]]),
        isbns=description.isbns,
        ids=description.other_ids,
        main_is_body=main_is_body,
        subjects=tuple(dict.fromkeys([plain(each.label.partition(" – ")[0]) for each in description.subjects]))[:6],
        online=is_online(by),
    )


def person(agent: Agent) -> str:
    """``Undset, Sigrid`` → ``undset,sigrid``; a name without a comma is all surname."""
    surname, _, given = agent.name.partition(",")
    return f"{plain(surname)},{plain(given)}"


def _other_titles(description: Description, title: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in (description.title_original_script, *description.variant_titles):
        if text:
            found[plain(text)] = None
    found.pop(title, None)
    found.pop("", None)
    return tuple(found)[:_OTHER_TITLES]


def _years(by: Grouped, year: int | None) -> tuple[int, ...]:
    found: dict[int, None] = {year: None} if year else {}
    for coded in (coded_year(by.fixed[7:11]), coded_year(by.fixed[11:15])):
        if coded is not None:
            found[coded] = None
    found.update(dict.fromkeys(years_written(by)))
    return tuple(found)[:5]
