"""How the way in looks and speaks: labels that stay, errors beside their field, every screen's language."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from allmenning.people import services
from allmenning.people.models import Account
from allmenning.people.services import Place
from allmenning.web.screen_language import COOKIE
from tests.people_and_places import ALWAYS, PASSWORD, SYSTEM, account, oslo
from tests.web.test_front import texts

pytestmark = pytest.mark.django_db

SIGN_IN, PASSWORD_PAGE = "/desk/sign-in/", "/desk/password/"


@pytest.fixture
def kari() -> Account:
    return account("kari@example.no", password=PASSWORD)


def read(client: Client, path: str, sent: dict[str, str] | None = None) -> BeautifulSoup:
    answer = client.get(path) if sent is None else client.post(path, sent)
    return BeautifulSoup(answer.content, "html.parser")


def labels(page: BeautifulSoup) -> dict[str, str]:
    """Field → its label; a field without one is not here."""
    return {str(each["for"]): each.get_text(strip=True) for each in page.select("form .ds-field label")}


def errors(page: BeautifulSoup) -> dict[str, str]:
    """Field → the error that the field itself points at."""
    found = {}
    for field in page.select("form input[aria-invalid=true]"):
        told = [page.find(id=each) for each in str(field["aria-describedby"]).split()]
        found[str(field["name"])] = " ".join(
            each.get_text() for each in told if each and str(each["id"]).endswith("_error")
        )
    return found


def test_every_field_has_a_label_that_stays_and_there_is_one_main_action(client: Client, kari: Account) -> None:
    page = read(client, SIGN_IN)
    assert labels(page) == {"id_login": "E-post", "id_password": "Passord"}
    assert texts(page.select("main button")) == ["Logg inn"]
    client.force_login(kari)
    page = read(client, PASSWORD_PAGE)
    assert list(labels(page).values()) == ["Passordet ditt i dag", "Nytt passord", "Nytt passord en gang til"]
    assert texts(page.select("main button")) == ["Bytt passord"]
    assert page.select("[placeholder]") == []
    page = read(client, "/desk/sign-out/")
    assert "Du er logget inn som kari@example.no." in texts(page.select("main p"))
    assert texts(page.select("main button")) == ["Logg ut"]


def test_what_is_missing_is_told_at_its_field(client: Client) -> None:
    page = read(client, SIGN_IN, {"login": "kari", "password": ""})
    assert errors(page) == {
        "login": "Dette er ikke en hel e-postadresse: navn@bibliotek.no",
        "password": "Skriv passordet ditt.",
    }
    assert page.title is not None
    assert page.title.get_text() == "Feil: Logg inn – Allmenning"


def test_a_wrong_password_is_told_above_the_form_in_the_screens_language(client: Client, kari: Account) -> None:
    wrong = {"login": "kari@example.no", "password": "noe helt annet"}
    for screen, said in (
        ("nb", "E-postadressen eller passordet er feil."),
        ("nn", "E-postadressa eller passordet er feil."),
        ("en", "The e-mail address or password is wrong."),
    ):
        client.cookies[COOKIE] = screen
        assert texts(read(client, SIGN_IN, wrong).select("[role=alert]")) == [said]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"oldpassword": "feil"}, {"oldpassword": "Dette er ikkje passordet ditt i dag."}),
        ({"password2": "skrive feil"}, {"password2": "Du må skrive det same passordet begge gongene."}),
        ({"password1": ""}, {"password1": "Vel eit nytt passord."}),
        ({"password1": "kort"}, {"password1": "Passordet er for kort: minst 10 teikn."}),
        ({"password1": "kari@example.no"}, {"password1": "Passordet liknar for mykje på e-postadressa di."}),
        ({"password1": "1234567890"}, {"password1": "Dette passordet er for vanleg."}),
    ],
)
def test_a_password_that_does_not_do_is_told_in_nynorsk_too(
    client: Client, kari: Account, sent: dict[str, str], told: dict[str, str]
) -> None:
    client.force_login(kari)
    client.cookies[COOKIE] = "nn"
    new = {"oldpassword": PASSWORD, "password1": "et annet langt passord", "password2": "et annet langt passord"}
    assert errors(read(client, PASSWORD_PAGE, new | sent)) == told


def test_a_changed_password_is_told(client: Client, kari: Account) -> None:
    client.force_login(kari)
    new = {"oldpassword": PASSWORD, "password1": "et annet langt passord", "password2": "et annet langt passord"}
    client.post(PASSWORD_PAGE, new)
    assert texts(read(client, PASSWORD_PAGE).select("[role=status]")) == ["Passordet ditt er endret."]


def test_the_page_one_came_for_is_kept_when_the_language_is_changed(client: Client) -> None:
    page = read(client, f"{SIGN_IN}?next=/desk/tvil/")
    links = [str(each["href"]) for each in page.select(".entrance-languages a")]
    assert links == [f"?next=%2Fdesk%2Ftvil%2F&lang={tag}" for tag in ("nb", "nn", "en")]


def test_an_invitation_is_answered_on_a_page_of_the_same_kind(client: Client) -> None:
    invited = services.invite(
        actor=SYSTEM,
        email="berit@example.no",
        given_name="Berit",
        role="librarian",
        place=Place(library_id=oslo().id),
        period=ALWAYS,
    )
    link = f"/desk/welcome/{invited.account.id}/{invited.token}/"
    assert labels(read(client, link)) == {"id_password": "Passord"}
    assert errors(read(client, link, {"password": ""})) == {"password": "Velg et passord."}


def test_too_many_attempts_from_one_place_are_told_on_a_page_of_ours() -> None:
    answers = [Client().post(SIGN_IN, {"login": f"g{at}@example.no", "password": "x"}) for at in range(61)]
    assert [each.status_code for each in answers] == [200] * 60 + [429]
    page = BeautifulSoup(answers[-1].content, "html.parser")
    assert texts(page.select("h1")) == ["For mange forsøk"]


def test_a_form_that_was_left_too_long_is_told_on_a_page_of_ours(kari: Account) -> None:
    answer = Client(enforce_csrf_checks=True).post(SIGN_IN, {"login": "kari@example.no", "password": PASSWORD})
    assert answer.status_code == 403
    assert texts(BeautifulSoup(answer.content, "html.parser").select("h1")) == ["Siden hadde ventet for lenge"]
