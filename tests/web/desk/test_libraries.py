"""Running a library at the desk: who sees which, its face, its branches and their hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from allmenning.kernel.labels import Labels
from allmenning.organisations import queries
from allmenning.organisations import services as organisations
from allmenning.organisations.models import Branch, Library, OpeningHours
from allmenning.people import services as people
from allmenning.people.models import Account, Role
from allmenning.people.places import Place
from allmenning.web.desk.hours_forms import read_spans
from tests import people_and_places as known
from tests.people_and_places import ALWAYS, SYSTEM
from tests.web.desk.test_sign_in_pages import errors
from tests.web.test_front import texts

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'


@pytest.fixture
def admin(library: Library) -> Client:
    return signed_in(known.staff(library, Role.ADMIN))


@pytest.fixture
def office(library: Library) -> Client:
    """Somebody who runs the consortium that Deichman and Alta are members of."""
    shared, them = known.consortium(), known.account("kontor@example.no")
    for each in (library, known.alta()):
        organisations.join_consortium(actor=SYSTEM, consortium_id=shared.id, library_id=each.id, period=ALWAYS)
    people.grant_role(
        actor=SYSTEM,
        account_id=them.id,
        role=Role.CONSORTIUM_OFFICE,
        place=Place(consortium_id=shared.id),
        period=ALWAYS,
    )
    return signed_in(them)


def signed_in(them: Account) -> Client:
    client = Client()
    client.force_login(them)
    return client


def read(client: Client, path: str, sent: Mapping[str, object] | None = None) -> BeautifulSoup:
    answer = client.get(path) if sent is None else client.post(path, dict(sent), follow=True)
    return BeautifulSoup(answer.content, "html.parser")


def face(**changes: object) -> dict[str, object]:
    return {
        "languages": ["nb"], "default_language": "nb", "colour": "#1b4f72", "name_nb": "Deichman bibliotek", **changes
    }  # fmt: skip


class TestTheList:
    def test_each_sees_their_own(self, library: Library, office: Client) -> None:
        librarian = signed_in(known.staff(library))
        assert texts(read(librarian, "/desk/biblioteker/").select(".rows h2")) == ["Deichman bibliotek"]
        assert texts(read(office, "/desk/biblioteker/").select(".rows h2")) == ["Alta bibliotek", "Deichman bibliotek"]
        county = known.account("fylke@example.no")
        people.grant_role(
            actor=SYSTEM, account_id=county.id, role=Role.ADMIN, place=Place(county_number="56"), period=ALWAYS
        )
        assert texts(read(signed_in(county), "/desk/biblioteker/").select(".rows h2")) == ["Alta bibliotek"]

    def test_who_runs_nothing_finds_no_way_to_it(self, library: Library) -> None:
        cataloguer = signed_in(known.staff(library, Role.CATALOGUER))
        assert cataloguer.get("/desk/biblioteker/").status_code == 404
        assert cataloguer.get(f"/desk/biblioteker/{library.id}/").status_code == 403
        assert read(cataloguer, "/desk/").select("a[href='/desk/biblioteker/']") == []

    def test_one_library_costs_as_many_queries_as_three(self, library: Library, office: Client) -> None:
        alone = signed_in(known.staff(library, Role.ADMIN, email="one@example.no"))
        many = known.staff(library, Role.ADMIN, email="three@example.no")
        for each in (known.kautokeino(), Library.objects.get(slug="alta")):
            people.grant_role(
                actor=SYSTEM, account_id=many.id, role=Role.ADMIN, place=Place(library_id=each.id), period=ALWAYS
            )
        assert queries_of(alone, "/desk/biblioteker/") == queries_of(signed_in(many), "/desk/biblioteker/")

    def test_one_branch_costs_as_many_queries_as_three(self, library: Library, admin: Client) -> None:
        known.branch(library)
        before = queries_of(admin, f"/desk/biblioteker/{library.id}/")
        known.branch(library, "toyen")
        known.branch(library, "furuset")
        assert queries_of(admin, f"/desk/biblioteker/{library.id}/") == before


class TestTheFace:
    def test_what_is_written_stands_and_the_rest_stays(self, library: Library, admin: Client) -> None:
        sent = face(name_nb="Deichman", about_nb="Alle er velkomne.", languages=["nb", "se"], colour="#8A1538")
        answer = admin.post(f"/desk/biblioteker/{library.id}/endre/", sent)
        assert (answer.status_code, answer["Location"]) == (302, f"/desk/biblioteker/{library.id}/")
        library.refresh_from_db()
        assert (library.name, library.about) == (Labels(nb="Deichman"), Labels(nb="Alle er velkomne."))
        assert (library.languages, library.colour, library.municipality_id) == (["nb", "se"], "#8a1538", "0301")
        # The new language has fields of its own now.
        assert read(admin, f"/desk/biblioteker/{library.id}/endre/").select("#id_name_se") != []

    def test_a_logo_comes_and_goes(self, library: Library, admin: Client) -> None:
        path = f"/desk/biblioteker/{library.id}/endre/"
        admin.post(path, face(logo=SimpleUploadedFile("logo.svg", SVG)))
        library.refresh_from_db()
        assert library.logo_svg.startswith("<svg")
        admin.post(path, face())
        library.refresh_from_db()
        assert library.logo_svg.startswith("<svg")
        admin.post(path, face(remove_logo="on"))
        library.refresh_from_db()
        assert library.logo_svg == ""

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"name_nb": ""}, {"name_nb": "Et bibliotek har navn på minst ett språk."}),
            ({"email": "post"}, {"email": "Dette er ikke en hel e-postadresse: navn@bibliotek.no"}),
            ({"colour": "rød"}, {"colour": "«rød» er ikke en farge: skriv #rrggbb."}),
            ({"logo": b"<svg><script/></svg>"}, {"logo": "En logo kan bare inneholde former og tekst, ikke <svg>."}),
            ({"logo": b"\xff\xfe"}, {"logo": "Logoen er ikke velformet SVG."}),
        ],
    )
    def test_what_does_not_fit_is_told_at_its_field(
        self, library: Library, admin: Client, changes: dict[str, object], told: dict[str, str]
    ) -> None:
        if isinstance(logo := changes.get("logo"), bytes):
            changes = {"logo": SimpleUploadedFile("logo.svg", logo)}
        page = read(admin, f"/desk/biblioteker/{library.id}/endre/", face(**changes))
        assert errors(page) == told
        assert texts(page.select("[role=alert]")) == ["Ingenting er lagret ennå. Se på det som er merket nedenfor."]

    def test_a_library_does_not_number_itself_but_its_office_does(
        self, library: Library, admin: Client, office: Client
    ) -> None:
        path = f"/desk/biblioteker/{library.id}/endre/"
        assert read(admin, path).select("#id_isil") == []
        admin.post(path, face(isil="NO-2030000"))
        library.refresh_from_db()
        assert library.isil == ""
        office.post(path, face(isil="NO-2030000", organisation_number="", municipality="0301"))
        library.refresh_from_db()
        assert library.isil == "NO-2030000"
        taken = read(
            office,
            f"/desk/biblioteker/{Library.objects.get(slug='alta').id}/endre/",
            face(name_nb="Alta bibliotek", isil="NO-2030000", municipality="5601"),
        )
        assert errors(taken) == {"isil": "«NO-2030000» er allerede i bruk av en annen (ISIL)."}

    def test_a_librarian_may_look_but_not_change(self, library: Library) -> None:
        librarian = signed_in(known.staff(library))
        page = read(librarian, f"/desk/biblioteker/{library.id}/")
        assert [each for each in page.select("main a[href]") if "endre" in str(each["href"])] == []
        assert librarian.get(f"/desk/biblioteker/{library.id}/endre/").status_code == 403


class TestNewLibraries:
    def test_the_office_makes_a_member(self, office: Client) -> None:
        known.municipality("5607", "Vadsø", "56", "Finnmark")
        shared = queries.consortium_by_slug("folkebibliotek")
        assert shared is not None
        sent = {"name": "Vadsø bibliotek", "kind": "municipal", "slug": "vadso", "municipality": "5607"}
        page = read(office, f"/desk/konsortier/{shared.id}/nytt-bibliotek/", sent)
        assert texts(page.select("h1")) == ["Vadsø bibliotek"]
        made = queries.library_by_code("vadso")
        assert (made.prefix, made.municipality_id, list(made.consortia.all())) == ("vadso", "5607", [shared])

    @pytest.mark.parametrize(
        ("slug", "told"),
        [
            ("oslo", "«oslo» er allerede i bruk av en annen (kortnavn)."),
            ("desk", "«desk» er en av installasjonens egne adresser."),
            ("Vadsø", "«Vadsø» passer ikke i en adresse: bruk a–z, 0–9 og enkle bindestreker."),
        ],
    )
    def test_an_address_that_does_not_do_is_told(self, office: Client, slug: str, told: str) -> None:
        shared = queries.consortium_by_slug("folkebibliotek")
        assert shared is not None
        sent = {"name": "Vadsø bibliotek", "kind": "municipal", "slug": slug}
        assert errors(read(office, f"/desk/konsortier/{shared.id}/nytt-bibliotek/", sent)) == {"slug": told}


class TestBranches:
    def test_a_new_one_goes_on_to_its_hours(self, library: Library, admin: Client) -> None:
        for _ in range(2):  # two of one name have addresses of their own
            sent = {"name": "Deichman Tøyen", "postal_code": "0578", "city": "Oslo", "code": "", "order": "1"}
            answer = admin.post(f"/desk/biblioteker/{library.id}/ny-avdeling/", sent)
            assert answer["Location"].endswith("/apningstider/")
        assert [each.slug for each in queries.branches(library.id)] == ["deichman-toyen", "deichman-toyen-2"]

    def test_a_code_in_use_and_a_wrong_postal_code_are_told(self, library: Library, admin: Client) -> None:
        known.branch(library, code="hutl")
        path = f"/desk/biblioteker/{library.id}/ny-avdeling/"
        page = read(admin, path, {"name": "Tøyen", "code": "hutl"})
        assert errors(page) == {"code": "«hutl» er allerede i bruk av en annen (koden i bibliotekets eget system)."}
        page = read(admin, path, {"name": "", "postal_code": "57"})
        assert errors(page) == {"name": "Skriv navnet på avdelingen.", "postal_code": "Et postnummer har fire sifre."}

    def test_a_branch_is_renamed_and_hidden(self, library: Library, admin: Client) -> None:
        made = known.branch(library)
        admin.post(f"/desk/avdelinger/{made.id}/endre/", {"name": "Bjørvika", "order": "3"})
        made.refresh_from_db()
        assert (made.name, made.order, made.active) == (Labels(nb="Bjørvika"), 3, False)


class TestHours:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("", []),
            ("10-16", [(time(10), time(16))]),
            ("kl. 10.30–19, 20–24", [(time(10, 30), time(19)), (time(20), time(0))]),
            ("0900-15:30 og 17-19", [(time(9), time(15, 30)), (time(17), time(19))]),
        ],
    )
    def test_hours_are_read_as_people_write_them(self, written: str, meant: list[tuple[time, time]]) -> None:
        assert read_spans(written) == meant

    def test_any_librarian_sets_the_week_from_a_day_on(self, library: Library) -> None:
        place, librarian = known.branch(library), signed_in(known.staff(library))
        path = f"/desk/avdelinger/{place.id}/apningstider/"
        librarian.post(path, {"starts": "2026-01-01", "staffed_0": "10–16", "alone_0": "6–10, 16–23"})
        assert [(each.opens.hour, each.self_service) for each in queries.hours_on(place.id, date(2026, 11, 23))] == [
            (6, True),
            (10, False),
            (16, True),
        ]
        shown = read(librarian, path)
        assert [str(shown.select_one(f"#id_{each}_0")["value"]) for each in ("staffed", "alone")] == [  # type: ignore[index]
            "10.00–16.00",
            "06.00–10.00, 16.00–23.00",
        ]
        # Summer hours end by themselves.
        summer = {"starts": "2027-07-01", "last_day": "2027-07-31", "staffed_0": "11–14"}
        assert "1. juli 2027 – 31. juli 2027" in read(librarian, path, summer).get_text()
        assert OpeningHours.objects.filter(starts=date(2027, 8, 1)).count() == 3

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            (
                {"staffed_0": "hele dagen"},
                {"staffed_0": "«hele dagen» kan ikke leses. Skriv som 10–16 eller 10.30–19, flere med komma mellom."},
            ),
            ({"staffed_1": "16–10"}, {"staffed_1": "Et bibliotek stenger etter at det åpner."}),
            ({"staffed_1": "20–24.30"}, {"staffed_1": "Døgnet slutter klokka 24."}),
            ({"staffed_2": "10–16", "alone_2": "15–20"}, {"staffed_2": "To åpningstider overlapper på samme dag."}),
            ({"last_day": "2025-01-01"}, {"last_day": "Den siste dagen kommer etter den første."}),
            ({"starts": "i dag"}, {"starts": "Skriv en dag, for eksempel 2026-06-22."}),
        ],
    )
    def test_what_cannot_be_meant_is_told_at_its_day(
        self, library: Library, admin: Client, sent: dict[str, object], told: dict[str, str]
    ) -> None:
        place = known.branch(library)
        page = read(admin, f"/desk/avdelinger/{place.id}/apningstider/", {"starts": "2026-01-01", **sent})
        assert errors(page) == told
        assert not OpeningHours.objects.exists()

    def test_a_day_is_closed_and_opened_again(self, library: Library, admin: Client) -> None:
        place: Branch = known.branch(library)
        day = timezone.localdate() + timedelta(days=7)
        page = read(admin, f"/desk/avdelinger/{place.id}/stengt/", {"day": str(day), "note": "Planleggingsdag"})
        assert texts(page.select(".rows .fine")) == ["Planleggingsdag"]
        page = read(admin, f"/desk/avdelinger/{place.id}/apent/", {"day": str(day)})
        assert queries.closed_days(place.id, day) == []
        for sent, told in (("", "Skriv dagen."), ("2020-01-01", "Den dagen er over.")):
            assert errors(read(admin, f"/desk/avdelinger/{place.id}/stengt/", {"day": sent})) == {"day": told}
        assert admin.post(f"/desk/avdelinger/{place.id}/apent/", {"day": "x"}).status_code == 422


def queries_of(client: Client, path: str) -> int:
    client.get(path)  # what is remembered from the first time is not counted
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
