"""What the catalogue knows becomes what is searched and shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from allmenning.catalogue.description import Agent, Description, Series, Subject
from allmenning.catalogue.merging import Merged
from allmenning.catalogue.queries import EditionFacts, HoldingFacts, WorkFacts
from allmenning.discovery.documents import document
from allmenning.discovery.ports import EditionDocument, WorkDocument

TODAY = datetime(2026, 11, 22, tzinfo=UTC)

HUNGER = Description(
    title="Hunger", languages=("en",), agents=(Agent("Hamsun, Knut", "aut", main=True), Agent("Lyngstad, Sverre", "trl")),
    original_title="Sult", year=1996, publisher="Canongate", format="book", isbns=("9780862416256",),
)  # fmt: skip
SULT = Description(
    title="Sult", remainder="roman", languages=("nb",), agents=(Agent("Hamsun, Knut", "aut", main=True),), year=1890,
    series=(Series("Gyldendals klassikere", "3"),), summary="En ung manns vandring i Kristiania.", fiction=True,
    notes=("Med register",), dewey=("839.82",), audience="adult",
    subjects=(Subject("Kristiania", "place"), Subject("Romaner", "genre")),
)  # fmt: skip


def held(library: int, branch: int | None) -> HoldingFacts:
    return HoldingFacts(1, library, branch, "item", "hut", "", "", "", TODAY)


FACTS = WorkFacts(
    7,
    date(1970, 1, 11),
    (
        EditionFacts(7, Merged(HUNGER, {}), (held(1, 11), held(1, 12)), (7,)),
        EditionFacts(9, Merged(SULT, {}), (held(2, None), held(1, 11), held(1, 11)), (9,)),
    ),
)


def test_a_work_with_its_editions() -> None:
    made = document(FACTS)
    assert made == WorkDocument(
        work_id=7,
        title="Sult",  # the edition in a home language lends its title
        titles=("Sult",),
        creators=("Hamsun, Knut",),
        contributors=("Lyngstad, Sverre",),
        subjects=("Kristiania",),
        genres=("Romaner",),
        text=("En ung manns vandring i Kristiania.",),
        dewey=("839.82",),
        fiction=True,
        added=10,
        editions=(
            EditionDocument(
                7, ("en",), "book", "", 1996, ("9780862416256",), ("Hunger",), (), "Canongate", (), ((1, 11), (1, 12)),
                {"title": "Hunger", "languages": ["en"], "format": "book", "publisher": "Canongate", "year": 1996,
                 "isbn": "9780862416256"},
            ),
            EditionDocument(
                9, ("nb",), "book", "adult", 1890, (), ("Sult",), ("roman",), "", ("Gyldendals klassikere",), ((1, 11), (2, 0)),
                {"title": "Sult", "subtitle": "roman", "languages": ["nb"], "format": "book", "year": 1890,
                 "series": [["Gyldendals klassikere", "3"]], "audience": "adult"},
            ),
        ),
        display={
            "title": "Sult", "subtitle": "roman", "language": "nb", "creators": ["Hamsun, Knut"], "original_title": "Sult",
            "languages": ["en", "nb"], "formats": ["book"], "first_year": 1890, "last_year": 1996,
            "summary": "En ung manns vandring i Kristiania.", "editions": 2,
        },
        digest=made.digest,
    )  # fmt: skip


def test_the_digest_changes_with_anything_that_is_indexed_and_with_nothing_else() -> None:
    def digest(hunger: Description, *holdings: HoldingFacts) -> str:
        return document(WorkFacts(7, date(1970, 1, 11), (EditionFacts(7, Merged(hunger, {}), holdings, (7,)),))).digest

    before = digest(HUNGER, held(1, 11))
    assert digest(replace(HUNGER, notes=("Index.",)), held(1, 11)) == before
    assert digest(HUNGER, replace(held(1, 11), shelf="Skjønn")) == before
    assert digest(replace(HUNGER, year=1997), held(1, 11)) != before
    assert digest(HUNGER, held(1, 12)) != before
    assert digest(replace(HUNGER, isbns=()), held(1, 11)) != before


def test_a_long_summary_is_shown_in_part_and_searched_in_full() -> None:
    long = "ord " * 200
    made = document(
        WorkFacts(1, date(2026, 1, 1), (EditionFacts(1, Merged(replace(SULT, summary=long), {}), (), (1,)),))
    )
    assert len(made.display["summary"]) <= 282
    assert made.display["summary"].endswith("ord …")
    assert made.text == (long,)
