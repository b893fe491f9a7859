"""A record as ISO 2709 or MARCXML, always in UTF-8."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from allmenning.formats.marc.record import Field, Record

NAMESPACE = "http://www.loc.gov/MARC21/slim"
_LARGEST_FIELD, _LARGEST_RECORD = 9999, 99999


def iso2709(record: Record, encoding: str = "utf-8") -> bytes:
    """ISO 2709 with a right leader and directory. Raises ``ValueError`` when the record is too large for the format."""
    directory, data = [], bytearray()
    for field in record.fields:
        part = _body(field).encode(encoding) + b"\x1e"
        if len(part) > _LARGEST_FIELD:
            raise ValueError(f"Field {field.tag} has {len(part)} bytes; ISO 2709 takes {_LARGEST_FIELD}.")
        directory.append(f"{field.tag}{len(part):04d}{len(data):05d}")
        data += part
    base = 24 + 12 * len(directory) + 1
    length = base + len(data) + 1
    if length > _LARGEST_RECORD:
        raise ValueError(f"The record has {length} bytes; ISO 2709 takes {_LARGEST_RECORD}.")
    leader = record.leader.ljust(24)
    unicode = "a" if encoding == "utf-8" else leader[9] if leader[9] != "a" else " "
    head = f"{length:05d}{leader[5:9]}{unicode}22{base:05d}{leader[17:20]}4500"
    return (head + "".join(directory)).encode("ascii") + b"\x1e" + bytes(data) + b"\x1d"


def _body(field: Field) -> str:
    if not field.subfields:
        return field.value
    return field.indicators + "".join(f"\x1f{code}{text}" for code, text in field.subfields)


def marcxml(record: Record) -> str:
    """One MARCXML ``<record>`` that declares its namespace, so that it stands alone or in a collection."""
    lines = [f'<record xmlns="{NAMESPACE}">', f"<leader>{escape(record.leader)}</leader>"]
    for field in record.fields:
        tag = quoteattr(field.tag)
        if not field.subfields:
            lines.append(f"<controlfield tag={tag}>{escape(field.value)}</controlfield>")
            continue
        first, second = quoteattr(field.indicators[:1]), quoteattr(field.indicators[1:2])
        lines.append(f"<datafield tag={tag} ind1={first} ind2={second}>")
        lines += [f"<subfield code={quoteattr(code)}>{escape(text)}</subfield>" for code, text in field.subfields]
        lines.append("</datafield>")
    lines.append("</record>")
    return "\n".join(lines)
