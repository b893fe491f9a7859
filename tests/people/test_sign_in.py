"""The staff's way in: by e-mail, not by guessing, and nothing is told to those who guess."""

from __future__ import annotations

import logging

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client, RequestFactory

from allmenning.groundwork import audit
from allmenning.groundwork.models import AuditEntry
from allmenning.people import browsers, services
from allmenning.people.models import Account
from allmenning.people.services import Place
from tests.people_and_places import ALWAYS, PASSWORD, SYSTEM, account, oslo

pytestmark = pytest.mark.django_db

SIGN_IN = "/desk/sign-in/"
WRONG = "et annet langt passord"


@pytest.fixture
def kari() -> Account:
    return account("kari@example.no", password=PASSWORD)


def sign_in(client: Client, email: str, password: str, **extra: str) -> tuple[int, str]:
    """The answer's status and, when it is a page, the errors on it."""
    response = client.post(SIGN_IN, {"login": email, "password": password, **extra})
    errors = response.context["form"].non_field_errors() if response.context else []
    return response.status_code, " ".join(errors) or response.headers.get("Location", "")


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_opens_the_desk_and_leaves_a_trace(client: Client, kari: Account) -> None:
    assert sign_in(client, "Kari@Example.no", PASSWORD) == (302, "/desk/")
    assert signed_in(client)
    assert audit.about_person(kari.id).first().verb == "account.sign_in"  # type: ignore[union-attr]
    assert not EmailAddress.objects.exists()  # the address is kept in one place, the account


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(client: Client, kari: Account) -> None:
    wrong = sign_in(client, "kari@example.no", WRONG)
    unknown = sign_in(client, "ingen@example.no", WRONG)
    assert wrong == unknown
    assert wrong[0] == 200
    assert not signed_in(client)
    failed = AuditEntry.objects.unscoped("the whole trail").filter(verb="account.sign_in_failed")
    assert [(each.person_id, each.data) for each in failed] == [(kari.id, {})]


def test_a_closed_account_is_nobodys_to_discover(client: Client, kari: Account) -> None:
    services.close_account(actor=SYSTEM, account_id=kari.id)
    assert sign_in(client, "kari@example.no", PASSWORD) == (302, SIGN_IN)
    assert not signed_in(client)


def test_an_open_session_ends_when_the_account_is_closed(client: Client, kari: Account) -> None:
    sign_in(client, "kari@example.no", PASSWORD)
    services.close_account(actor=SYSTEM, account_id=kari.id)
    assert client.get("/desk/password/").status_code == 302


def stopped(answer: tuple[int, str]) -> bool:
    return answer[1].startswith("For mange forsøk.")


def guess(times: int, *, at: str = "192.0.2.1", email: str = "kari@example.no") -> None:
    for _ in range(times):
        sign_in(Client(REMOTE_ADDR=at), email, WRONG)


def test_guessing_at_one_account_from_one_address_is_stopped_there_and_nowhere_else(kari: Account) -> None:
    guess(5)
    assert stopped(sign_in(Client(REMOTE_ADDR="192.0.2.1"), "kari@example.no", PASSWORD))
    owner = Client(REMOTE_ADDR="192.0.2.99")
    assert sign_in(owner, "kari@example.no", PASSWORD) == (302, "/desk/")


def test_guessing_from_many_addresses_is_stopped_but_not_for_a_browser_that_has_signed_in_before(kari: Account) -> None:
    owner = Client(REMOTE_ADDR="192.0.2.99")
    sign_in(owner, "kari@example.no", PASSWORD)
    owner.post("/desk/sign-out/")
    for address in range(20):
        guess(5, at=f"198.51.100.{address}")
    assert stopped(sign_in(Client(REMOTE_ADDR="192.0.2.98"), "kari@example.no", PASSWORD))
    # Their own address is used up as well: somebody guesses from the same library.
    guess(59, at="192.0.2.99")  # one is the owner's own
    typed = {"login": "kari@example.no", "password": PASSWORD}
    assert Client(REMOTE_ADDR="192.0.2.99").post(SIGN_IN, typed).status_code == 429
    assert sign_in(owner, "KARI@example.no", PASSWORD) == (302, "/desk/")


def test_guesses_in_a_known_browser_are_bounded_too(kari: Account) -> None:
    browser = Client(REMOTE_ADDR="192.0.2.99")
    sign_in(browser, "kari@example.no", PASSWORD)
    browser.post("/desk/sign-out/")
    answers = [stopped(sign_in(browser, "kari@example.no", WRONG)) for _ in range(16)]
    # Ten of its own, then the five that any browser there has.
    assert answers == [False] * 15 + [True]


def test_a_known_browser_is_known_for_its_own_accounts_only(kari: Account) -> None:
    account("ola@example.no", "Ola", password=PASSWORD)
    browser = Client(REMOTE_ADDR="192.0.2.99")
    sign_in(browser, "ola@example.no", PASSWORD)
    browser.post("/desk/sign-out/")
    assert [stopped(sign_in(browser, "kari@example.no", WRONG)) for _ in range(6)] == [False] * 5 + [True]


