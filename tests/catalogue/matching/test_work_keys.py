"""The keys of a work, spelled out: kind, maker, title and part, or the title and a fact that tells it apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from allmenning.catalogue.description import Agent, Description, Series
from allmenning.catalogue.matching import work_keys
from allmenning.catalogue.matching.works import maker_forms, split_part
from tests.catalogue.matching.books import spelled

HAMSUN = Agent("Hamsun, Knut", "aut", main=True)


def work(maker: str, title: str, part: str = "", *, kind: str = "text", adapter: str = "") -> tuple[str, ...]:
    return ("work", kind, maker, title, part, adapter)


@pytest.mark.parametrize(
    ("facts", "works"),
    [
        ({"title": "Sult"}, [work("hamsun k", "sult")]),
        ({"title": "Sult", "part_number": "Bind 2, hefte 3"}, [work("hamsun k", "sult", "2.3")]),
        ({"title": "Sult", "part_name": "Første stykke"}, [work("hamsun k", "sult", "forste stike")]),
        ({"title": "Sult", "format": "score"}, [work("hamsun k", "sult", kind="music")]),
        ({"title": "Sult", "remainder": "hørespill"}, [work("hamsun k", "sult", kind="radio")]),
        ({"title": "Sult", "remainder": "a radio play"}, [work("hamsun k", "sult", kind="radio")]),
        ({"title": "Sult", "remainder": "A RADIO PLAY"}, [work("hamsun k", "sult", kind="radio")]),
        ({"title": "Sult", "remainder": "dramatisert"}, [work("hamsun k", "sult", kind="radio")]),
        ({"title": "Hunger", "original_title": "Sult"}, [work("hamsun k", "sult"), work("hamsun k", "hunger")]),
        ({"title": "Hunger", "uniform_title": "Sult"}, [work("hamsun k", "sult"), work("hamsun k", "hunger")]),
        ({"title": "Dikt", "year": 1904, "publisher": "Gyldendal"}, [work("hamsun k", "dikt 1904 gildendal")]),
        ({"title": "Dikt", "remainder": "Det vilde kor"}, [work("hamsun k", "dikt det vilde kor")]),
        ({"title": "Dikt", "remainder": "Noveller", "year": 1904}, []),
        ({"title": "Dikt", "publisher": "Gyldendal"}, []),
        ({"title": "Dikt", "year": 1904}, []),
        ({"title": "Pan", "uniform_title": "Noveller"}, [work("hamsun k", "pan")]),
        (
            {"title": "Hunger", "title_original_script": "Голод : роман : повесть"},
            [work("hamsun k", "hunger"), work("hamsun k", "golod")],
        ),
    ],
)  # fmt: skip
def test_a_work_with_a_maker(facts: dict[str, Any], works: list[tuple[str, ...]]) -> None:
    assert work_keys(Description(agents=(HAMSUN,), **facts)) == spelled(*works)


def test_an_adapter_makes_another_work() -> None:
    agents = (HAMSUN, Agent("Ness, Martin", "adp"))
    assert work_keys(Description(title="Sult", agents=agents)) == spelled(
        work("hamsun k", "sult", adapter="nes martin")
    )


@pytest.mark.parametrize(
    ("description", "makers"),
    [
        # the main entry, whatever is said of the others
        (Description(agents=(Agent("Moe, Jørgen", "aut"), HAMSUN)), ["hamsun k"]),
        # else authors, the first three
        (
            Description(
                agents=(
                    Agent("Moe, Jørgen", "aut"), Agent("Bull, Olaf", "ill"), Agent("Vik, Bjørg"), Agent("Lie, Jonas", "cre"),
                    Agent("Aas, Nils", "dis"),
                )
            ),
            ["moe o", "moe i", "vik b", "le o", "le i"],
        ),
        (Description(agents=(Agent("Bull, Olaf", "ill"),), responsibility="av Sigrid Undset"), []),
        # who directed a film, else whoever has no other part in it
        (Description(format="film", agents=(HAMSUN, Agent("Carlsen, Henning", "drt"))), ["carlsen h"]),
        (Description(format="film", agents=(HAMSUN, Agent("Carlsen, Henning"))), ["carlsen h"]),
        (Description(format="film", agents=(HAMSUN,), responsibility="regi: Henning Carlsen"), ["carlsen h"]),
        (Description(format="film", responsibility="en film av Henning Carlsen og Ola Li"), ["carlsen h"]),
        # who wrote the music, not the words
        (Description(format="music", agents=(Agent("Moe, Jørgen", "lyr"), Agent("Grieg, Edvard", "cmp"))), ["greg e"]),
        # or the band that plays it
        (Description(format="music", agents=(Agent("Madrugada", kind="corporate", main=True),)), ["madrugada"]),
        (Description(format="book", agents=(Agent("Madrugada", kind="corporate", main=True),)), []),
        (Description(format="map", agents=(Agent("Moe, Jørgen", "ill"), Agent("Pontoppidan, C.", "ctg"))), ["pontopidan c"]),
        # whom the title page names, where no heading does
        (Description(responsibility="av Sigrid Undset ; illustrert av Noen Annen"), ["undset s"]),
        (Description(responsibility="Jan van der Meer"), ["mer a", "mer i"]),
        (Description(responsibility="Jan Pieter van der Meer"), []),
        (Description(responsibility="Undset"), []),
        (Description(responsibility="Kari og Ola Li"), []),
        (Description(responsibility="Kari Moe og Ola Li og Per Bo"), ["moe k"]),
    ],
)  # fmt: skip
def test_who_made_it(description: Description, makers: list[str]) -> None:
    kind = {"film": "film", "music": "music", "map": "map"}.get(description.format, "text")
    found = work_keys(replace(description, title="Bøygen"))
    assert found == spelled(*(work(maker, "bogen", kind=kind) for maker in makers))


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Hamsun, Knut", ["hamsun k"]),
        ("Meer, Jan, jr.", ["mer a", "mer i"]),
        ("Saabye Christensen, Lars", ["cristensen l"]),
        ("Hamsun,", ["hamsun "]),
        ("Homer", ["homer "]),
        ("", []),
        (", Knut", []),
        ("Knut Pedersen Hamsun", ["hamsun k", "knut p"]),
    ],
)
def test_a_name_without_a_comma_may_stand_either_way_round(name: str, forms: list[str]) -> None:
    assert maker_forms(Agent(name)) == forms


def test_a_maker_without_a_surname_is_none() -> None:
    assert work_keys(Description(title="Sult", agents=(Agent(", Knut", main=True),))) == []


@pytest.mark.parametrize(
    ("title", "part", "split"),
    [
        ("min kamp", "", ("min kamp", "")),
        ("min kamp 2", "", ("min kamp", "2")),
        ("min kamp andre bok", "", ("min kamp", "2")),
        ("min kamp bind 2", "", ("min kamp", "2")),
        ("min kamp del bind 2 bok", "", ("min kamp", "2")),
        ("min kamp 2", "1", ("min kamp", "1")),
        ("saga bok 2", "", ("saga", "2")),
        ("kamp 2", "", ("kamp", "2")),
        ("bok 2", "", ("bok", "2")),
        ("bok to bok", "", ("bok", "2")),
        ("2", "", ("2", "")),
        ("to bok", "", ("to bok", "")),
        ("bind bok", "", ("bind bok", "")),
    ],
)
def test_a_number_at_the_end_is_cut_off(title: str, part: str, split: tuple[str, str]) -> None:
    assert split_part(title, part) == split


LONG = "Kommunale bibliotek i Noreg"
WHOLE = "komunale biblotek i noreg"
FIRST, SECOND, THIRD = (Agent(name, kind="corporate") for name in ("Abelia", "Bufdir", "Cicero"))


def untold(kind: str, name: str, fact: str, whole: str, part: str = "") -> tuple[str, ...]:
    return ("title", kind, name, fact, whole, part)


@pytest.mark.parametrize(
    ("description", "found"),
    [
        (Description(title=LONG), []),
        (Description(title=LONG, agents=(Agent("Bull, Olaf", "ill"),)), []),
        (Description(title=LONG, publisher="Font"), []),
        (Description(title=LONG, year=2012), []),
        (Description(title=LONG, year=2012, publisher="Font"), [untold("text", "imprint", "2012 font", WHOLE)]),
        (
            Description(title=LONG, part_number="3", agents=(FIRST, SECOND, THIRD)),
            [untold("text", "body", "abela", WHOLE, "3"), untold("text", "body", "bufdir", WHOLE, "3")],
        ),
        (
            Description(title=LONG, agents=(FIRST,), year=2012, publisher="Font", series=(Series("Skrifter", "4"),)),
            [
                untold("text", "series", "skrifter 4", WHOLE),
                untold("text", "body", "abela", WHOLE),
                untold("text", "imprint", "2012 font", WHOLE),
            ],
        ),
        # twenty letters are long enough
        (Description(title="Alle barn fra bakgata", agents=(FIRST,)), [untold("text", "body", "abela", "ale barn fra bakgata")]),
        # a short title takes imprint and body together, or its number in the series
        (Description(title="Oregon", agents=(FIRST,)), []),
        (
            Description(title="Oregon", agents=(FIRST, SECOND), year=1974, publisher="GPO"),
            [untold("text", "imprint", "1974 gpo abela", "oregon")],
        ),
        (Description(title="Oregon", year=1974, publisher="GPO"), [untold("text", "imprint", "1974 gpo ", "oregon")]),
        (
            Description(
                title="Oregon", agents=(FIRST,), year=1974, publisher="GPO",
                series=(Series("Trade", ""), Series("Trade", "5"), Series("Census", "6"), Series("Third", "7")),
            ),
            [untold("text", "series", "trade 5", "oregon"), untold("text", "series", "census 6", "oregon")],
        ),
        # a kind of title is short however long the remainder makes it
        (
            Description(title="Årsmelding", remainder="for styret og alle avdelinger", agents=(FIRST,)),
            [],
        ),
        (
            Description(title="Bok og samfunn", format="journal", issns=("0006-5811",), publisher="ABM"),
            [("issn", "0006-5811"), untold("serial", "publisher", "abm", "bok og samfun")],
        ),
        (Description(title="Katalog", format="journal", publisher="ABM"), []),
        (Description(title="", format="journal", issns=("0006-5811",)), [("issn", "0006-5811")]),
        (Description(title="Oregon", format="film", year=1974), [untold("film", "year", "1974", "oregon")]),
        (Description(title="Oregon", format="film"), []),
        # a preferred title as main entry, and a sacred scripture by any of its names
        (
            Description(title="Sangen", uniform_title="The Nibelungenlied", part_number="2"),
            [("preferred", "text", "nibelungenled", "2")],
        ),
        (Description(title="Sangen", uniform_title="Dikt"), []),
        (Description(title="Sangen", uniform_title="The Nibelungenlied", agents=(FIRST._replace(main=True),)), []),
        (Description(title="Koranen"), [("scripture", "koran", "")]),
        (Description(title="Boka", uniform_title="Bibelen", part_name="Ruts bok"), [("scripture", "bible", "ruts bok")]),
        (Description(title="Oregon", format="book", year=1974), []),
    ],
)  # fmt: skip
def test_a_work_without_a_maker(description: Description, found: list[tuple[str, ...]]) -> None:
    assert work_keys(description) == spelled(*found)
