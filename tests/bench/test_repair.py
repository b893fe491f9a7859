import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from allmenning.bench.comparing import differences
from allmenning.bench.damage import making, parts
from allmenning.cli.bench import bench
from allmenning.formats.marc.record import Field, Record, Repair
from allmenning.formats.marc.writing import iso2709
from tests.formats.marc.made import LEADER, a_book

TITLES = ("Kjærlighet på øya", "Ærlig & «rå»", "Håpets år – nå", "Plain words and more of them", "Café ‘Élan’")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A hundred sound records, most with letters beyond ASCII."""
    path = tmp_path / "sound.mrc.gz"
    books = (a_book(number, TITLES[number % len(TITLES)], "Ibsen, Åse") for number in range(100))
    path.write_bytes(gzip.compress(b"".join(map(iso2709, books))))
    return path


def test_the_same_files_give_the_same_broken_set(sound: Path, tmp_path: Path) -> None:
    made = [making.make(tmp_path / name, [sound], 60) for name in ("one", "two")]
    assert made[0] == made[1] > 50
    for name in (making.BROKEN, making.FIXED, making.KINDS_FILE):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_every_broken_record_has_its_original_beside_it(sound: Path, tmp_path: Path) -> None:
    count = making.make(tmp_path / "set", [sound], 60)
    originals = list(parts.read(tmp_path / "set" / making.FIXED))
    kinds = (tmp_path / "set" / making.KINDS_FILE).read_text().splitlines()
    assert len(originals) == len(kinds) == count
    assert [each.split("\t")[0] for each in kinds] == [each.id for each in originals]


def test_the_report_ends_with_one_line_of_figures(sound: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(bench, ["repair", "--make", str(tmp_path), "--from", str(sound), "--count", "60"])
    count = int(done.output.split()[0])
    done = CliRunner().invoke(
        bench, ["repair", "--broken", str(tmp_path / "broken.mrc"), "--fixed", str(tmp_path / "fixed.mrc")]
    )
    assert done.exit_code == 0
    figures = json.loads(done.output.splitlines()[-1])
    assert figures["total"] == count
    assert sum(figures[each] for each in ("exact", "repaired", "wrong", "set_aside", "lost")) == count
    assert figures["lost"] == 0
    assert figures["pymarc"]["total"] == count


def test_unbroken_records_are_exact(sound: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.mrc"
    plain.write_bytes(gzip.decompress(sound.read_bytes()))
    done = CliRunner().invoke(bench, ["repair", "--broken", str(plain), "--fixed", str(plain)])
    figures = json.loads(done.output.splitlines()[-1])
    assert (figures["exact"], figures["pymarc"]["exact"], figures["total"]) == (100, 100, 100)


def test_half_of_the_options_is_refused(sound: Path) -> None:
    done = CliRunner().invoke(bench, ["repair", "--broken", str(sound)])
    assert done.exit_code == 2
    assert "Give either --broken and --fixed, or --make and --from." in done.output


def test_a_file_without_fixed_records_is_refused(sound: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.mrc"
    empty.write_bytes(b"")
    done = CliRunner().invoke(bench, ["repair", "--broken", str(sound), "--fixed", str(empty)])
    assert done.exit_code == 1
    assert "nothing can be measured" in done.output


def titled(text: str, indicators: str = "10") -> Record:
    return Record(LEADER, [Field("245", "", indicators, [("a", text)])])


@pytest.mark.parametrize(
    ("have", "meant", "log", "named"),
    [
        (titled("R\ufffdd"), titled("Rød"), "broken_characters", True),
        (titled("R\ufffdd"), titled("Rød"), "encoding_label", False),
        (titled("Røx"), titled("Rød"), "broken_characters", False),
        (titled("A & B"), titled("A &amp; B"), "html_entity", True),
        (titled("Sør"), titled("SÃ¸r"), "double_encoded", True),
        (titled("To ord"), titled("To  ord"), "stray_terminator", True),
        (titled("To ord"), titled("To  ord"), "directory", False),
        (titled("A", "1 "), titled("A", "10"), "indicators", True),
        (titled("A", "1 "), titled("A", "10"), "leader", False),
    ],
)
def test_a_difference_is_named_only_by_a_repair_of_its_kind(have: Record, meant: Record, log: str, named: bool) -> None:
    [found] = differences(have, meant, [Repair(log, "")])
    assert found.named is named


def test_marks_and_letters_are_compared_composed_and_the_leader_where_it_means_something() -> None:
    assert differences(titled("Ka\u030are"), titled("Kåre"), []) == []
    other = titled("Kåre")
    other.leader = "09999nam a2209999 a 4500"
    assert differences(titled("Kåre"), other, []) == []
    other.leader = "00000nas a2200000 a 4500"
    assert [each.what for each in differences(titled("Kåre"), other, [])] == ["leader"]


def test_other_fields_are_a_difference_nobody_named() -> None:
    more = titled("A")
    more.fields.append(Field("500", "", "  ", [("a", "B")]))
    assert [(each.what, each.named) for each in differences(titled("A"), more, [Repair("directory", "")])] == [
        ("fields", False)
    ]
