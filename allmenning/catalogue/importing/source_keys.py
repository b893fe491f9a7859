"""A record's identity within its source, from the decoded record or, at a hundredth of the cost, from its bytes."""

from __future__ import annotations

import hashlib
import re

from allmenning.formats.marc.iso2709 import control_fields
from allmenning.formats.marc.record import Chunk, Record

KEY_LENGTH = 300
#: What decoding leaves as it is: nothing to be mended, no subfields, no entities.
_PLAIN = re.compile(rb"[ -%'-\[\]-~]*")


def source_key(record: Record, digest: bytes) -> str:
    """``(003)001``.

    MARC 21 Bibliographic 003: the control number is unique within the agency that 003 names. Without 001 the system
    number in 035 serves; without both the bytes themselves do, so that the same bytes are the same record.
    """
    number = record.control("001").replace("\x00", "").strip()
    if number:
        agency = record.control("003").replace("\x00", "").strip()
        return _within(f"({agency}){number}" if agency else number)
    return _within(record.text("035", "a").replace("\x00", "").strip() or f"#{digest.hex()}")


def key_in_bytes(chunk: Chunk) -> str | None:
    """What :func:`source_key` will say of the record in these bytes, or None where only decoding can tell."""
    if chunk.syntax != "iso2709":
        return None
    found = control_fields(chunk.raw, (b"001", b"003"))
    if found is None:
        return None
    number, agency = found
    if not number.strip() or not _PLAIN.fullmatch(number) or not _PLAIN.fullmatch(agency):
        return None
    key, by = number.decode().strip(), agency.decode().strip()
    return _within(f"({by}){key}" if by else key)


def digest(raw: bytes) -> bytes:
    """BLAKE2b-128 of the bytes as delivered: equal bytes, equal version."""
    return hashlib.blake2b(raw, digest_size=16).digest()


def _within(key: str) -> str:
    return key if len(key) <= KEY_LENGTH else f"#{hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}"
