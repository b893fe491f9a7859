"""Reasons are read by people, and kept no longer than five hundred characters."""

from __future__ import annotations

from allmenning.formats.marc.problems import LONGEST_REASON, Unreadable, shortened
from allmenning.formats.marc.record import SetAside
from tests.formats.marc.made import outcomes, repairs


def test_what_is_left_out_is_shown() -> None:
    assert shortened("x" * 500) == "x" * 500
    assert shortened("ord " * 200) == "ord " * 124 + "ord…"
    assert shortened("Sult og Pan", 6) == "Sult…"


def test_no_reason_is_longer_than_can_be_kept() -> None:
    assert len(Unreadable("xml_broken", "Æ" * 9000).detail) == LONGEST_REASON


def test_what_a_file_says_of_itself_is_quoted_in_part() -> None:
    field = '<controlfield tag="001">1</controlfield>'
    [unknown] = outcomes(f'<record format="UNIMARC {"x" * 900}">{field}</record>'.encode())
    assert isinstance(unknown, SetAside)
    assert unknown.detail == f"It states its format as «UNIMARC {'x' * 31}…»."
    odd = f'<datafield tag="245" ind1="{"1" * 900}" ind2=" "><subfield code="a">Pan</subfield></datafield>'
    [read] = outcomes(f"<record><leader>{' ' * 24}</leader>{field}{odd}</record>".encode())
    assert repairs(read) == ["indicators"]
    assert read.repairs[0].detail == f"Field 245 has «{'1' * 19}…» and « »."
