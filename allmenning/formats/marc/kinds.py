"""Which kind of MARC a record is: what a library has, a heading, or where copies stand."""

from __future__ import annotations

from typing import Literal

from allmenning.formats.details import said as _
from allmenning.formats.marc.problems import shortened
from allmenning.formats.marc.record import Record

Kind = Literal["bibliographic", "authority", "holdings"]

#: MARC 21 Authority and Holdings, leader/06: z; u unknown, v multipart, x single-part, y serial item holdings.
_BY_LEADER: dict[str, Kind] = {"z": "authority", "u": "holdings", "v": "holdings", "x": "holdings", "y": "holdings"}
#: The same as bytes, for who has not decoded the record yet.
OTHER_LEADERS = frozenset(each.encode() for each in _BY_LEADER)
#: Title, edition, imprint, extent, series, key title: only a bibliographic record has these, whatever its leader says.
_DESCRIBES = frozenset({"222", "240", "245", "250", "254", "255", "256", "260", "264", "300", "362", "440", "490"})


def kind_of(record: Record) -> Kind:
    """By leader/06, unless the record describes something: then the leader is wrong and the record is not."""
    said = _BY_LEADER.get(record.leader[6:7])
    if said is None or any(each.tag in _DESCRIBES for each in record.fields):
        return "bibliographic"
    return said


def not_catalogued(record: Record) -> tuple[str, str] | None:
    """Why a record does not belong in the catalogue, as a code of ``problems.REASONS`` and a detail; None when it does."""
    kind = kind_of(record)
    if kind == "authority":
        return "authority_record", _(
            "Authority record for «%(heading)s»: kept, but not catalogued. Leave the register of headings out of the export "
            "of the catalogue; the records themselves carry the headings they need.",
            heading=shortened(_heading(record), 120),
        )
    if kind == "holdings":
        # 004: the control number of the record that the copies are of.
        belongs = record.control("004").strip()
        if not belongs:
            return "holdings_record", _(
                "Holdings record: kept, but its copies are not shown. Export the catalogue with the copies inside the "
                "bibliographic records (852 or 952) instead."
            )
        return "holdings_record", _(
            "Holdings record for %(record)s: kept, but its copies are not shown. Export the catalogue with the copies "
            "inside the bibliographic records (852 or 952) instead.",
            record=shortened(belongs, 60),
        )
    return None


def _heading(record: Record) -> str:
    heading = next((each for each in record.fields if each.tag[:1] == "1" and each.subfields), None)
    return heading.subfields[0][1] if heading else record.control("001")
