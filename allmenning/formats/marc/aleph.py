"""Aleph sequential (Ex Libris): one line a field, ``000095841 24510 L $$aLyhyt historia``.

Columns: 9 system number, blank, 3 tag, 2 indicators, blank, 1 alphabet, blank, then text; blanks in control fields
are ``^``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allmenning.formats.containers import ByteStream
from allmenning.formats.details import said as _
from allmenning.formats.marc import encodings, mending
from allmenning.formats.marc.iso2709 import BLOCK, LONGEST, SEPARATORS
from allmenning.formats.marc.problems import Unreadable, shortened
from allmenning.formats.marc.record import Chunk, Field, Record, Repair, SetAside

LINE = re.compile(rb"([0-9]{9}) ([0-9A-Z]{3})([ -~]{2}) [A-Z] ?")
_NOT_CONTROL = re.compile(r"\$\$[0-9a-z]")


def split(stream: ByteStream, position: int = 0) -> Iterator[Chunk | SetAside]:
    """The records of an Aleph sequential file: runs of lines with the same system number."""
    buffer, at, start, begin, number, ended = b"", 0, 0, 0, b"", False
    failure: Exception | None = None
    while True:
        end = buffer.find(b"\n", at)
        if end < 0 and not ended and len(buffer) - begin < LONGEST:
            try:
                data = stream.read(BLOCK)
            except Exception as error:  # the container broke: what is here is delivered first
                failure, data = error, b""
            ended = not data
            buffer, at, start, begin = buffer[begin:] + data, at - begin, start + begin, 0
            continue
        line = LINE.match(buffer, at)
        if (line and line.group(1) != number) or at >= len(buffer):
            if not SEPARATORS.fullmatch(buffer, begin, at):
                yield Chunk(position, buffer[begin:at], "alephseq", "", start + begin)
                position += 1
            begin = at
            if at >= len(buffer):
                if ended:
                    break
                continue
            assert line is not None
            number = line.group(1)
        at = end + 1 if end >= 0 else len(buffer)
    if failure:
        raise failure


def decode(raw: bytes) -> tuple[Record, str, list[Repair]]:
    """The record, its encoding, and what was mended. Raises :class:`Unreadable`."""
    repairs: list[Repair] = []
    found = encodings.detect(raw, claims_unicode=True)
    text = encodings.decode_text(raw, found)
    if found not in (encodings.UTF8, encodings.ASCII):
        repairs.append(Repair("encoding_label", _("The lines are %(found)s, not utf-8.", found=found)))
    if "\ufffd" in text:
        repairs.append(
            Repair(
                "broken_characters", _("%(count)s bytes are no %(found)s.", count=text.count(chr(65533)), found=found)
            )
        )
    leader, fields = "", []
    for line in mending.mended(text.replace("\0", "").split("\n"), repairs):
        line = line.rstrip("\r")
        if not line.strip(" \ufeff\x1a"):
            continue
        if not LINE.match(line[:18].encode("ascii", "replace")):
            raise Unreadable("line_unreadable", _("«%(line)s»", line=shortened(line, 40)))
        tag, indicators, content = line[10:13], line[13:15], line[18:]
        if tag == "LDR":
            leader = content.replace("^", " ")[:24].ljust(24)
        elif _NOT_CONTROL.match(content):
            pieces = content.split("$$")[1:]
            fields.append(Field(tag, "", indicators, [(piece[0], piece[1:]) for piece in pieces if piece]))
        else:
            fields.append(Field(tag, content.replace("^", " ")))
    if not leader:
        repairs.append(Repair("leader", _("There is no LDR line.")))
    return Record(leader.ljust(24), fields), found, repairs
