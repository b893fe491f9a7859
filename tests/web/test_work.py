from __future__ import annotations

import json
from datetime import UTC, datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from allmenning.catalogue import services as catalogue
from allmenning.catalogue.models import Holding, SourceRecord, Succession
from allmenning.organisations import services as organisations
from tests.catalogue.records import CATALOGUER, book, record, take
from tests.people_and_places import SYSTEM
from tests.web import shelves
from tests.web.shelves import Country
from tests.web.test_front import read, texts


def test_a_work_stands_on_its_librarys_shelves(client: Client, stocked: Country) -> None:
    page = read(client, f"/oslo/verk/{stocked.work('Sult')}")
    assert texts(page.select("h1")) == ["Sult"]
    assert texts(page.select(".work-creators a")) == ["Knut Hamsun"]
    action = page.select_one(".work-action a")
    assert action is not None
    assert (texts([action]), action["href"]) == (["Finn den i hylla"], "#hylla")
    assert texts(page.select(".work-action p")) == ["4 eksemplarer, 2 avdelinger"]
    assert texts(page.select(".branch h3")) == ["Deichman Bjørvika", "Deichman Grünerløkka"]
    assert texts(page.select("#hylla .copies li")) == [
        "Engelsk Hyllesignatur: Ham Bok · engelsk · 2016",
        "Skjønnlitteratur Hyllesignatur: Ham Bok · bokmål · 1890 · 2 eksemplarer",
        "I hylla Hyllesignatur: Ham Bok · bokmål · 1890",
    ]
    assert texts(page.select("#andre li a")) == ["Alta bibliotek"]


def test_what_only_others_have_leads_to_them(client: Client, stocked: Country) -> None:
    page = read(client, f"/alta/verk/{stocked.work('Beaivi, áhčážan')}")
    action = page.select_one(".work-action a")
    assert action is not None
    assert (texts([action]), action["href"]) == (["Se hvem som har den"], "#andre")
    assert page.select("#hylla") == []
    assert texts(page.select("#andre li")) == ["Kautokeino bibliotek Nær deg 1 eksemplar · Bok · nordsamisk"]
    assert [str(each["href"]) for each in page.select("#andre li a")] == [
        f"/kautokeino/verk/{stocked.work('Beaivi, áhčážan')}"
    ]


def test_editions_fold_by_language_the_screens_own_first(client: Client, stocked: Country) -> None:
    work_id = stocked.work("Sult")
    page = read(client, f"/oslo/verk/{work_id}")
    assert texts(page.select(".tongue summary")) == ["Bokmål 1 utgave", "Engelsk 1 utgave"]
    assert [each.has_attr("open") for each in page.select("details.tongue")] == [True, False]
    client.get("/oslo/?lang=en")
    assert texts(read(client, f"/oslo/verk/{work_id}").select(".tongue-name")) == [
        "English",
        "Norwegian (bokmål)",
    ]


def test_every_title_is_marked_with_its_language(client: Client, stocked: Country) -> None:
    page = read(client, f"/oslo/verk/{stocked.work('Sult')}")
    assert [each["lang"] for each in page.select("h1 span[lang]")] == ["nb"]
    assert {
        (" ".join(each.get_text().split()), str(each["lang"])) for each in page.select(".edition-title span[lang]")
    } == {
        ("Sult", "nb"),
        ("Hunger", "en"),
    }


def test_subjects_and_genres_are_ways_on(client: Client, stocked: Country) -> None:
    page = read(client, f"/oslo/verk/{stocked.work('Fuglane')}")
    found = {texts([each])[0]: str(each["href"]) for each in page.select(".tags a")}
    assert found == {"Søsken": "/oslo/sok?emne=S%C3%B8sken", "Romaner": "/oslo/sok?emne=Romaner"}
    assert texts(read(client, found["Søsken"]).select(".hit h2")) == ["Fuglane"]


def test_other_titles_by_the_same_creator_stand_at_the_foot(client: Client, stocked: Country) -> None:
    page = read(client, f"/alta/verk/{stocked.work('Sult')}")
    assert texts(page.select("#flere")) == ["Mer av Knut Hamsun"]
    assert texts(page.select(".shelf .card-title")) == ["Markens grøde"]


