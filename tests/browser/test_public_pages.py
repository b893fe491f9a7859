"""The public site as a visitor meets it: on a phone and on a desk, by keyboard, without scripts."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.templatetags.static import static
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from allmenning.web import static_files
from tests.authorities import registers
from tests.browser.conftest import Open
from tests.web.shelves import Country

pytestmark = pytest.mark.browser

#: All a first visit may weigh, in bytes on the wire: page, styles, scripts and letters.
FIRST_VISIT = 150_000
#: Menus stay closed: an open one lies over the page.
#: Opens what is folded, and lets the button that floats over the filters stand at their end: whatever it covers at the
#: moment can be scrolled free, but axe takes it for too small to press.
UNFOLD = """() => {
    document.querySelectorAll('details:not(.menu)').forEach(each => each.open = true)
    document.querySelectorAll('.filters-end').forEach(each => each.style.position = 'static')
}"""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def paths(country: Country) -> list[str]:
    sult, beaivi = country.work("Sult"), country.work("Beaivi, áhčážan")
    return [
        "/",
        "/oslo/",
        "/kautokeino/",
        "/oslo/sok",
        "/oslo/sok?q=sult&sprak=en&avdeling=bjorvika",
        "/oslo/sok?q=finnes-ikke",
        "/oslo/sok?q=sult+film",
        "/sok?q=bøker+på+samisk&sorter=nytt",
        "/oslo/sok?q=boken+om+sult",
        "/oslo/sok?q=film&ordrett=ja",
        "/sok?q=sult",
        f"/oslo/verk/{sult}",
        f"/oslo/navn/{registers.entity('Hamsun, Knut').id}",
        f"/oslo/emne/{registers.entity('Søsken').id}",
        f"/oslo/verk/{beaivi}",
        f"/verk/{sult}",
        "/oslo/om",
        "/oslo/her-er-ingenting",
    ]


def complaints(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {each['id']} {[node['target'] for node in each['nodes']][:3]}" for each in found]


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_for_everybody(live_server: LiveServer, country: Country, open_page: Open, width: int) -> None:
    """axe finds nothing to complain of, also with everything unfolded, and nothing is wider than the screen."""
    wrong: list[str] = []
    for path in paths(country):
        page = open_page(live_server.url + path, width=width, errors=path != "/oslo/her-er-ingenting")
        page.evaluate(UNFOLD)
        wrong += complaints(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wrong += [f"{path} is {wide} px too wide"] if wide > 0 else []
    assert wrong == []


def test_searching_works_without_scripts(live_server: LiveServer, country: Country, open_page: Open) -> None:
    page = open_page(live_server.url + "/oslo/", width=360, javascript=False)
    page.get_by_role("searchbox").fill("sult")
    page.get_by_role("button", name="Søk").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 treff på")
    page.get_by_text("Avgrens").click()
    page.get_by_label("engelsk").check()
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_role("group", name="Filtre i bruk").get_by_role("link")).to_have_text(["Fjern filter: engelsk"])
    page.get_by_role("link", name="Sult").click()
    page.get_by_role("link", name="Finn den i hylla").click()
    expect(page).to_have_url(f"{live_server.url}/oslo/verk/{country.work('Sult')}#hylla")


def test_suggestions_are_reached_by_keyboard(live_server: LiveServer, country: Country, open_page: Open) -> None:
    page = open_page(live_server.url + "/oslo/")
    field = page.get_by_role("combobox")
    field.press_sequentially("ham")
    options = page.get_by_role("option")
    expect(options).to_have_text(["Knut HamsunPerson"])
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "forslag-1")
    assert complaints(page) == []
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("ham")
    field.press("ArrowDown")
    expect(options).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/oslo/sok?person=Hamsun%2C+Knut")


def test_filtering_keeps_the_page_and_reads_the_new_count(
    live_server: LiveServer, country: Country, open_page: Open
) -> None:
    page = open_page(live_server.url + "/oslo/sok")
    page.evaluate("window.stillHere = true")
    page.get_by_label("nynorsk").check()
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 tittel")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page).to_have_url(f"{live_server.url}/oslo/sok?sorter=relevans&sprak=nn")
    assert page.evaluate("window.stillHere") is True
    expect(page.get_by_label("nynorsk")).to_be_checked()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 titler")


def test_the_language_is_chosen_by_keyboard_and_remembered(
    live_server: LiveServer, country: Country, open_page: Open
) -> None:
    page = open_page(live_server.url + "/oslo/")
    menu = page.locator("details.languages summary")
    menu.focus()
    menu.press("Enter")
    page.get_by_role("banner").get_by_role("link", name="Nynorsk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kva vil du finne?")
    page.goto(live_server.url + "/alta/")
    expect(page.locator("html")).to_have_attribute("lang", "nn")


def test_the_first_tab_skips_to_the_content(live_server: LiveServer, country: Country, open_page: Open) -> None:
    page = open_page(live_server.url + "/oslo/sok")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_a_first_visit_is_light(
    live_server: LiveServer, country: Country, open_page: Open, client: Client, settings: Settings, tmp_path: Path
) -> None:
    """What the browser asked for, as the real server packs it (the test's own server does not)."""
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(live_server.url + "/oslo/", wait_until="networkidle")
    assert len(asked) >= 8
    settings.STATIC_ROOT = tmp_path
    static_files.collect()
    weights = {path: weight(client, path) for path in asked}
    assert sum(weights.values()) <= FIRST_VISIT, weights


def weight(client: Client, path: str) -> int:
    url = static(path.removeprefix("/static/")) if path.startswith("/static/") else path
    return len(client.get(url, headers={"accept-encoding": "gzip"}).getvalue())
