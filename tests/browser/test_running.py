"""Running a library in Chromium: for everybody at both widths, and from invitation to desk without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from allmenning.organisations import services as organisations
from allmenning.organisations.models import Branch, Consortium
from allmenning.people import services as people
from allmenning.people.models import Account, Role
from allmenning.people.places import Place
from tests.browser.conftest import Open
from tests.browser.test_desk import told_of
from tests.browser.test_public_pages import UNFOLD
from tests.people_and_places import ALWAYS, PASSWORD, SYSTEM, account, consortium, staff
from tests.web.shelves import Country

pytestmark = pytest.mark.browser


@pytest.fixture
def office(country: Country) -> Account:
    """Somebody who runs the consortium that Deichman is a member of."""
    shared = consortium()
    organisations.join_consortium(actor=SYSTEM, consortium_id=shared.id, library_id=country.oslo.id, period=ALWAYS)
    them = account("kontor@example.no", "Kontoret", password=PASSWORD)
    place = Place(consortium_id=shared.id)
    people.grant_role(
        actor=SYSTEM, account_id=them.id, role=Role.CONSORTIUM_OFFICE, place=place, period=ALWAYS
    )  # fmt: skip
    return them


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_for_everybody(
    live_server: LiveServer, country: Country, office: Account, open_page: Open, width: int
) -> None:
    """As they come, with what is wrong told, and with everything unfolded."""
    page = open_page(f"{live_server.url}/desk/biblioteker/", width=width, errors=False)
    page.get_by_text("Glemt passordet ditt?").click()
    wrong = told_of(page)
    sign_in(page, "kontor@example.no")
    oslo, shared = country.oslo.id, Consortium.objects.get().id
    branch = Branch.objects.get(slug="bjorvika")
    active, waiting = (staff(country.oslo, email=f"{each}@example.no") for each in ("aktiv", "venter"))
    active.set_password(PASSWORD)
    active.save()
    people.make_link(actor=SYSTEM, account_id=waiting.id)
    for path in (
        "biblioteker/",
        f"biblioteker/{oslo}/",
        f"biblioteker/{oslo}/endre/",
        f"biblioteker/{oslo}/ny-avdeling/",
        f"avdelinger/{branch.id}/endre/",
        f"avdelinger/{branch.id}/apningstider/",
        f"konsortier/{shared}/nytt-bibliotek/",
        f"konsortier/{shared}/ansatte/",
        f"konsortier/{shared}/ansatte/{office.id}/",
        f"biblioteker/{oslo}/ansatte/",
        f"biblioteker/{oslo}/ansatte/{active.id}/",
        f"biblioteker/{oslo}/ansatte/{waiting.id}/",
        f"biblioteker/{oslo}/ansatte/inviter/",
    ):
        page.goto(f"{live_server.url}/desk/{path}")
        page.evaluate(UNFOLD)
        wrong += told_of(page)
        main = page.get_by_role("main")
        if path.endswith(("endre/", "avdeling/", "bibliotek/", "inviter/")):
            main.get_by_role("textbox").first.fill("")
            main.locator("form button[type=submit]").first.click()
            expect(main.get_by_role("alert")).to_contain_text("Ingenting er lagret ennå.")
            wrong += told_of(page)
    page.goto(f"{live_server.url}/desk/biblioteker/{oslo}/ansatte/{active.id}/")
    page.get_by_role("button", name="Lag en ny lenke").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("En lenke til Kari")
    wrong += told_of(page)
    assert wrong == []


def test_an_invitation_is_made_and_answered_by_keyboard_without_scripts(
    live_server: LiveServer, country: Country, open_page: Open
) -> None:
    admin = staff(country.oslo, Role.ADMIN, email="admin@example.no")
    admin.set_password(PASSWORD)
    admin.save()
    page = open_page(f"{live_server.url}/desk/", width=360, javascript=False)
    sign_in(page, "admin@example.no")
    page.get_by_role("link", name="Bibliotek", exact=True).click()
    page.get_by_role("link", name="Ansatte – Deichman bibliotek").click()
    page.get_by_role("link", name="Inviter en kollega").press("Enter")
    page.get_by_label("E-post").fill("berit@example.no")
    page.get_by_label("Fornavn").fill("Berit")
    page.get_by_label("Katalogisator").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    link = page.locator(".link-once").inner_text()
    newcomer = open_page(link, width=360, javascript=False)
    newcomer.get_by_label("Passord").fill(PASSWORD)
    newcomer.keyboard.press("Enter")
    sign_in(newcomer, "berit@example.no")
    expect(newcomer.get_by_role("heading", level=1)).to_have_text("Felleskatalogen i dag")
    page.get_by_role("link", name="Ferdig").click()
    expect(page.locator(".rows > li").filter(has_text="Berit").locator(".ds-tag")).to_have_text("Aktiv")
