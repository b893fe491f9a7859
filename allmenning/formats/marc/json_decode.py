"""One record in JSON as fields: MARC-in-JSON, MARC-HASH, and the form with ``tag`` and ``code`` written out.

MARC-in-JSON (https://rossfsinger.com/blog/2010/09/a-proposal-to-serialize-marc-in-json/) is what pymarc, ruby-marc,
Koha and FOLIO write: ``{"leader": …, "fields": [{"001": …}, {"245": {"ind1": …, "ind2": …, "subfields": [{"a": …}]}}]}``.
Objects are read as pairs, for a name that comes twice in one is another field or subfield and not a correction.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from allmenning.formats.details import said as _
from allmenning.formats.marc import encodings, mending
from allmenning.formats.marc.problems import Unreadable, shortened
from allmenning.formats.marc.record import Field, Record, Repair

#: How deep a sound record's lists and objects stand in each other; what is deeper is refused before it is read.
_DEEPEST = 12
_UNTEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f]|[\t\n]+ *")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Pairs(list[tuple[str, Any]]):
    """A JSON object in the order it was written, repeated names kept."""

    def value(self, *names: str) -> Any:
        return next((value for name, value in self if name in names), None)


def decode(raw: bytes) -> tuple[Record, str, list[Repair]]:
    """The record, its encoding, and what was mended. Raises :class:`Unreadable`."""
    repairs: list[Repair] = []
    found = encodings.detect(raw, claims_unicode=True)
    if found == encodings.MARC8:
        raise Unreadable("encoding_unknown", _("The JSON is not UTF-8, as JSON has to be."))
    if found not in (encodings.UTF8, encodings.ASCII):
        repairs.append(Repair("encoding_label", _("JSON is UTF-8; these bytes are %(found)s.", found=found)))
    whole = _parsed(encodings.decode_text(raw, found))
    if not isinstance(whole, Pairs):
        raise Unreadable("json_broken", _("The record is no object."))
    leader = _text(whole.value("leader"), repairs)
    fields = [_field(tag, content, repairs) for tag, content in _fields(whole)]
    if "\\" in leader or any("\\" in each.value + each.indicators for each in fields):
        repairs.append(Repair("blank_written_out", _("Leader, control fields or indicators.")))
        leader = leader.replace("\\", " ")
        for each in fields:
            each.value, each.indicators = each.value.replace("\\", " "), each.indicators.replace("\\", " ")
    if len(leader) != 24:
        repairs.append(Repair("leader", _("It had %(count)s characters.", count=len(leader))))
    return Record(leader[:24].ljust(24), fields), found, repairs


def _parsed(text: str) -> Any:
    if _depth(text) > _DEEPEST:
        raise Unreadable(
            "json_broken", _("Lists and objects stand more than %(most)s deep in each other.", most=_DEEPEST)
        )
    try:
        return json.loads(text.lstrip("\ufeff"), object_pairs_hook=Pairs, strict=False)
    except ValueError as error:
        raise Unreadable("json_broken", _("The JSON is broken: %(error)s", error=error)) from None


def _depth(text: str) -> int:
    deepest = depth = 0
    for sign in re.sub(r'"(?:[^"\\]|\\.)*"|[^\[\]{}]', "", text):
        depth += 1 if sign in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _fields(whole: Pairs) -> Iterator[tuple[str, Any]]:
    """Tag and content of each field, whichever of the forms it is written in."""
    for name, each in whole:
        if name != "fields":
            continue
        if isinstance(each, Pairs):
            yield from each
            continue
        if not isinstance(each, list):
            raise Unreadable("json_broken", _("«fields» is no list."))
        for field in each:
            yield from _entry(field)


def _entry(field: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(field, Pairs):
        if isinstance(tag := field.value("tag"), str):
            value = field.value("value", "data")
            yield tag, value if isinstance(value, str) else field
        else:
            yield from field
    elif isinstance(field, list) and field and isinstance(field[0], str):  # MARC-HASH
        if len(field) == 2:
            yield field[0], field[1]
        elif len(field) == 4:
            yield field[0], Pairs([("ind1", field[1]), ("ind2", field[2]), ("subfields", field[3])])
        else:
            raise Unreadable(
                "json_broken", _("Field %(tag)s has %(count)s parts.", tag=shortened(field[0], 12), count=len(field))
            )
    else:
        raise Unreadable("json_broken", _("A field is «%(text)s».", text=shortened(repr(field), 60)))


def _field(tag: str, content: Any, repairs: list[Repair]) -> Field:
    tag = tag.strip()
    if len(tag) != 3 or not tag.isascii() or not tag.isalnum():
        raise Unreadable("json_broken", _("A field is called «%(tag)s», which is no MARC tag.", tag=shortened(tag, 12)))
    if not isinstance(content, Pairs):
        return Field(tag, _text(content, repairs))
    subfields = [(_code(tag, code), _text(text, repairs)) for code, text in _subfields(tag, content)]
    indicators = "".join(_indicator(tag, content.value(name), repairs) for name in ("ind1", "ind2"))
    return Field(tag, "", indicators, subfields)


def _subfields(tag: str, content: Pairs) -> Iterator[tuple[str, Any]]:
    found = content.value("subfields")
    if not isinstance(found, list):
        raise Unreadable("json_broken", _("Field %(tag)s has neither text nor subfields.", tag=tag))
    parts: list[Any] = [found] if isinstance(found, Pairs) else found
    for each in parts:
        if isinstance(each, Pairs) and isinstance(code := each.value("code"), str):
            yield code, each.value("value", "data")
        elif isinstance(each, Pairs):
            for code, text in each:
                for one in text if type(text) is list else [text]:
                    yield code, one
        elif type(each) is list and len(each) == 2:
            code, text = each
            yield code, text
        else:
            raise Unreadable(
                "json_broken", _("A subfield of field %(tag)s is «%(text)s».", tag=tag, text=shortened(repr(each), 60))
            )


def _code(tag: str, code: Any) -> str:
    if not isinstance(code, str) or len(code) != 1 or not code.isprintable():
        raise Unreadable(
            "json_broken",
            _("A subfield of field %(tag)s has the code «%(code)s».", tag=tag, code=shortened(str(code), 12)),
        )
    return code


def _indicator(tag: str, said: Any, repairs: list[Repair]) -> str:
    text = " " if said is None else _text(said, repairs)
    if len(text) != 1 or not text.isascii():
        repairs.append(Repair("indicators", _("Field %(tag)s has «%(text)s».", tag=tag, text=shortened(text, 20))))
    return text[:1] if text[:1].isascii() and text[:1] else " "


def _text(said: object, repairs: list[Repair]) -> str:
    """A text as it was meant. Raises :class:`Unreadable` for what is no text."""
    if said is None:
        return ""
    if isinstance(said, int) and not isinstance(said, bool):
        return str(said)
    if not isinstance(said, str):
        raise Unreadable(
            "json_broken", _("Where a text should stand, there is «%(text)s».", text=shortened(repr(said), 60))
        )
    if not said.isprintable():
        if _SURROGATE.search(said):
            repairs.append(
                Repair("broken_characters", _("Half a character in %(text)s", text=shortened(_whole(said), 60)))
            )
            said = _whole(said)
        made = _UNTEXT.sub(lambda found: " " if found.group()[0] in "\t\n" else "", said)
        if made != said:
            repairs.append(Repair("control_characters", _("In %(text)s", text=shortened(made, 60))))
        said = made
    if said.isascii() and "&" not in said and "\\U+" not in said:
        return said
    return str(mending.mended([said], repairs)[0])


def _whole(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)
