from __future__ import annotations

import pytest

from allmenning.organisations.models import Library


@pytest.fixture
def two_libraries(db: None) -> tuple[int, int]:
    """Deichman and Bergen public library, by key."""
    made = [
        Library.objects.create(slug=slug, prefix=slug, name=name, kind="municipal")
        for slug, name in (("deichman", {"nb": "Deichman"}), ("bergen", {"nb": "Bergen Offentlige Bibliotek"}))
    ]
    return made[0].id, made[1].id
