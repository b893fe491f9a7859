"""What was sent with a form or an address, as far as it is what it should be."""

from __future__ import annotations

from collections.abc import Collection


def numbers(texts: Collection[str]) -> list[int]:
    """The numbers of records, editions, works or decisions among what was sent."""
    return [int(each) for each in texts if each.isascii() and each.isdigit() and len(each) < 19]
