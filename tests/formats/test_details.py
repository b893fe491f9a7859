"""What exactly was wrong: English at a prompt, a sentence and its data where it is kept."""

from __future__ import annotations

import ast
import pickle
from pathlib import Path

import pytest

import allmenning.formats
from allmenning.formats.details import Detail, kept, parts, said

LOST = said("Field %(tag)s lacked its first one.", tag="245")


def test_a_detail_is_its_sentence_filled_in() -> None:
    assert LOST == "Field 245 lacked its first one."
    assert said("It is an HTML page.") == "It is an HTML page."
    assert pickle.loads(pickle.dumps(LOST)).data == {"tag": "245"}


def test_what_is_kept_gives_sentence_and_data_back() -> None:
    assert kept(LOST) == '["Field %(tag)s lacked its first one.", {"tag": "245"}]'
    assert parts(kept(LOST)) == ("Field %(tag)s lacked its first one.", {"tag": "245"})
    inside = said("%(detail)s (at byte %(byte)s)", detail=LOST, byte=12)
    assert inside == "Field 245 lacked its first one. (at byte 12)"
    assert parts(kept(inside)) == ("%(detail)s (at byte %(byte)s)", {"detail": parts(kept(LOST)), "byte": 12})


def test_what_is_too_long_to_keep_whole_is_kept_as_text() -> None:
    assert kept(said("In «%(text)s».", text="ord " * 200)) == ("In «" + "ord " * 200)[:499].rstrip() + "…"
    assert kept("x\0") == "x␀"
    assert kept(said("In «%(text)s».", text="x\0")) == '["In «%(text)s».", {"text": "x␀"}]'


@pytest.mark.parametrize("old", ["Field 245.", "[a] b", '["a"]', '["a", "b"]', '["a', "", "{}", '["a", {"b": [1]}]'])
def test_rows_of_older_versions_are_plain_text(old: str) -> None:
    assert parts(old) is None


def test_every_detail_that_readers_give_can_be_translated() -> None:
    """What stands last in a repair or a reason is a sentence of ours, never a text put together on the spot."""
    folder = Path(allmenning.formats.__file__).parent
    loose = []
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _named(node.func) in ("Repair", "Unreadable", "SetAside", "_aside"):
                last = node.args[-1] if node.args else None
                if isinstance(last, ast.Constant | ast.JoinedStr | ast.BinOp):
                    loose.append(f"{path.name}:{node.lineno}")
    assert loose == []


def _named(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def test_a_detail_is_text_for_whoever_expects_text() -> None:
    assert isinstance(LOST, str)
    assert isinstance(LOST, Detail)
