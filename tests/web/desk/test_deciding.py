"""Merge, split, keep apart and undo at the desk, and every way they are refused."""

from __future__ import annotations

import pytest
from django.test import Client

from allmenning.catalogue.models import Decision
from allmenning.groundwork.models import AuditEntry
from tests.catalogue.records import book, isbn, record, take
from tests.web.desk.conftest import edition_of, id_of, together, work_of
from tests.web.desk.test_looking import soup, words

pytestmark = pytest.mark.usefixtures("catalogue")

THREE = (("oslo", "1"), ("bergen", "1"), ("utsira", "1"))
PAIR = (("oslo", "2"), ("bergen", "2"))


class TestSplitAndMergeEditions:
    def test_split_tells_so_with_its_undo(self, cataloguer: Client) -> None:
        here = edition_of("oslo", "1")
        answer = cataloguer.post(
            f"/desk/utgaver/{here}/skill-ut/", {"post": [id_of("utsira", "1")], "grunn": " Annen tekst "}
        )
        said = Decision.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/desk/utgaver/{here}/?gjort={said.id}")
        assert (said.reason, said.actor_name) == ("Annen tekst", "Kari")
        assert not together(("oslo", "1"), ("utsira", "1"))
        page = soup(cataloguer.get(answer["Location"]))
        notice = page.select_one(".notice")
        assert notice is not None
        assert f"/desk/utgaver/{edition_of('utsira', '1')}/" in [each["href"] for each in notice.select("a")]
        assert notice.form is not None
        assert notice.form["action"] == f"/desk/beslutninger/{said.id}/angre/"

    def test_undo_leads_back_and_all_is_as_before(self, cataloguer: Client) -> None:
        here = f"/desk/utgaver/{edition_of('oslo', '1')}/"
        cataloguer.post(f"{here}skill-ut/", {"post": [id_of("utsira", "1")]})
        said = Decision.objects.get()
        answer = cataloguer.post(f"/desk/beslutninger/{said.id}/angre/", {"tilbake": here})
        assert (answer.status_code, answer["Location"]) == (302, f"{here}?gjort={said.id}")
        assert together(*THREE)
        page = soup(cataloguer.get(answer["Location"]))
        assert "Angret: Holdt fra hverandre som ulike utgaver." in page.get_text()
        assert page.select(".is-undone form") == []
        assert AuditEntry.objects.unscoped("test").filter(verb="catalogue.undo_different").count() == 1

    def test_the_notice_of_one_done_on_the_page_comes_back_without_the_old_word(self, cataloguer: Client) -> None:
        here = f"/desk/utgaver/{edition_of('oslo', '1')}/"
        cataloguer.post(f"{here}skill-ut/", {"post": [id_of("utsira", "1")]})
        page = soup(cataloguer.get(f"{here}?gjort={Decision.objects.get().id}&side=1"))
        assert {each["value"] for each in page.select("input[name=tilbake]")} == {f"{here}?side=1"}

    @pytest.mark.parametrize(
        "elsewhere", ["https://example.no/desk/", "//example.no", "/oslo/", "", "/desk\\@example.no"]
    )
    def test_undo_never_leads_elsewhere(self, elsewhere: str, cataloguer: Client) -> None:
        cataloguer.post(f"/desk/utgaver/{edition_of('oslo', '1')}/skill-ut/", {"post": [id_of("utsira", "1")]})
        said = Decision.objects.get().id
        answer = cataloguer.post(f"/desk/beslutninger/{said}/angre/", {"tilbake": elsewhere})
        assert answer["Location"] == f"/desk/?gjort={said}"
        notice = soup(cataloguer.get(answer["Location"])).select_one(".notice")
        assert notice is not None
        assert "Angret: Holdt fra hverandre som ulike utgaver." in notice.get_text()

    def test_undoing_once_more_says_that_it_was_undone_already(self, cataloguer: Client) -> None:
        here = f"/desk/utgaver/{edition_of('oslo', '1')}/"
        cataloguer.post(f"{here}skill-ut/", {"post": [id_of("utsira", "1")]})
        undo = f"/desk/beslutninger/{Decision.objects.get().id}/angre/"
        cataloguer.post(undo, {"tilbake": here})
        answer = cataloguer.post(undo, {"tilbake": here})
        assert answer["Location"] == here
        told = soup(cataloguer.get(here)).select("[role=status]")
        assert [each.get_text(strip=True) for each in told] == [
            "Det var allerede angret, av Kari. Ingenting ble endret."
        ]

    def test_merge_with_an_edition_that_was_found(self, cataloguer: Client) -> None:
        here, other = edition_of("oslo", "3"), edition_of("oslo", "1")
        answer = cataloguer.post(f"/desk/utgaver/{here}/sla-sammen/", {"med": f" {other} "})
        assert answer.status_code == 302
        assert together(("oslo", "3"), *THREE)
        page = cataloguer.get(answer["Location"], follow=True)
        assert "Slått sammen til én utgave." in words(page)

    def test_what_does_not_fit_is_told_on_the_page(self, cataloguer: Client) -> None:
        here = f"/desk/utgaver/{edition_of('oslo', '1')}/"
        everyone = [id_of(*each) for each in THREE]
        for path, sent, status, said in (
            ("skill-ut/", {}, 422, "Velg minst én"),
            ("skill-ut/", {"post": ["x", "-1"]}, 422, "Velg minst én"),
            ("skill-ut/", {"post": everyone}, 422, "La minst én post"),
            ("skill-ut/", {"post": [everyone[0], id_of("oslo", "3")]}, 409, "last siden på nytt"),
            ("skill-ut/", {"post": [10**17]}, 404, "ikke lenger der"),
            ("sla-sammen/", {"med": edition_of("oslo", "1")}, 422, "står allerede sammen"),
            ("sla-sammen/", {"med": "Sult"}, 404, "har det nummeret"),
            ("sla-sammen/", {"med": 10**17}, 404, "har det nummeret"),
        ):
            answer = cataloguer.post(here + path, sent)
            assert (answer.status_code, path) == (status, path)
            alert = soup(answer).select_one("[role=alert]")
            assert alert is not None
            assert said in alert.get_text(), (sent, alert.get_text())
        assert Decision.objects.count() == 0

    def test_what_was_chosen_is_still_chosen_when_it_did_not_fit(self, cataloguer: Client) -> None:
        everyone = [str(id_of(*each)) for each in THREE]
        answer = cataloguer.post(f"/desk/utgaver/{edition_of('oslo', '1')}/skill-ut/", {"post": everyone})
        assert {each["value"] for each in soup(answer).select("input[checked]")} == set(everyone)

    def test_an_edition_that_was_merged_away_meanwhile(self, cataloguer: Client) -> None:
        gone = edition_of("bergen", "2")
        cataloguer.post(f"/desk/utgaver/{gone}/sla-sammen/", {"med": edition_of("oslo", "2")})
        answer = cataloguer.post(f"/desk/utgaver/{gone}/skill-ut/", {})
        assert answer.status_code == 422
        assert soup(answer).select_one(f'a[href="/desk/utgaver/{edition_of("oslo", "2")}/"]') is not None
        assert cataloguer.post(f"/desk/utgaver/{10**17}/skill-ut/", {}).status_code == 404


