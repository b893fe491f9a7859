"""One ISO 2709 record as characters and fields."""

from __future__ import annotations

import re
from collections.abc import Set

from allmenning.formats.details import said as _
from allmenning.formats.marc import dialects, encodings, mending
from allmenning.formats.marc.iso2709 import sound_fields
from allmenning.formats.marc.iso2709_delimiters import with_delimiters
from allmenning.formats.marc.iso2709_repair import mended_fields, plain_indicators, whole_leader
from allmenning.formats.marc.problems import Unreadable
from allmenning.formats.marc.record import Field, Record, Repair

#: Everything below a blank but the separators of ISO 2709 and ESC, which MARC-8 uses; and DEL.
_CONTROLS = bytes(each for each in range(32) if each not in (0x1B, 0x1D, 0x1E, 0x1F)) + b"\x7f"
_REMOVED = _CONTROLS.translate(None, b"\t\n\r")
_BLANK_CONTROLS = bytes(each if 32 <= each < 127 else 32 for each in range(256))
_BLANKED = bytes.maketrans(b"\t\n\r", b"   ")
#: Of plain ASCII only these can be mended; a bare «&» is common and needs no look at every field.
_ENTITY_LIKE = re.compile(rb"&[#A-Za-z][0-9A-Za-z]+;")
#: A subfield's code and text; a delimiter without anything after it is passed over.
_subfields = re.compile("\x1f([^\x1f])([^\x1f]*)").findall


def decode(raw: bytes, encoding: str = "auto", only: Set[str] | None = None) -> tuple[Record, str, list[Repair], bool]:
    """The record, the encoding its bytes are in, what was mended, and whether fields may be missing. Raises
    :class:`Unreadable`.

    ``only``: the tags that are asked for. Of a record that is plainly MARC 21, sound fields with others are left out.
    """
    leader = raw[:24].decode("latin-1")
    sound = sound_fields(raw) if leader.isascii() and leader.isprintable() else None
    repairs: list[Repair] = []
    if sound:
        tags, data = sound
        if b"\x1d" in data:
            repairs.append(Repair("stray_terminator", _("A record terminator inside a field.")))
            data = data.replace(b"\x1d", b" ")
    else:
        raw = whole_leader(raw, repairs)
        tags, parts, more = mended_fields(raw)
        repairs += more
        data = b"\x1e".join(parts)
    data = plain_indicators(data, repairs)
    clean = data.translate(_BLANKED, _REMOVED)
    if clean != data:
        repairs.append(
            Repair(
                "control_characters",
                _("%(count)s removed or made blanks.", count=len(data) - len(data.translate(None, _CONTROLS))),
            )
        )
        data = clean
    if b"\xfc" in data:
        data = _with_fill_characters(data, repairs)
    claims_unicode = raw[9:10] == b"a"
    found = encodings.detect(data, claims_unicode=claims_unicode) if encoding == "auto" else encoding
    texts = _texts(data, found, repairs)
    _note_label(found, claims_unicode, encoding, repairs)
    if not data.isascii() or b"\x1b" in data or _ENTITY_LIKE.search(data) or b"\\U+" in data:
        texts = mending.mended(texts, repairs)
    part = only is not None and dialects.is_plainly_marc21(tags, texts)
    fields = build_fields(tags, texts, repairs, only if part else None)
    return Record(raw[:24].translate(_BLANK_CONTROLS).decode("ascii", "replace"), fields), found, repairs, part


def _with_fill_characters(data: bytes, repairs: list[Repair]) -> bytes:
    """FC in control fields is the fill character | of older systems; no encoding has a meaning for it there."""
    parts = data.split(b"\x1e")
    made = b"\x1e".join(part if b"\x1f" in part else part.replace(b"\xfc", b"|") for part in parts)
    if made != data:
        repairs.append(
            Repair(
                "fill_character", _("%(count)s replaced.", count=data.count(bytes((252,))) - made.count(bytes((252,))))
            )
        )
    return made


