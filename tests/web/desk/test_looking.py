"""What staff see at the desk: overview, sources, imports, records, editions, works."""

from __future__ import annotations

import re
from typing import Protocol

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from allmenning.catalogue import services
from allmenning.catalogue.models import ImportRun, SetAsideRecord
from tests.catalogue.records import CATALOGUER, book, take
from tests.people_and_places import account
from tests.web.desk.conftest import BROKEN, edition_of, id_of, sult, work_of

pytestmark = pytest.mark.usefixtures("catalogue")


class Answer(Protocol):
    content: bytes


def soup(answer: Answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content.decode(), "lxml")


def words(answer: Answer) -> str:
    """What a person reads on the page."""
    main = soup(answer).main
    assert main is not None
    return " ".join(main.get_text(" ").split())


class TestTheDoor:
    def test_who_is_not_signed_in_may_sign_in_and_come_back(self, client: Client) -> None:
        answer = client.get("/desk/tvil/?etter=x")
        assert (answer.status_code, answer["Location"]) == (302, "/desk/sign-in/?next=/desk/tvil/%3Fetter%3Dx")
        sent = client.post("/desk/tvil/", {"svar": "lik"})
        assert (sent.status_code, sent["Location"]) == (302, "/desk/sign-in/?next=/desk/")

    def test_an_account_without_a_role_finds_nothing_here(self, client: Client) -> None:
        client.force_login(account("guest@example.no"))
        assert client.get("/desk/").status_code == 404

    def test_pages_are_not_kept_by_shared_machines(self, librarian: Client) -> None:
        assert "no-store" in librarian.get("/desk/")["Cache-Control"]

    def test_no_page_needs_more_than_the_policy_allows(self, cataloguer: Client) -> None:
        for path in ("/desk/", "/desk/tvil/", f"/desk/utgaver/{edition_of('oslo', '1')}/", "/desk/kilder/oslo/"):
            page = cataloguer.get(path).content.decode()
            assert [each for each in re.findall(r"<script[^>]*>", page) if "src=" not in each] == []
            assert re.findall(r"""<style|\sstyle=|\son[a-z]+=""", page) == []


