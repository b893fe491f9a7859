"""The bench of works: from records and a gold set to figures, kinds of error and a line of JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from allmenning.bench import works_peer
from allmenning.bench.work_errors import (
    ADAPTATION,
    JOINED,
    NOT_JOINED,
    PART,
    SEVERAL,
    STRANGERS,
    TRANSLATION,
    kind_of_missed,
    kind_of_wrong,
)
from allmenning.bench.works import read_gold, report, run
from allmenning.catalogue.description import Agent, Description
from allmenning.cli.bench import works
from tests.catalogue.records import book, write

GOLD = Path(__file__).resolve().parents[2] / "docs" / "gold"
HAMSUN = (Agent("Hamsun, Knut", "aut", main=True),)
SULT = Description(title="Sult", agents=HAMSUN, languages=("nb",))


@pytest.mark.parametrize(
    ("other", "several", "kind"),
    [
        (Description(title="Hunger", agents=HAMSUN, languages=("en",)), False, TRANSLATION),
        (Description(title="Hunger", agents=HAMSUN, languages=("en",)), True, SEVERAL),
        (Description(title="Sult", part_number="Bind 2", agents=HAMSUN, languages=("en",)), False, PART),
        (Description(title="Svolt", agents=HAMSUN, languages=("nb", "nn")), False, NOT_JOINED),
        (Description(title="Svolt", agents=HAMSUN), False, NOT_JOINED),
    ],
)
def test_why_two_records_of_a_work_missed_each_other(other: Description, several: bool, kind: str) -> None:
    assert kind_of_missed(SULT, other, several_works=several) == kind
    assert kind_of_missed(other, SULT, several_works=several) == kind


@pytest.mark.parametrize(
    ("other", "several", "kind"),
    [
        (Description(title="Sult", agents=HAMSUN), True, PART),
        (Description(title="Sult 2", agents=HAMSUN), False, PART),
        (Description(title="Sult", remainder="gjenfortalt for barn"), False, ADAPTATION),
        (Description(title="Sult", agents=(*HAMSUN, Agent("Ness, Martin Ernstsen", "adp"))), False, ADAPTATION),
        (Description(title="Sult", format="film"), False, ADAPTATION),
        (Description(title="SULT", agents=(Agent("Caparrós, Martín", main=True),)), False, STRANGERS),
        (Description(title="Hambre", original_title="Sult"), False, STRANGERS),
        (Description(title="Pan", agents=HAMSUN), False, JOINED),
    ],
)
def test_why_two_records_of_different_works_were_joined(other: Description, several: bool, kind: str) -> None:
    assert kind_of_wrong(SULT, other, several_works=several) == kind
    assert kind_of_wrong(other, SULT, several_works=several) == kind


def test_the_peer_has_one_key_a_record() -> None:
    found = works_peer.group(
        {
            "1": SULT,
            "2": Description(title="Hunger", uniform_title="Sult", agents=HAMSUN),
            "3": Description(title="Hunger", agents=HAMSUN),
            "4": Description(title="Sult"),
            "5": Description(title="Beowulf", uniform_title="Beowulf"),
        }
    )
    assert found == {
        "1": frozenset(["hamsun knut/sult"]),
        "2": frozenset(["hamsun knut/sult"]),
        "3": frozenset(["hamsun knut/hunger"]),
        "4": frozenset(["alone 4"]),
        "5": frozenset(["/beowulf"]),
    }


def test_a_gold_set_may_name_a_record_twice_and_leave_one_unjudged(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text("record,work\n1,Sult\n2,Sult\n2,Pan\n3,\n", encoding="utf-8-sig")
    assert read_gold(path) == {"1": frozenset({"Sult"}), "2": frozenset({"Sult", "Pan"})}
    path.write_text("id,work\n1,Sult\n", encoding="utf-8")
    with pytest.raises(KeyError):
        read_gold(path)


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        "books.mrc",
        [
            book("1"),
            book("2", "Hunger", language="eng", original="Sult", publisher="Canongate", year="2016"),
            book("3", "Faim", language="fre", publisher="PUF", year="1961"),
            book("4", "Pan", year="1894"),
            book("5", "Pan", year="1995", publisher="Ascehoug", agency="NO-TrBIB"),
        ],
    )


@pytest.mark.django_db(transaction=True)
def test_records_are_imported_grouped_and_held_against_the_gold(
    records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold.csv"
    gold.write_text("record,work\n1,Sult\n2,Sult\n3,Sult\nbooks/4,Pan\n(NO-TrBIB)5,Mysterier\n9,Victoria\n", "utf-8")
    assert run(records, gold) == 0
    said = capsys.readouterr().out
    assert "1 records of the gold set are not in" in said
    assert "2 pairs missed, 1 wrongly joined:" in said
    assert "      2  translations not joined\n           1 «Sult» nb book 1890  |  3 «Faim» fr book 1961\n" in said
    line = json.loads(said.splitlines()[-1])
    assert {name: count for name, count in line["errors"].items() if count} == {TRANSLATION: 2, STRANGERS: 1}
    assert (line["records"], line["works"], line["works_of_several_records"], line["gold_pairs"]) == (5, 3, 1, 3)
    assert (line["pairwise_precision"], line["pairwise_recall"]) == (0.5, 0.33333)
    assert (line["missed_entities_percent"], line["missed_relations_percent"]) == (0.0, 66.67)
    assert line["peer"]["pairwise_recall"] == 0.33333
    # A second time the installation is not empty, and its records would count too.
    assert run(records, gold) == 1
    assert "has records already" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_one_number_in_two_systems_must_be_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    systems = [
        (name, [write(tmp_path, f"{name}.mrc", [book("1", title)])]) for name, title in (("a", "Sult"), ("b", "Pan"))
    ]
    gold = {"1": frozenset({"Sult"}), "b/1": frozenset({"Pan"})}
    assert report(systems, gold, "here") == 0
    said = capsys.readouterr().out
    assert "1 names of the gold set fit several records and are left out, e.g. 1: write source/number." in said
    assert json.loads(said.splitlines()[-1])["records"] == 1


@pytest.mark.django_db(transaction=True)
def test_a_name_that_is_one_records_own_is_not_taken_for_anothers_short_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books = write(tmp_path, "a.mrc", [book("1"), book("1", "Pan", agency="NO-TrBIB")])
    gold = {"a/1": frozenset({"Sult"}), "a/(NO-TrBIB)1": frozenset({"Pan"})}
    assert report([("a", [books])], gold, "here") == 0
    line = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (line["records"], line["b_cubed_precision"]) == (2, 1.0)


@pytest.mark.django_db(transaction=True)
def test_a_gold_set_of_other_records_cannot_be_measured(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report([("books", [records])], {"x": frozenset({"y"})}, "here") == 1
    assert "nothing can be measured" in capsys.readouterr().out


@pytest.mark.parametrize("given", [[], ["--demo", "--gold", __file__], ["--gold", __file__]])
def test_either_records_with_their_gold_set_or_the_demo(given: list[str]) -> None:
    done = CliRunner().invoke(works, given)
    assert done.exit_code == 2
    assert "Give --records and --gold together, or --demo alone." in done.output


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("records", "gold", "b_cubed_f1", "missed_entities"),
    [
        ("national-libraries/src/test/resources/translation/thomas-mann.xml.gz", "works-thomas-mann.csv", 0.925, 14.3),
        ("nordic/NatLibFi+bib-rdf-pipeline", "works-fennica.csv", 0.99, 0.0),
    ],
)
def test_the_judged_sets_stay_where_they_are(
    shared_data: Path,
    capsys: pytest.CaptureFixture[str],
    records: str,
    gold: str,
    b_cubed_f1: float,
    missed_entities: float,
) -> None:
    assert run(shared_data / "marc" / records, GOLD / gold) == 0
    line = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert line["b_cubed_f1"] >= b_cubed_f1
    assert line["missed_entities_percent"] <= missed_entities
