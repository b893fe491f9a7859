"""The desk in Chromium: for everybody at both widths, by keyboard, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from allmenning.people.models import Role
from tests.browser.conftest import Open
from tests.browser.test_public_pages import UNFOLD, complaints
from tests.catalogue.records import book, isbn, record, take
from tests.people_and_places import PASSWORD, staff
from tests.web.shelves import Country

pytestmark = pytest.mark.browser


@pytest.fixture
def catalogue(country: Country) -> Country:
    """Besides: three records of one edition, a pair and four editions in doubt, a broken record, two versions."""
    take("oslo", book("11", "Pan", year="1994", isbn=isbn(1)))
    take("alta", book("12", "Pan", year="1994", isbn=isbn(2)))
    take("kautokeino", book("13", "Sult :", publisher="Gyldendal", extent="300 s"))
    for number, (source, publisher) in enumerate(
        zip("abcd", ("", "Aschehoug", "H. Aschehoug", "Gyldendal"), strict=True)
    ):
        take(f"kilde-{source}", book("21", "Victoria", year="1998", isbn=isbn(10 + number), publisher=publisher))
    take("oslo", b"00026\x1ethis is no record\xff\x1d")
    take("alta", book("12", "Pan :", year="1994", isbn=isbn(2)))
    return country


def sign_in(page: Page, country: Country) -> None:
    kari = staff(country.oslo, Role.CATALOGUER, email="kari@example.no")
    kari.set_password(PASSWORD)
    kari.save()
    page.get_by_label("E-post").fill("kari@example.no")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_for_everybody(live_server: LiveServer, catalogue: Country, open_page: Open, width: int) -> None:
    page = open_page(f"{live_server.url}/desk/", width=width)
    sign_in(page, catalogue)
    wrong: list[str] = []
    sult, pan = record("oslo", "o1"), record("alta", "12")
    for path in (
        "",
        "tvil/",
        "finn/?q=hamsun",
        f"finn/?q=hamsun&utgave={pan.edition_id}",
        "kilder/oslo/",
        f"import/{record('oslo', '11').source.runs.all()[0].id}/",
        f"poster/{pan.id}/",
        f"utgaver/{sult.edition_id}/",
        f"utgaver/{pan.edition_id}/",
        f"verk/{sult.work_id}/",
    ):
        page.goto(f"{live_server.url}/desk/{path}")
        page.evaluate(UNFOLD)
        wrong += told_of(page)
    assert wrong == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_way_in_is_for_everybody(live_server: LiveServer, country: Country, open_page: Open, width: int) -> None:
    """Sign-in as it comes, with a field forgotten, with a wrong password; then the pages of one's own account."""
    page = open_page(f"{live_server.url}/desk/sign-in/", width=width)
    wrong = told_of(page)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_label("E-post")).to_have_accessible_description("Skriv e-postadressen din.")
    wrong += told_of(page)
    page.get_by_label("E-post").fill("kari@example.no")
    page.get_by_label("Passord").fill("noe helt annet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("E-postadressen eller passordet er feil.")
    wrong += told_of(page)
    sign_in(page, country)
    for path in ("password/", "sign-out/"):
        page.goto(f"{live_server.url}/desk/{path}")
        wrong += told_of(page)
    assert wrong == []


def told_of(page: Page) -> list[str]:
    """What is wrong with the page as it stands, wider than the screen included."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return complaints(page) + ([f"{page.url} is {wide} px too wide"] if wide > 0 else [])


def test_split_and_undo_by_keyboard_without_scripts(
    live_server: LiveServer, catalogue: Country, open_page: Open
) -> None:
    sult = record("oslo", "o1").edition_id
    page = open_page(f"{live_server.url}/desk/utgaver/{sult}/", javascript=False)
    sign_in(page, catalogue)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sult")
    last = page.get_by_role("checkbox").last
    last.focus()
    page.keyboard.press("Space")
    expect(last).to_be_checked()
    page.get_by_label("Begrunnelse").fill("Annet opplag")
    page.keyboard.press("Enter")
    notice = page.get_by_role("status")
    expect(notice).to_contain_text("Holdt fra hverandre som ulike utgaver")
    notice.get_by_role("button", name="Angre").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Angret")
    expect(page.locator(".decisions")).to_contain_text("Annet opplag")


def test_a_doubtful_pair_with_one_press(live_server: LiveServer, catalogue: Country, open_page: Open) -> None:
    page = open_page(f"{live_server.url}/desk/tvil/")
    sign_in(page, catalogue)
    pair = page.locator(".pairs > li").filter(has_text="Pan").first
    pair.get_by_role("button", name="Samme utgave").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Slått sammen til én utgave")
    assert record("oslo", "11").edition_id == record("alta", "12").edition_id


def test_four_editions_in_doubt_are_sorted_out_by_keyboard_and_undone(
    live_server: LiveServer, catalogue: Country, open_page: Open
) -> None:
    page = open_page(f"{live_server.url}/desk/tvil/", javascript=False)
    sign_in(page, catalogue)
    page.goto(f"{live_server.url}/desk/tvil/")
    question = page.locator(".pairs > li").filter(has_text="Victoria").first
    boxes = question.get_by_role("checkbox")
    many = boxes.count()
    assert many > 2
    for box in (boxes.nth(0), boxes.nth(1)):
        box.press("Space")
        expect(box).to_be_checked()
    question.get_by_role("button", name="Bare de avkryssede er samme utgave").press("Enter")
    notice = page.get_by_role("status")
    expect(notice).to_contain_text("Slått sammen til én utgave. Holdt fra hverandre som ulike utgaver.")
    notice.get_by_role("button", name="Angre").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Angret")
    again = page.locator(".pairs > li").filter(has_text="Victoria").first
    assert again.get_by_role("checkbox").count() == many
