"""Byte streams that unpack as they go, and tell damage in words instead of a library's own errors."""

from __future__ import annotations

import zlib
from typing import IO, Protocol

from allmenning.formats.details import Detail
from allmenning.formats.details import said as _
from allmenning.kernel.errors import Invalid

BLOCK = 1 << 16
GZIP_START = b"\x1f\x8b"
#: What may stand between records and says nothing.
BLANKS = b"\0 \t\r\n\x1a"


class DamagedContainer(Invalid):
    """A gzip or zip that cannot be unpacked (further); the message says what, where and what to do."""


class ByteStream(Protocol):
    """What readers need of a file. ``read`` may give fewer bytes than asked for; none means the end."""

    def read(self, size: int, /) -> bytes: ...


def told(name: str) -> str:
    """A file's name (or another's words) as it stands in a sentence: of a very long one the middle is left out."""
    sound = name.encode("utf-8", "replace").decode()  # a disk may hold names that are no characters
    return sound if len(sound) <= 160 else f"{sound[:60]}…{sound[-99:]}"


def damaged(name: str, position: int, reason: str) -> DamagedContainer:
    return DamagedContainer(
        "damaged_container",
        _(
            "%(file)s is damaged: it could be unpacked up to byte %(byte)s, then: %(reason)s. "
            "Ask the sender for it again, or transfer it again in binary mode.",
            file=told(name),
            byte=position,
            reason=(reason if isinstance(reason, Detail) else told(reason)) or _("unreadable"),
        ),
        name=name,
        position=position,
    )


def without_records(name: str, what: Detail) -> DamagedContainer:
    return DamagedContainer(
        "no_records",
        _("%(what)s. Something went wrong when it was made or sent: ask for it again.", what=what),
        name=name,
    )


class Broken:
    """A stream that has nothing but its error."""

    def __init__(self, error: DamagedContainer) -> None:
        self.error = error

    def read(self, _size: int, /) -> bytes:
        raise self.error


class Guarded:
    """A library's stream whose errors are told as ours."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self.stream, self.name, self.given = stream, name, 0

    def read(self, size: int, /) -> bytes:
        try:
            data = self.stream.read(min(size, BLOCK))
        except Exception as error:  # each codec (bz2, lzma) has its own errors
            raise damaged(self.name, self.given, str(error)) from error
        self.given += len(data)
        return data


class Part:
    """A slice of a file. ``size`` -1 goes on to the end of the file."""

    def __init__(self, file: IO[bytes], start: int, size: int, name: str) -> None:
        self.file, self.position, self.name = file, start, name
        self.left = size

    def read(self, size: int, /) -> bytes:
        wanted = size if self.left < 0 else min(size, self.left)
        if not wanted:
            return b""
        self.file.seek(self.position)
        data = self.file.read(wanted)
        self.position += len(data)
        if self.left >= 0:
            if not data:
                raise damaged(self.name, self.position, _("the file ends too early"))
            self.left -= len(data)
        return data


class Peeking:
    def __init__(self, stream: IO[bytes] | ByteStream) -> None:
        self.stream, self.head = stream, b""

    def peek(self, size: int) -> bytes:
        while len(self.head) < size:
            more = self.stream.read(BLOCK)
            if not more:
                break
            self.head += more
        return self.head[:size]

    def read(self, size: int = BLOCK, /) -> bytes:
        if self.head:
            data, self.head = self.head[:size], self.head[size:]
            return data
        return self.stream.read(size)


class NotBlank:
    """A file as it lies. One of nothing but NUL bytes is what a failed copy leaves, and is told at its end."""

    def __init__(self, stream: ByteStream, name: str) -> None:
        self.stream, self.name = stream, name
        self.blank, self.nul = True, False

    def read(self, size: int, /) -> bytes:
        data = self.stream.read(size)
        if self.blank:
            self.nul = self.nul or b"\0" in data
            self.blank = not data.strip(BLANKS)
            if not data and self.nul:
                raise without_records(self.name, _("%(file)s holds nothing but NUL bytes", file=told(self.name)))
        return data


class Inflating:
    """Deflated bytes unpacked as they come: a gzip file of one or more parts (RFC 1952), or one entry of a zip."""

    def __init__(self, source: ByteStream, name: str, *, gzip: bool = False, checksum: int | None = None) -> None:
        self.source, self.name, self.gzip = source, name, gzip
        self.expected, self.checksum = checksum, 0
        self.pending, self.given, self.consumed = b"", 0, 0
        self.inflater = self._new()
        self.error: DamagedContainer | None = None
        self.ended = False

    def _new(self) -> zlib._Decompress:
        return zlib.decompressobj(31 if self.gzip else -15)

    def read(self, size: int = BLOCK, /) -> bytes:
        while not self.ended:
            if self.error:
                raise self.error
            try:
                data = self._step(min(size, BLOCK))
            except (zlib.error, DamagedContainer) as error:
                self.error = (
                    error if isinstance(error, DamagedContainer) else damaged(self.name, self.given, str(error))
                )
                continue
            if data:
                self.given += len(data)
                return data
        return b""

    def _step(self, size: int) -> bytes:
        if self.inflater.eof:
            self._next_part()
            return b""
        if not self.pending:
            self.pending = self.source.read(BLOCK)
            if not self.pending:
                raise damaged(self.name, self.given, _("the file ends too early"))
        before = len(self.pending)
        data = self._inflate(size)
        inflater = self.inflater  # perhaps another one now
        if inflater.eof:
            self.pending = inflater.unused_data
        self.consumed += before - len(self.pending)
        self.checksum = zlib.crc32(data, self.checksum)
        return data

    def _inflate(self, size: int) -> bytes:
        """One step. When the data are broken, zlib throws away what it had unpacked so far: take it in small bites."""
        saved = self.inflater.copy()
        try:
            data = self.inflater.decompress(self.pending, size)
            self.pending = self.inflater.unconsumed_tail
            return data
        except zlib.error as error:
            self.error = damaged(self.name, self.given, str(error))
        made, self.inflater = bytearray(), saved
        for place in range(len(self.pending)):
            try:
                made += self.inflater.decompress(self.pending[place : place + 1])
            except zlib.error:
                break
        self.pending = b""
        return bytes(made)

    def _next_part(self) -> None:
        if not self.gzip:
            self.ended = True
            if self.expected is not None and self.checksum != self.expected:
                self.ended, self.error = False, damaged(self.name, self.given, _("its checksum is wrong"))
            return
        self.pending = self.pending or self.source.read(BLOCK)
        stripped = self.pending.lstrip(b"\0")  # tapes and some tools pad with zeros
        if not self.pending or not stripped:
            self.ended = not self.pending
            self.pending = b""
        elif stripped.startswith(GZIP_START[:1]):
            self.pending, self.inflater = stripped, self._new()
        else:
            raise damaged(self.name, self.given, _("bytes after the end that are not gzip"))

    def finished(self) -> bool:
        """Read what is left; True when the end was reached in order."""
        try:
            while self.read(BLOCK):
                pass
        except DamagedContainer:
            return False
        return True
