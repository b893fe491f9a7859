"""Delivered files are called by what tells them apart."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from allmenning.catalogue import services
from allmenning.catalogue.importing.file_names import told_apart
from allmenning.catalogue.models import ImportFile
from allmenning.kernel.actor import Actor
from tests.catalogue.records import book, write


def names(*paths: str) -> list[str]:
    return list(told_apart([Path(each) for each in paths]).values())


def test_a_file_is_called_by_its_folder_and_name() -> None:
    assert names("/srv/inn/juni/katalog.mrc") == ["juni/katalog.mrc"]
    assert names("/katalog.mrc") == ["katalog.mrc"]
    assert names() == []


def test_files_of_the_same_name_are_told_apart() -> None:
    assert names("/srv/juni/a/katalog.mrc", "/srv/juni/b/katalog.mrc", "/srv/juni/c.mrc") == [
        *("juni/a/katalog.mrc", "juni/b/katalog.mrc", "juni/c.mrc")
    ]
    assert names("/srv/inn/../juni/a.mrc", "/srv/mai/a.mrc") == ["srv/juni/a.mrc", "srv/mai/a.mrc"]


def test_a_path_from_here_is_told_as_the_whole_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "juni").mkdir()
    monkeypatch.chdir(tmp_path / "juni")
    assert names("katalog.mrc") == ["juni/katalog.mrc"]


def test_names_that_are_no_characters_and_very_long_ones_can_be_kept() -> None:
    assert told_apart([Path(os.fsdecode(b"/srv/b\xf8ker.mrc"))]).popitem()[1] == "srv/bøker.mrc"
    [name] = names("/srv/" + "folder/" * 100 + "a.mrc", "/srv/b.mrc")[:1]
    assert (len(name), name[:1], name[-13:]) == (500, "…", "/folder/a.mrc")


@pytest.mark.django_db
def test_an_import_keeps_the_names(tmp_path: Path) -> None:
    paths = []
    for number, month in enumerate(("juni", "juli")):
        (tmp_path / month).mkdir()
        paths.append(write(tmp_path / month, os.fsdecode(b"b\xf8ker.mrc"), [book(str(number))]))
    source = services.ensure_source(name="deichman")
    services.import_files(actor=Actor.system("test", "test"), source=source, paths=paths)
    kept = list(ImportFile.objects.order_by("id").values_list("name", flat=True))
    assert kept == [f"{tmp_path.name}/juni/bøker.mrc", f"{tmp_path.name}/juli/bøker.mrc"]
