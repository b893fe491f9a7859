"""What a first visit fetches: small, ours to give, and the packed copies as the files are."""

from __future__ import annotations

import gzip
from pathlib import Path

from django.test import Client

import allmenning.web
from tests.web.shelves import Country

STATIC = Path(allmenning.web.__file__).parent / "static"


def test_packed_files_are_the_files() -> None:
    packed = sorted(STATIC.rglob("*.gz"))
    assert {each.with_suffix("").name for each in packed} == {"designsystemet.css", "htmx.min.js", "pages.css"}
    assert [each for each in packed if gzip.decompress(each.read_bytes()) != each.with_suffix("").read_bytes()] == []


def test_every_vendored_folder_brings_its_licence() -> None:
    folders = [each for each in (STATIC / "vendor").iterdir() if each.is_dir()]
    assert [each.name for each in folders if not list(each.glob("LICENSE*"))] == []


def test_no_single_file_is_large() -> None:
    served = [each for each in STATIC.rglob("*") if each.is_file() and not each.with_name(each.name + ".gz").exists()]
    assert [each.name for each in served if each.stat().st_size > 40_000] == []


def test_static_files_come_packed(client: Client, country: Country) -> None:
    answer = client.get("/static/vendor/designsystemet/designsystemet.css", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