class TestOverview:
    def test_sources_with_their_health(self, librarian: Client) -> None:
        rows = [
            [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])][:3]
            for row in soup(librarian.get("/desk/")).select("tbody tr")
        ]
        assert rows == [["bergen", "2", "0"], ["oslo", "3", "1"], ["utsira", "1", "0"]]

    def test_an_empty_catalogue_says_what_to_do(self, librarian: Client) -> None:
        from tests.catalogue.test_identity import wipe

        wipe()
        assert "allmenning import" in words(librarian.get("/desk/"))

    def test_as_many_queries_for_one_source_as_for_more(
        self, librarian: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(10) as first:
            librarian.get("/desk/")
        take("alta", book("1"))
        take("vadso_ny", book("1"))
        with django_assert_num_queries(len(first)):
            librarian.get("/desk/")


class TestSource:
    def test_runs_and_what_was_set_aside_with_its_bytes(self, librarian: Client) -> None:
        page = soup(librarian.get("/desk/kilder/oslo/"))
        assert len(page.select(".runs > li")) == 3
        text, hexadecimal = (each.get_text() for each in page.select("pre.bytes"))
        assert text == "00026␞this is no record�␝"
        assert hexadecimal.startswith("00000000  30 30 30 32 36 1e 74 68 69 73")

    def test_by_reason(self, librarian: Client) -> None:
        code = SetAsideRecord.objects.get().code
        assert len(soup(librarian.get(f"/desk/kilder/oslo/?grunn={code}")).select(".asides > li")) == 1
        assert len(soup(librarian.get("/desk/kilder/oslo/?grunn=xml_broken")).select(".asides > li")) == 0

    def test_pages(self, librarian: Client) -> None:
        take("oslo", *(BROKEN + b"%d\x1d" % number for number in range(30)))
        first = soup(librarian.get("/desk/kilder/oslo/"))
        assert len(first.select(".asides > li")) == 20
        following = first.select_one('a[rel="next"]')
        assert following is not None
        second = soup(librarian.get(f"/desk/kilder/oslo/{following['href']}"))
        assert 10 < len(second.select(".asides > li")) <= 20

    def test_the_bytes_come_as_they_were_and_are_never_shown_by_the_browser(self, librarian: Client) -> None:
        answer = librarian.get(f"/desk/avvist/{SetAsideRecord.objects.get().id}/data")
        assert answer.content == BROKEN
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_what_is_not_there(self, librarian: Client) -> None:
        for path in ("kilder/nowhere/", "import/999/", "avvist/999/data", "poster/999/", "poster/1/99/data"):
            assert librarian.get(f"/desk/{path}").status_code == 404, path

    def test_a_source_that_had_nothing_set_aside(self, librarian: Client) -> None:
        assert "Alle poster kunne leses" in words(librarian.get("/desk/kilder/bergen/"))


class TestRun:
    def test_its_table(self, librarian: Client) -> None:
        run = ImportRun.objects.create(
            source_id=ImportRun.objects.all()[0].source_id,
            started="2026-01-02T10:00Z",
            finished="2026-01-02T10:05Z",
            state="stopped",
            counts={"read": 1502, "new": 3, "set_aside": 2, "reasons": {"truncated": 2}},
        )
        page = soup(librarian.get(f"/desk/import/{run.id}/"))
        cells = [each.get_text(" ", strip=True) for each in page.select("table th, table td")]
        assert cells == ["Lest", "1\xa0502", "Nye", "3", "Satt til side", "2", "Posten er avkuttet før slutten.", "2"]
        assert "Start importen på nytt" in page.get_text()


class TestRecord:
    def test_versions_as_marc_with_what_changed(self, librarian: Client) -> None:
        take("oslo", book("3", "Markens grøde :", year="1917"))
        page = soup(librarian.get(f"/desk/poster/{id_of('oslo', '3')}/"))
        assert [each.get_text() for each in page.select(".version h2")] == ["Versjon 2", "Versjon 1"]
        assert [each.get_text(" ", strip=True) for each in page.select(".is-new td:last-child")] == [
            "Ny i denne versjonen: $a Markens grøde :"
        ]
        assert [each.select("td")[1].get_text(" ", strip=True) for each in page.select(".is-gone")] == [
            "Ikke lenger i denne versjonen: $a Markens grøde"
        ]

    def test_its_bytes(self, librarian: Client) -> None:
        answer = librarian.get(f"/desk/poster/{id_of('oslo', '3')}/1/data")
        assert answer.content == book("3", "Markens grøde", year="1917")
        assert answer["Content-Disposition"] == 'attachment; filename="oslo-3-v1.mrc"'

    def test_many_versions_in_pages(self, librarian: Client) -> None:
        for number in range(6):
            take("oslo", book("3", f"Markens grøde {number}", year="1917"))
        here = f"/desk/poster/{id_of('oslo', '3')}/"
        assert len(soup(librarian.get(here)).select(".version")) == 5
        second = soup(librarian.get(f"{here}?side=2"))
        assert [each.get_text() for each in second.select(".version h2")] == ["Versjon 2", "Versjon 1"]
        # The oldest on the first page is compared with the newest on the second.
        assert len(soup(librarian.get(here)).select(".version")[-1].select(".is-new")) == 1

    def test_a_number_no_database_holds(self, librarian: Client) -> None:
        for path in (f"poster/{10**25}/", f"poster/{10**17}/", f"poster/1/{10**17}/data", f"utgaver/{10**17}/"):
            assert librarian.get(f"/desk/{path}").status_code == 404


class TestEdition:
    def test_records_side_by_side_with_differences_marked(self, librarian: Client) -> None:
        page = soup(librarian.get(f"/desk/utgaver/{edition_of('oslo', '1')}/"))
        assert [each.get_text(strip=True) for each in page.select(".beside thead th a")] == ["bergen", "oslo", "utsira"]
        assert "roman" in [each.get_text() for each in page.select(".beside mark")]
        assert [each.get_text(" ", strip=True) for each in page.select("tr.differs > th")] == [
            "Tittel ulikt",
            "Omfang ulikt",
        ]

    def test_why_they_are_together(self, librarian: Client) -> None:
        said = words(librarian.get(f"/desk/utgaver/{edition_of('oslo', '1')}/"))
        assert "De sier nøyaktig det samme i alt som sammenlignes." in said
        assert "Samme ISBN" in said
        assert "% sikkert" in said

    def test_a_lone_record_says_so(self, librarian: Client) -> None:
        assert "Den står alene" in words(librarian.get(f"/desk/utgaver/{edition_of('oslo', '3')}/"))

    def test_the_merged_description_tells_where_each_field_came_from(self, librarian: Client) -> None:
        page = soup(librarian.get(f"/desk/utgaver/{edition_of('oslo', '1')}/"))
        told = {
            each.select("dt")[0].get_text(): [b.get_text() for b in each.select(".origin b")]
            for each in page.select(".merged > div")
        }
        assert told["Utgiver"]
        assert all(told.values())

    def test_a_librarian_sees_no_buttons(self, librarian: Client, cataloguer: Client) -> None:
        for path in (f"utgaver/{edition_of('oslo', '1')}/", f"verk/{work_of('oslo', '1')}/", "tvil/"):
            assert soup(librarian.get(f"/desk/{path}")).select("form[method=post]") == [], path
        assert soup(cataloguer.get("/desk/tvil/")).select("form[method=post]") != []

    def test_an_old_number_leads_on(self, librarian: Client) -> None:
        old = edition_of("bergen", "2")
        services.merge(actor=CATALOGUER, level="edition", record_ids=[id_of("oslo", "2"), old])
        answer = librarian.get(f"/desk/utgaver/{old}/?gjort=1")
        assert (answer.status_code, answer["Location"]) == (302, f"/desk/utgaver/{edition_of('oslo', '2')}/?gjort=1")

    def test_a_number_whose_records_went_apart_shows_the_choice(self, librarian: Client) -> None:
        bridge = id_of("oslo", "2")
        for other in (id_of("bergen", "2"), id_of("oslo", "3")):
            services.merge(actor=CATALOGUER, level="edition", record_ids=[bridge, other])
        assert edition_of("oslo", "2") == bridge
        take("oslo", book("2", deleted=True))
        answer = librarian.get(f"/desk/utgaver/{bridge}/")
        assert answer.status_code == 300
        assert {each["href"] for each in soup(answer).select(".files a")} == {
            f"/desk/utgaver/{edition_of(*each)}/" for each in (("bergen", "2"), ("oslo", "3"))
        }
        assert librarian.get(f"/desk/poster/{bridge}/").status_code == 200

    def test_long_reasons_are_folded(self, librarian: Client) -> None:
        for number in range(5):
            take(f"sted{number}", sult(extent=f"{171 + number} s."))
        page = soup(librarian.get(f"/desk/utgaver/{edition_of('oslo', '1')}/"))
        assert len(page.select("#hvorfor ~ .ties > li")) == 6
        assert len(page.select("#hvorfor ~ details .ties > li")) > 6

    def test_many_records_stand_in_pages(self, librarian: Client) -> None:
        for number in range(11):
            take(f"sted{number}", sult())
        here = f"/desk/utgaver/{edition_of('oslo', '1')}/"
        assert len(soup(librarian.get(here)).select(".beside thead th")) == 12
        second = soup(librarian.get(f"{here}?side=2"))
        assert [each.get_text(strip=True) for each in second.select(".beside thead .pick")] == ["13", "14"]

    def test_as_many_queries_for_one_record_as_for_three(
        self, librarian: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        paths = [f"/desk/utgaver/{edition_of('oslo', key)}/" for key in ("3", "1")]
        with django_assert_num_queries(7) as first:
            librarian.get(paths[0])
        with django_assert_num_queries(len(first)):
            librarian.get(paths[1])


class TestWork:
    def test_its_editions(self, librarian: Client) -> None:
        take("oslo", book("8", "Sult", year="1890"))
        page = soup(librarian.get(f"/desk/verk/{work_of('oslo', '1')}/"))
        assert len(page.select(".picks > li")) == 2
        assert librarian.get("/desk/verk/999/").status_code == 404

    def test_as_many_queries_for_one_edition_as_for_three(
        self, librarian: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        path = f"/desk/verk/{work_of('oslo', '1')}/"
        with django_assert_num_queries(7) as first:
            librarian.get(path)
        take("oslo", book("8", "Sult", year="1890"), book("9", "Sult", year="1950", publisher="Aschehoug"))
        with django_assert_num_queries(len(first)):
            assert len(soup(librarian.get(path)).select(".picks > li")) == 3


class TestFind:
    def test_by_words_isbn_and_number(self, librarian: Client) -> None:
        for asked in ("sult", "978-82-05-38562-7", str(id_of("bergen", "1"))):
            page = soup(librarian.get("/desk/finn/", {"q": asked}))
            links = [each["href"] for each in page.select(".found .picks a")]
            assert f"/desk/utgaver/{edition_of('oslo', '1')}/" in links, asked

    def test_nothing_found(self, librarian: Client) -> None:
        assert "Ingenting ble funnet" in words(librarian.get("/desk/finn/", {"q": "hvalfangstmanual"}))
        assert librarian.get("/desk/finn/", {"q": "9" * 200}).status_code == 200
        assert librarian.get("/desk/finn/").status_code == 200

    def test_to_merge_with_all_but_itself(self, cataloguer: Client, librarian: Client) -> None:
        here = edition_of("oslo", "1")
        ask = {"q": "hamsun", "utgave": str(here)}
        offered = [each["value"] for each in soup(cataloguer.get("/desk/finn/", ask)).select("input[name=med]")]
        assert str(here) not in offered
        assert str(edition_of("oslo", "3")) in offered
        assert soup(librarian.get("/desk/finn/", ask)).select("input[name=med]") == []


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_in_every_language(language: str, cataloguer: Client) -> None:
    cataloguer.cookies["allmenning_language"] = language
    for path in ("", "tvil/", f"utgaver/{edition_of('oslo', '1')}/", f"verk/{work_of('oslo', '1')}/", "kilder/oslo/"):
        answer = cataloguer.get(f"/desk/{path}")
        assert (answer.status_code, answer["Content-Language"]) == (200, language)
