"""Headings and holdings are told from what a library has; a wrong leader loses nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from allmenning.formats.marc.kinds import kind_of, not_catalogued
from allmenning.formats.marc.problems import REASONS
from allmenning.formats.marc.reading import read_file
from allmenning.formats.marc.record import Field, Read, Record
from tests.formats.marc.made import a_book

HEADING = Record(
    "00000nz  a2200000n  4500",
    [Field("001", "90053126"), Field("008", "030903n| adz|naabn"), Field("100", "", "1 ", [("a", "Undset, Sigrid")])],
)
COPIES = Record(
    "00000nx  a2200000zn 4500",
    [Field("001", "2216"), Field("004", "id000001"), Field("852", "", "8 ", [("b", "hut"), ("h", "Undset")])],
)


def with_type(code: str, record: Record) -> Record:
    return Record(record.leader[:6] + code + record.leader[7:], record.fields)


def test_a_heading_is_an_authority_record() -> None:
    assert kind_of(HEADING) == "authority"
    assert not_catalogued(HEADING) == (
        "authority_record",
        "Authority record for «Undset, Sigrid»: kept, but not catalogued. Leave the register of headings out of the "
        "export of the catalogue; the records themselves carry the headings they need.",
    )


@pytest.mark.parametrize("code", "uvxy")
def test_where_copies_stand_is_a_holdings_record(code: str) -> None:
    record = with_type(code, COPIES)
    assert kind_of(record) == "holdings"
    assert not_catalogued(record) == (
        "holdings_record",
        "Holdings record for id000001: kept, but its copies are not shown. Export the catalogue with the copies inside "
        "the bibliographic records (852 or 952) instead.",
    )


def test_a_holdings_record_need_not_say_of_what() -> None:
    assert str(not_catalogued(Record(COPIES.leader, COPIES.fields[2:]))).startswith(
        "('holdings_record', 'Holdings record:"
    )


@pytest.mark.parametrize("code", "zuvxy")
def test_a_book_with_a_wrong_leader_is_not_lost(code: str) -> None:
    book = a_book()
    assert kind_of(with_type(code, book)) == "bibliographic"
    without_title = Record(book.leader, [each for each in book.fields if each.tag != "245"])
    assert kind_of(with_type(code, without_title)) == "bibliographic"  # it has an imprint
    assert not_catalogued(with_type(code, book)) is None


@pytest.mark.parametrize("code", [*"acdefgijkmoprt", " ", "X", "b"])
def test_all_other_types_are_what_a_library_has(code: str) -> None:
    assert kind_of(with_type(code, Record(COPIES.leader, COPIES.fields))) == "bibliographic"


def test_long_headings_keep_the_reason_readable() -> None:
    long = Record(HEADING.leader, [Field("110", "", "2 ", [("a", "Norges " * 100)])])
    reason = not_catalogued(long)
    assert reason is not None
    assert len(reason[1]) < 400
    assert "Norges…»: kept" in reason[1]


def test_every_reason_has_its_words() -> None:
    assert {"authority_record", "holdings_record"} <= REASONS.keys()


def test_real_headings_and_holdings(shared_data: Path) -> None:
    marc = shared_data / "marc"
    bib = {
        "norwegian/scriptotek+php-marc/tests/data/oaipmh-bibsys.xml": Counter(bibliographic=7, holdings=82),
        "folio/import/src/test/resources/2500.mrc": Counter(authority=2500),
        # leader/06 x with a whole description, withdrawn: bibliographic after all
        "melvyl/cdlib+west-marc/melvyl/ei/marcconvert/test/chs/rlin.benchjav.mrc": Counter(bibliographic=19),
    }
    found = {
        name: Counter(kind_of(each.record) for each in read_file(marc / name) if isinstance(each, Read)) for name in bib
    }
    assert found == bib
