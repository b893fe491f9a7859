"""MARC-in-JSON and its relatives."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pymarc
import pytest

from allmenning.formats.marc.reading import chunks, read_file
from allmenning.formats.marc.record import Chunk, Field, Read, SetAside
from tests.formats.marc.made import LEADER, a_book, as_json, gaps, outcomes, repairs, the_record

BOOK = json.dumps(as_json(a_book()), ensure_ascii=False).encode()


def with_fields(*fields: object) -> bytes:
    return json.dumps({"leader": LEADER, "fields": fields}).encode()


def test_a_record_is_read_as_it_was_written() -> None:
    read = the_record(BOOK)
    assert (read.record, read.repairs, read.chunk.syntax, read.chunk.raw) == (a_book(), (), "json", BOOK)


def test_it_is_read_as_pymarc_writes_it() -> None:
    theirs = pymarc.Record(force_utf8=True, leader=LEADER)
    theirs.add_field(pymarc.Field(tag="001", data="1"))
    subfields = [pymarc.Subfield("a", "Øl & «vin»"), pymarc.Subfield("a", "B")]
    theirs.add_field(pymarc.Field(tag="650", indicators=pymarc.Indicators(" ", "7"), subfields=subfields))
    assert the_record(theirs.as_json().encode()).record.fields == [
        Field("001", "1"),
        Field("650", "", " 7", [("a", "Øl & «vin»"), ("a", "B")]),
    ]


@pytest.mark.parametrize(
    "file",
    [
        b"[" + BOOK + b",\n " + BOOK + b"]",
        BOOK + b"\n" + BOOK + b"\n",
        b'{"records": [' + BOOK + b", " + BOOK + b'], "totalRecords": 2}',
        b'[{"id": "x", "parsedRecord": {"content": ' + BOOK + b'}}, {"parsedRecord": {"content": ' + BOOK + b"}}]",
    ],
    ids=["list", "lines", "wrapped", "folio"],
)
def test_a_file_is_a_list_or_lines_or_wrapped(file: bytes) -> None:
    found = outcomes(file)
    assert [(each.chunk.position, each.chunk.raw) for each in found] == [(0, BOOK), (1, BOOK)]
    assert all(isinstance(each, Read) for each in found)
    assert gaps(file, found)


@pytest.mark.parametrize(
    "field",
    [
        {"245": {"ind1": "1", "ind2": "0", "subfields": [{"a": "Sult"}, {"c": "Hamsun"}]}},
        {"245": {"ind1": "1", "ind2": "0", "subfields": {"a": "Sult", "c": ["Hamsun"]}}},
        ["245", "1", "0", [["a", "Sult"], ["c", "Hamsun"]]],
        {"tag": "245", "ind1": "1", "ind2": "0", "subfields": [{"code": "a", "value": "Sult"}, {"code": "c", "value": "Hamsun"}]},
    ],
    ids=["marc-in-json", "subfields as an object", "marc-hash", "written out"],
)  # fmt: skip
def test_the_forms_of_a_field(field: object) -> None:
    assert the_record(with_fields({"001": "1"}, field)).record.fields == [
        Field("001", "1"),
        Field("245", "", "10", [("a", "Sult"), ("c", "Hamsun")]),
    ]


def test_names_that_come_twice_are_kept_twice() -> None:
    raw = (
        b'{"leader": "' + LEADER.encode() + b'", "fields": {"650": {"ind1": " ", "ind2": "7",'
        b' "subfields": {"a": "Hav", "a": "Fisk"}}, "650": {"ind1": " ", "ind2": "7", "subfields": []}}}'
    )
    assert the_record(raw).record.fields == [
        Field("650", "", " 7", [("a", "Hav"), ("a", "Fisk")]),
        Field("650", "", " 7"),
    ]


def test_blanks_written_as_backslashes_are_blanks() -> None:
    read = the_record(
        with_fields(
            {"008": "960521s1972\\\\\\\\se"}, {"245": {"ind1": "1", "ind2": "\\", "subfields": [{"a": "C:\\"}]}}
        )
    )
    assert read.record.fields == [Field("008", "960521s1972    se"), Field("245", "", "1 ", [("a", "C:\\")])]
    assert repairs(read) == ["blank_written_out"]


def test_what_is_no_text_is_mended_and_told() -> None:
    read = the_record(with_fields({"001": 12}, {"500": {"ind1": None, "subfields": [{"a": "a\u0000b\ud800"}]}}))
    assert read.record.fields == [Field("001", "12"), Field("500", "", "  ", [("a", "ab\ufffd")])]
    assert repairs(read) == ["broken_characters", "control_characters"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ([{"24": {"subfields": []}}], "A field is called «24», which is no MARC tag."),
        ([{"245": {"ind1": "1"}}], "Field 245 has neither text nor subfields."),
        ([{"245": {"subfields": ["a"]}}], "A subfield of field 245 is «'a'»."),
        ([{"245": {"subfields": [{"ab": "x"}]}}], "A subfield of field 245 has the code «ab»."),
        ([{"245": {"subfields": [{"a": {"b": "x"}}]}}], "Where a text should stand, there is «[('b', 'x')]»."),
        (["245"], "A field is «'245'»."),
        ([["245", "1", "0"]], "Field 245 has 3 parts."),
        ([{"500": [[[[[[[[[[[[["deep"]]]]]]]]]]]]]}], "Lists and objects stand more than 12 deep in each other."),
        ("245", "«fields» is no list."),
    ],
)
def test_what_cannot_be_read_is_set_aside_in_words(fields: object, words: str) -> None:
    raw = json.dumps({"leader": LEADER, "fields": fields}).encode()
    [aside] = outcomes(raw)
    assert isinstance(aside, SetAside)
    assert (aside.code, aside.detail, aside.chunk.raw) == ("json_broken", words, raw)


def test_a_record_without_fields_is_set_aside() -> None:
    [aside] = outcomes(b'{"leader": "00000nam", "fields": []}')
    assert isinstance(aside, SetAside)
    assert aside.code == "empty"


@pytest.mark.parametrize(
    "broken",
    [
        BOOK.replace(b'"kransen"', b'"kransen'),
        BOOK[:-40],
        BOOK.replace(b'"leader"', b'"leder"').replace(b'"fields"', b'"felt"'),
    ],
    ids=["a lost quotation mark", "cut off", "keys misspelt"],
)
@pytest.mark.parametrize("between", [b"\n", b",\n"], ids=["lines", "list"])
def test_broken_json_costs_its_own_record_only(broken: bytes, between: bytes) -> None:
    found = outcomes(BOOK + between + broken + between + BOOK)
    assert [each.chunk.raw for each in found if isinstance(each, Read)] == [BOOK, BOOK]
    asides = [each for each in found if isinstance(each, SetAside)]
    assert [each.code for each in asides] == ["json_broken"]
    assert broken.strip() in asides[0].chunk.raw


def test_a_file_that_ends_within_a_record_says_so() -> None:
    first, last = outcomes(BOOK + b"\n" + BOOK[:-3])
    assert isinstance(first, Read)
    assert isinstance(last, SetAside)
    assert (last.code, last.chunk.raw) == ("truncated", BOOK[:-3])


def test_other_json_is_told_from_records() -> None:
    [aside] = outcomes(b'{"name": "Deichman", "open": [1, 2]}')
    assert isinstance(aside, SetAside)
    assert aside.code == "no_records"


def test_records_are_found_however_the_stream_is_cut() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(7, size or 7))

    data = b"[" + b",".join([BOOK] * 4) + b"]"
    found = list(chunks(Slow(data)))
    assert [each.raw for each in found if isinstance(each, Chunk)] == [BOOK] * 4


def test_real_records(shared_data: Path) -> None:
    found = list(read_file(shared_data / "marc/folio/import/src/test/resources/ChalmersFOLIOExamples.json"))
    read = [each for each in found if isinstance(each, Read)]
    assert len(read) == len(found) == 62
    assert read[0].record.text("041", "a") == "swe"
