"""The number of an evidence class: a hash of what it says, so that it is the same wherever and whenever it is made."""

from __future__ import annotations

import hashlib


def salted(class_id: int, source: str, key: str) -> int:
    """A class of the record's own: equal evidence from elsewhere must still be compared, not taken for the same."""
    return signed_hash(f"{class_id}\x1f{source}\x1f{key}")


def signed_hash(text: str) -> int:
    """64 bits of BLAKE2b as the signed integer that both databases store."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
