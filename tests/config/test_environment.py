"""What an installation chooses, and how it is told what does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from allmenning.config.environment import Database, WrongEnvironment, read


def test_nothing_set_is_a_whole_installation_in_one_folder(tmp_path: Path) -> None:
    found = read({"ALLMENNING_VAR": str(tmp_path)})
    assert found.database == Database("sqlite", f"{tmp_path}/allmenning.sqlite3")
    assert (found.search_url, found.files) == (f"tantivy://{tmp_path}/index", tmp_path / "files")
    assert (found.debug, found.https, found.hosts) == (False, False, ("localhost", "127.0.0.1", "[::1]"))


def test_the_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first = read({"ALLMENNING_VAR": str(tmp_path)}).secret_key
    assert read({"ALLMENNING_VAR": str(tmp_path)}).secret_key == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_postgresql_address_is_taken_apart(tmp_path: Path) -> None:
    url = "postgresql://allmenning:s%40ft@db.example:5433/felles"
    found = read({"ALLMENNING_VAR": str(tmp_path), "DATABASE_URL": url}).database
    assert found == Database("postgresql", "felles", "db.example", "5433", "allmenning", "s@ft")


def test_a_socket_folder_stands_percent_encoded_for_the_host(tmp_path: Path) -> None:
    url = "postgresql://allmenning@%2Frun%2Fpostgresql/felles"
    assert read({"ALLMENNING_VAR": str(tmp_path), "DATABASE_URL": url}).database.host == "/run/postgresql"


def test_every_wrong_variable_is_named_at_once(tmp_path: Path) -> None:
    wrong = {
        "ALLMENNING_VAR": str(tmp_path),
        "DATABASE_URL": "mysql://localhost/felles",
        "SEARCH_URL": "solr://localhost",
        "FILES_URL": "s3://bucket",
        "DEBUG": "maybe",
        "SECRET_KEY": "short",
        "TRUSTED_ORIGINS": "bibliotek.example",
        "TRUSTED_PROXIES": "one",
    }
    with pytest.raises(WrongEnvironment) as told:
        read(wrong)
    assert sorted(told.value.problems) == sorted(set(wrong) - {"ALLMENNING_VAR"})
    assert not (tmp_path / "secret_key").exists()
