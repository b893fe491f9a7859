"""How an import ended, for scripts: the exit status says what the last lines say."""

from __future__ import annotations

import gzip
import os
import random
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from allmenning.catalogue.models import SetAsideRecord, Source, SourceRecord
from allmenning.cli.importing import import_
from allmenning.cli.rereading import reread
from allmenning.formats.marc.writing import marcxml
from allmenning.kernel.errors import Invalid
from tests.catalogue.records import book, write
from tests.formats.marc.made import a_book

pytestmark = pytest.mark.django_db
BROKEN = b"00026nam a2200025 i 4500\x1e\x1d"


def ended(*paths: Path) -> tuple[int, str]:
    """The status, and the last line."""
    done = CliRunner().invoke(import_, [*map(str, paths), "--source", "x"])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output.splitlines()[-1].strip()


def test_0_when_every_record_is_in(tmp_path: Path) -> None:
    fine = write(tmp_path, "fine.mrc", [book("1")])
    assert ended(fine)[0] == 0
    assert ended(fine)[0] == 0  # they were in already


def test_1_when_there_was_nothing_to_take_in(tmp_path: Path) -> None:
    with pytest.raises(
        Invalid, match="There was no record in what was given"
    ):  # the command line tells it, and ends so
        ended(write(tmp_path, "empty.mrc", []))


@pytest.mark.parametrize("what", ["pipe", "empty", "folder"])
def test_1_leaves_no_source_behind(tmp_path: Path, what: str) -> None:
    place, told = tmp_path / what, "There was no record in what was given"
    if what == "pipe":
        os.mkfifo(place)
        told = "pipe» is no ordinary file, but a folder, a pipe or a device. Save what it holds as a file first."
    elif what == "empty":
        place.touch()
    else:
        place.mkdir()
    with pytest.raises(Invalid, match=re.escape(told)):
        ended(place)
    assert not Source.objects.exists()


def test_2_when_the_command_line_is_wrong(tmp_path: Path) -> None:
    assert ended(tmp_path / "not-there.mrc")[0] == 2


def test_3_when_records_were_set_aside(tmp_path: Path) -> None:
    broken = write(tmp_path, "broken.mrc", [book("2"), BROKEN])
    assert ended(broken) == (3, "1 set aside, with the bytes and the reason: see /desk/kilder/x/ at the desk.")


def test_4_when_a_file_is_damaged_though_records_of_it_are_in(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.mrc.gz"
    damaged.write_bytes(gzip.compress(b"".join(book(str(number)) for number in range(50)))[:-40])
    assert ended(damaged) == (4, "A file is damaged or holds no MARC. Ask for it again.")


def test_4_when_one_file_of_several_holds_nothing(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.zip"
    nothing.write_bytes(b"\0" * 100_000)
    assert ended(write(tmp_path, "fine.mrc", [book("1")]), nothing)[0] == 4


def test_4_when_a_file_is_something_else(tmp_path: Path) -> None:
    other = tmp_path / "invoice.pdf"
    other.write_bytes(b"%PDF-1.7\n" + random.Random(1).randbytes(80_000))
    assert ended(other) == (4, "A file is damaged or holds no MARC. Ask for it again.")
    assert SetAsideRecord.objects.count() == 1


@pytest.mark.parametrize("packed", ["plain", "gzip", "zip"])
def test_4_when_a_file_in_xml_is_cut_off_between_two_records(tmp_path: Path, packed: str) -> None:
    record = marcxml(a_book())
    data = f"<collection>\n{record}\n{record.replace('id000001', 'id000002')}\n".encode()
    cut = tmp_path / f"cut.{packed}"
    if packed == "zip":
        with zipfile.ZipFile(cut, "w") as archive:
            archive.writestr("cut.xml", data)
    else:
        cut.write_bytes(gzip.compress(data, mtime=0) if packed == "gzip" else data)
    assert ended(cut) == (4, "A file is damaged or holds no MARC. Ask for it again.")
    assert ended(cut)[0] == 4  # told again when the same file is read again
    assert SourceRecord.objects.count() == 2


def test_reread_tells_what_became_of_the_records(tmp_path: Path) -> None:
    assert ended(write(tmp_path, "fine.mrc", [book("1"), book("2", "Pan", year="1894")]))[0] == 0
    done = CliRunner().invoke(reread)
    assert (done.exit_code, done.output.splitlines()) == (
        0,
        ["2 records read anew, 0 of them set aside: 2 editions of 2 works."],
    )
