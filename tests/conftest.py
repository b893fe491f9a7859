"""What every test may ask for: the shared real data, and a reason in words when the machine lacks something."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure() -> None:
    """Pages are tested with the packages' own files, not with what an installation in this folder once collected."""
    settings.STATIC_ROOT = ROOT / "var" / "nothing-collected"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the project; the test is skipped, saying so, where it is missing."""
    found = ROOT.parent / "shared" / "data"
    if not found.is_dir():
        pytest.skip("data: no real data beside the project (../shared/data)")
    return found


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes never stand in a test's name: packed ones hold the time, and all workers must come to the same names."""
    return argname if isinstance(val, bytes) else None