class TestRefusals:
    def test_a_librarian_is_told_whom_to_ask(self, librarian: Client, cataloguer: Client) -> None:
        here = f"/desk/utgaver/{edition_of('oslo', '1')}/"
        cataloguer.post(f"{here}skill-ut/", {"post": [id_of("utsira", "1")]})
        work = f"/desk/verk/{work_of('oslo', '1')}/"
        for path, sent in (
            (f"{here}skill-ut/", {"post": [id_of("bergen", "1")]}),
            (f"{here}sla-sammen/", {"med": edition_of("oslo", "3")}),
            (f"{work}skill-ut/", {"utgave": [edition_of("oslo", "1")]}),
            (f"{work}sla-sammen/", {"med": work_of("oslo", "3")}),
            ("/desk/tvil/", {"post": [id_of(*each) for each in PAIR], "svar": "lik"}),
            ("/desk/tvil/", {"post": [id_of(*each) for each in PAIR], "svar": "ulik"}),
            (f"/desk/beslutninger/{Decision.objects.get().id}/angre/", {"tilbake": here}),
        ):
            answer = librarian.post(path, sent)
            assert answer.status_code == 403, path
            assert "Bare en katalogisator" in words(answer), path
        assert Decision.objects.filter(undone_at=None).count() == 1

    def test_a_form_without_its_token_does_nothing(self, cataloguer: Client) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = cataloguer.cookies
        answer = strict.post("/desk/tvil/", {"post": [id_of(*each) for each in PAIR], "svar": "lik"})
        assert answer.status_code == 403
        assert Decision.objects.count() == 0

    def test_changes_are_posts_only(self, cataloguer: Client) -> None:
        for path in ("utgaver/1/skill-ut/", "utgaver/1/sla-sammen/", "verk/1/skill-ut/", "beslutninger/1/angre/"):
            assert cataloguer.get(f"/desk/{path}").status_code == 405

    def test_a_decision_that_is_not_there(self, cataloguer: Client) -> None:
        answer = cataloguer.post("/desk/beslutninger/999/angre/")
        assert answer.status_code == 404
        assert "ingen slik beslutning" in words(answer)


