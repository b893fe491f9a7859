"""ISO 2709 written plainly, in whatever bytes the system uses for its letters."""

from __future__ import annotations

from collections.abc import Callable

from pymarc import Field, Record

_SUBFIELD, _FIELD, _RECORD = b"\x1f", b"\x1e", b"\x1d"


def as_iso2709(record: Record, encode: Callable[[str], bytes], character_coding: str) -> bytes:
    """One record. ``character_coding`` is leader/09: ``a`` for UTF-8, blank for MARC-8 and older sets."""
    directory, data = b"", b""
    for field in record.fields:
        body = _body(field, encode) + _FIELD
        directory += field.tag.encode("ascii") + b"%04d%05d" % (len(body), len(data))
        data += body
    base = 24 + len(directory) + 1
    length = base + len(data) + 1
    leader = str(record.leader)
    head = f"{length:05d}{leader[5:9]}{character_coding}22{base:05d}{leader[17:20]}4500"
    return head.encode("ascii") + directory + _FIELD + data + _RECORD


def _body(field: Field, encode: Callable[[str], bytes]) -> bytes:
    if field.control_field:
        return encode(field.data or "")
    indicators = "".join(field.indicators or "  ").encode("ascii")
    return indicators + b"".join(_SUBFIELD + each.code.encode("ascii") + encode(each.value) for each in field.subfields)
