"""Works that stand inside editions of other works: what records name, the keys of that, and the way both ways."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from allmenning.catalogue.describe import describe
from allmenning.catalogue.description import Agent, Contained, Description
from allmenning.catalogue.matching import contained_keys, work_keys
from allmenning.catalogue.models import ContainedKey, SourceRecord
from allmenning.catalogue.queries import Inside, contents, held_by_records, works_holding
from tests.catalogue.marc import coded, record
from tests.catalogue.matching.books import spelled
from tests.catalogue.records import book, take

MANN = Agent("Mann, Thomas", "aut", main=True)
FICTION = coded("1999").replace("0 eng", "1 eng")


def named(text: str) -> tuple[Contained, ...]:
    return describe(record(text)).contained


def held(title: str, *, by: str = "man t") -> tuple[str, ...]:
    return ("work", "text", by, title, "", "")


def keys_of(title: str, remainder: str = "", **facts: object) -> list[int]:
    description = Description(title=title, remainder=remainder, agents=(MANN,), **facts)  # type: ignore[arg-type]
    return contained_keys(description, work_keys(description))


@pytest.mark.parametrize(
    ("field", "works"),
    [
        ("505 00$tTristan --$tTonio Kröger /$rThomas Mann.", (("Tristan", ""), ("Tonio Kröger", "Thomas Mann"))),
        ("505 0 $aTristan / Thomas Mann -- Pan / Knut Hamsun", (("Tristan", "Thomas Mann"), ("Pan", "Knut Hamsun"))),
        ("505 0 $a1. Regn (3:45) / Ola Li --2. Sol / Kari Bø", (("Regn", "Ola Li"), ("Sol", "Kari Bø"))),
        ("700 12$aHamsun, Knut,$d1859-1952.$tPan.$nBind 2.", (("Pan. Bind 2.", "Hamsun, Knut"),)),
        ("740 02$aMarkens grøde.", (("Markens grøde", ""),)),
        # related works, one title alone, chapters of a book of facts
        ("700 1 $aHamsun, Knut.$tPan.", ()),
        ("740 0 $aMarkens grøde.", ()),
        ("700 12$aHamsun, Knut.", ()),
        ("505 0 $tTristan", ()),
        ("505 0 $aIntroduction -- Methods -- Results", ()),
        ("505 0 $a" + " -- ".join(f"Song {n} / Ola Li" for n in range(61)), ()),
    ],
)
def test_what_a_record_names_as_held(field: str, works: tuple[tuple[str, str], ...]) -> None:
    assert named(f"245 10$aSamling\n{field}") == tuple(Contained(*each) for each in works)


def test_titles_between_dashes_count_in_fiction() -> None:
    fiction = "008 990101s1999    nyu           000 1 eng d\n245 10$aStories\n505 0 $aTristan -- Gladius Dei"
    assert named(fiction) == (Contained("Tristan"), Contained("Gladius Dei"))
    assert named(fiction.replace("000 1 eng", "000 0 eng")) == ()


@pytest.mark.parametrize(
    ("title", "works"),
    [
        ("Death in Venice and seven other stories", ["deat in venice"]),
        ("Mario och trollkarlen: tre noveller", ["maro oc trolkarlen", "tre noveler"]),
        ("La muerte en Venecia, y Tristan", ["muerte en veneca", "tristan"]),
        ("Désordre, suivi de Maître et chien", ["desordre", "matre et cen"]),
        ("Ronja Røverdatter ; Mio, min Mio", ["rona roverdater", "mo min mo", "min mo"]),
        # a single word behind a comma, a title of its own, too many parts
        ("Freud, Goethe, Wagner", []),
        ("Krig og fred", []),
        ("A ; B ; C ; D ; E ; F ; G ; H ; I", []),
    ],
)
def test_a_title_that_strings_works_together(title: str, works: list[str]) -> None:
    assert set(keys_of(title)) == set(spelled(*(held(each) for each in works)))


def test_only_a_persons_titles_are_taken_apart() -> None:
    body = Agent("Norges bank", kind="corporate", main=True)
    assert contained_keys(Description(title="Report and other papers", agents=(body,)), []) == []
    film = Description(title="Sult ; Pan", format="film", agents=(MANN,))
    assert contained_keys(film, []) == []


def test_a_work_named_with_its_maker_is_that_makers() -> None:
    inside = (Contained("Pan", "Hamsun, Knut"), Contained("Tristan (Tristan und Isolde)"), Contained("Dikt"))
    assert set(keys_of("Noveller", contained=inside)) == set(
        spelled(held("pan", by="hamsun k"), held("tristan"), held("tristan und isolde"))
    )


@pytest.mark.django_db
def test_the_way_leads_both_ways_and_ends_with_the_record() -> None:
    take("deichman", book("1", "Sult"), book("2", "Sult ; Pan", year="1954"), book("3", "Pan", year="1894"))
    sult, both, pan = SourceRecord.objects.order_by("key")
    assert len({sult.work_id, both.work_id, pan.work_id}) == 3  # holding joins nothing
    assert held_by_records([sult.id, both.id]) == {both.id: frozenset({sult.work_id, pan.work_id})}
    assert works_holding(sult.work_id) == [both.work_id]
    assert works_holding(both.work_id) == []
    take("deichman", book("3", "Pan", year="1894", deleted=True))
    assert held_by_records([both.id]) == {both.id: frozenset({sult.work_id})}
    take("deichman", book("2", "Sult ; Pan", year="1954", deleted=True))
    assert works_holding(sult.work_id) == []
    assert not ContainedKey.objects.exists()


@pytest.mark.django_db
def test_both_pages_tell_of_it(client: Client) -> None:
    take("deichman", book("1", "Sult"), book("2", "Sult ; Pan", year="1954"), book("3", "Pan", year="1894"))
    sult, both, _ = SourceRecord.objects.order_by("key")
    page = client.get(f"/verk/{sult.work_id}").content.decode()
    assert "Finnes også i" in page
    assert f'href="/verk/{both.work_id}"' in page
    page = client.get(f"/verk/{both.work_id}").content.decode()
    assert "Inneholder" in page
    assert f'href="/verk/{sult.work_id}"' in page


@pytest.mark.django_db
def test_the_contents_are_told_in_the_records_order_with_or_without_a_page(client: Client) -> None:
    take("deichman", book("1", "Sult"), book("2", "Viktor ; Sult ; Svermere", year="1954"))
    sult, both = SourceRecord.objects.order_by("key")
    told = contents(Description(title="Viktor ; Sult", agents=(Agent("Hamsun, Knut", "aut", main=True),)), besides=0)
    assert told == (Inside("Viktor", "", None), Inside("Sult", "", sult.work_id))
    page = BeautifulSoup(client.get(f"/verk/{both.work_id}").content, "html.parser")
    items = page.select("[aria-labelledby=innhold-tittel] li")
    assert [each.get_text(" ", strip=True) for each in items] == ["Viktor", "Sult", "Svermere"]
    assert [str(each["href"]) for item in items for each in item.select("a")] == [f"/verk/{sult.work_id}"]


@pytest.mark.django_db
def test_a_works_own_title_among_its_contents_leads_nowhere() -> None:
    take("deichman", book("1", "Sult"))
    inside = Description(title="Sult", contained=(Contained("Sult", "Hamsun, Knut"), Contained("Pan", "Li, Ola")))
    own = SourceRecord.objects.get().work_id
    assert contents(inside, besides=own) == (Inside("Sult", "Hamsun, Knut", None), Inside("Pan", "Li, Ola", None))
