"""A person's reason for a decision is kept whole, or the decision is not made."""

from __future__ import annotations

import pytest

from allmenning.catalogue import services
from allmenning.catalogue.models import Decision
from allmenning.kernel.errors import Invalid
from tests.catalogue.records import CATALOGUER, book, groups, record, take

pytestmark = pytest.mark.django_db


def test_a_reason_of_five_hundred_characters_is_kept_whole_and_a_longer_one_refused() -> None:
    take("deichman", book("1"), book("2", "Pan", year="1894"))
    both = [record("deichman", "1").id, record("deichman", "2").id]
    with pytest.raises(Invalid, match="longer than 500 characters"):
        services.merge(actor=CATALOGUER, level="edition", record_ids=both, reason="ø" * 501)
    assert len(groups()) == 2
    services.merge(actor=CATALOGUER, level="edition", record_ids=both, reason="ø" * 500)
    assert Decision.objects.get().reason == "ø" * 500
