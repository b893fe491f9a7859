"""Files, truth, and the score of a joining."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from allmenning.catalogue.holdings import holdings_of
from allmenning.demo.catalogues import Delivery, write_catalogues
from allmenning.demo.libraries import load_libraries
from allmenning.demo.truth import Score, TruthRow, read_truth, score, write_truth
from allmenning.demo.works import load_facts
from allmenning.formats.marc.reading import read_file
from allmenning.formats.marc.record import Read
from tests.demo.test_source_systems import read_with_pymarc

RECORDS = {
    "bergen-bibliofil": 241, "karasjok-quria": 116, "modalen-cicero": 58, "nord-troms-vgs-mikromarc": 91,
    "nordreisa-mikromarc": 99, "oslo-koha": 384, "troms-cicero": 204, "trondheim-quria": 247, "uit-alma": 274,
    "utsira-mikromarc": 41, "volda-bibliofil": 104,
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("catalogues")


@pytest.fixture(scope="module")
def deliveries(folder: Path) -> list[Delivery]:
    return write_catalogues(folder)


def test_so_many_records_each(deliveries: list[Delivery]) -> None:
    assert {each.source_name: len(each.truth) for each in deliveries} == RECORDS
    assert sum(RECORDS.values()) == 1859


def test_every_edition_is_somewhere_and_most_in_several_places(deliveries: list[Delivery]) -> None:
    held = Counter(key for each in deliveries for key in {row.edition for row in each.truth})
    assert set(held) == {each.key for each in load_facts().editions}
    assert sum(count > 1 for count in held.values()) > 0.85 * len(held)


def test_the_same_seed_gives_the_same_bytes(folder: Path, deliveries: list[Delivery], tmp_path: Path) -> None:
    again = write_catalogues(tmp_path)
    for one, other in zip(deliveries, again, strict=True):
        assert [_digest(each) for each in one.files] == [_digest(each) for each in other.files]
    assert _digest(folder / "truth.tsv") == _digest(tmp_path / "truth.tsv")


def test_another_seed_gives_others(deliveries: list[Delivery], tmp_path: Path) -> None:
    others = write_catalogues(tmp_path, seed="another")
    assert all(_digest(one.files[0]) != _digest(other.files[0]) for one, other in zip(deliveries, others, strict=True))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("source", RECORDS)
def test_pymarc_reads_every_record(deliveries: list[Delivery], source: str) -> None:
    delivery = next(each for each in deliveries if each.source_name == source)
    found = [record["001"].data for path in delivery.files for record in read_with_pymarc(path)]
    assert found == [each.control_number for each in delivery.truth]


@pytest.mark.parametrize("source", RECORDS)
def test_our_own_readers_set_none_aside(deliveries: list[Delivery], source: str) -> None:
    delivery = next(each for each in deliveries if each.source_name == source)
    outcomes = [each for path in delivery.files for each in read_file(path)]
    assert [type(each) for each in outcomes] == [Read] * RECORDS[source]
    numbers = [each.record.control("001") for each in outcomes if isinstance(each, Read)]
    assert numbers == [each.control_number for each in delivery.truth]
    dialect = "normarc" if source.endswith(("bibliofil", "cicero")) else "marc21"
    assert {each.dialect for each in outcomes if isinstance(each, Read)} == {dialect}


def test_copies_name_branches_the_library_has(deliveries: list[Delivery]) -> None:
    libraries = {each.slug: each for each in load_libraries().libraries}
    for delivery in deliveries:
        codes = {each.code for each in libraries[delivery.library_slug].branches}
        read = [each for path in delivery.files for each in read_file(path) if isinstance(each, Read)]
        named = {holding.branch_code for each in read for holding in holdings_of(each.record) if holding.branch_code}
        assert named == codes, delivery.source_name


def test_ranks_put_the_careful_catalogues_first(deliveries: list[Delivery]) -> None:
    ranks = {each.source_name: each.rank for each in deliveries}
    assert sorted(ranks.values()) == [10 * each for each in range(1, 12)]
    assert max(ranks, key=lambda each: ranks[each]) == "utsira-mikromarc"


def test_truth_is_written_and_read_back(folder: Path, deliveries: list[Delivery], tmp_path: Path) -> None:
    rows = read_truth(folder / "truth.tsv")
    assert Counter(rows) == Counter(row for each in deliveries for row in each.truth)
    assert len({(each.source, each.control_number) for each in rows}) == len(rows) == 1859
    write_truth(tmp_path / "one.tsv", [TruthRow("oslo-koha", "1", "sult/nb-1890-book", "sult")])
    assert read_truth(tmp_path / "one.tsv") == [TruthRow("oslo-koha", "1", "sult/nb-1890-book", "sult")]


def test_a_line_of_truth_without_four_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.tsv").write_text("source\tcontrol_number\tedition\twork\nonly\tthree\tcolumns\n", encoding="utf-8")
    with pytest.raises(ValueError, match="four columns are needed, not 3"):
        read_truth(tmp_path / "bad.tsv")


def test_a_perfect_joining_scores_one() -> None:
    assert score({"a": "x", "b": "x", "c": "y"}, {"a": 1, "b": 1, "c": 2}) == Score(3, 1.0, 1.0, 1.0, 1.0)


def test_everything_in_one_heap_has_recall_without_precision() -> None:
    # Two pairs of six are right; every record has two right companions (itself and one) of four.
    assert score({"a": "x", "b": "x", "c": "y", "d": "y"}, dict.fromkeys("abcd", 1)) == Score(4, 2 / 6, 1.0, 0.5, 1.0)


def test_nothing_joined_has_precision_without_recall() -> None:
    assert score({"a": "x", "b": "x"}, {"a": 1, "b": 2}) == Score(2, 1.0, 0.0, 1.0, 0.5)


def test_a_lost_record_stands_alone_and_a_strange_one_is_left_out() -> None:
    assert score({"a": "x", "b": "x"}, {"a": 1, "z": 1}) == Score(2, 1.0, 0.0, 1.0, 0.5)


def test_no_records_at_all() -> None:
    made = score({}, {})
    assert made == Score(0, 1.0, 1.0, 1.0, 1.0)
    assert (made.pairwise_f1, made.b_cubed_f1) == (1.0, 1.0)
