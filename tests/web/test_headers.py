from __future__ import annotations

import re

from django.test import Client

from tests.web.shelves import Country


def test_every_page_says_what_a_browser_may_load(client: Client, stocked: Country) -> None:
    for path in ("/", "/oslo/", "/oslo/sok", "/oslo/nei", "/tema/000000.css"):
        answer = client.get(path)
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"


def test_no_page_needs_more_than_it_may(client: Client, stocked: Country) -> None:
    """No script, style or event handler stands in a page itself, and nothing is fetched from elsewhere."""
    for path in ("/", "/oslo/", "/oslo/sok?q=sult", f"/oslo/verk/{stocked.work('Sult')}", "/oslo/om"):
        page = client.get(path).content.decode()
        scripts = re.findall(r"<script[^>]*>", page)
        assert [each for each in scripts if "src=" not in each and "application/ld+json" not in each] == []
        assert re.findall(r"""<style|\sstyle=|\son[a-z]+=""", page) == []
        assert re.findall(r"""(?:src|href)="(?:https?:)?//(?!testserver)[^"]*\.(?:js|css|woff2|png)""", page) == []