def test_a_machine_reads_the_same_facts(client: Client, stocked: Country) -> None:
    work_id = stocked.work("Sult")
    page = read(client, f"/oslo/verk/{work_id}")
    script = page.select_one("script[type='application/ld+json']")
    assert script is not None
    data = json.loads(script.get_text())
    url = f"http://testserver/oslo/verk/{work_id}"
    assert (data["@id"], data["@type"], data["name"]) == (url, "Book", "Sult")
    assert data["author"] == {"@type": "Person", "name": "Knut Hamsun"}
    assert [(each["name"], each["inLanguage"]) for each in data["workExample"]] == [("Sult", "nb"), ("Hunger", "en")]
    assert data["workExample"][1]["translator"] == {"@type": "Person", "name": "Sverre Lyngstad"}
    answer = client.get(f"/oslo/verk/{work_id}.json")
    assert answer["Content-Type"] == "application/ld+json"
    assert answer.json() == data


def test_a_title_cannot_end_the_script_it_stands_in(client: Client, country: Country) -> None:
    catalogue.ensure_source(name="oslo", library_id=country.oslo.id)
    take("oslo", shelves.record("x", "</script><script>alert(1)</script>"))
    shelves.fill_index()
    work_id = record("oslo", "x").work_id
    page = client.get(f"/oslo/verk/{work_id}").content.decode()
    assert "<script>alert" not in page


def test_an_old_address_leads_to_what_its_work_became(client: Client, stocked: Country) -> None:
    kept, gone = sorted((stocked.work("Sult"), stocked.work("Markens grøde")))
    ids = [record("oslo", "o1").id, record("alta", "a2").id]
    catalogue.merge(actor=CATALOGUER, level="work", record_ids=ids, reason="the same story, for the test")
    answer = client.get(f"/oslo/verk/{gone}")
    assert (answer.status_code, answer["Location"]) == (301, f"/oslo/verk/{kept}")
    assert client.get(f"/oslo/verk/{gone}.json")["Location"] == f"/oslo/verk/{kept}.json"


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_many_editions_and_copies_take_as_many_queries_as_one(client: Client, stocked: Country) -> None:
    many, one = stocked.work("Sult"), stocked.work("Fuglane")
    assert queries(client, f"/oslo/verk/{many}") == queries(client, f"/oslo/verk/{one}")


def test_an_old_address_of_a_divided_work_shows_the_choice(client: Client, stocked: Country) -> None:
    sult, fuglane = stocked.work("Sult"), stocked.work("Fuglane")
    for successor in (sult, fuglane):
        Succession.objects.create(level="work", old_id=4711, new_id=successor, at=timezone.now())
    answer = client.get("/oslo/verk/4711")
    assert answer.status_code == 300
    page = read(client, "/oslo/verk/4711")
    assert texts(page.select("h1")) == ["Hvilken mente du?"]
    assert [str(each["href"]) for each in page.select(".choice a")] == [f"/oslo/verk/{sult}", f"/oslo/verk/{fuglane}"]


def test_a_library_with_a_host_of_its_own_is_linked_by_it(client: Client, stocked: Country) -> None:
    organisations.change_library(actor=SYSTEM, library_id=stocked.alta.id, host="alta.example.no")
    page = read(client, f"/oslo/verk/{stocked.work('Sult')}")
    assert [str(each["href"]) for each in page.select("#andre li a")] == [
        f"http://alta.example.no/verk/{stocked.work('Sult')}"
    ]


def test_series_are_ways_on(client: Client, country: Country) -> None:
    catalogue.ensure_source(name="oslo", library_id=country.oslo.id)
    series = [("490", "1", (("a", "Gyldendals klassikere"), ("v", "7")))]
    take("oslo", shelves.record("a", "Sult", also=series), shelves.record("b", "Victoria", also=series))
    shelves.fill_index()
    page = read(client, f"/oslo/verk/{record('oslo', 'a').work_id}")
    link = page.select_one(".facts a[href*=serie]")
    assert link is not None
    assert sorted(texts(read(client, str(link["href"])).select(".hit h2"))) == ["Sult", "Victoria"]


