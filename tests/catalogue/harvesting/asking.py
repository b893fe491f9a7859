"""Small records for a repository, and what tests ask of a harvest."""

from __future__ import annotations

from allmenning.catalogue.harvesting import services
from allmenning.catalogue.harvesting.models import Harvest
from allmenning.catalogue.models import Source, SourceRecord
from allmenning.formats.marc.record import Field, Record
from allmenning.formats.marc.writing import marcxml
from tests.catalogue.harvesting.server import Shelf
from tests.people_and_places import SYSTEM


def book(key: str, title: str = "Sult") -> bytes:
    fields = [
        Field("001", key),
        Field("008", "240101s1890    no            000 1 nob d"),
        Field("100", "", "1 ", [("a", "Hamsun, Knut")]),
        Field("245", "", "10", [("a", title)]),
    ]
    return marcxml(Record("00000nam a2200000 i 4500", [each for each in fields if each.tag != "001" or key])).encode()


def harvest(source: Source, **how: object) -> Harvest:
    return services.harvest(actor=SYSTEM, source=source, **how)  # type: ignore[arg-type]


def live(source: Source) -> set[str]:
    return set(SourceRecord.objects.filter(source=source, deleted=False).values_list("key", flat=True))


def fill(shelf: Shelf, count: int) -> None:
    for number in range(count):
        shelf.put(f"oai:base:{number}", book(str(number), f"Bok {number}"))
