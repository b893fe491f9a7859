"""Copies as the sources state them: MARC 21 Holdings 852 and 850, and Koha's item field 952."""

from __future__ import annotations

from dataclasses import dataclass

from allmenning.catalogue.describe.grouped import Grouped, grouped
from allmenning.formats.marc.record import Field, Record


@dataclass(frozen=True, slots=True)
class HoldingStatement:
    """One field's word on where a copy stands. Codes are the source's own; the importer maps them to branches."""

    kind: str  # "item" where the field speaks of one physical copy, else "holding"
    library_code: str = ""
    branch_code: str = ""
    shelf: str = ""
    call_number: str = ""
    barcode: str = ""
    note: str = ""


def holdings_of(record: Record) -> tuple[HoldingStatement, ...]:
    """Every statement in the record, in its order. 850 counts only where nothing says more (it names libraries alone)."""
    return holdings_in(grouped(record))


def holdings_in(by: Grouped) -> tuple[HoldingStatement, ...]:
    """:func:`holdings_of` for who has the fields grouped already."""
    stated = [_from_852(each) for each in by.all("852")] + [_from_952(each) for each in by.all("952")]
    if not stated:
        stated = [
            HoldingStatement("holding", library_code=_cut(code, 60)) for each in by.all("850") for code in each.all("a")
        ]
    return tuple(each for each in stated if each is not None)


def _from_852(field: Field) -> HoldingStatement | None:
    # MARC 21 Holdings 852: $a location, $b sublocation, $c shelving location, $h $i $j $k $l $m call number, $p piece.
    call_number = " ".join(part for code, part in field.subfields if code in "khijlm")
    barcode = field.first("p")
    made = HoldingStatement(
        kind="item" if barcode else "holding",
        library_code=_cut(field.first("a"), 60),
        branch_code=_cut(field.first("b"), 60),
        shelf=_cut(field.first("c"), 120),
        call_number=_cut(call_number, 120),
        barcode=_cut(barcode, 60),
        note=_cut(" ".join(field.all("z")), 300),
    )
    return made if any((made.library_code, made.branch_code, made.shelf, made.call_number, made.barcode)) else None


def _from_952(field: Field) -> HoldingStatement | None:
    # Koha: $a home branch, $b branch it is in now, $c shelving location, $o call number, $p barcode, $z public note.
    branch = field.first("b") or field.first("a")
    if not branch or not (field.first("p") or field.first("o") or field.first("a")):
        return None  # other systems keep local matter of their own in 952
    return HoldingStatement(
        kind="item",
        library_code="",
        branch_code=_cut(branch, 60),
        shelf=_cut(field.first("c"), 120),
        call_number=_cut(field.first("o"), 120),
        barcode=_cut(field.first("p"), 60),
        note=_cut(field.first("z"), 300),
    )


def _cut(text: str, length: int) -> str:
    # PostgreSQL refuses NUL in text; over-long codes are cut here, the record's bytes keep them whole.
    return text.replace("\x00", "").strip()[:length]
