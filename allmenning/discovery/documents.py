"""What the catalogue knows of a work becomes one document for the index. Pure but for :func:`build`, which reads."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

from allmenning.catalogue.description import Agent, Description
from allmenning.catalogue.merging import one_person_once
from allmenning.catalogue.queries import EditionFacts, WorkFacts, works_for_index
from allmenning.discovery.ports import EditionDocument, WorkDocument

#: Works read at a time: more would only be held in memory.
PARCEL = 500
#: Part of every digest: raise when this module says the same facts in another way.
VERSION = 5
#: All that the digest tells of. Tuples of plain values are written down at C speed, the classes themselves are not.
_OF_WORK = attrgetter(*(each.name for each in fields(WorkDocument) if each.name not in ("editions", "digest")))
_OF_EDITION = attrgetter(*(each.name for each in fields(EditionDocument)))
#: Roles whose bearer made the work; others helped an edition of it along (translators, narrators, editors).
CREATOR_ROLES = frozenset(
    ("", "aut", "cre", "cmp", "art", "ill", "drt", "fmd", "aui", "dub", "lbt", "lyr", "pht", "prf")
)
#: The title a work goes by here is taken from an edition in the first of these languages that there is.
HOME_LANGUAGES = ("nb", "nn", "no", "se", "smj", "sma", "fkv")
#: Notes are not searched: nearly all say that there is an index or a bibliography.

#: Longest summary on a page of results, and longest text searched, in characters.
SHOWN_TEXT, SEARCHED_TEXT = 280, 3_000


def build(work_ids: Collection[int]) -> Iterator[WorkDocument]:
    """The documents of the works that live, in the order of their ids. Three queries for each :data:`PARCEL` works."""
    ids = sorted(work_ids)
    for start in range(0, len(ids), PARCEL):
        yield from map(document, works_for_index(ids[start : start + PARCEL]))


def document(facts: WorkFacts) -> WorkDocument:
    """One work as the index keeps it; the digest is of all the rest."""
    descriptions = [edition.merged.description for edition in facts.editions]
    leading = _leading(facts.editions)
    people = descriptions[0].agents if len(descriptions) == 1 else one_person_once(d.agents for d in descriptions)
    creators = _names(people, creating=True)
    made = WorkDocument(
        work_id=facts.work_id,
        title=_title(leading),
        titles=_distinct(each for d in descriptions for each in _other_titles(d)),
        creators=creators,
        contributors=tuple(name for name in _names(people, creating=False) if name not in creators),
        subjects=_distinct(s.label for d in descriptions for s in d.subjects if s.kind != "genre"),
        genres=_distinct(s.label for d in descriptions for s in d.subjects if s.kind == "genre"),
        creator_forms=_distinct((*_forms(facts, "agent"), *_other_names(people))),
        subject_forms=_forms(facts, "subject"),
        text=_distinct(t[:SEARCHED_TEXT] for d in descriptions for t in (d.summary, d.contents)),
        dewey=_distinct(number for d in descriptions for number in d.dewey),
        fiction=next((d.fiction for d in descriptions if d.fiction is not None), None),
        added=(facts.first_seen - date(1970, 1, 1)).days,
        editions=tuple(_edition(each) for each in facts.editions),
        display=_work_display(leading, descriptions, creators),
    )
    return _with_digest(made)


def _edition(facts: EditionFacts) -> EditionDocument:
    d = facts.merged.description
    return EditionDocument(
        edition_id=facts.edition_id,
        language=d.languages,
        format=d.format,
        audience=d.audience,
        year=d.year,
        isbns=d.isbns,
        titles=_distinct((_title(d), d.title_original_script)),
        subtitles=_distinct((d.remainder,)),
        publisher=d.publisher,
        series=_distinct(series.title for series in d.series),
        holdings=tuple(sorted({(held.library_id, held.branch_id or 0) for held in facts.holdings})),
        display=_slim(
            title=_title(d),
            subtitle=d.remainder,
            original_script=d.title_original_script,
            responsibility=d.responsibility,
            languages=d.languages,
            format=d.format,
            edition=d.edition,
            publisher=d.publisher,
            year=d.year,
            extent=d.extent,
            isbn=d.isbns[0] if d.isbns else "",
            series=[[series.title, series.number] for series in d.series],
            audience=d.audience,
        ),
    )


def _work_display(leading: Description, descriptions: list[Description], creators: tuple[str, ...]) -> dict[str, Any]:
    years = [d.year for d in descriptions if d.year is not None]
    summary = next((d.summary for d in (leading, *descriptions) if d.summary), "")
    return _slim(
        title=_title(leading),
        subtitle=leading.remainder,
        language=leading.languages[0] if leading.languages else "",
        creators=creators[:3],
        original_title=next((d.original_title for d in descriptions if d.original_title), ""),
        languages=_distinct(tag for d in descriptions for tag in d.languages),
        formats=_distinct(d.format for d in descriptions),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        summary=summary if len(summary) <= SHOWN_TEXT else f"{summary[:SHOWN_TEXT].rsplit(' ', 1)[0]} …",
        editions=len(descriptions),
    )


def _leading(editions: tuple[EditionFacts, ...]) -> Description:
    """The edition whose title the work goes by: in a home language, then most held, then the first that came."""

    def rank(edition: EditionFacts) -> tuple[bool, int, int]:
        tags = edition.merged.description.languages
        return not (tags and tags[0] in HOME_LANGUAGES), -len(edition.holdings), edition.edition_id

    return min(editions, key=rank).merged.description


def _title(d: Description) -> str:
    return " ".join(part for part in (d.title, d.part_number, d.part_name) if part)


def _other_titles(d: Description) -> tuple[str, ...]:
    return (*d.variant_titles, d.uniform_title, d.original_title)


def _names(people: Sequence[Agent], *, creating: bool) -> tuple[str, ...]:
    agents = [agent for agent in people if _creates(agent) == creating]
    agents.sort(key=lambda agent: not agent.main)  # stable: the main entry first, then as they stand
    return _distinct(name for agent in agents for name in (agent.name, agent.original_script))


def _other_names(people: Sequence[Agent]) -> tuple[str, ...]:
    """How else sources write them: searched, not shown."""
    return tuple(form for agent in people if agent.also for form in agent.also.split(";"))


def _forms(facts: WorkFacts, role: str) -> tuple[str, ...]:
    """Everything the authority register calls them, in every language: searched, not shown."""
    return _distinct(form for each in facts.headings if each.role == role for form in each.forms)


def _creates(agent: Agent) -> bool:
    return agent.main or agent.role in CREATOR_ROLES


def _with_digest(made: WorkDocument) -> WorkDocument:
    # Written in marshal's version 2, where equal values are equal bytes: later ones tell shared objects apart.
    written = marshal.dumps((VERSION, _OF_WORK(made), [_OF_EDITION(each) for each in made.editions]), 2)
    object.__setattr__(made, "digest", hashlib.blake2b(written, digest_size=10).hexdigest())
    return made


def _slim(**shown: Any) -> dict[str, Any]:
    """Without what is empty: payloads are kept a million times."""
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in shown.items() if value or value == 0
    }


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