def test_a_made_up_cookie_is_none(kari: Account) -> None:
    browser = Client(REMOTE_ADDR="192.0.2.99")
    browser.cookies[browsers.COOKIE] = "made-up"
    assert [stopped(sign_in(browser, "kari@example.no", WRONG)) for _ in range(6)] == [False] * 5 + [True]


def test_colleagues_share_a_browser_and_the_oldest_are_forgotten(client: Client) -> None:
    emails = [f"kollega{number}@example.no" for number in range(browsers.MOST_ACCOUNTS + 1)]
    for each in emails:
        account(each, password=PASSWORD)
        sign_in(client, each, PASSWORD)
        client.post("/desk/sign-out/")
    request = RequestFactory().get("/desk/sign-in/")
    request.COOKIES[browsers.COOKIE] = client.cookies[browsers.COOKIE].value
    assert [bool(browsers.number_of(request, each)) for each in emails] == [False] + [True] * browsers.MOST_ACCOUNTS
    cookie = client.cookies[browsers.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/desk/")
    assert "kollega" not in cookie.value


def test_who_opens_a_link_is_not_stopped_by_strangers_guesses(client: Client) -> None:
    here = Place(library_id=oslo().id)
    invited = services.invite(
        actor=SYSTEM, email="berit@example.no", given_name="Berit", role="librarian", place=here, period=ALWAYS
    )
    guess(5, at="127.0.0.1", email="berit@example.no")
    assert stopped(sign_in(Client(), "berit@example.no", WRONG))
    client.post(f"/desk/welcome/{invited.account.id}/{invited.token}/", {"password": PASSWORD})
    assert sign_in(client, "berit@example.no", PASSWORD) == (302, "/desk/")


def test_an_unknown_account_is_stopped_just_the_same() -> None:
    answers = [sign_in(Client(), "ingen@example.no", WRONG) for _ in range(6)]
    assert len(set(answers[:5])) == 1
    assert answers[5] != answers[0]


def test_guesses_at_many_accounts_do_not_push_out_the_count_of_one(kari: Account) -> None:
    guess(5)
    for number in range(400):  # more keys than Django keeps in a cache unless told otherwise
        cache.set(f"other-{number}", [1.0], 300)
    assert stopped(sign_in(Client(REMOTE_ADDR="192.0.2.1"), "kari@example.no", PASSWORD))


def test_guessing_at_many_accounts_from_one_address_is_stopped() -> None:
    answers = [sign_in(Client(), f"gjest{number}@example.no", WRONG) for number in range(21)]
    assert len(set(answers[:20])) == 1
    assert answers[20] != answers[0]


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_outside(client: Client, kari: Account, elsewhere: str) -> None:
    assert sign_in(client, "kari@example.no", PASSWORD, next=elsewhere) == (302, "/desk/")


def test_signing_in_leads_to_the_page_that_was_asked_for(client: Client, kari: Account) -> None:
    assert sign_in(client, "kari@example.no", PASSWORD, next="/desk/password/") == (302, "/desk/password/")


def test_signing_out_takes_a_post(client: Client, kari: Account) -> None:
    client.force_login(kari)
    assert client.get("/desk/sign-out/").status_code == 200
    assert signed_in(client)
    assert client.post("/desk/sign-out/").headers["Location"] == SIGN_IN
    assert not signed_in(client)


def test_a_changed_password_holds_and_the_session_stays(client: Client, kari: Account) -> None:
    client.force_login(kari)
    new = {"oldpassword": PASSWORD, "password1": WRONG, "password2": WRONG}
    assert client.post("/desk/password/", {**new, "oldpassword": "feil"}).status_code == 200
    assert client.post("/desk/password/", new).status_code == 302
    kari.refresh_from_db()
    assert kari.check_password(WRONG)
    assert signed_in(client)
    assert audit.about_person(kari.id).filter(verb="account.change_password").count() == 1


def test_there_is_no_way_to_sign_up_or_ask_who_has_an_account(client: Client) -> None:
    for path in ("/desk/sign-up/", "/accounts/signup/", "/desk/password/reset/", "/desk/email/"):
        assert client.get(path).status_code == 404


def test_an_invited_person_chooses_a_password_and_signs_in(client: Client) -> None:
    here = Place(library_id=oslo().id)
    invited = services.invite(
        actor=SYSTEM, email="berit@example.no", given_name="Berit", role="librarian", place=here, period=ALWAYS
    )
    link = f"/desk/welcome/{invited.account.id}/{invited.token}/"
    assert client.get(link).status_code == 200
    assert client.post(link, {"password": "kort"}).status_code == 422
    assert client.post(link, {"password": PASSWORD}).headers["Location"] == SIGN_IN
    assert client.post(link, {"password": PASSWORD}).status_code == 422
    assert sign_in(client, "berit@example.no", PASSWORD)[0] == 302


def test_no_password_reaches_a_log(client: Client, kari: Account, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    sign_in(client, "kari@example.no", WRONG)
    sign_in(client, WRONG, PASSWORD)  # typed into the wrong field
    sign_in(client, "kari@example.no", PASSWORD)
    assert WRONG not in caplog.text
    assert PASSWORD not in caplog.text
    assert WRONG not in str(list(AuditEntry.objects.unscoped("the whole trail").values()))
