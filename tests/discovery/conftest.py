from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from allmenning.discovery import queries
from allmenning.discovery.ports import SearchIndex


@pytest.fixture(params=["memory", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path: Path, settings: object) -> Iterator[SearchIndex]:
    """The installation's own, empty index, of each kind in turn."""
    settings.SEARCH_URL = f"{request.param}://{tmp_path}/index"  # type: ignore[attr-defined]
    yield queries.index()
    queries.index().close()
    queries.forget()
