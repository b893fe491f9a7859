import io
import random
import tracemalloc

import pytest

from allmenning.formats.marc.reading import chunks, decode
from allmenning.formats.marc.record import Chunk, Field, Read, Record, SetAside
from allmenning.formats.marc.writing import iso2709
from tests.formats.marc.made import LEADER, a_book, all_covered, outcomes, repairs, the_record

ONE, TWO, THREE = (iso2709(a_book(number)) for number in (1, 2, 3))


def test_a_record_is_read_as_it_was_written() -> None:
    read = the_record(ONE)
    assert read.record.fields == a_book().fields
    assert read.record.leader == ONE[:24].decode()
    assert (read.encoding, read.dialect, read.repairs) == ("ascii", "marc21", ())
    assert read.chunk == Chunk(0, ONE, "iso2709", "", 0)


def test_chunks_are_numbered_and_say_where_they_stand() -> None:
    found = outcomes(ONE + TWO + THREE)
    assert [(each.chunk.position, each.chunk.offset) for each in found] == [(0, 0), (1, len(ONE)), (2, 2 * len(ONE))]


@pytest.mark.parametrize("between", [b"\n", b"\r\n", b"\0", b" ", b"\n\n\0\0\t", b"\x1a"])
def test_stray_bytes_without_meaning_between_records_are_skipped(between: bytes) -> None:
    data = b"\xef\xbb\xbf" + between + ONE + between + TWO + between
    found = outcomes(data)
    assert [each.chunk.raw for each in found] == [ONE, TWO]
    assert all(isinstance(each, Read) and not each.repairs for each in found)
    assert all_covered(data, found)


def test_a_file_of_blanks_or_nothing_has_no_records() -> None:
    assert outcomes(b"") == []
    assert outcomes(b"\r\n \0\n") == []


