"""Small real records as a library system would write them, and the way into the well for tests."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.utils import timezone
from pymarc import Field, Indicators, Record, Subfield

from allmenning.catalogue import services
from allmenning.catalogue.importing.placing import Places
from allmenning.catalogue.importing.preparing import prepare_all
from allmenning.catalogue.importing.store import Store
from allmenning.catalogue.models import ImportFile, ImportRun, Source, SourceRecord
from allmenning.formats.marc.record import Chunk
from allmenning.kernel.actor import Actor, Grant

CATALOGUER = Actor(None, "Cataloguer", "test", grants=frozenset({Grant("cataloguer", "library", 1)}))
LIBRARIAN = Actor(None, "Librarian", "test", grants=frozenset({Grant("librarian", "library", 1)}))


def book(
    key: str,
    title: str = "Sult",
    *,
    author: str = "Hamsun, Knut",
    year: str = "1890",
    publisher: str = "Philipsen",
    place: str = "København",
    extent: str = "333 s.",
    isbn: str = "",
    language: str = "nob",
    original: str = "",
    part: str = "",
    agency: str = "",
    deleted: bool = False,
    extra: Iterable[tuple[str, str, str]] = (),
) -> bytes:
    """One MARC 21 record in ISO 2709, UTF-8. ``extra``: (tag, subfield code, text)."""
    record = Record(force_utf8=True, leader="00000nam a2200000 i 4500")
    if deleted:
        record.leader = record.leader[:5] + "d" + record.leader[6:]
    record.add_field(Field(tag="001", data=key))
    if agency:
        record.add_field(Field(tag="003", data=agency))
    record.add_field(Field(tag="008", data=f"240101s{year:<4}    no            000 1 {language} d"))
    if isbn:
        record.add_field(_data("020", ("a", isbn)))
    if author:
        record.add_field(_data("100", ("a", author)))
    if original:
        record.add_field(_data("240", ("a", original)))
    record.add_field(_data("245", ("a", title), *([("n", part)] if part else [])))
    record.add_field(_data("260", ("a", place), ("b", publisher), ("c", year)))
    record.add_field(_data("300", ("a", extent)))
    for tag, code, text in extra:
        record.add_field(_data(tag, (code, text)))
    return record.as_marc()


def _data(tag: str, *subfields: tuple[str, str]) -> Field:
    return Field(tag=tag, indicators=Indicators("1", "0"), subfields=[Subfield(*each) for each in subfields])


def isbn(number: int) -> str:
    """A valid ISBN-13 of the Norwegian group (82), one for each ``number`` below 100,000."""
    digits = f"97882{number:07d}"
    weighed = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return f"{digits}{-weighed % 10}"


_digests = itertools.count()


def take(source: str, *records: bytes) -> None:
    """Take records straight into the well, one transaction each, as one new delivery of a source."""
    known = services.ensure_source(name=source)
    run = ImportRun.objects.create(source=known, started=timezone.now())
    file = ImportFile.objects.create(source=known, run=run, name="delivery", digest=str(next(_digests)))
    store = Store(source=known, file_id=file.id, places=Places(known.library_id))
    chunks = [Chunk(position, raw, "iso2709") for position, raw in enumerate(records)]
    for each in prepare_all(chunks):
        store.take([each], now=timezone.now())


def write(folder: Path, name: str, records: Iterable[bytes]) -> Path:
    path = folder / name
    path.write_bytes(b"".join(records))
    return path


def record(source: str, key: str) -> SourceRecord:
    return SourceRecord.objects.get(source__name=source, key=key)


def groups(column: str = "edition_id") -> set[frozenset[str]]:
    """The live records as groups of «source/key»: the catalogue's shape without its numbers."""
    found: dict[int, set[str]] = {}
    for head, source, key in SourceRecord.objects.filter(deleted=False).values_list(column, "source__name", "key"):
        found.setdefault(head, set()).add(f"{source}/{key}")
    return {frozenset(group) for group in found.values()}


def sources() -> Mapping[str, int]:
    return dict(Source.objects.values_list("name", "id"))
