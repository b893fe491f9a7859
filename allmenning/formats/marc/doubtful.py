"""Files that may be badly damaged ISO 2709, or may be anything that has such bytes in it: a PDF, a picture, a program.

One piece that can be read settles it, and every piece is told as in any other file. Without one the file is set aside
as a whole, once, instead of in hundreds of pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from allmenning.formats.containers import ByteStream, DamagedContainer
from allmenning.formats.details import said as _
from allmenning.formats.marc import iso2709
from allmenning.formats.marc.record import Chunk, SetAside

#: Of a file that is no MARC at all, so much is kept with the reason; the file itself stays where it came from.
KEPT = 1 << 20
Piece = Chunk | SetAside


def split(stream: ByteStream, position: int, is_marc: Callable[[Chunk], bool]) -> Iterator[Piece]:
    """The pieces of the file if any of them ``is_marc``, else the file as one. May raise what the stream raises."""
    beginning = Beginning(stream)
    pieces = iso2709.split(beginning, position)
    held: list[Piece] = []
    size = 0
    while (piece := _next(pieces)) and not (isinstance(piece, Chunk) and is_marc(piece)):
        if isinstance(piece, Exception):
            if size:
                yield beginning.no_marc(position, beginning.total)
            raise piece
        size += len(_chunk(piece).raw)
        if size <= KEPT:
            held.append(piece)
    if size > KEPT or (size and not piece):  # more than is held, or all there is
        held = [beginning.no_marc(position, piece.offset if isinstance(piece, Chunk) else beginning.total)]
    yield from _numbered([*held, *([piece] if isinstance(piece, Chunk) else [])], position)
    yield from _numbered(pieces, position + len(held) + 1)


def _next(pieces: Iterator[Piece]) -> Piece | Exception | None:
    try:
        return next(pieces, None)
    except (DamagedContainer, OSError) as error:  # told after what came before it
        return error


def _chunk(piece: Piece) -> Chunk:
    return piece.chunk if isinstance(piece, SetAside) else piece


def _numbered(pieces: Iterable[Piece], position: int) -> Iterator[Piece]:
    for number, piece in enumerate(pieces, position):
        chunk = replace(_chunk(piece), position=number)
        yield replace(piece, chunk=chunk) if isinstance(piece, SetAside) else chunk


class Beginning:
    """A stream of whose bytes the first are kept, and the rest counted."""

    def __init__(self, stream: ByteStream) -> None:
        self.stream, self.kept, self.total = stream, b"", 0

    def read(self, size: int, /) -> bytes:
        data = self.stream.read(size)
        self.kept += data[: KEPT - len(self.kept)]
        self.total += len(data)
        return data

    def no_marc(self, position: int, end: int) -> SetAside:
        """The file up to ``end`` as one piece that is no MARC."""
        sentence = _("Neither ISO 2709, MARCXML, MARC-in-JSON nor Aleph sequential was recognised.")
        return not_marc(Chunk(position, self.kept[:end], "unknown"), end, sentence)


def not_marc(chunk: Chunk, total: int, sentence: str) -> SetAside:
    """A file, or the beginning of one, with a sentence on what it is; ``total`` is how many bytes it really has."""
    if total > len(chunk.raw):
        sentence = _(
            "%(what)s The first %(kept)s of its %(total)s bytes are kept.",
            what=sentence,
            kept=len(chunk.raw),
            total=total,
        )
    return SetAside(chunk, "not_marc", sentence)
