"""The bench of editions: a sample to judge, and what the judged sample says of the whole catalogue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from allmenning.bench.editions import report, run, sample
from allmenning.bench.editions_sample import draw, editions, stratum
from allmenning.cli.bench import editions as command
from tests.catalogue.records import book, isbn, write

GOLD = Path(__file__).resolve().parents[2] / "docs" / "gold"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Two systems: «Sult» in both without a number, «Pan» three times with one ISBN, and two that stand alone."""
    folder = tmp_path / "marc"
    folder.mkdir()
    pan = [book(key, "Pan", year="1894", isbn=isbn(7)) for key in ("2", "3")]
    write(folder, "a.mrc", [book("1"), *pan, book("4", "Victoria", year="1898")])
    write(folder, "b.mrc", [book("1"), book("5", "Pan", year="1894", isbn=isbn(7)), book("6", "Svermere", year="1904")])
    return folder


@pytest.mark.django_db(transaction=True)
def test_a_judged_sample_counts_for_the_whole_catalogue(
    records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold.csv"
    gold.write_text("record,edition\na/2,Pan\na/3,Pan\nb/5,Pan 1894\na/4,Victoria\n9,Markens grøde\nb/6,\n", "utf-8")
    assert run(records, gold) == 0
    said = capsys.readouterr().out
    assert "1 records of the gold set are not in" in said
    assert "1 editions hold records of others, the largest first:\n  3 records of 2 editions, e.g. a/2: «Pan»\n" in said
    assert "2, across systems, no number shared" in said
    line = json.loads(said.splitlines()[-1])
    assert (line["records"], line["catalogue_records"]) == (4, 7)
    # «Pan»: two of three records keep 2/3 of their company, the third 1/3.
    assert line["b_cubed_precision"] == round((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, 5)
    assert line["weighted_precision_of_joined"] == round((2 / 3 + 2 / 3 + 1 / 3) / 3, 5)
    # Two that stand alone, three of «Pan»; «Sult» was not judged and says nothing.
    assert line["weighted_precision"] == round((2 + 5 / 3) / 5, 5)
    assert (line["wrong_editions"], line["largest_wrong_edition"]) == (1, 3)
    assert line["strata"]["3 to 5, across systems, number shared"] == {
        "records": 3, "judged": 3, "editions": 1, "wrong": 1, "precision": 0.55556,
    }  # fmt: skip
    assert line["strata"]["2, across systems, no number shared"]["judged"] == 0
    assert run(records, gold) == 1
    assert "has records already" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_a_sample_is_drawn_to_be_judged(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.csv"
    assert sample(records, 2, gold, seed=1) == 0
    said = capsys.readouterr().out
    assert gold.read_text("utf-8") == "record,edition\na/1,0\nb/1,0\na/2,1\na/3,1\nb/5,1\n"
    assert "Edition 0: 2, across systems, no number shared, 2 records\n  title: Sult; " in said
    assert said.count("those most like it that stand elsewhere") == 2
    assert [stratum(rows) for rows in editions()] == [
        "2, across systems, no number shared",
        "3 to 5, across systems, number shared",
    ]
    assert draw(1, seed=3) == draw(1, seed=3)
    assert report({"x": frozenset({"y"})}, "here") == 1
    assert sample(records, 2, gold, seed=1) == 1


def test_a_sample_never_overwrites_a_gold_set_and_a_gold_set_must_be_there(tmp_path: Path) -> None:
    gold = tmp_path / "gold.csv"
    missing = CliRunner().invoke(command, ["--records", str(tmp_path), "--gold", str(gold)])
    assert (missing.exit_code, "There is no such gold set." in missing.output) == (2, True)
    gold.write_text("record,edition\n", "utf-8")
    there = CliRunner().invoke(command, ["--records", str(tmp_path), "--gold", str(gold), "--sample", "9"])
    assert (there.exit_code, "--gold is there already." in there.output) == (2, True)
