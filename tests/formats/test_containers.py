import gzip
import io
import os
import random
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from allmenning.formats import containers
from allmenning.formats.containers import DamagedContainer, open_members

TEXT = b"".join(b"line %d of the file\n" % number for number in range(40_000))


def contents(path: Path) -> list[tuple[str, bytes, str]]:
    """Name, bytes and what went wrong, of every member."""
    found = []
    for member in open_members(path):
        data, trouble = bytearray(), ""
        try:
            while piece := member.stream.read(1 << 16):
                data += piece
        except DamagedContainer as error:
            trouble = error.message
        found.append((member.name, bytes(data), trouble))
    return found


def test_a_plain_file_is_its_only_member(tmp_path: Path) -> None:
    place = tmp_path / "a.mrc"
    place.write_bytes(TEXT)
    assert contents(place) == [("a.mrc", TEXT, "")]


def test_an_empty_file_is_an_empty_member(tmp_path: Path) -> None:
    place = tmp_path / "a.mrc"
    place.write_bytes(b"")
    assert contents(place) == [("a.mrc", b"", "")]


def test_gzip_of_several_parts_and_padding(tmp_path: Path) -> None:
    place = tmp_path / "a.mrc.gz"
    place.write_bytes(gzip.compress(TEXT) + gzip.compress(b"and more") + b"\0" * 700)
    assert contents(place) == [("a.mrc", TEXT + b"and more", "")]


def test_a_gzip_is_known_by_its_bytes_not_by_its_name(tmp_path: Path) -> None:
    place = tmp_path / "export"
    place.write_bytes(gzip.compress(TEXT))
    assert contents(place) == [("export", TEXT, "")]


def test_a_zip_gives_its_files_and_unpacks_gzip_and_zip_inside(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("c.mrc", b"third")
    place = tmp_path / "all.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", b"")
        archive.writestr("folder/a.mrc", TEXT)
        archive.writestr("b.mrc.gz", gzip.compress(b"second"))
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("__MACOSX/._a.mrc", b"\0\5\x16\7")
        archive.writestr(zipfile.ZipInfo("stored.mrc"), b"fourth")
    assert contents(place) == [
        ("all.zip/folder/a.mrc", TEXT, ""),
        ("all.zip/b.mrc", b"second", ""),
        ("all.zip/inner.zip/c.mrc", b"third", ""),
        ("all.zip/stored.mrc", b"fourth", ""),
    ]


def test_a_truncated_gzip_gives_all_that_is_there_and_says_so(tmp_path: Path) -> None:
    place = tmp_path / "a.mrc.gz"
    place.write_bytes(gzip.compress(TEXT)[:50_000])
    [(name, data, trouble)] = contents(place)
    assert name == "a.mrc"
    assert TEXT.startswith(data)
    assert len(data) > 200_000
    assert "a.mrc.gz is damaged" in trouble
    assert f"up to byte {len(data)}" in trouble
    assert "Ask the sender" in trouble


def test_a_gzip_damaged_in_the_middle_gives_what_came_before(tmp_path: Path) -> None:
    noise = random.Random(7).randbytes(300_000)
    packed = bytearray(gzip.compress(TEXT[:100_000] + noise))
    packed[20_000:20_040] = b"\xff" * 40
    place = tmp_path / "a.mrc.gz"
    place.write_bytes(bytes(packed))
    [(_, data, trouble)] = contents(place)
    assert data[:50_000] == TEXT[:50_000]
    assert trouble


def test_bytes_after_a_gzip_that_are_not_gzip_are_told(tmp_path: Path) -> None:
    place = tmp_path / "a.gz"
    place.write_bytes(gzip.compress(b"first") + b"rubbish")
    [(_, data, trouble)] = contents(place)
    assert data == b"first"
    assert "not gzip" in trouble


