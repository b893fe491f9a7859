"""ISO 2709 (ANSI/NISO Z39.2): finding the records of a file, and the fields of a record, as bytes.

A sound record takes one path with few steps; only what does not add up goes to :mod:`.iso2709_repair`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from struct import Struct

from allmenning.formats.containers import ByteStream
from allmenning.formats.details import said as _
from allmenning.formats.marc.record import Chunk, SetAside

BLOCK = 1 << 18
RECORD_END, FIELD_END, SUBFIELD = b"\x1d", b"\x1e", b"\x1f"
#: A record may say at most 99999 bytes of itself, and real ones that grew longer stop well before this.
LONGEST = 2 << 20
#: What may stand between records and carries nothing: line ends, blanks, NULs, a DOS end of file, a byte order mark.
SEPARATORS = re.compile(rb"(?:[\r\n\0 \t\x1a]|\xef\xbb\xbf)*")
#: A leader that cannot be mistaken, also in the middle of other bytes: lengths, «22», base address, «450».
LEADER = re.compile(rb"[0-9]{5}[a-z ][a-z][ -~]{2}[ -~](?:22|  )[0-9]{5}[ -~]{3}45[0 ][ -~](?=[0-9A-Z]{3}[0-9]{9})")
_BLANK_LENGTH = re.compile(rb" {5}[a-z ][a-z]")
#: A damaged leader is known by the directory after it.
_DAMAGED = rb"[ -~]{5}[a-z ][a-z]{2}[ -~]{1,2}22[ -~]{5}[ -~\0]{0,3}45[0 ][ -~](?:[0-9]{3}[0-9 ]{9}){3}"
_GLUED = re.compile(rb"\x1e(?:[\r\n\0\t\x1a]| (?! {4}))*(?=" + LEADER.pattern + rb"|" + _DAMAGED + rb")")


def split(stream: ByteStream, position: int = 0) -> Iterator[Chunk | SetAside]:
    """The records of an ISO 2709 file, in order. Every byte of the file is in one ``raw`` or is a separator.

    May raise what the stream raises; everything read before that has been delivered.
    """
    splitter = _Splitter(stream, position)
    yield from splitter.run()


class _Splitter:
    def __init__(self, stream: ByteStream, position: int) -> None:
        self.stream = stream
        self.position = position
        self.buffer = b""
        self.at = 0  # where the next record begins in the buffer
        self.start = 0  # where the buffer begins in the file
        self.ended = False
        self.failure: Exception | None = None

    def run(self) -> Iterator[Chunk | SetAside]:
        while True:
            separators = SEPARATORS.match(self.buffer, self.at)
            assert separators is not None
            gap, self.at = self.at, separators.end()
            if self.at - gap >= 5 and _BLANK_LENGTH.match(self.buffer, self.at - 5):
                self.at -= 5  # these blanks are a leader's, where its length should stand
            if len(self.buffer) - self.at < 5 and not self.ended:
                self._more()
                continue
            if self.at >= len(self.buffer):
                break
            end = self._declared_end()
            if end:
                yield self._chunk(end)
                continue
            found = self.buffer.find(RECORD_END, self.at)
            if found >= 0:
                yield from self._segment(found + 1)
            elif self.ended:
                yield from self._segment(len(self.buffer))
            elif len(self.buffer) - self.at < LONGEST:
                self._more()
            else:
                yield self._aside(
                    len(self.buffer),
                    "too_long",
                    _("No record terminator in %(count)s bytes.", count=len(self.buffer) - self.at),
                )
        if self.failure:
            raise self.failure

    def _more(self) -> None:
        self.start += self.at
        try:
            data = self.stream.read(BLOCK)
        except Exception as error:  # the container broke: what is here is delivered first
            self.failure, data = error, b""
        self.ended = not data
        self.buffer = self.buffer[self.at :] + data
        self.at = 0

    def _declared_end(self) -> int:
        """Where the record ends when its leader tells the truth and no terminator comes earlier; 0 when not."""
        length = self.buffer[self.at : self.at + 5]
        if not length.isdigit():
            return 0
        end = self.at + int(length)
        while end > len(self.buffer) and not self.ended and self.buffer.find(RECORD_END, self.at) < 0:
            self._more()
            end = self.at + int(length)
        if end - self.at >= 26 and self.buffer.find(RECORD_END, self.at, end) == end - 1:
            return end
        return 0

    def _chunk(self, end: int) -> Chunk:
        chunk = Chunk(self.position, self.buffer[self.at : end], "iso2709", "", self.start + self.at)
        self.position += 1
        self.at = end
        return chunk

    def _aside(self, end: int, code: str, detail: str) -> SetAside:
        chunk = self._chunk(end)
        return SetAside(chunk, code, _("%(detail)s (at byte %(byte)s)", detail=detail, byte=chunk.offset))

    def _segment(self, end: int) -> Iterator[Chunk | SetAside]:
        """A stretch up to a record terminator whose leader does not fit it."""
        whole = self._around_inner_terminator(end)
        if whole:
            yield self._chunk(whole)
            return
        buffer = self.buffer
        if not LEADER.match(buffer, self.at):
            found = LEADER.search(buffer, self.at, end)
            if found and not _looks_like_a_record(buffer, self.at, end):
                yield self._aside(
                    found.start(), "stray_bytes", _("%(count)s bytes before a record", count=found.start() - self.at)
                )
        while (glued := _GLUED.search(buffer, self.at + 24, end)) is not None:
            yield self._chunk(glued.start() + 1)
            self.at = glued.end()
        if end - self.at < 24:
            yield self._aside(end, "stray_bytes", _("%(count)s bytes that are no record", count=end - self.at))
        else:
            yield self._chunk(end)

    def _around_inner_terminator(self, end: int) -> int:
        """The declared end, when a record terminator stands inside a field: what follows it is no new record."""
        length = self.buffer[self.at : self.at + 5]
        if not length.isdigit() or end >= len(self.buffer):
            return 0
        declared = self.at + int(length)
        if end < declared <= len(self.buffer) and self.buffer[declared - 1 : declared] == RECORD_END:
            following = SEPARATORS.match(self.buffer, end)
            assert following is not None
            if not LEADER.match(self.buffer, following.end()):
                return declared
        return 0


def _looks_like_a_record(buffer: bytes, start: int, end: int) -> bool:
    """A damaged leader, but a directory of twelve-byte entries right after it."""
    stop = buffer.find(FIELD_END, start, end)
    return stop > start + 24 and (stop - start - 24) % 12 == 0 and buffer[start + 24 : stop].isalnum()


def sound_fields(raw: bytes) -> tuple[list[str], bytes] | None:
    """Tags, and the data of the fields with their terminators between them, when every number in the record agrees.

    None means that something does not add up.
    """
    try:
        base = int(raw[12:17])
        if int(raw[:5]) != len(raw) or raw[base - 1 : base] != FIELD_END or raw[-2:] != b"\x1e\x1d" or base < 37:
            return None
    except ValueError:
        return None
    directory, data = raw[24 : base - 1], raw[base:-2]
    lengths = [len(part) + 1 for part in data.split(FIELD_END)]
    if len(directory) != 12 * len(lengths) or not directory.isascii():
        return None
    entries = _directory(len(lengths)).unpack(directory)
    places = entries[1::2]
    # Length and start are read as one number each. No start has six digits, for the record has at most 99,999 bytes.
    expected = [
        length * 100_000 + start for length, start in zip(lengths, accumulate(lengths, initial=0), strict=False)
    ]
    if not b"".join(places).isdigit() or list(map(int, places)) != expected:
        return None
    return list(map(bytes.decode, entries[::2])), data


def control_fields(raw: bytes, tags: Sequence[bytes]) -> list[bytes] | None:
    """The data of the first field with each tag, empty where there is none, without reading the rest of the record.

    None where leader and directory do not look sound.
    """
    base = int(raw[12:17]) if raw[12:17].isdigit() else 0
    directory = raw[24 : base - 1]
    if not directory or len(directory) % 12 or raw[base - 1 : base] != FIELD_END or not directory.isalnum():
        return None
    found: list[bytes] = []
    for tag in tags:
        at = next((at for at in range(0, len(directory), 12) if directory[at : at + 3] == tag), -1)
        if at < 0:
            found.append(b"")
            continue
        length, start = directory[at + 3 : at + 7], directory[at + 7 : at + 12]
        if not (length.isdigit() and start.isdigit()):
            return None
        end = base + int(start) + int(length) - 1
        if raw[end : end + 1] != FIELD_END:
            return None
        found.append(raw[base + int(start) : end])
    return found


@lru_cache(maxsize=1000)
def _directory(entries: int) -> Struct:
    """So many entries in one C call: a tag of three bytes, then length and start (four and five digits)."""
    return Struct("3s9s" * entries)
