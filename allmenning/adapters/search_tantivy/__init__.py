"""The embedded search engine: Tantivy on a folder of this machine (``SEARCH_URL=tantivy:///folder``).

One document a work; its editions are tokens that keep together what belongs to one edition (see
``docs/decisions/0003-search-shape.md`` and :mod:`.tokens`).
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from allmenning.adapters.search_tantivy.index import TantivyIndex


def open_index(url: str) -> TantivyIndex:
    """``tantivy:///absolute/folder``; the folder is made when first written to."""
    return TantivyIndex(Path(unquote(urlsplit(url).path)))
