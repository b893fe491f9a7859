"""Descriptions side by side, field by field, with the words marked that one says and another does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from allmenning.catalogue.description import Agent, Description, Series, Subject
from allmenning.catalogue.merging import Merged
from allmenning.kernel.text import fold
from allmenning.web import formats
from allmenning.web.desk.words import FURTHER, TELLING, Words
from allmenning.web.languages import language_name

#: Fields in the language of the publication, so that they are read aloud right.
_IN_ITS_LANGUAGE = frozenset({"title", "remainder", "part_name", "responsibility"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words; ``marked`` when what they are compared with does not have them."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What one record says in one field: its lines. ``used``: the merged description took it from here."""

    lines: tuple[tuple[Piece, ...], ...]
    language: str
    used: bool


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of the merged description; ``numbers`` are the records it came from, as the page numbers them."""

    label: str
    lines: tuple[str, ...]
    language: str
    numbers: tuple[int, ...]


def beside(records: Sequence[tuple[int, Description]], merged: Merged, *, further: bool = False) -> tuple[Row, ...]:
    """Each record against the merged description: what it says otherwise is marked. Fields nobody fills are left out."""
    words = FURTHER if further else TELLING
    rows = []
    for field, label in words.items():
        said = [texts(each, field) for _id, each in records]
        if any(said):
            used = merged.provenance.get(field, ())
            common = _words(texts(merged.description, field))
            cells = [
                Cell(_lines(lines, common), _language(each, field), record_id in used and bool(lines))
                for (record_id, each), lines in zip(records, said, strict=True)
            ]
            rows.append(Row(str(label), tuple(cells), _differ(said)))
    return tuple(rows)


def against_each_other(descriptions: Sequence[Description]) -> tuple[Row, ...]:
    """Records with equal rights: marked is what one says and another that speaks does not."""
    rows = []
    for field, label in TELLING.items():
        said = [texts(each, field) for each in descriptions]
        if any(said):
            cells = [
                Cell(_lines(lines, _common(said, without=at)), _language(each, field), used=False)
                for at, (each, lines) in enumerate(zip(descriptions, said, strict=True))
            ]
            rows.append(Row(str(label), tuple(cells), _differ(said)))
    return tuple(rows)


def facts(merged: Merged, numbers: dict[int, int]) -> tuple[Fact, ...]:
    """The merged description, each field with the records it was taken from. ``numbers``: record id → its number."""
    everything: Words = {**TELLING, **FURTHER}
    return tuple(
        Fact(
            str(label),
            lines,
            _language(merged.description, field),
            tuple(sorted(numbers[each] for each in merged.provenance.get(field, ()) if each in numbers)),
        )
        for field, label in everything.items()
        if (lines := texts(merged.description, field))
    )


def texts(description: Description, field: str) -> tuple[str, ...]:
    """A field as lines of words; none when it says nothing."""
    value = getattr(description, field)
    if value in ("", (), None):
        return ()
    if field == "format":
        return (formats.format_name(value),)
    if field == "audience":
        return (formats.audience_name(value),)
    if field == "fiction":
        return (_("Fiction") if value else _("Fact"),)
    if field in ("languages", "original_languages"):
        return tuple(language_name(each) for each in value)
    if isinstance(value, tuple):
        return tuple(_one(each) for each in value)
    return (str(value),)


def _one(value: str | Agent | Series | Subject) -> str:
    if isinstance(value, Agent):
        return value.name + (f", {value.dates}" if value.dates else "") + (f" ({value.role})" if value.role else "")
    if isinstance(value, Series):
        return f"{value.title} ; {value.number}" if value.number else value.title
    return value.label if isinstance(value, Subject) else value


def _language(description: Description, field: str) -> str:
    return description.languages[0] if field in _IN_ITS_LANGUAGE and description.languages else ""


def _differ(said: Iterable[tuple[str, ...]]) -> bool:
    """Whether two of them speak and say different things; silence contradicts nothing."""
    return len({fold(" ".join(each)) for each in said if each}) > 1


def _common(said: Sequence[tuple[str, ...]], *, without: int) -> set[str] | None:
    """The words that all others say who say something here; None when none does."""
    others = [_words(lines) for at, lines in enumerate(said) if lines and at != without]
    return set.intersection(*others) if others else None


def _words(lines: Iterable[str]) -> set[str]:
    return {fold(word) for line in lines for word in line.split()}


def _lines(lines: Iterable[str], known: set[str] | None) -> tuple[tuple[Piece, ...], ...]:
    """The lines with the words marked that are not ``known``; nothing to compare with marks nothing."""
    if known is None:
        return tuple((Piece(each, marked=False),) for each in lines)
    return tuple(_pieces(line, known) for line in lines)


def _pieces(line: str, known: set[str]) -> tuple[Piece, ...]:
    """Runs of words that are in ``known`` and runs that are not. Punctuation alone marks nothing."""
    runs = groupby(line.split(), key=lambda word: bool(fold(word)) and fold(word) not in known)
    return tuple(Piece(" ".join(words), marked) for marked, words in runs)
