"""Files as libraries send them: plain, gzip, zip, and one inside the other, as plain byte streams.

Everything streams: memory stays at a few hundred kilobytes whatever the size. A damaged container gives every byte
before the damage and then raises :class:`DamagedContainer` from ``read``.
"""

from __future__ import annotations

import io
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from allmenning.kernel.errors import Invalid

BLOCK = 1 << 16
_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")  # APPNOTE.TXT 4.3.7
_ENCRYPTED = 0x1


class DamagedContainer(Invalid):
    """A gzip or zip that cannot be unpacked (further); the message says what, where and what to do."""


class ByteStream(Protocol):
    """What readers need of a file. ``read`` may give fewer bytes than asked for; none means the end."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside what was given: the file itself, or a file in an archive. ``name`` says where it stands."""

    name: str
    stream: ByteStream


def open_members(path: str | Path, *, opened: Callable[[IO[bytes]], None] | None = None) -> Iterator[Member]:
    """Every file in ``path``, unpacked. Each stream is read before the next member is asked for.

    ``opened`` is given the file as it lies, so that a caller may ask it how far reading has come.

    A container that is broken from the start gives one member whose ``read`` raises :class:`DamagedContainer`.
    Raises ``OSError`` when the path itself cannot be opened.
    """
    place = Path(path)
    with place.open("rb") as file:
        if opened:
            opened(file)
        yield from _unpack(place.name, file, depth=0)


def _unpack(name: str, file: IO[bytes] | ByteStream, depth: int) -> Iterator[Member]:
    stream = _Peeking(file)
    try:
        start = stream.peek(4)
    except DamagedContainer as error:
        yield Member(name, _Broken(error))
        return
    if depth < 4 and start.startswith(_GZIP):
        yield from _unpack(name.removesuffix(".gz"), _Inflating(stream, name, gzip=True), depth + 1)
    elif depth < 4 and start.startswith(_ZIP):
        if depth == 0:
            assert isinstance(file, io.IOBase)
            file.seek(0)
            yield from _zip_members(name, file, depth)  # type: ignore[arg-type]
        else:  # an archive inside an archive must be sought in: unpack it to disk, not to memory
            with tempfile.SpooledTemporaryFile(max_size=1 << 20) as spool:
                yield from _spooled(name, stream, spool, depth)
    else:
        yield Member(name, stream)


def _spooled(name: str, stream: ByteStream, spool: IO[bytes], depth: int) -> Iterator[Member]:
    damage: DamagedContainer | None = None
    try:
        shutil.copyfileobj(stream, spool, BLOCK)
    except DamagedContainer as error:
        damage = error
    spool.seek(0)
    yield from _zip_members(name, spool, depth)
    if damage:
        yield Member(name, _Broken(damage))


def _zip_members(name: str, file: IO[bytes], depth: int) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        yield from _without_directory(name, file, depth, error)
        return
    with archive:
        for entry in archive.infolist():
            inner = f"{name}/{entry.filename}"
            if entry.is_dir() or entry.filename.startswith("__MACOSX/"):
                continue  # folders, and the resource forks macOS adds: no content of the library's
            try:
                stream = _entry_stream(archive, entry, file, inner)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, struct.error) as error:
                yield Member(inner, _Broken(_damaged(inner, 0, str(error))))
                continue
            yield from _unpack(inner, stream, depth + 1)


def _entry_stream(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: IO[bytes], name: str) -> ByteStream:
    if entry.flag_bits & _ENCRYPTED:
        return _Broken(DamagedContainer("encrypted", f"{name} is protected by a password. Send it without one.", name=name))
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        return _Inflating(_part(file, entry.header_offset, entry.compress_size, name), name, checksum=entry.CRC)
    if entry.compress_type == zipfile.ZIP_STORED:
        return _part(file, entry.header_offset, entry.compress_size, name)
    return _Guarded(archive.open(entry), name)


def _part(file: IO[bytes], header: int, size: int, name: str) -> _Part:
    file.seek(header)
    fields = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if fields[0] != _ZIP[0]:
        raise zipfile.BadZipFile("the file's own header is missing")
    return _Part(file, header + _LOCAL_HEADER.size + fields[9] + fields[10], size, name)


def _without_directory(name: str, file: IO[bytes], depth: int, error: Exception) -> Iterator[Member]:
    """A zip cut off before its directory: give the files that stand in it, one after the other, then say so."""
    file.seek(0)
    position = 0
    while True:
        file.seek(position)
        head = file.read(_LOCAL_HEADER.size)
        if len(head) < _LOCAL_HEADER.size or not head.startswith(_ZIP[0]):
            break
        fields = _LOCAL_HEADER.unpack(head)
        flags, method, size = fields[2], fields[3], fields[7]
        inner = f"{name}/{file.read(fields[9]).decode('utf-8', 'replace')}"
        start = position + _LOCAL_HEADER.size + fields[9] + fields[10]
        if method != zipfile.ZIP_DEFLATED or flags & _ENCRYPTED:
            break
        inflating = _Inflating(_Part(file, start, -1, inner), inner)
        if not inner.endswith("/"):
            yield from _unpack(inner, inflating, depth + 1)
        elif size:
            break
        if not inflating.finished():
            break
        position = start + inflating.consumed + (16 if flags & 0x8 else 0)
    yield Member(name, _Broken(_damaged(name, position, str(error))))


def _damaged(name: str, position: int, reason: str) -> DamagedContainer:
    return DamagedContainer(
        "damaged_container",
        f"{name} is damaged: it could be unpacked up to byte {position}, then: {reason or 'unreadable'}. "
        "Ask the sender for it again, or transfer it again in binary mode.",
        name=name,
        position=position,
    )


class _Broken:
    """A stream that has nothing but its error."""

    def __init__(self, error: DamagedContainer) -> None:
        self.error = error

    def read(self, size: int, /) -> bytes:
        raise self.error


class _Guarded:
    """A library's stream whose errors are told as ours."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self.stream, self.name, self.given = stream, name, 0

    def read(self, size: int, /) -> bytes:
        try:
            data = self.stream.read(min(size, BLOCK))
        except Exception as error:  # each codec (bz2, lzma) has its own errors
            raise _damaged(self.name, self.given, str(error)) from error
        self.given += len(data)
        return data


class _Part:
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
                raise _damaged(self.name, self.position, "the file ends too early")
            self.left -= len(data)
        return data


class _Peeking:
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


class _Inflating:
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
                self.error = error if isinstance(error, DamagedContainer) else _damaged(self.name, self.given, str(error))
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
                raise _damaged(self.name, self.given, "the file ends too early")
        before = len(self.pending)
        data = self._inflate(size)
        if self.inflater.eof:
            self.pending = self.inflater.unused_data
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
            self.error = _damaged(self.name, self.given, str(error))
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
                self.ended, self.error = False, _damaged(self.name, self.given, "its checksum is wrong")
            return
        self.pending = self.pending or self.source.read(BLOCK)
        stripped = self.pending.lstrip(b"\0")  # tapes and some tools pad with zeros
        if not self.pending or not stripped:
            self.ended = not self.pending
            self.pending = b""
        elif stripped.startswith(_GZIP[:1]):
            self.pending, self.inflater = stripped, self._new()
        else:
            raise _damaged(self.name, self.given, "bytes after the end that are not gzip")

    def finished(self) -> bool:
        """Read what is left; True when the end was reached in order."""
        try:
            while self.read(BLOCK):
                pass
        except DamagedContainer:
            return False
        return True
