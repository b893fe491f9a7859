"""Records as XML: MARCXML (Library of Congress) and MarcXchange (ISO 25577)."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree
from pymarc import Record

MARCXML = "http://www.loc.gov/MARC21/slim"
MARCXCHANGE = "info:lc/xmlns/marcxchange-v1"


def as_collection(
    records: Iterable[Record],
    namespace: str = MARCXML,
    *,
    prefix: str | None = None,
    marks: dict[str, str] | None = None,
) -> bytes:
    """A whole file in UTF-8. ``marks`` are attributes of every record, as MarcXchange's ``format`` and ``type``."""
    # lxml takes None for the namespace without a prefix; its stubs do not say so.
    root = etree.Element(f"{{{namespace}}}collection", nsmap={prefix: namespace})  # type: ignore[dict-item]
    for record in records:
        root.append(_record(record, namespace, marks or {}))
    etree.indent(root, " ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _record(record: Record, namespace: str, marks: dict[str, str]) -> etree._Element:
    def made(parent: etree._Element, name: str, attributes: dict[str, str], text: str = "") -> etree._Element:
        element = etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
        element.text = text or None
        return element

    top = etree.Element(f"{{{namespace}}}record", marks)
    made(top, "leader", {}, str(record.leader))
    for field in record.fields:
        if field.control_field:
            made(top, "controlfield", {"tag": field.tag}, field.data or "")
            continue
        first, second = field.indicators or (" ", " ")
        data = made(top, "datafield", {"tag": field.tag, "ind1": first, "ind2": second})
        for each in field.subfields:
            made(data, "subfield", {"code": each.code}, each.value)
    return top
