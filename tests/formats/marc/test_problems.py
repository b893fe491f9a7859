"""Reasons are read by people, and kept no longer than five hundred characters."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from allmenning.formats.marc.problems import LONGEST_REASON, Unreadable, shortened
from allmenning.formats.marc.reading import read_file
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


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("cut.mrc.gz", gzip.compress(b"x" * 100, mtime=0)[:12], "damaged_container"),
        ("nothing.zip", b"\0" * 3000, "no_records"),
        ("nothing.mrc", b"\0" * 300_000, "no_records"),
        ("empty.zip", b"PK\5\6" + bytes(18), "no_records"),
    ],
)
def test_a_file_that_gives_nothing_is_set_aside_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    place = tmp_path / name
    place.write_bytes(data)
    [told] = read_file(place)
    assert isinstance(told, SetAside)
    assert told.code == code
    assert name.removesuffix(".gz") in told.detail
    assert "again" in told.detail


def test_an_archive_with_a_password_is_set_aside(tmp_path: Path) -> None:
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("a.mrc", b"secret")
    packed = bytearray(place.read_bytes())
    packed[packed.rindex(b"PK\x01\x02") + 8] |= 1
    place.write_bytes(bytes(packed))
    [told] = read_file(place)
    assert isinstance(told, SetAside)
    assert (told.code, told.detail) == ("encrypted", "a.zip/a.mrc is protected by a password. Send it without one.")


def test_an_empty_export_is_nothing_to_tell(tmp_path: Path) -> None:
    for data in (b"", b"\r\n", gzip.compress(b"")):
        place = tmp_path / "today.mrc"
        place.write_bytes(data)
        assert list(read_file(place)) == []
