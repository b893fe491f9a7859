"""What is remembered of a source."""

from __future__ import annotations

import pytest

from allmenning.catalogue import services
from allmenning.catalogue.models import Source
from allmenning.kernel.errors import Invalid

pytestmark = pytest.mark.django_db


def readings(name: str) -> tuple[str, str]:
    source = Source.objects.get(name=name)
    return source.dialect, source.encoding


def test_how_its_records_are_read_is_remembered_until_it_is_said_anew() -> None:
    services.ensure_source(name="bergen")
    assert readings("bergen") == ("auto", "auto")
    services.ensure_source(name="bergen", dialect="normarc", encoding="marc-8")
    assert readings("bergen") == ("normarc", "marc-8")
    services.ensure_source(name="bergen", title="Bergen")
    assert readings("bergen") == ("normarc", "marc-8")
    services.ensure_source(name="bergen", encoding="auto")
    assert readings("bergen") == ("normarc", "auto")
    assert services.ensure_source(name="volda", dialect="marc21").dialect == "marc21"


@pytest.mark.parametrize("said", [{"dialect": "danmarc"}, {"encoding": "latin1"}])
def test_a_reading_there_is_not_is_refused_and_nothing_is_made(said: dict[str, str]) -> None:
    with pytest.raises(Invalid, match="read as one of auto, marc21, normarc, and their letters as one of auto, utf-8"):
        services.ensure_source(name="bergen", **said)
    assert not Source.objects.exists()
