"""A real Chromium before a real server. Debian's own browser; without it these tests say so and are skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from pytest_django.fixtures import Settings

from allmenning.catalogue.headings import following
from allmenning.discovery import queries as discovery
from allmenning.web.public import front
from tests.authorities import registers
from tests.browser.chromium import ARGUMENTS
from tests.web import shelves

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread until the session ends; the ORM is called from plain code anyway.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium: no Chromium on this machine (apt-get install chromium)")
    browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def country(settings: Settings, transactional_db: None) -> Iterator[shelves.Country]:
    settings.SEARCH_URL = "memory://browser"
    discovery.forget()
    front.everything.cache_clear()
    made = shelves.country()
    shelves.stock(made)
    registers.take_in("prove", registers.HAMSUN, registers.SIBLINGS, vocabulary="tgn")
    following.catch_up()
    yield made
    discovery.forget()
    front.everything.cache_clear()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    """``open_page(url, width=360, javascript=False)``: a new visitor. A complaint on the console fails the test."""
    opened: list[Page] = []
    complaints: list[str] = []

    def open_(url: str, *, width: int = 1280, height: int = 800, javascript: bool = True, errors: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=javascript, locale="en-GB"
        )
        page = context.new_page()
        if errors:  # a page that is told to be missing is complained of rightly
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        opened.append(page)
        page.goto(url)
        return page

    yield open_
    for page in opened:
        page.context.close()
    assert complaints == []