def test_editions_that_look_alike_are_told_once(client: Client, stocked: Country) -> None:
    """Records that say too little to be joined without asking stand apart in the catalogue, not on the page."""

    def bible(key: str, extent: str) -> bytes:
        return book(key, "Biibbal", author="", year="2019", publisher="Bibelselskapet", language="sme", extent=extent)

    for source, key, extent in (
        ("alta", "b1", ""),
        ("oslo", "b2", ""),
        ("utsira", "b3", "300 s."),
        ("volda", "b4", "900 s."),
    ):
        take(source, bible(key, extent))
    works = {each.work_id for each in SourceRecord.objects.filter(key__in=["b1", "b2", "b3", "b4"])}
    assert len(works) == 1
    page = read(client, f"/verk/{works.pop()}")
    assert texts(page.select("#utgaver h2")) == ["2 utgaver"]
    assert len(page.select(".edition span[id]")) == 2  # old links to each still lead there


ONLINE = [("338", " ", (("b", "cr"),))]


def lend_digitally(them: Country, link: str = "", *more: bytes) -> None:
    """Oslo has «Victoria» as an e-book, with or without an address, and what else is given."""
    catalogue.ensure_source(name="oslo", library_id=them.oslo.id)
    also = [*ONLINE, *([("856", "4", (("u", link),))] if link else [])]
    take("oslo", shelves.record("e1", "Victoria", also=also, standing=[("hbar", "", "")]), *more)
    shelves.fill_index()


def test_an_e_book_stands_on_no_shelf_but_is_read_online(client: Client, country: Country) -> None:
    lend_digitally(country, "https://example.no/victoria")
    page = read(client, f"/oslo/verk/{record('oslo', 'e1').work_id}")
    action = page.select_one(".work-action a")
    assert action is not None
    assert (texts([action]), action["href"]) == (["Les på nett"], "https://example.no/victoria")
    assert page.select("#hylla") == []
    assert texts(read(client, "/oslo/sok?q=victoria").select(".hit-where")) == ["Digitalt fra biblioteket"]


def test_an_e_book_without_an_address_is_asked_for(client: Client, country: Country) -> None:
    lend_digitally(country)
    page = read(client, f"/oslo/verk/{record('oslo', 'e1').work_id}")
    assert texts(page.select(".work-action")) == [
        "Biblioteket har den digitalt. Spør biblioteket om hvordan du låner den."
    ]
    assert page.select(".work-action a") == []
    assert "har den ikke" not in page.get_text()


def test_only_copies_on_paper_are_counted_on_the_shelf(client: Client, country: Country) -> None:
    printed = shelves.record("p1", "Victoria", standing=[("fgry", "Roman", "Ham")])
    lend_digitally(country, "https://example.no/victoria", printed)
    assert record("oslo", "e1").work_id == record("oslo", "p1").work_id
    page = read(client, f"/oslo/verk/{record('oslo', 'e1').work_id}")
    assert texts(page.select(".work-action p")) == ["1 eksemplar, Deichman Grünerløkka"]
    assert texts(page.select("#hylla .copies li")) == ["Roman Hyllesignatur: Ham Bok · bokmål · 1890"]
    assert texts(read(client, "/oslo/sok?q=victoria").select(".hit-where")) == ["Deichman Grünerløkka"]


def test_an_e_book_is_no_copy_among_editions_and_other_libraries(client: Client, country: Country) -> None:
    lend_digitally(country)
    work_id = record("oslo", "e1").work_id
    assert texts(read(client, f"/oslo/verk/{work_id}").select(".edition-where")) == ["1 bibliotek i alt"]
    assert texts(read(client, f"/alta/verk/{work_id}").select("#andre li")) == ["Deichman bibliotek E-bok · bokmål"]


def test_the_year_of_an_edition_is_not_told_as_the_originals(client: Client, country: Country) -> None:
    catalogue.ensure_source(name="oslo", library_id=country.oslo.id)
    take("oslo", shelves.record("r1", "Ringenes herre", year="2006", original="The Lord of the Rings"))
    page = read(client, f"/oslo/verk/{record('oslo', 'r1').work_id}")
    assert "Originaltittel The Lord of the Rings" in texts(page.select(".facts > div"))


def test_english_pages_give_the_day_first_and_a_clock_of_24_hours(client: Client, stocked: Country) -> None:
    path = f"/oslo/verk/{stocked.work('Sult')}"
    Holding.objects.unscoped("test").update(as_of=datetime(2026, 11, 22, 13, 5, tzinfo=UTC))
    client.get(f"{path}?lang=en")
    assert texts(read(client, path).select("#hylla .fine")) == [
        "From the library's own system 22 November 2026, 14:05. Ask at the desk if you do not find it."
    ]
