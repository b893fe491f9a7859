"""From bytes to everything that needs no database: the shortcuts give what the long way gives."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

import pytest

import allmenning.catalogue.describe
import allmenning.catalogue.holdings
import allmenning.catalogue.matching.measures
from allmenning.catalogue.describe import describe, describe_grouped
from allmenning.catalogue.describe.grouped import grouped
from allmenning.catalogue.holdings import holdings_in
from allmenning.catalogue.importing.preparing import READ
from allmenning.catalogue.importing.source_keys import source_key
from allmenning.catalogue.matching import evidence_grouped
from allmenning.formats.containers import open_members
from allmenning.formats.marc.reading import chunks, decode
from allmenning.formats.marc.record import Chunk, Field, Read, SetAside
from tests.formats.marc.made import LEADER

_TAG = re.compile(r'"(\d\d\d)"')


def test_every_tag_that_the_code_names_is_read():
    describing = Path(allmenning.catalogue.describe.__file__).parent.glob("*.py")
    sources = [
        *describing,
        Path(allmenning.catalogue.holdings.__file__),
        Path(allmenning.catalogue.matching.measures.__file__),
    ]
    named = {tag for each in sources for tag in _TAG.findall(each.read_text("utf-8"))}
    assert (named | {"001", "003"}) - {"978", "979"} == READ  # 978 and 979 open an ISBN


@pytest.mark.parametrize(
    "name",
    ["gpo.mrc.gz", "gpo-monthly-utf8.mrc.gz", "encoding-twins/marc8.mrc.gz", "folio/import/scripts/sample100.mrc"],
)
def test_the_fields_that_are_read_tell_the_same_as_all_fields(shared_data: Path, name: str):
    for each in _some(shared_data / "marc" / name):
        whole, part = decode(each), decode(each, only=READ)
        if isinstance(whole, SetAside):
            assert part == whole
            continue
        assert isinstance(part, Read)
        assert (part.encoding, part.dialect, part.repairs) == (whole.encoding, whole.dialect, whole.repairs)
        assert [field for field in part.record.fields if field.tag in READ] == [
            field for field in whole.record.fields if field.tag in READ
        ]
        assert _told(part) == _told(whole)


def _some(path: Path) -> list[Chunk]:
    return [
        each for member in open_members(path) for each in islice(chunks(member.stream), 300) if isinstance(each, Chunk)
    ]


def _told(read: Read) -> tuple[object, ...]:
    by = grouped(read.record)
    description = describe_grouped(by)
    assert description == describe(read.record)
    return description, evidence_grouped(description, by), holdings_in(by), source_key(read.record, b"\0")


def _chunk(*fields: tuple[str, str]) -> Chunk:
    directory, data = "", b""
    for tag, text in fields:
        coded = text.encode() + b"\x1e"
        directory += f"{tag}{len(coded):04}{len(data):05}"
        data += coded
    base = 24 + len(directory) + 1
    leader = f"{base + len(data) + 1:05}{LEADER[5:12]}{base:05}{LEADER[17:]}"
    return Chunk(0, leader.encode() + directory.encode() + b"\x1e" + data + b"\x1d", "iso2709")


def test_a_record_of_fields_that_nobody_reads_is_still_a_record():
    found = decode(_chunk(("999", "  \x1faKept")), only=READ)
    assert isinstance(found, Read)
    assert found.record.fields == [Field("999", "", "  ", [("a", "Kept")])]


def test_what_had_to_be_mended_is_told_of_fields_that_nobody_reads_too():
    found = decode(_chunk(("245", "10\x1faSult"), ("999", "1\x1faLocal")), only=READ)
    assert isinstance(found, Read)
    assert [each.code for each in found.repairs] == ["indicators"]


def test_a_record_that_may_have_to_be_converted_is_read_whole():
    fields = (
        ("008", "040823 1890    no a   e      010 1 nob"),
        ("019", "  \x1fbl"),
        ("503", "  \x1faNy utg."),
        ("999", "  \x1faLocal"),
    )
    whole, part = decode(_chunk(*fields)), decode(_chunk(*fields), only=READ)
    assert isinstance(part, Read)
    assert part.dialect == "normarc"
    assert part == whole