def test_small_reads_give_the_same_chunks() -> None:
    class Drip(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(7)

    data = ONE + b"\n" + TWO + b"junk" + THREE[:-1] + ONE
    assert list(chunks(Drip(data))) == list(chunks(io.BytesIO(data)))


def test_bytes_that_belong_to_no_record_are_set_aside_and_the_next_record_is_read() -> None:
    data = ONE + b"who put this here? " + TWO
    found = outcomes(data)
    assert [type(each).__name__ for each in found] == ["Read", "SetAside", "Read"]
    aside = found[1]
    assert isinstance(aside, SetAside)
    assert (aside.code, aside.chunk.raw) == ("stray_bytes", b"who put this here? ")
    assert f"at byte {len(ONE)}" in aside.detail
    assert all_covered(data, found)


def test_a_record_cut_off_in_the_middle_is_set_aside_and_the_others_are_read() -> None:
    data = ONE + TWO[:150] + THREE
    found = outcomes(data)
    assert [type(each).__name__ for each in found] == ["Read", "SetAside"] or len(found) == 3
    assert found[0].chunk.raw == ONE
    assert all_covered(data, found)


def test_a_file_cut_off_in_the_last_record() -> None:
    found = outcomes(ONE + TWO[:-20])
    assert isinstance(found[0], Read)
    last = found[1]
    assert isinstance(last, SetAside)
    assert (last.code, last.chunk.raw) == ("truncated", TWO[:-20])


def test_a_missing_record_terminator_is_mended_when_the_next_leader_follows() -> None:
    found = outcomes(ONE[:-1] + TWO + THREE[:-1])
    assert [repairs(each) for each in found] == [["missing_record_terminator"], [], ["missing_record_terminator"]]
    assert [each.chunk.raw for each in found] == [ONE[:-1], TWO, THREE[:-1]]


def test_line_separated_records_without_terminators() -> None:
    found = outcomes(b"\n".join(each[:-1] for each in (ONE, TWO, THREE)) + b"\n")
    assert [each.record.control("001") for each in found if isinstance(each, Read)] == [
        "id000001",
        "id000002",
        "id000003",
    ]


@pytest.mark.parametrize("said", [b"00000", b"99999", b"00500", b"abcde", b"     "])
def test_a_wrong_record_length_is_mended(said: bytes) -> None:
    found = outcomes(said + ONE[5:] + TWO)
    assert [repairs(each) for each in found] == [["record_length"], []]
    first = found[0]
    assert isinstance(first, Read)
    assert first.record.fields == a_book().fields
    assert first.repairs[0].detail == f"The leader said {said.decode()}, the record has {len(ONE)} bytes."


@pytest.mark.parametrize("said", [b"00000", b"00036", b"99999", b"xxxxx"])
def test_a_wrong_base_address_is_mended(said: bytes) -> None:
    read = the_record(ONE[:12] + said + ONE[17:])
    assert repairs(read) == ["base_address"]
    assert read.record.fields == a_book().fields


def test_a_directory_counted_in_characters_instead_of_bytes_is_mended() -> None:
    book = a_book(title="Ærlig øl på åsen")
    right, counted = iso2709(book), iso2709(a_book(title="Erlig ol pa asen"))
    read = the_record(counted[:5] + right[5:9] + b"a" + counted[10:12] + counted[12:85] + right[85:])
    assert repairs(read) == ["record_length", "directory"]
    assert read.record.fields == book.fields


def test_a_directory_in_another_order_than_the_fields_is_followed() -> None:
    directory = [ONE[24 + 12 * place : 36 + 12 * place] for place in range(5)]
    turned = ONE[:24] + b"".join(reversed(directory)) + ONE[84:]
    read = the_record(turned)
    assert read.repairs == ()
    assert read.record.fields == list(reversed(a_book().fields))


def test_a_field_terminator_inside_a_field_is_removed() -> None:
    book = a_book(title="To ord")
    read = the_record(iso2709(book).replace(b"To ord", b"To\x1eord"))
    assert repairs(read) == ["stray_terminator"]
    assert read.record.fields == book.fields


def test_a_record_terminator_inside_a_field_is_removed_when_the_length_tells() -> None:
    book = a_book(title="To ord")
    found = outcomes(iso2709(book).replace(b"To ord", b"To\x1dord") + TWO)
    assert [repairs(each) for each in found] == [["stray_terminator"], []]


def test_more_fields_than_directory_entries_are_set_aside_with_the_reason() -> None:
    broken = ONE[:24] + ONE[36:60] + ONE[60:]
    [aside] = outcomes(broken)
    assert isinstance(aside, SetAside)
    assert (aside.code, aside.chunk.raw) == ("directory_unreadable", broken)
    assert aside.detail == "The directory names 4 fields, but 5 stand in the record."


def test_missing_indicators_and_subfield_codes_are_mended() -> None:
    record = Record(
        LEADER, [Field("001", "x"), Field("245", "", "", [("a", "Uten indikatorer")]), Field("500", "  Uten kode")]
    )
    read = the_record(iso2709(record))
    assert repairs(read) == ["indicators", "missing_subfield_code"]
    assert read.record.fields[1:] == [
        Field("245", "", "  ", [("a", "Uten indikatorer")]),
        Field("500", "", "  ", [("a", "Uten kode")]),
    ]


def test_control_characters_in_text_are_removed_and_told() -> None:
    read = the_record(iso2709(a_book(title="Ti\x00tt\x07el\nto")))
    assert repairs(read) == ["control_characters"]
    assert read.record.text("245", "a") == "Tittel to"


def test_nuls_for_blanks_in_the_leader_are_mended_but_not_what_the_record_is() -> None:
    read = the_record(ONE[:17] + b"\0\0\0" + ONE[20:])
    assert read.record.leader[17:20] == "   "
    [aside] = outcomes(ONE[:6] + b"\0" + ONE[7:])
    assert isinstance(aside, SetAside)
    assert aside.code == "leader_unreadable"


def test_subfields_in_a_control_field_are_kept_as_danmarc2_has_them() -> None:
    record = Record(
        LEADER, [Field("001", "", "00", [("a", "12345678"), ("b", "870970")]), Field("245", "", "00", [("a", "T")])]
    )
    read = the_record(iso2709(record))
    assert read.record.control("001") == "12345678"
    assert read.record.fields[0].subfields == [("a", "12345678"), ("b", "870970")]


def test_a_record_with_no_end_does_not_fill_the_memory() -> None:
    class Endless(io.RawIOBase):
        left = 60

        def read(self, size: int | None = -1) -> bytes:
            self.left -= 1
            return b"00500nam a2200000 a 4500001000900000" + b"x" * 500_000 if self.left >= 0 else b""

    tracemalloc.start()
    found = 0
    for each in chunks(Endless()):
        assert isinstance(each, Chunk | SetAside)
        found += 1
    assert tracemalloc.get_traced_memory()[1] < 16 << 20
    tracemalloc.stop()
    assert found >= 10


def test_other_files_give_one_clear_reason() -> None:
    for data, words in [
        (b"=LDR  00000nam\n=001  1\n", "mnemonic"),
        (b"%PDF-1.4 something", "Neither"),
        (b"<!DOCTYPE html><html></html>", "HTML"),
    ]:
        [aside] = outcomes(data)
        assert isinstance(aside, SetAside)
        assert (aside.code, aside.chunk.raw) == ("not_marc", data)
        assert words in aside.detail


def other_file(size: int) -> bytes:
    """Bytes as in a PDF or a picture: those that end fields and records in ISO 2709 are among them."""
    return b"%PDF-1.7\n" + random.Random(1).randbytes(size)


def test_a_file_that_only_has_such_bytes_in_it_is_one_file_without_marc() -> None:
    data = other_file(80_000)
    [aside] = outcomes(data)
    assert isinstance(aside, SetAside)
    assert (aside.code, aside.chunk.raw) == ("not_marc", data)


def test_of_a_long_one_the_beginning_is_kept() -> None:
    data = other_file(1_500_000)
    [aside] = outcomes(data)
    assert isinstance(aside, SetAside)
    assert (aside.code, aside.chunk.raw) == ("not_marc", data[: 1 << 20])
    assert aside.detail.endswith(f"The first 1048576 of its {len(data)} bytes are kept.")


def test_one_record_that_can_be_read_makes_it_a_damaged_file_of_marc() -> None:
    data = other_file(70_000) + b"\x1d" + ONE + b"junk" + TWO
    found = outcomes(data)
    assert [each.chunk.raw for each in found if isinstance(each, Read)] == [ONE, TWO]
    assert "not_marc" not in {each.code for each in found if isinstance(each, SetAside)}
    assert all_covered(data, found)


def test_a_record_far_into_another_file_is_read_and_what_stands_before_it_is_one_piece() -> None:
    other = other_file(1_500_000) + b"\x1d"
    before, *records = outcomes(other + ONE + TWO)
    assert isinstance(before, SetAside)
    assert (before.code, before.chunk.position) == ("not_marc", 0)
    assert [(type(each), each.chunk.position, each.chunk.raw) for each in records] == [(Read, 1, ONE), (Read, 2, TWO)]


def test_a_disk_that_fails_in_another_file_is_told_after_it() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if data := super().read(size):
                return data
            raise OSError("the disk went away")

    found = list(chunks(Failing(other_file(80_000))))
    assert [each.code for each in found if isinstance(each, SetAside)] == ["not_marc", "damaged_container"]


def test_unimarc_is_set_aside_rather_than_misread() -> None:
    record = Record(
        "00000nam0 2200000   450 ",
        [
            Field("001", "x"),
            Field("100", "", "  ", [("a", "20040823d1922    m  y0nory0103    ba")]),
            Field("200", "", "1 ", [("a", "T")]),
        ],
    )
    [aside] = outcomes(iso2709(record))
    assert isinstance(aside, SetAside)
    assert aside.code == "unimarc"


def test_outcomes_travel_between_processes() -> None:
    import pickle

    [chunk] = chunks(io.BytesIO(ONE))
    assert isinstance(chunk, Chunk)
    assert pickle.loads(pickle.dumps(decode(chunk))) == decode(chunk)