class TestDoubtful:
    def test_the_same_edition(self, cataloguer: Client) -> None:
        page = soup(cataloguer.get("/desk/tvil/"))
        form = page.select_one(".pairs form")
        assert form is not None
        sent = {"post": [each["value"] for each in form.select("input[name=post]")], "svar": "lik"}
        answer = cataloguer.post("/desk/tvil/", sent)
        assert answer["Location"] == f"/desk/tvil/?gjort={Decision.objects.get().id}"
        assert together(*PAIR)
        assert "Ingenting venter på deg" in words(cataloguer.get(answer["Location"]))

    def test_the_reasons_are_told_without_a_figure_that_would_weigh_against_them(self, cataloguer: Client) -> None:
        for path in ("tvil/", f"utgaver/{edition_of('oslo', '2')}/"):
            page = words(cataloguer.get(f"/desk/{path}"))
            assert "Ulike ISBN" in page
            assert "% like" not in page

    def test_different_editions(self, cataloguer: Client) -> None:
        answer = cataloguer.post("/desk/tvil/", {"post": [id_of(*each) for each in PAIR], "svar": "ulik"})
        assert answer.status_code == 302
        assert not together(*PAIR)
        assert soup(cataloguer.get("/desk/tvil/")).select(".pairs > li") == []

    def test_from_the_page_of_an_edition_back_to_it(self, cataloguer: Client) -> None:
        here = edition_of("oslo", "2")
        form = soup(cataloguer.get(f"/desk/utgaver/{here}/")).select_one(".neighbours form.answer")
        assert form is not None
        sent: dict[str, list[str]] = {}
        for each in form.select("input"):
            sent.setdefault(str(each["name"]), []).append(str(each["value"]))
        sent.pop("csrfmiddlewaretoken", None)
        answer = cataloguer.post("/desk/tvil/", {**sent, "svar": "ulik"})
        assert answer["Location"] == f"/desk/utgaver/{here}/?gjort={Decision.objects.get().id}"
        assert "En person har holdt dem fra hverandre." in words(cataloguer.get(answer["Location"]))

    def test_no_answer_or_no_pair(self, cataloguer: Client) -> None:
        pair = [id_of(*each) for each in PAIR]
        for sent, status in (
            ({"post": pair}, 422),
            ({"post": pair, "svar": "kanskje"}, 422),
            ({"post": pair[:1], "svar": "ulik"}, 422),
            ({"svar": "lik"}, 422),
            ({"post": [id_of("oslo", "1"), id_of("bergen", "1")], "svar": "ulik"}, 422),
        ):
            answer = cataloguer.post("/desk/tvil/", sent)
            assert answer.status_code == status, sent
            assert soup(answer).select_one("[role=alert]") is not None
        assert Decision.objects.count() == 0

    def test_of_four_only_those_ticked(self, cataloguer: Client) -> None:
        take("utsira", book("2", "Pan", year="1994", extent="269 s.", isbn=isbn(3)))
        take("volda", book("2", "Pan", year="1994", extent="269 s.", isbn=isbn(4)))
        page = soup(cataloguer.get("/desk/tvil/"))
        [form] = page.select(".pairs form")
        assert [each["value"] for each in form.select("button[name=svar]")] == ["lik", "noen", "ulik"]
        four = [str(each["value"]) for each in form.select("input[name=post]")]
        assert len(form.select("input[type=checkbox]")) == len(four) == 4
        ticked = [id_of("oslo", "2"), id_of("volda", "2")]
        answer = cataloguer.post("/desk/tvil/", {"post": four, "lik": ticked, "svar": "noen"})
        same, apart = Decision.objects.order_by("id")
        assert (same.verdict, apart.verdict) == ("same", "different")
        assert answer["Location"] == f"/desk/tvil/?gjort={same.id}-{apart.id}"
        assert together(("oslo", "2"), ("volda", "2"))
        assert not together(*PAIR)
        after = soup(cataloguer.get(answer["Location"]))
        notice = after.select_one(".notice")
        assert notice is not None
        assert "Slått sammen til én utgave. Holdt fra hverandre som ulike utgaver." in notice.get_text(" ", strip=True)
        assert len(after.select(".pairs > li")) == 1  # of bergen's and utsira's nothing was said
        undo = {"tilbake": "/desk/tvil/", "ogsa": [each["value"] for each in notice.select("input[name=ogsa]")]}
        cataloguer.post(f"/desk/beslutninger/{same.id}/angre/", undo)
        assert Decision.objects.filter(undone_at=None).count() == 0
        assert not together(("oslo", "2"), ("volda", "2"))
        assert len(soup(cataloguer.get("/desk/tvil/")).select(".pairs input[type=checkbox]")) == 4

    def test_too_few_ticked_are_still_ticked(self, cataloguer: Client) -> None:
        take("utsira", book("2", "Pan", year="1994", extent="269 s.", isbn=isbn(3)))
        three = [id_of(*PAIR[0]), id_of(*PAIR[1]), id_of("utsira", "2")]
        answer = cataloguer.post("/desk/tvil/", {"post": three, "lik": three[:1], "svar": "noen"})
        assert answer.status_code == 422
        assert "Kryss av minst to" in words(answer)
        assert [each["value"] for each in soup(answer).select("input[checked]")] == [str(three[0])]
        everyone = cataloguer.post("/desk/tvil/", {"post": three, "lik": three, "svar": "noen"})
        assert everyone["Location"] == f"/desk/tvil/?gjort={Decision.objects.get().id}"
        assert together(*PAIR, ("utsira", "2"))

    def test_the_place_in_the_list_is_kept(self, cataloguer: Client) -> None:
        mark = "0.5_1_2"
        answer = cataloguer.post("/desk/tvil/", {"post": [id_of(*each) for each in PAIR], "svar": "lik", "etter": mark})
        assert answer["Location"] == f"/desk/tvil/?etter={mark}&gjort={Decision.objects.get().id}"
        nonsense = cataloguer.get("/desk/tvil/?etter=tull")
        assert nonsense.status_code == 200


