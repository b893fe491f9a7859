"""The simple peer: one key a record, author and uniform title, or title where there is none.

That is the first step of OCLC's Work-Set Algorithm (Hickey and Toves 2003), without an authority file. A record with no
author stands alone unless it has a uniform title.
"""

from __future__ import annotations

from collections.abc import Mapping

from allmenning.catalogue.description import Description
from allmenning.catalogue.matching.evidence import plain


def group(descriptions: Mapping[str, Description]) -> dict[str, frozenset[str]]:
    """Record → the key of its one group."""
    return {record: frozenset([_key(description) or f"alone {record}"]) for record, description in descriptions.items()}


def _key(description: Description) -> str:
    author = next((each.name for each in description.agents if each.main), "")
    title = plain(description.uniform_title) or (plain(description.title) if author else "")
    return f"{plain(author)}/{title}" if title else ""
