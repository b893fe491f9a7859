"""A small country to look at: three libraries, their hours, and books that stand in them. Real titles, real places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from pymarc import Field, Indicators, Record, Subfield

from allmenning.catalogue import queries as catalogue
from allmenning.catalogue import services
from allmenning.discovery.documents import build
from allmenning.discovery.queries import index
from allmenning.kernel.labels import Labels
from allmenning.kernel.periods import Period
from allmenning.organisations import services as organisations
from allmenning.organisations.models import Library
from allmenning.organisations.services.branches import HoursSpan
from tests import people_and_places as known
from tests.catalogue.records import take

Fields = Iterable[tuple[str, str, tuple[tuple[str, str], ...]]]


@dataclass(frozen=True, slots=True)
class Country:
    oslo: Library
    alta: Library
    kautokeino: Library

    def work(self, title: str) -> int:
        """The number of the work whose page has this title."""
        return next(each.work_id for each in build(_all_works()) if each.title == title)


def country() -> Country:
    """Deichman has two branches with hours, Alta one without, Kautokeino one and a Sámi name."""
    oslo = known.oslo(colour="#7a1f2b", email="post@deichman.example.no", phone="23 43 29 00")
    organisations.change_library(
        actor=known.SYSTEM,
        library_id=oslo.id,
        about=Labels(nb="Deichman er folkebiblioteket i Oslo. Alle er velkomne."),
    )
    main = organisations.add_branch(
        actor=known.SYSTEM, library_id=oslo.id, slug="bjorvika", name=Labels(nb="Deichman Bjørvika"), code="hbar",
        address="Anne-Cath. Vestlys plass 1", postal_code="0150", city="Oslo", order=1,
    )  # fmt: skip
    organisations.add_branch(
        actor=known.SYSTEM, library_id=oslo.id, slug="grunerlokka", name=Labels(nb="Deichman Grünerløkka"),
        code="fgry", order=2,
    )  # fmt: skip
    spans = [HoursSpan(day, time(10), time(19)) for day in range(5)] + [HoursSpan(5, time(10), time(16))]
    organisations.set_opening_hours(actor=known.SYSTEM, branch_id=main.id, period=Period(date(2020, 1, 1)), spans=spans)
    alta = known.alta(colour="#005f73")
    known.branch(alta, code="alta")
    kautokeino = known.kautokeino(colour="#f2c100", default_language="nn")
    known.branch(kautokeino, code="kaut")
    return Country(oslo, alta, kautokeino)


def stock(them: Country) -> None:
    """Each library delivers its records; the index is filled from what became of them."""
    for library in (them.oslo, them.alta, them.kautokeino):
        services.ensure_source(name=library.slug, title=str(library.name), library_id=library.id)
    take("oslo", *OSLO)
    take("alta", *ALTA)
    take("kautokeino", *KAUTOKEINO)
    fill_index()


def fill_index() -> None:
    index().write(build(_all_works()))


def _all_works() -> list[int]:
    return [work_id for parcel in catalogue.all_work_ids() for work_id in parcel]


def record(
    key: str,
    title: str,
    *,
    author: str = "Hamsun, Knut",
    year: str = "1890",
    publisher: str = "Gyldendal",
    place: str = "København",
    language: str = "nob",
    isbn: str = "",
    original: str = "",
    also: Fields = (),
    standing: Iterable[tuple[str, str, str]] = (),
) -> bytes:
    """One MARC 21 record; ``standing`` is (branch code, shelf, call number) of each copy, as Koha has it in 952."""
    made = Record(force_utf8=True, leader="00000nam a2200000 i 4500")
    made.add_field(
        Field(tag="001", data=key), Field(tag="008", data=f"240101s{year:<4}    no            000 1 {language} d")
    )
    fields: list[tuple[str, str, tuple[tuple[str, str], ...]]] = [
        ("100", "1", (("a", author),)),
        ("245", "1", (("a", title),)),
        ("260", " ", (("a", place), ("b", publisher), ("c", year))),
        ("300", " ", (("a", "300 s."),)),
        *also,
    ]
    fields += [("020", " ", (("a", isbn),))] if isbn else []
    fields += [("240", "1", (("a", original),))] if original else []
    fields += [
        ("952", " ", (("b", code), ("c", shelf), ("o", call_number), ("p", f"{key}{at}")))
        for at, (code, shelf, call_number) in enumerate(standing)
    ]
    for tag, indicator, parts in fields:
        made.add_field(
            Field(
                tag=tag, indicators=Indicators(indicator, " "), subfields=[Subfield(*part) for part in parts if part[1]]
            )
        )
    return bytes(made.as_marc())


OSLO = (
    record(
        "o1",
        "Sult",
        standing=[("hbar", "Skjønnlitteratur", "Ham"), ("hbar", "Skjønnlitteratur", "Ham"), ("fgry", "", "Ham")],
    ),
    record(
        "o2",
        "Hunger",
        year="2016",
        language="eng",
        publisher="Canongate",
        place="Edinburgh",
        isbn="9781782117124",
        original="Sult",
        also=[("041", "1", (("a", "eng"), ("h", "nob"))), ("700", "1", (("a", "Lyngstad, Sverre"), ("4", "trl")))],
        standing=[("hbar", "Engelsk", "Ham")],
    ),
    record(
        "o3",
        "Fuglane",
        author="Vesaas, Tarjei",
        year="1957",
        language="nno",
        place="Oslo",
        also=[("650", "7", (("a", "Søsken"), ("2", "tgn"))), ("655", "7", (("a", "Romaner"), ("2", "ntsf")))],
        standing=[("fgry", "", "Ves")],
    ),
    record(
        "o4",
        "Преступление и наказание",
        author="Достоевский, Федор",
        year="2010",
        language="rus",
        publisher="Азбука",
        place="Санкт-Петербург",
        standing=[("hbar", "Russisk", "Dos")],
    ),
)
ALTA = (
    record("a1", "Sult", standing=[("alta", "Roman", "Ham")]),
    record("a2", "Markens grøde", year="1917", standing=[("alta", "Roman", "Ham")]),
)
KAUTOKEINO = (
    record(
        "k1",
        "Beaivi, áhčážan",
        author="Valkeapää, Nils-Aslak",
        year="1988",
        language="sme",
        publisher="DAT",
        place="Kautokeino",
        standing=[("kaut", "", "Val")],
    ),
)
