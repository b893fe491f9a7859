"""From a file to records: sniff what it is, cut it into the bytes of each record, decode each one alone.

``chunks`` is cheap and streams; ``decode`` is pure and takes and gives picklable values, so that it can run in worker
processes. Neither raises for what a file may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from pathlib import Path

from allmenning.formats.containers import ByteStream, DamagedContainer, open_members
from allmenning.formats.details import said as _
from allmenning.formats.marc import (
    aleph,
    dialects,
    doubtful,
    iso2709,
    iso2709_decode,
    json_decode,
    json_split,
    xml_decode,
    xml_split,
)
from allmenning.formats.marc.problems import Unreadable
from allmenning.formats.marc.record import Chunk, Outcome, Read, SetAside

_SNIFFED = 1 << 16
#: What is said of pieces in which no record is recognised.
_SHAPELESS = frozenset({"stray_bytes", "too_long", "leader_unreadable", "directory_unreadable", "truncated", "empty"})
_LEADER_LIKE = re.compile(rb"[0-9 ^]{5}[a-z0-9 ^][a-z ^].{5}[0-9 ^]{5}.{7}[0-9A-Za-z]{3}[0-9]{9}", re.DOTALL)
_ISO_START = re.compile(rb"[0-9]{5}[ -~]{19}[0-9A-Za-z]{3}[0-9 ]{9}")
_UTF16 = {b"\xff\xfe": "utf-16le", b"\xfe\xff": "utf-16be", b"<\0": "utf-16le", b"\0<": "utf-16be"}


def chunks(stream: ByteStream, *, position: int = 0) -> Iterator[Chunk | SetAside]:
    """The records of one file, uncut and undecoded, numbered from ``position``.

    A stream that breaks off gives what came before it and then one ``SetAside`` that tells what, where and what to do.
    """
    counted = position
    try:
        for each in _chunks(stream, position):
            counted = (each.chunk if isinstance(each, SetAside) else each).position + 1
            yield each
    except DamagedContainer as error:
        yield SetAside(Chunk(counted, b"", "unknown"), error.code, error.message)
    except OSError as error:
        detail = _("Reading stopped: %(error)s. Check the disk or network and import the file again.", error=error)
        yield SetAside(Chunk(counted, b"", "unknown"), "damaged_container", detail)


def _chunks(stream: ByteStream, position: int) -> Iterator[Chunk | SetAside]:
    again = _Again(stream)
    head = again.peek(_SNIFFED)
    kind = sniff(head)
    if kind == "xml":
        yield from xml_split.split(again, position, "")
    elif kind in ("utf-16le", "utf-16be"):
        yield from xml_split.split(again, position, kind)
    elif kind == "iso2709":
        yield from iso2709.split(again, position) if _surely(head) else doubtful.split(again, position, _is_marc)
    elif kind == "json":
        yield from json_split.split(again, position)
    elif kind == "alephseq":
        yield from aleph.split(again, position)
    elif kind:
        yield _other(again, position, kind)
    elif again.failure:  # nothing came before the damage, so that no reader would come upon it
        raise again.failure


def sniff(head: bytes) -> str:
    """What the first bytes of a file are: ``iso2709``, ``xml``, ``json``, ``utf-16le``, ``utf-16be`` or ``alephseq``.

    The empty string for a file of nothing but blanks; for others a sentence that says what it is instead.
    """
    blank = iso2709.SEPARATORS.match(head)
    start = head[blank.end() :] if blank else head
    if head[:2] in _UTF16 and b"\0" in head[:200]:
        return _UTF16[head[:2]]
    if not start:
        return "" if len(head) < _SNIFFED else "iso2709"
    if _ISO_START.match(start):
        return "iso2709"
    if aleph.LINE.match(start):
        return "alephseq"
    if start[:1] in (b"{", b"[") and b'"' in start[:200]:
        return "json"
    if start[:1] == b"<" or xml_split.holds_record(head):
        return "xml" if not start[:14].lower().startswith((b"<!doctype html", b"<html")) else _("It is an HTML page.")
    if b"\x1e" in head and (_LEADER_LIKE.search(head) or b"\x1d" in head):
        return "iso2709"
    if start.startswith(b"=LDR") or b"\n=LDR" in head:
        return _("It is MarcEdit's mnemonic text. Compile it to MARC first.")
    return _("Neither ISO 2709, MARCXML, MARC-in-JSON nor Aleph sequential was recognised.")


def _surely(head: bytes) -> bool:
    """Whether a file that may be ISO 2709 begins with a length, or has a leader that cannot be mistaken."""
    blank = iso2709.SEPARATORS.match(head)
    start = blank.end() if blank else 0
    return start == len(head) or head[start : start + 5].isdigit() or bool(iso2709.LEADER.search(head))


def _is_marc(chunk: Chunk) -> bool:
    outcome = decode(chunk)
    return isinstance(outcome, Read) or outcome.code not in _SHAPELESS


def _other(stream: ByteStream, position: int, sentence: str) -> SetAside:
    beginning = doubtful.Beginning(stream)
    while beginning.read(iso2709.BLOCK):
        pass
    return doubtful.not_marc(Chunk(position, beginning.kept, "unknown"), beginning.total, sentence)


def decode(chunk: Chunk, *, encoding: str = "auto", dialect: str = "auto", only: Set[str] | None = None) -> Outcome:
    """One record as fields of MARC 21, with every repair told; or set aside with the reason.

    ``encoding``: ``auto``, ``utf-8``, ``marc-8``, ``iso-8859-1``, ``windows-1252``, ``windows-1251``. ``dialect``:
    ``auto``, ``marc21``, ``normarc``. Texts are composed Unicode (NFC) without control characters. The raw bytes
    stay in ``chunk``. ``only``: the tags the caller reads; a record of ISO 2709 may then lack sound fields with others,
    of which a common record has as many.
    """
    try:
        if chunk.syntax == "iso2709":
            asked = None if dialect == "normarc" else only
            record, found, repairs, part = iso2709_decode.decode(chunk.raw, encoding, asked)
            if part:  # its tags told already that it is MARC 21
                return Read(chunk, record, found, "marc21", tuple(repairs))
            stated = ""
        elif chunk.syntax == "xml":
            record, found, repairs, stated = xml_decode.decode(
                chunk.raw, chunk.declared if encoding == "auto" else encoding
            )
        elif chunk.syntax == "json":
            record, found, repairs = json_decode.decode(chunk.raw)
            stated = ""
        elif chunk.syntax == "alephseq":
            record, found, repairs = aleph.decode(chunk.raw)
            stated = ""
        else:
            return SetAside(chunk, "not_marc", _("No form of MARC was recognised."))
        if not record.fields:
            raise Unreadable("empty", _("The record has no fields."))
        speaks = dialects.recognise(record, stated) if dialect == "auto" else dialect
        if speaks == "normarc":
            return Read(chunk, dialects.to_marc21(record), found, "normarc", tuple(repairs))
        return Read(chunk, record, found, "marc21", tuple(repairs))
    except Unreadable as error:
        return SetAside(chunk, error.code, error.detail)
    except Exception as error:  # the promise that one bad record never stops a file
        return SetAside(chunk, "unexpected", _("%(kind)s: %(error)s", kind=type(error).__name__, error=error))


def read_file(path: str | Path, *, encoding: str = "auto", dialect: str = "auto") -> Iterator[Outcome]:
    """Every record of a file, or of all files in an archive, in order. Raises ``OSError`` when it cannot be opened."""
    position = 0
    for member in open_members(path):
        for each in chunks(member.stream, position=position):
            position += 1
            yield each if isinstance(each, SetAside) else decode(each, encoding=encoding, dialect=dialect)


class _Again:
    """A stream whose beginning can be looked at before it is read."""

    def __init__(self, stream: ByteStream) -> None:
        self.stream, self.head = stream, b""
        self.failure: Exception | None = None

    def peek(self, size: int) -> bytes:
        parts, have = [], 0
        try:
            while have < size and (data := self.stream.read(size - have)):
                parts.append(data)
                have += len(data)
        except Exception as error:  # told when reading gets there, after what came before it
            self.failure = error
        self.head = b"".join(parts)
        return self.head

    def read(self, size: int, /) -> bytes:
        if self.head:
            data, self.head = self.head[:size], self.head[size:]
            return data
        if self.failure:
            raise self.failure
        return self.stream.read(size)
