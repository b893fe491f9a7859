"""Finding the records of a MARC file in XML: MARCXML, MarcXchange (ISO 25577), Turbomarc; bare, in a collection, or in
what OAI-PMH, SRU and library systems wrap around them.

The cutter looks for tags and never builds a tree: memory is one record, entities are never expanded, a DTD is never
read, and broken XML costs the record it stands in and no other. A ``<record>`` is MARC when a leader, control field
or data field comes in it before another ``<record>`` opens. What stands around records (headers, counts, wrappers)
is skipped.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

from allmenning.formats.containers import ByteStream
from allmenning.formats.details import said as _
from allmenning.formats.marc.iso2709 import BLOCK, LONGEST
from allmenning.formats.marc.problems import shortened
from allmenning.formats.marc.record import Chunk, SetAside
from allmenning.formats.marc.xml_closes import Closes
from allmenning.formats.marc.xml_envelope import Envelope

_NAME = rb"(?:[A-Za-z_][\w.\-]*:)?"
_TOKEN = re.compile(
    rb"<(?:(?P<skip>!--|!\[CDATA\[|!DOCTYPE)"
    rb"|(?P<record>" + _NAME + rb"(?:record|r))(?=[\s/>])"
    rb"|(?P<field>"
    + _NAME
    + rb"(?:leader|controlfield|datafield)(?=[\s/>])|"
    + _NAME
    + rb"(?:l|[cd][0-9]{3})(?=[\s/>])))"
)
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._\-]+)[\"']")
_OUT_OF_STEP = "\u3c00".encode()  # what < becomes when half a character of UTF-16 is missing before it
_TAIL = 256  # a tag's name is never longer, so a token cut by the buffer's end is found again
_NEAR = 1 << 14  # where the end of a record is looked for first
KEPT = 1 << 20


def holds_record(head: bytes) -> bool:
    """True when bytes look like XML with MARC in it, whatever stands before."""
    return any(found.group("field") and b"field" in found.group() for found in _TOKEN.finditer(head))


@lru_cache(maxsize=64)
def _edges(name: bytes) -> re.Pattern[bytes]:
    """What may end a record of this element name: its end tag, or the start of another; and what hides either."""
    escaped = re.escape(name)
    return re.compile(
        rb"(?P<hidden><!--|<!\[CDATA\[)|(?P<end></" + escaped + rb"\s*>)|(?P<start><" + escaped + rb"(?=[\s/>]))"
    )


def split(stream: ByteStream, position: int, utf16: str) -> Iterator[Chunk | SetAside]:
    """The MARC records of an XML file. ``utf16``: the byte order when the file is in UTF-16, else the empty string.

    May raise what the stream raises; everything read before that has been delivered.
    """
    yield from _Splitter(stream, position, utf16).run()


class _Splitter:
    def __init__(self, stream: ByteStream, position: int, utf16: str) -> None:
        self.stream = stream
        self.first = self.position = position
        self.utf16 = utf16
        self.decoder = codecs.getincrementaldecoder(utf16)("surrogatepass") if utf16 else None
        self.buffer = b""
        self.start = 0  # where the buffer begins in the file
        self.base = 0  # how much stood before the buffer, which of UTF-16 is another number
        self.measured = (0, 0)  # a place in the buffer and where it is in the file, counted from ``start``
        self.closes = Closes()
        self.at = 0  # where the search goes on
        self.opened: tuple[int, bytes] | None = None  # where the last <record> that may prove to be MARC is, its name
        self.kept = b""  # of a file without records
        self.declared = utf16
        self.ended = False
        self.done = 0  # up to here in the buffer everything is in a chunk or looked at
        self.lost_at = -1  # where a UTF-16 file lost half a character
        self.envelope = Envelope()
        self.told = False  # what is wrong with the end of the file
        self.failure: Exception | None = None

    def run(self) -> Iterator[Chunk | SetAside]:
        self._more(0)
        stated = _ENCODING.search(self.buffer.lstrip(b"\xef\xbb\xbf"))
        if stated and not self.utf16:
            name = stated.group(1).decode("ascii").lower()
            self.declared = (
                "" if name.startswith("utf-16") or name in ("utf-8", "utf8") else name
            )  # these bytes are not UTF-16
        while True:
            token = _TOKEN.search(self.buffer, self.at)
            if token is None:
                if self.ended:
                    break
                self.at = max(self.at, len(self.buffer) - _TAIL)
                self._more(self._wanted(self.at))
            elif token.group("skip"):
                self._skip(token)
            elif token.group("record"):
                self.opened = (token.start(), token.group("record"))
                self.at = token.end()
            else:
                yield from self._field(token)
        if self.position == self.first and self.kept.strip() and not self.failure:
            detail = _("The XML holds no MARC record.")
            if b"&lt;record" in self.kept or b":record&" in self.kept:
                detail = _(
                    "The XML holds no MARC record. Its records are escaped text: ask the server for record packing «xml»."
                )
            raw = self._as_in_file(self.kept)
            yield SetAside(Chunk(self.position, raw, "xml", self.declared), "no_records", detail)
            self.position += 1
            self.told = True
        end = self._offset(len(self.buffer))
        self._pass(len(self.buffer))
        self.envelope.finish()
        if self.lost_at >= 0 and self.position > self.first:
            detail = _(
                "A byte is missing at about byte %(byte)s, so that UTF-16 cannot be read from there on.",
                byte=self.lost_at,
            )
            yield SetAside(Chunk(self.position, b"", "xml", self.declared, end), "xml_broken", detail)
            self.position += 1
        yield from self._cut_off(end)
        if self.failure:
            raise self.failure

    def _cut_off(self, end: int) -> Iterator[SetAside]:
        """What shows that the file once was longer, unless something has told so already."""
        half = self.decoder.getstate()[0] if self.decoder else b""
        if half and not self.told:
            chunk = Chunk(self.position, half, "xml", self.declared, end)
            yield SetAside(
                chunk, "truncated", _("Half a character at the end of the file (at byte %(byte)s)", byte=end)
            )
        elif self.envelope.open and self.position > self.first and not (self.told or self.failure or self.lost_at >= 0):
            tag = self.envelope.open.decode("utf-8", "replace")
            detail = _(
                "The file ends at byte %(byte)s without </%(tag)s>. Every whole record before that is in.",
                byte=end,
                tag=shortened(tag, 60),
            )
            yield SetAside(Chunk(self.position, b"", "xml", self.declared, end), "cut_off", detail)

    def _more(self, keep: int) -> None:
        """Read on, keeping the buffer from ``keep``."""
        while self.utf16 and 0 < keep < len(self.buffer) and self.buffer[keep] & 0xC0 == 0x80:
            keep -= 1  # not in the middle of a character
        if self.position == self.first and len(self.kept) < KEPT:
            self.kept += self.buffer[:keep][: KEPT - len(self.kept)]
        self._pass(keep)
        self.done = max(0, self.done - keep)
        self.start, self.base, self.measured = self._offset(keep), self.base + keep, (0, 0)
        try:
            data = self.stream.read(BLOCK)
        except Exception as error:  # the container broke: what is here is delivered first
            self.failure, data = error, b""
        self.ended = not data
        if self.decoder:
            data = self.decoder.decode(data).encode("utf-8", "surrogatepass")
        self.buffer = self.buffer[keep:] + data
        self.at -= keep
        if self.opened:
            self.opened = (self.opened[0] - keep, self.opened[1])
        if self.ended and self.position == self.first:
            self.kept = (self.kept + self.buffer)[:KEPT]
            while self.utf16 and len(self.kept) == KEPT and self.kept and self.kept[-1] >= 0x80:
                self.kept = self.kept[:-1]  # no half character at the cut

    def _pass(self, end: int) -> None:
        """Leave what stands between records behind, unless it shows that half a character of UTF-16 is missing."""
        if self.utf16 and self.lost_at < 0:
            found = self.buffer.find(_OUT_OF_STEP, self.done, end)
            if found >= 0:
                self.lost_at = self._offset(found)
        self.envelope.passed(self.buffer[self.done : end])
        self.done = max(self.done, end)

    def _offset(self, place: int) -> int:
        """Where a place of the buffer is in the file."""
        if not self.utf16:
            return self.start + place
        known, length = self.measured if self.measured[0] <= place else (0, 0)
        self.measured = (place, length + len(self._raw(known, place)))
        return self.start + self.measured[1]

    def _raw(self, start: int, end: int) -> bytes:
        return self._as_in_file(self.buffer[start:end])

    def _as_in_file(self, data: bytes) -> bytes:
        if self.utf16:
            return data.decode("utf-8", "surrogatepass").encode(self.utf16, "surrogatepass")
        return data

    def _chunk(self, start: int, end: int) -> Chunk:
        self._pass(start)
        self.done = end
        chunk = Chunk(self.position, self._raw(start, end), "xml", self.declared, self._offset(start))
        self.position += 1
        self.at, self.opened = end, None
        return chunk

    def _aside(self, start: int, end: int, code: str, detail: str) -> SetAside:
        chunk = self._chunk(start, end)
        return SetAside(chunk, code, _("%(detail)s (at byte %(byte)s)", detail=detail, byte=chunk.offset))

    def _wanted(self, place: int) -> int:
        """From where the buffer is still needed: from the last <record>, unless it is too far back to be MARC."""
        if self.opened and len(self.buffer) - self.opened[0] > LONGEST:
            self.opened = None
        return self.opened[0] if self.opened else place

    def _skip(self, token: re.Match[bytes]) -> None:
        """Over a comment, CDATA section or document type. One that never ends is taken as mere text."""
        self.at = token.start()
        while True:
            end = self.closes.end(token.group("skip"), self.buffer, self.at, self.base)
            if end >= 0 or self.ended or len(self.buffer) - self.at > LONGEST:
                self.at = end if end >= 0 else self.at + 4
                return
            self._more(self._wanted(self.at))

    def _field(self, token: re.Match[bytes]) -> Iterator[Chunk | SetAside]:
        short = b"field" not in token.group("field") and b"leader" not in token.group("field")
        if self.opened and self.opened[1].endswith(b"record") != short:
            yield from self._record(*self.opened)
        elif short:
            self.at = token.end()  # <l> of some other vocabulary
        else:
            yield from self._stray(token.start())

    def _record(self, begin: int, name: bytes) -> Iterator[Chunk | SetAside]:
        edges = _edges(name)
        self.at = begin
        place = begin + len(name) + 1
        while True:
            plain = self._plain_end(name, place)
            if plain:
                yield self._chunk(self.at, plain)
                return
            edge = self._edge(edges, place)
            if edge and edge.group("end"):
                yield self._chunk(self.at, edge.end())
                return
            if edge:
                yield self._aside(
                    self.at, edge.start(), "xml_broken", _("The record has no end tag before the next begins")
                )
                return
            if self.ended or len(self.buffer) - self.at > LONGEST:
                code, self.told = ("truncated", True) if self.ended else ("too_long", False)
                yield self._aside(self.at, len(self.buffer), code, _("The record has no end tag"))
                return
            place = max(place - self.at, len(self.buffer) - self.at - _TAIL)
            self._more(self.at)
            place = min(place, self.at + len(name) + 1) if b"<!" in self.buffer[self.at :] else place

    def _plain_end(self, name: bytes, place: int) -> int:
        """Where the record ends when nothing stands in the way (comments, CDATA, another start tag); else 0."""
        buffer, near, end = self.buffer, _NEAR, -1
        while end < 0:  # in ever longer stretches, so that a far end costs nothing where something stands in the way
            stop = min(place + near, len(buffer))
            end = buffer.find(b"</" + name, place, stop)
            before = end if end >= 0 else stop
            barred = buffer.find(b"<!", place, before) >= 0 or buffer.find(b"<" + name, place, before) >= 0
            if barred or before == len(buffer):
                return 0
            near *= 2
        close = end + len(name) + 2
        return close + 1 if buffer[close : close + 1] == b">" else 0

    def _edge(self, edges: re.Pattern[bytes], place: int) -> re.Match[bytes] | None:
        """The first edge that no comment or CDATA section hides."""
        while (edge := edges.search(self.buffer, place)) is not None and edge.group("hidden"):
            end = self.closes.end(edge.group("hidden")[1:], self.buffer, edge.end(), self.base)
            if end < 0:
                if not self.ended and len(self.buffer) - self.at <= LONGEST:
                    return None  # perhaps in the next block
                place = edge.end()
            else:
                place = end
        return edge

    def _stray(self, begin: int) -> Iterator[Chunk | SetAside]:
        """Fields outside any record: up to where the next record begins."""
        place = begin
        self.at = begin
        while True:
            token = next((each for each in _TOKEN.finditer(self.buffer, place) if each.group("record")), None)
            if token or self.ended or len(self.buffer) - self.at > LONGEST:
                end = token.start() if token else len(self.buffer)
                yield self._aside(self.at, end, "xml_broken", _("Fields outside any record"))
                return
            place = max(place - self.at, len(self.buffer) - self.at - _TAIL)
            self._more(self.at)
