"""A dozen real works as index documents, small enough to count by hand."""

from __future__ import annotations

from allmenning.discovery.ports import EditionDocument, WorkDocument

#: Libraries and branches of the samples.
OSLO, VARDO = 1, 2
OSLO_MAIN, OSLO_EAST, VARDO_MAIN = 11, 12, 21


def edition(
    edition_id: int,
    title: str,
    *,
    language: str = "nb",
    form: str = "book",
    audience: str = "adult",
    year: int | None = 2000,
    isbn: str = "",
    publisher: str = "",
    series: str = "",
    held: tuple[tuple[int, int], ...] = ((OSLO, OSLO_MAIN),),
) -> EditionDocument:
    languages, isbns, all_series = ((value,) if value else () for value in (language, isbn, series))
    display = {"title": title, "language": language, "year": year}
    return EditionDocument(
        edition_id, languages, form, audience, year, isbns, (title,), (), publisher, all_series, held, display
    )


def work(
    work_id: int,
    title: str,
    *editions: EditionDocument,
    creators: tuple[str, ...] = (),
    contributors: tuple[str, ...] = (),
    subjects: tuple[str, ...] = (),
    text: tuple[str, ...] = (),
    titles: tuple[str, ...] = (),
    digest: str = "",
    added: int = 20_000,
) -> WorkDocument:
    return WorkDocument(
        work_id, title, titles, creators, contributors, subjects, (), text, (), None, added, editions,
        {"title": title, "creators": list(creators)}, digest=digest or f"digest-{work_id}",
    )  # fmt: skip


HUNGER = work(
    1, "Sult",
    edition(1, "Sult", year=1890, isbn="9788205415195", held=((OSLO, OSLO_MAIN), (VARDO, VARDO_MAIN))),
    edition(101, "Hunger", language="en", form="ebook", year=2016, held=((OSLO, OSLO_EAST),)),
    edition(102, "Sult", form="audiobook", year=1999, held=((VARDO, VARDO_MAIN),)),
    creators=("Hamsun, Knut",), subjects=("Kristiania", "Forfattere"), text=("En ung manns vandring i Kristiania.",),
)  # fmt: skip
PAN = work(2, "Pan", edition(2, "Pan", year=1894), creators=("Hamsun, Knut",), subjects=("Kjærlighet", "Nordland"))
LIBRARIANS = work(3, "Bibliotekar i Norge", edition(3, "Bibliotekar i Norge", year=1985), subjects=("Bibliotekarer",))
LIBRARY = work(
    4, "Bibliotekets historie",
    edition(4, "Bibliotekets historie", year=2005, publisher="Universitetsforlaget", held=((VARDO, VARDO_MAIN),)),
    creators=("Eide, Elisabeth S.",), subjects=("Bibliotek", "Historie"), text=("Om bøkene og leserne.",),
)  # fmt: skip
PUNISHMENT = work(
    5, "Prestuplenie i nakazanie",
    edition(5, "Преступление и наказание", language="ru", year=1970, held=((OSLO, OSLO_MAIN),)),
    edition(105, "Forbrytelse og straff", year=1993, held=((OSLO, OSLO_EAST),)),
    creators=("Dostojevskij, Fjodor",), titles=("Преступление и наказание",), subjects=("Skyld",),
)  # fmt: skip
SAMI = work(
    6, "Beaivi, áhčážan",
    edition(6, "Beaivi, áhčážan", language="se", year=1988, held=((VARDO, VARDO_MAIN),)),
    creators=("Valkeapää, Nils-Aslak",), subjects=("Dikt",),
)  # fmt: skip
CHILDREN = work(
    7, "Bukkene Bruse på badeland",
    edition(7, "Bukkene Bruse på badeland", audience="children", year=2009, series="Bukkene Bruse",
            held=((OSLO, OSLO_MAIN), (OSLO, OSLO_EAST), (VARDO, VARDO_MAIN))),
    creators=("Rørvik, Bjørn F.",), contributors=("Moursund, Gry",), subjects=("Bukker", "Badeland"),
)  # fmt: skip
CHILDREN_TOO = work(
    8, "Bukkene Bruse vender tilbake",
    edition(8, "Bukkene Bruse vender tilbake", audience="children", year=2014, series="Bukkene Bruse",
            held=((OSLO, OSLO_EAST),)),
    creators=("Rørvik, Bjørn F.",), contributors=("Moursund, Gry",), subjects=("Bukker",),
)  # fmt: skip
UNDATED = work(9, "Håndskrevne dikt", edition(9, "Håndskrevne dikt", year=None, form="manuscript"), subjects=("Dikt",))
EAGLE = work(
    10, "Ørnen", edition(10, "Ørnen", year=1955, language="nn", form="journal", held=((OSLO, 0),)), subjects=("Ørn",)
)
ABOUT_HAMSUN = work(
    11, "Hamsun og Sult", edition(11, "Hamsun og Sult", year=2010, held=((OSLO, OSLO_MAIN),)),
    creators=("Kittang, Atle",), subjects=("Hamsun, Knut",), text=("Om romanen Sult av Knut Hamsun.",),
)  # fmt: skip
BOOK = work(
    12,
    "Ei bok",
    edition(12, "Ei bok", language="nn", year=2001, held=((VARDO, VARDO_MAIN),)),
    creators=("Aasen, Ivar",),
)

WORKS = (
    HUNGER, PAN, LIBRARIANS, LIBRARY, PUNISHMENT, SAMI, CHILDREN, CHILDREN_TOO, UNDATED, EAGLE, ABOUT_HAMSUN, BOOK,
)  # fmt: skip
