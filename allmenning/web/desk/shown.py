"""Editions and works as lines in a list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allmenning.catalogue.description import Description
from allmenning.catalogue.queries import EditionFacts, WorkFacts


@dataclass(frozen=True, slots=True)
class EditionLine:
    edition_id: int
    title: str
    language: str
    languages: tuple[str, ...]
    publisher: str
    year: int | None
    format: str
    isbn: str
    records: int
    chosen: bool


def edition_line(each: EditionFacts, chosen: Collection[int] = ()) -> EditionLine:
    said = each.merged.description
    return EditionLine(
        each.edition_id,
        full_title(said),
        said.languages[0] if said.languages else "",
        said.languages,
        said.publisher,
        said.year,
        said.format,
        said.isbns[0] if said.isbns else "",
        len(each.record_ids),
        each.edition_id in chosen,
    )


def file_name(path: str) -> str:
    """From the folder on that tells it from its neighbours. One that was kept whole is told by its own name alone."""
    forward = path.replace("\\", "/")
    whole = forward.startswith("/") or forward[1:3] == ":/"
    return forward.rpartition("/")[2] or path if whole else path


def duration(started: datetime, finished: datetime | None) -> str:
    """``48 s``, ``12 min``, ``3 h 5 min``; empty while it goes on. The signs are SI's, the same in every language."""
    if finished is None:
        return ""
    seconds = max(0, round((finished - started).total_seconds()))
    if seconds < 120:
        return f"{seconds} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


@dataclass(frozen=True, slots=True)
class Naming:
    """What a work is called on the desk: the title and creator of its edition that most records describe."""

    title: str
    language: str
    creator: str


def naming(facts: WorkFacts) -> Naming:
    return naming_of(max(facts.editions, key=lambda each: (len(each.record_ids), -each.edition_id)).merged.description)


def naming_of(most: Description) -> Naming:
    creators = [each.name for each in most.agents if each.main] or [each.name for each in most.agents[:1]]
    return Naming(full_title(most), most.languages[0] if most.languages else "", "; ".join(creators))


def full_title(said: Description) -> str:
    """Title with its part; a record without a title is told by its number elsewhere on the page."""
    part = " ".join(filter(None, (said.part_number, said.part_name)))
    return f"{said.title}. {part}" if part and said.title else said.title or part
