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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from allmenning.formats.details import said as _
from allmenning.formats.streams import (
    BLOCK,
    GZIP_START,
    Broken,
    ByteStream,
    DamagedContainer,
    Guarded,
    Inflating,
    NotBlank,
    Part,
    Peeking,
    damaged,
    told,
    without_records,
)
from allmenning.kernel.errors import Invalid, NotFound

__all__ = ["ByteStream", "DamagedContainer", "Member", "open_members", "require_files"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")  # APPNOTE.TXT 4.3.7
_ENCRYPTED = 0x1
#: Archives inside one archive may together take so many times its size on disk, which is far more than real ones do …
_TIMES = 50
#: … but always so much, never more than this, and never what the disk has left for others.
_ALWAYS, _LARGEST, _LEFT_FREE = 64 << 20, 16 << 30, 1 << 30


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside what was given: the file itself, or a file in an archive. ``name`` says where it stands."""

    name: str
    stream: ByteStream


def require_files(paths: Iterable[Path]) -> None:
    """Raises ``NotFound`` for a path that is not there, ``Invalid`` for one that is no ordinary file."""
    for path in paths:
        if not path.exists():
            raise NotFound("no_such_file", f"There is no file «{path}». Check the name and the folder.")
        if not path.is_file():
            raise Invalid(
                "no_ordinary_file",
                f"«{path}» is no ordinary file, but a folder, a pipe or a device. Save what it holds as a file first.",
            )


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
        yield from _unpack(place.name, file, 0, _Room(place.stat().st_size))


class _Room:
    """What archives inside one archive may still take on disk."""

    def __init__(self, packed: int) -> None:
        self.most = self.left = min(max(_ALWAYS, packed * _TIMES), _LARGEST)

    def take(self, size: int, name: str) -> None:
        """Raises :class:`DamagedContainer` when it is too much."""
        self.left -= size
        if self.left < 0:
            detail = _(
                "%(file)s is an archive inside an archive, and unpacks to more than %(size)s MB. If that is right, "
                "unpack it first and import the files in it.",
                file=told(name),
                size=self.most >> 20,
            )
        elif shutil.disk_usage(tempfile.gettempdir()).free < _LEFT_FREE:
            detail = _(
                "%(file)s is an archive inside an archive, and the disk has no room to unpack it. Make room, or unpack "
                "it elsewhere and import the files in it.",
                file=told(name),
            )
        else:
            return
        raise DamagedContainer("damaged_container", detail, name=name)


def _unpack(name: str, file: IO[bytes] | ByteStream, depth: int, room: _Room) -> Iterator[Member]:
    stream = Peeking(file)
    try:
        start = stream.peek(4)
    except DamagedContainer as error:
        yield Member(name, Broken(error))
        return
    if depth < 4 and start.startswith(GZIP_START):
        yield from _unpack(name.removesuffix(".gz"), Inflating(stream, name, gzip=True), depth + 1, room)
    elif depth < 4 and start.startswith(_ZIP):
        if depth == 0:
            assert isinstance(file, io.IOBase)
            file.seek(0)
            yield from _zip_members(name, file, depth, room)  # type: ignore[arg-type]
        else:  # an archive inside an archive must be sought in: unpack it to disk, not to memory
            with tempfile.SpooledTemporaryFile(max_size=1 << 20) as spool:
                yield from _spooled(name, stream, spool, depth, room)
    else:
        yield Member(name, NotBlank(stream, name))


def _spooled(name: str, stream: ByteStream, spool: IO[bytes], depth: int, room: _Room) -> Iterator[Member]:
    damage: DamagedContainer | None = None
    try:
        while data := stream.read(BLOCK):
            try:
                room.take(len(data), name)
            except DamagedContainer as error:
                yield Member(name, Broken(error))
                return
            spool.write(data)
    except DamagedContainer as error:
        damage = error
    spool.seek(0)
    yield from _zip_members(name, spool, depth, room)
    if damage:
        yield Member(name, Broken(damage))


def _zip_members(name: str, file: IO[bytes], depth: int, room: _Room) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        yield from _without_directory(name, file, depth, error, room)
        return
    with archive:
        # Folders, and the resource forks macOS adds, are no content of the library's.
        entries = [
            each for each in archive.infolist() if not each.is_dir() and not each.filename.startswith("__MACOSX/")
        ]
        if not entries:
            yield Member(
                name, Broken(without_records(name, _("%(file)s is an archive without a file in it", file=told(name))))
            )
        for entry in entries:
            inner = f"{name}/{entry.filename}"
            try:
                stream = _entry_stream(archive, entry, file, inner)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, struct.error) as error:
                yield Member(inner, Broken(damaged(inner, 0, str(error))))
                continue
            yield from _unpack(inner, stream, depth + 1, room)


def _entry_stream(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: IO[bytes], name: str) -> ByteStream:
    if entry.flag_bits & _ENCRYPTED:
        return Broken(
            DamagedContainer(
                "encrypted", _("%(file)s is protected by a password. Send it without one.", file=told(name)), name=name
            )
        )
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        return Inflating(_part(file, entry.header_offset, entry.compress_size, name), name, checksum=entry.CRC)
    if entry.compress_type == zipfile.ZIP_STORED:
        return _part(file, entry.header_offset, entry.compress_size, name)
    return Guarded(archive.open(entry), name)


def _part(file: IO[bytes], header: int, size: int, name: str) -> Part:
    file.seek(header)
    fields = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if fields[0] != _ZIP[0]:
        raise zipfile.BadZipFile("the file's own header is missing")
    return Part(file, header + _LOCAL_HEADER.size + fields[9] + fields[10], size, name)


def _without_directory(name: str, file: IO[bytes], depth: int, error: Exception, room: _Room) -> Iterator[Member]:
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
        inflating = Inflating(Part(file, start, -1, inner), inner)
        if not inner.endswith("/"):
            yield from _unpack(inner, inflating, depth + 1, room)
        elif size:
            break
        if not inflating.finished():
            break
        position = start + inflating.consumed + (16 if flags & 0x8 else 0)
    yield Member(name, Broken(damaged(name, position, str(error))))