def _texts(data: bytes, encoding: str, repairs: list[Repair]) -> list[str]:
    if encoding in (encodings.UTF8, encodings.ASCII):
        try:
            return data.decode().split("\x1e")
        except UnicodeDecodeError:
            return [_mostly_utf8(part, repairs) for part in data.split(b"\x1e")]
    text = encodings.decode_text(data, encoding)
    if "\ufffd" in text:
        repairs.append(
            Repair(
                "broken_characters",
                _("%(count)s bytes that %(encoding)s does not have.", count=text.count(chr(65533)), encoding=encoding),
            )
        )
    return text.split("\x1e")


def _mostly_utf8(part: bytes, repairs: list[Repair]) -> str:
    """A field of a record that is UTF-8 elsewhere."""
    try:
        return part.decode()
    except UnicodeDecodeError as error:
        try:
            other = encodings.detect(part, claims_unicode=True)
        except Unreadable:
            other = encodings.UTF8
        if other == encodings.UTF8:
            repairs.append(
                Repair("broken_characters", _("Byte %(byte)s is no UTF-8 here.", byte=f"{part[error.start]:02X}"))
            )
            return part.decode("utf-8", "replace")
        repairs.append(Repair("mixed_encodings", _("A field is in %(other)s, the others in utf-8.", other=other)))
        return encodings.decode_text(part, other)


def _note_label(found: str, claims_unicode: bool, asked: str, repairs: list[Repair]) -> None:
    if found == encodings.ASCII or asked != "auto":
        return
    if (found == encodings.UTF8) != claims_unicode:
        label = "Unicode" if claims_unicode else "MARC-8"
        repairs.append(
            Repair("encoding_label", _("Leader/09 says %(label)s, the bytes are %(found)s.", label=label, found=found))
        )
    elif not claims_unicode and found != encodings.MARC8:
        repairs.append(Repair("encoding_label", _("Leader/09 says MARC-8, the bytes are %(found)s.", found=found)))


def build_fields(tags: list[str], texts: list[str], repairs: list[Repair], only: Set[str] | None = None) -> list[Field]:
    """Fields from their tags and texts (indicators and 1F-separated subfields, or a control field's value).

    With ``only``, sound fields with other tags are left out, but not all: a record has fields.
    """
    fields: list[Field] = []
    for tag, text in zip(tags, texts, strict=True):
        delimiter = text.find("\x1f")
        if delimiter == 2 and tag >= "010":
            if only is None or tag in only:
                fields.append(Field(tag, "", text[:2], _subfields(text, 2)))
        elif delimiter < 0 and tag < "010":
            if only is None or tag in only:
                fields.append(Field(tag, text))
        else:
            fields.append(_other_field(tag, text, repairs))
    if not fields and only is not None:
        return build_fields(tags, texts, repairs)
    return fields


def _other_field(tag: str, text: str, repairs: list[Repair]) -> Field:
    text = with_delimiters(tag, text, repairs)
    delimiter = text.find("\x1f")
    if delimiter < 0:
        return _without_subfields(tag, text, repairs)
    subfields = _subfields(text, delimiter)
    indicators = text[:delimiter]
    if delimiter != 2:
        indicators = _indicators(tag, indicators, repairs)
    value = subfields[0][1] if tag < "010" and subfields else ""  # danMARC2 has subfields in 001
    return Field(tag, value, indicators, subfields)


def _without_subfields(tag: str, text: str, repairs: list[Repair]) -> Field:
    if not tag.isdigit():
        return Field(tag, text)
    if len(text) <= 2:
        return Field(tag, "", text.ljust(2))
    repairs.append(Repair("missing_subfield_code", _("Field %(tag)s.", tag=tag)))
    return Field(tag, "", text[:2], [("a", text[2:])])


def _indicators(tag: str, found: str, repairs: list[Repair]) -> str:
    repairs.append(Repair("indicators", _("Field %(tag)s has %(count)s instead of two.", tag=tag, count=len(found))))
    return found[:2].ljust(2) if len(found) < 2 or not found.strip() else found[:2]