def test_a_zip_cut_off_before_its_directory_gives_the_files_in_it(tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.mrc", b"first" * 100)
        archive.writestr("b.mrc", TEXT)
    place = tmp_path / "cut.zip"
    place.write_bytes(whole.getvalue()[:60_000])
    first, second, last = contents(place)
    assert first == ("cut.zip/a.mrc", b"first" * 100, "")
    assert TEXT.startswith(second[1])
    assert len(second[1]) > 100_000
    assert "too early" in second[2]
    assert "cut.zip is damaged" in last[2]


def test_a_zip_entry_with_a_wrong_checksum_is_told_after_its_bytes(tmp_path: Path) -> None:
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.mrc", b"hello" * 50)
    packed = bytearray(place.read_bytes())
    directory = packed.rindex(b"PK\x01\x02")
    packed[directory + 16] ^= 0xFF
    place.write_bytes(bytes(packed))
    [(_, data, trouble)] = contents(place)
    assert data == b"hello" * 50
    assert "checksum" in trouble


def test_a_zip_with_a_password_is_refused_in_words(tmp_path: Path) -> None:
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("a.mrc", b"secret")
    packed = bytearray(place.read_bytes())
    packed[packed.rindex(b"PK\x01\x02") + 8] |= 1
    place.write_bytes(bytes(packed))
    [(_, data, trouble)] = contents(place)
    assert data == b""
    assert trouble == "a.zip/a.mrc is protected by a password. Send it without one."


@pytest.mark.parametrize("size", [3000, 300_000])
def test_nothing_but_nul_bytes_is_told_whatever_the_name_says(tmp_path: Path, size: int) -> None:
    nothing = b"\0" * size
    for name, data in (("a.zip", nothing), ("a.mrc", nothing), ("b.mrc.gz", gzip.compress(nothing))):
        place = tmp_path / name
        place.write_bytes(data)
        [(_, found, trouble)] = contents(place)
        assert found == nothing
        assert trouble == (
            f"{name.removesuffix('.gz')} holds nothing but NUL bytes. Something went wrong when it was made or sent: "
            "ask for it again."
        )


@pytest.mark.parametrize("data", [b"", b"\r\n", b" \n\x1a", b"\0\0first\0\0"])
def test_an_empty_export_and_padding_are_nothing_to_tell(tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "a.mrc"
    place.write_bytes(data)
    assert contents(place) == [("a.mrc", data, "")]


def test_an_archive_without_a_file_in_it_is_told(tmp_path: Path) -> None:
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("folder/", b"")
        archive.writestr("__MACOSX/._a.mrc", b"\0\5\x16\7")
    [(name, data, trouble)] = contents(place)
    assert (name, data) == ("a.zip", b"")
    assert trouble.startswith("a.zip is an archive without a file in it. ")


def test_a_very_long_name_leaves_room_for_what_to_do(tmp_path: Path) -> None:
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/" * 500 + "b.mrc", TEXT)
    place.write_bytes(place.read_bytes()[:10_000])
    first, last = contents(place)
    assert len(first[2]) < 500
    assert first[2].startswith("a.zip/folder/folder/")
    assert "…" in first[2]
    assert "folder/b.mrc is damaged: it could be unpacked up to byte " in first[2]
    assert first[2].endswith("Ask the sender for it again, or transfer it again in binary mode.")
    assert len(last[2]) < 500


def test_a_name_in_the_letters_of_an_old_disk_can_be_told(tmp_path: Path) -> None:
    place = tmp_path / os.fsdecode(b"b\xf8ker.zip")
    place.write_bytes(b"\0" * 100)
    [(_, _, trouble)] = contents(place)
    assert trouble.startswith("b?ker.zip holds nothing but NUL bytes.")


def test_memory_stays_flat_for_a_packed_file_of_any_size(tmp_path: Path) -> None:
    place = tmp_path / "big.zip"
    with (
        zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("big.mrc", "w", force_zip64=True) as out,
    ):
        for _ in range(600):
            out.write(b"x" * 100_000)
    tracemalloc.start()
    total = 0
    for member in open_members(place):
        while data := member.stream.read(1 << 18):
            total += len(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == 60_000_000
    assert peak < 3 << 20


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_wrong_with_an_archive_it_is_told_and_never_raised(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.mrc", TEXT[:3000])
        archive.writestr("b.mrc.gz", gzip.compress(TEXT[3000:6000]))
    data = bytearray(packed.getvalue() if seed % 2 else gzip.compress(TEXT[:4000]))
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(4, len(data))] = chance.randrange(256)
    place = tmp_path / "bad"
    place.write_bytes(bytes(data[: chance.randint(len(data) // 2, len(data))]))
    assert contents(place)


def test_a_missing_file_is_the_callers_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        next(open_members(tmp_path / "nothing.mrc"))


def nested(place: Path, size: int) -> Path:
    """A small zip with a zip in it that holds ``size`` bytes of nothing, not packed."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("nothing.mrc", b" " * size)
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("after.mrc", b"after")
    return place


def test_an_archive_inside_an_archive_may_not_fill_the_disk(tmp_path: Path) -> None:
    place = nested(tmp_path / "bomb.zip", 70 << 20)
    assert contents(place) == [
        (
            "bomb.zip/inner.zip",
            b"",
            "bomb.zip/inner.zip is an archive inside an archive, and unpacks to more than 64 MB. "
            "If that is right, unpack it first and import the files in it.",
        ),
        ("bomb.zip/after.mrc", b"after", ""),
    ]


def test_nor_take_the_last_room_on_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "_LEFT_FREE", 1 << 60)
    inner, after = contents(nested(tmp_path / "all.zip", 1000))
    assert (inner[1], after[1]) == (b"", b"after")
    assert "the disk has no room to unpack it" in inner[2]
