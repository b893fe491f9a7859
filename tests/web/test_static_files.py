"""What a first visit fetches: small, ours to give, packed, and kept by browsers for as long as it stays the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.templatetags.static import static
from django.test import Client
from pytest_django.fixtures import Settings

import allmenning.web
from allmenning.web import static_files
from tests.web.shelves import Country

STATIC = Path(allmenning.web.__file__).parent / "static"
PACKED = {"accept-encoding": "gzip"}


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Path:
    """The files as an installation has them after its start."""
    settings.STATIC_ROOT = tmp_path
    assert static_files.collect() is True
    return tmp_path


def test_every_vendored_folder_brings_its_licence() -> None:
    folders = [each for each in (STATIC / "vendor").iterdir() if each.is_dir()]
    assert [each.name for each in folders if not list(each.glob("LICENSE*"))] == []


def test_no_single_file_is_large_when_packed(collected: Path, client: Client) -> None:
    urls = [static(str(each.relative_to(STATIC))) for each in STATIC.rglob("*") if each.is_file()]
    sizes = {url: len(client.get(url, headers=PACKED).getvalue()) for url in urls}
    assert [url for url, size in sizes.items() if size > 40_000] == []


def test_a_name_tells_the_content_and_may_be_kept_for_ever(collected: Path, client: Client, country: Country) -> None:
    page = client.get("/oslo/").content.decode()
    urls = set(re.findall(r'"(/static/[^"]+)"', page))
    assert len(urls) >= 7
    for url in urls:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", url), url
        answer = client.get(url, headers=PACKED)
        assert answer["Cache-Control"] == "max-age=315360000, public, immutable"
    style = client.get(static("site/frame.css"), headers=PACKED)
    assert style["Content-Encoding"] == "gzip"


def test_letters_named_in_a_stylesheet_are_those_the_page_fetched_before(collected: Path, client: Client) -> None:
    font = static("vendor/fonts/literata-latin.woff2").removeprefix("/static/")
    assert f'url("../{font}")' in client.get(static("site/frame.css")).getvalue().decode()


def test_a_second_start_has_nothing_to_do(collected: Path) -> None:
    assert static_files.collect() is False


def test_changed_packages_are_collected_anew_and_not_served_from_what_was(collected: Path, settings: Settings) -> None:
    (collected / static_files.STAMP).write_text("another version")
    settings.STATIC_ROOT = collected  # as a process that starts now: the manifest is read anew
    assert static("site/frame.css") == "/static/site/frame.css"
    assert static_files.collect() is True
    assert re.fullmatch(r"/static/site/frame\.[0-9a-f]{12}\.css", static("site/frame.css"))


def test_without_collecting_the_plain_names_answer(tmp_path: Path, settings: Settings, client: Client) -> None:
    settings.STATIC_ROOT = tmp_path
    assert static("site/frame.css") == "/static/site/frame.css"
    answer = client.get("/static/site/frame.css")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "max-age=60, public")
