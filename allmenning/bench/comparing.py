"""Is a record as read the record that was meant? Field by field, and which differences the log of repairs names."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from allmenning.formats.marc.record import Field, Record, Repair

#: Status, type, level, control; encoding level, form, linked. The others are lengths, constants, and the character
#: coding scheme of bytes that are characters by now.
LEADER_PLACES = (5, 6, 7, 8, 17, 18, 19)
_CONTROLS = re.compile("[\x00-\x1e\x7f-\x9f\ufeff]")


@dataclass(frozen=True, slots=True)
class Difference:
    """``what``: leader, fields, tag, indicators, subfields or text; ``named``: a repair in the log names it."""

    what: str
    have: str
    meant: str
    named: bool


def differences(have: Record, meant: Record, repairs: Sequence[Repair]) -> list[Difference]:
    """Every difference; empty when the records are the same."""
    codes = frozenset(each.code for each in repairs)
    ours, theirs = ("".join(each.leader[at : at + 1] or " " for at in LEADER_PLACES) for each in (have, meant))
    made = [] if ours == theirs else [Difference("leader", ours, theirs, "leader" in codes)]
    if len(have.fields) != len(meant.fields):
        ours, theirs = (" ".join(field.tag for field in each.fields) for each in (have, meant))
        return [*made, Difference("fields", ours, theirs, False)]
    for field, other in zip(have.fields, meant.fields, strict=True):
        made += _of_field(field, other, codes)
    return made


def _of_field(ours: Field, theirs: Field, codes: frozenset[str]) -> list[Difference]:
    if ours.tag != theirs.tag:
        return [Difference("tag", ours.tag, theirs.tag, False)]
    made = []
    if ours.indicators != theirs.indicators and (ours.subfields or theirs.subfields):
        made.append(Difference("indicators", ours.indicators, theirs.indicators, "indicators" in codes))
    left, right = (each.subfields or [("", each.value)] for each in (ours, theirs))
    if [code for code, _ in left] != [code for code, _ in right]:
        have, meant = ("".join(f"${code}{text}" for code, text in each) for each in (left, right))
        same_text = _letters(have) == _letters(meant)
        made.append(Difference("subfields", have, meant, "missing_subfield_code" in codes and same_text))
        return made
    for (_, text), (_, meant) in zip_longest(left, right):
        text, meant = (unicodedata.normalize("NFC", each) for each in (text, meant))
        if text != meant:
            made.append(Difference("text", text, meant, _is_named(text, meant, codes)))
    return made


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum())


def _is_named(have: str, meant: str, codes: frozenset[str]) -> bool:
    """A repair in the log is of the kind that makes the one from the other. That the label of the encoding was wrong
    names no difference: whoever guesses another encoding wrongly has said nothing."""
    if "broken_characters" in codes and "\ufffd" in have:
        pieces = [re.escape(unicodedata.normalize("NFD", each)) for each in have.split("\ufffd")]
        if re.fullmatch(".{0,4}".join(pieces), unicodedata.normalize("NFD", meant), re.DOTALL):
            return True
    if "html_entity" in codes and html.unescape(meant) == have:
        return True
    if "double_encoded" in codes and _decoded_once_more(meant) == have:
        return True
    if "fill_character" in codes and have == meant.replace("ü", "|"):
        return True
    if not codes.isdisjoint({"control_characters", "stray_terminator"}):
        return "".join(_CONTROLS.sub("", have).split()) == "".join(_CONTROLS.sub("", meant).split())
    return False


def _decoded_once_more(text: str) -> str:
    try:
        return text.encode("cp1252").decode()
    except ValueError:
        return text
