"""Finding the records of a MARC-in-JSON file: one record, a list of them, one on each line, or inside what a library
system wraps around them.

The cutter looks at braces and strings and never builds a tree: memory is one record, and broken JSON costs the record
it stands in and no other. A record is an object that itself has ``leader`` or ``fields``. A raw line end inside a
string is not allowed (RFC 8259, 7), so that a lost quotation mark ends with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from allmenning.formats.containers import ByteStream
from allmenning.formats.details import said as _
from allmenning.formats.marc.iso2709 import BLOCK, LONGEST
from allmenning.formats.marc.record import Chunk, SetAside

_TOKEN = re.compile(rb'(?P<string>"(?:[^"\\\n]|\\[^\n])*")|(?P<brace>[{}])|(?P<open>")')
_NAMES = (b'"leader"', b'"fields"')
#: Certain to begin a record, wherever it stands.
_START = re.compile(rb'\{\s*"leader"\s*:')
#: Content of a record: never in the gap between two.
_CONTENT = re.compile(rb'"subfields"|"leader"|"[0-9]{3}"\s*:')
_TAIL = 64  # so much may follow a token before it is certain what it is
KEPT = 1 << 20


@dataclass(slots=True)
class _Open:
    """An object whose end has not come. ``wraps``: a record stood inside it, so it is none itself."""

    start: int
    record: bool = False
    wraps: bool = False


def split(stream: ByteStream, position: int = 0) -> Iterator[Chunk | SetAside]:
    """The records of a JSON file, in order. May raise what the stream raises, after everything read before that."""
    yield from _Splitter(stream, position).run()


class _Splitter:
    def __init__(self, stream: ByteStream, position: int) -> None:
        self.stream = stream
        self.first = self.position = position
        self.buffer = b""
        self.start = 0  # where the buffer begins in the file; all places below are in the buffer
        self.at = 0
        self.told = 0  # up to here everything is in a chunk, or a gap that was looked at
        self.open: list[_Open] = []
        self.ended = False
        self.kept = b""  # of a file without records
        self.failure: Exception | None = None

    def run(self) -> Iterator[Chunk | SetAside]:
        while True:
            token = _TOKEN.search(self.buffer, self.at)
            if not self.ended and (token is None or self._cut(token)):
                yield from self._more()
                continue
            if token is None:
                break
            yield from self._take(token)
        yield from self._end()
        if self.failure:
            raise self.failure

    def _cut(self, token: re.Match[bytes]) -> bool:
        """The buffer ends before it is certain what this token is."""
        unended = token.group("open") and self.buffer.find(b"\n", token.end()) < 0
        return bool(unended) or token.end() + _TAIL > len(self.buffer)

    def _take(self, token: re.Match[bytes]) -> Iterator[Chunk | SetAside]:
        self.at = token.end()
        if token.group("open"):  # a string without end
            yield from self._broken(self._next_start(token.end()), _("A string has no end"))
        elif token.group("string"):
            if self.open and token.group() in _NAMES and self.buffer[token.end() :].lstrip()[:1] == b":":
                self.open[-1].record = True
        elif token.group() == b"{":
            if self._inside() and _START.match(self.buffer, token.start()):
                yield from self._broken(token.start(), _("The record does not end before the next begins"))
                self.at = token.end()
            self.open.append(_Open(token.start()))
        elif self.open:
            yield from self._closed(self.open.pop(), token.end())

    def _closed(self, done: _Open, end: int) -> Iterator[Chunk | SetAside]:
        if not done.record or done.wraps or self._inside():
            return
        yield from self._gap(done.start)
        yield self._chunk(done.start, end)
        for each in self.open:
            each.wraps = True

    def _inside(self) -> bool:
        """Within a record already."""
        return any(each.record and not each.wraps for each in self.open)

    def _next_start(self, place: int) -> int:
        """Where a record is certain to begin again; what has not been read yet is looked at when it is here."""
        found = _START.search(self.buffer, place)
        return found.start() if found else len(self.buffer)

    def _broken(self, end: int, detail: str) -> Iterator[Chunk | SetAside]:
        begin = next((each.start for each in self.open if not each.wraps), self.told)
        yield from self._gap(begin)
        chunk = self._chunk(begin, end)
        yield SetAside(chunk, "json_broken", _("%(detail)s (at byte %(byte)s)", detail=detail, byte=chunk.offset))
        self.open = [each for each in self.open if each.wraps]
        self.at = end

    def _gap(self, end: int) -> Iterator[SetAside]:
        """What stands between records is skipped, unless fields stand there."""
        if end > self.told and _CONTENT.search(self.buffer, self.told, end):
            chunk = self._chunk(self.told, end)
            yield SetAside(chunk, "json_broken", _("Fields outside any record (at byte %(byte)s)", byte=chunk.offset))
        self.told = max(self.told, end)

    def _chunk(self, begin: int, end: int) -> Chunk:
        chunk = Chunk(self.position, self.buffer[begin:end], "json", "", self.start + begin)
        self.position += 1
        self.told = end
        return chunk

    def _more(self) -> Iterator[SetAside]:
        """Read on, keeping what may yet prove to be a record."""
        keep = min((each.start for each in self.open if not each.wraps), default=self.at)
        if len(self.buffer) - keep > LONGEST:
            begin, self.told = keep, max(self.told, keep)
            chunk = self._chunk(begin, len(self.buffer))
            yield SetAside(chunk, "too_long", _("No end of the object (at byte %(byte)s)", byte=chunk.offset))
            self.open = [each for each in self.open if each.wraps]
            keep = self.at = len(self.buffer)
        yield from self._gap(min(keep, self.at))
        if self.position == self.first and len(self.kept) < KEPT:
            self.kept += self.buffer[:keep][: KEPT - len(self.kept)]
        try:
            data = self.stream.read(BLOCK)
        except Exception as error:  # the container broke: what is here is delivered first
            self.failure, data = error, b""
        self.ended = not data
        self.buffer = self.buffer[keep:] + data
        self.start += keep
        self.at, self.told = self.at - keep, max(0, self.told - keep)
        for each in self.open:
            each.start -= keep

    def _end(self) -> Iterator[SetAside]:
        if self._inside():
            begin = next(each.start for each in self.open if not each.wraps)
            yield from self._gap(begin)
            chunk = self._chunk(begin, len(self.buffer))
            yield SetAside(chunk, "truncated", _("The record does not end (at byte %(byte)s)", byte=chunk.offset))
        yield from self._gap(len(self.buffer))
        if self.position == self.first and not self.failure:
            chunk = Chunk(self.position, (self.kept + self.buffer)[:KEPT], "json")
            yield SetAside(
                chunk, "no_records", _("The JSON holds no MARC record: no object with «leader» or «fields».")
            )
