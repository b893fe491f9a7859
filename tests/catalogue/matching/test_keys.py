"""The keys of a record, spelled out: what is hashed, and no more."""

from __future__ import annotations

from allmenning.catalogue.matching import Evidence, keys
from tests.catalogue.matching.books import POPLARS, spelled


def test_a_key_is_the_same_on_every_machine() -> None:
    assert spelled(("title year", "sult", "1890")) == [3386716736650088112]


def test_a_novel() -> None:
    assert keys(POPLARS) == spelled(
        ("title year", "berlinerpoplene", "2004"),
        ("title creator", "berlinerpo", "ragde"),
        ("title pages", "berlinerpoplene", "286"),
        ("creator year pages", "ragde", "2004", "286"),
        ("creator year publisher", "ragde", "2004", "oktobe"),
    )


SAGA = Evidence(
    "sagaen om den store elva mellom fjellene",
    other_titles=("elvesagaen", "storelva", "fjellsagaen"),
    persons=("van der meulenbeltjes,jan,jr", "hamsun,knut"),
    bodies=("norge",),
    publisher="samlaget ung",
    years=(2001, 2000, 1999),
    pages=(311, 12),
    isbns=("1", "2", "3", "4", "5", "6", "7"),
    ids=("oclc:1", "oclc:2", "oclc:3", "oclc:4", "oclc:5", "oclc:6", "oclc:7"),
)


def test_a_novel_with_more_of_everything_than_is_used() -> None:
    saga = ("title creator", "sagaenstor", "vandermeul")
    assert keys(SAGA) == spelled(
        *(("isbn", str(each)) for each in range(1, 7)),
        *(("number", f"oclc:{each}") for each in range(1, 7)),
        ("title year", "sagaenstoreelvamel", "2001"),
        ("title year", "sagaenstoreelvamel", "2000"),
        ("tail year", "storeelvamellom", "2001"),
        saga,
        ("tail creator", "storeelvamellom", "vandermeul"),
        ("title pages", "elvasagaenstore", "311"),
        *(
            each
            for title in ("elvesagaen", "storelva")
            for each in (
                ("title year", title, "2001"),
                ("title year", title, "2000"),
                ("title creator", title, "vandermeul"),
                ("title pages", title, "311"),
            )
        ),
        ("creator year pages", "vandermeul", "2001", "311"),
        ("creator year publisher", "vandermeul", "2001", "samlag"),
    )


OFFICE = Evidence(
    "norges offisielle statistikk over industri",
    persons=("kiaer,anders",),
    bodies=("statistisk sentralbyra avdeling for naering", "norge"),
    main_is_body=True,
    publisher="aschehoug",
    years=(1914,),
    pages=(24,),
)
_OFFICE_NAME = "statistisksentralbyraavd"


def office_keys(pages: str) -> list[tuple[str, ...]]:
    return [
        ("title year", "norgesoffisiellest", "1914"),
        ("tail year", "offisiellestatistikkover", "1914"),
        ("title creator", "norgesoffisiellestatistikkover", _OFFICE_NAME),
        ("title pages", "norgesoffisiellestatistikk", pages),
    ]


def test_an_offices_leaflets_meet_by_no_words_after_the_first_and_not_by_a_few_pages() -> None:
    by_pages = ("creator year pages", _OFFICE_NAME, "1914", "24")
    assert keys(OFFICE) == spelled(*office_keys("24"), by_pages)
    assert keys(OFFICE._replace(pages=(23, 99))) == spelled(*office_keys("23"))


def test_a_body_without_persons_counts_as_the_main_entry() -> None:
    assert keys(OFFICE._replace(persons=(), main_is_body=False)) == keys(OFFICE)


def test_a_title_alone_of_nobody() -> None:
    assert keys(Evidence("jul i norge", pages=(40,))) == spelled(("title pages", "julnorge", "40"))
    assert keys(Evidence("jul i norge", publisher="font")) == []
    assert keys(Evidence("jul i norge", years=(1999,), publisher="font")) == spelled(
        ("title year", "julnorge", "1999"), ("tail year", "norge", "1999")
    )
    assert keys(Evidence("jul", persons=("moe,jorgen,jr",))) == spelled(("title creator", "jul", "moe"))
    assert keys(Evidence("jul", persons=("moe,jorgen",), years=(1859,))) == spelled(
        ("title year", "jul", "1859"), ("title creator", "jul", "moe")
    )
    assert keys(Evidence("jul", persons=("moe,jorgen",), publisher="font")) == spelled(("title creator", "jul", "moe"))
