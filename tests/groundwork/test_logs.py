"""No log holds a link that opens an account."""

from __future__ import annotations

import io
import logging
import sys

import pytest
from django.conf import settings
from django.test import Client

from allmenning.groundwork.logs import WithoutSecrets

LINK = "/desk/welcome/7/difwuf-6726a1b2c3d4/"


@pytest.fixture
def heard() -> object:
    """What our console would show."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.addFilter(WithoutSecrets())
    logging.getLogger().addHandler(handler)
    yield said
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.parametrize("strict", [False, True], ids=["wrong password", "forged form"])
def test_a_page_that_is_refused_is_told_without_its_secret(heard: io.StringIO, strict: bool) -> None:
    client = Client(enforce_csrf_checks=strict)
    client.post(LINK, {"password": "kort"})
    client.get("/desk/welcome/7/difwuf-6726a1b2c3d4")
    client.get(f"{LINK}videre")
    assert "/desk/welcome/7/…" in heard.getvalue()
    assert "difwuf" not in heard.getvalue()


def test_a_traceback_is_told_without_it(heard: io.StringIO) -> None:
    try:
        raise ValueError(f"at {LINK}")
    except ValueError:
        logging.getLogger("django.request").error("Internal Server Error: %s", LINK, exc_info=sys.exc_info())
    assert "ValueError: at /desk/welcome/7/…/" in heard.getvalue()
    assert "difwuf" not in heard.getvalue()


def test_every_log_of_ours_goes_that_way() -> None:
    assert [each["filters"] for each in settings.LOGGING["handlers"].values()] == [["without_secrets"]]