class TestWorks:
    def test_split_editions_out_and_undo(self, cataloguer: Client) -> None:
        take("oslo", book("8", "Sult", year="1890"))
        here = work_of("oslo", "1")
        assert work_of("oslo", "8") == here
        answer = cataloguer.post(
            f"/desk/verk/{here}/skill-ut/", {"utgave": [edition_of("oslo", "8")], "grunn": "Skuespillet"}
        )
        assert answer.status_code == 302
        assert work_of("oslo", "8") != work_of("oslo", "1")
        page = cataloguer.get(answer["Location"])
        assert "Holdt fra hverandre som ulike verk." in words(page)
        cataloguer.post(f"/desk/beslutninger/{Decision.objects.get().id}/angre/")
        assert work_of("oslo", "8") == work_of("oslo", "1")

    def test_nothing_is_split_out_of_another_work_than_the_pages(self, cataloguer: Client) -> None:
        take("oslo", book("8", "Sult", year="1890"))
        here, other = work_of("oslo", "3"), work_of("oslo", "8")
        for at, sent in ((here, [edition_of("oslo", "8")]), (other, [edition_of("oslo", "8"), 10**17])):
            answer = cataloguer.post(f"/desk/verk/{at}/skill-ut/", {"utgave": sent})
            assert answer.status_code == 409
            assert "Ingenting ble endret: last siden på nytt." in words(answer)
        assert work_of("oslo", "8") == work_of("oslo", "1")
        assert Decision.objects.count() == 0

    def test_merge(self, cataloguer: Client) -> None:
        here, other = work_of("oslo", "3"), work_of("oslo", "1")
        answer = cataloguer.post(f"/desk/verk/{here}/sla-sammen/", {"med": other})
        assert answer.status_code == 302
        assert work_of("oslo", "3") == work_of("oslo", "1") == other
        assert record("oslo", "3").edition_id != edition_of("oslo", "1")
        assert "Slått sammen til ett verk." in words(cataloguer.get(answer["Location"], follow=True))

    def test_what_does_not_fit(self, cataloguer: Client) -> None:
        here = work_of("oslo", "1")
        for path, sent, status in (
            ("skill-ut/", {}, 422),
            ("skill-ut/", {"utgave": [edition_of("oslo", "1")]}, 422),
            ("sla-sammen/", {"med": here}, 422),
            ("sla-sammen/", {"med": ""}, 404),
        ):
            answer = cataloguer.post(f"/desk/verk/{here}/{path}", sent)
            assert answer.status_code == status, sent
            assert soup(answer).select_one("[role=alert]") is not None
