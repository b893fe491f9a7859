"""A sound ISO 2709 record in its parts, and put together again: soundly, or with any of its numbers changed."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

_CONTROLS = re.compile("[\x00-\x1a\x7f-\x9f\ufeff\ufffd]")
_CODED = re.compile(r"<?[Uu]\+[0-9A-Fa-f]{4}|&[#A-Za-z][0-9A-Za-z]+;")
#: What text encoded twice looks like; such records are not sound.
_TWICE = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xc3\xc2][\u0152-\u2122]|[©℗][ŁØĐÞÆŒʹ·♭®±ʼʻłøđþæœʺı£ð]")


@dataclass(frozen=True, slots=True)
class Parts:
    """A leader of 24 characters, and tag and bytes of each field, without its terminator, in order."""

    leader: str
    fields: tuple[tuple[str, bytes], ...]

    @property
    def id(self) -> str:
        return next(body.decode() for tag, body in self.fields if tag == "001")

    def with_bodies(self, bodies: list[bytes]) -> Parts:
        return replace(self, fields=tuple((tag, made) for (tag, _), made in zip(self.fields, bodies, strict=True)))

    def labelled(self, scheme: str) -> Parts:
        """With this character coding scheme in leader/09."""
        return replace(self, leader=self.leader[:9] + scheme + self.leader[10:])


Entry = tuple[str, int, int]


def entries(parts: Parts) -> list[Entry]:
    """Tag, length and start of each field."""
    made, start = [], 0
    for tag, body in parts.fields:
        made.append((tag, len(body) + 1, start))
        start += len(body) + 1
    return made


def assemble(
    parts: Parts, directory: list[Entry] | None = None, *, length: str = "", base: str = "", data: bytes | None = None
) -> bytes:
    """The record's bytes; what is given stands there instead of what would be right."""
    if data is None:
        data = b"".join(body + b"\x1e" for _, body in parts.fields)
    listed = "".join(f"{tag}{size:04d}{start:05d}" for tag, size, start in directory or entries(parts))
    begins = 24 + len(listed) + 1
    length = length or f"{begins + len(data) + 1:05d}"
    leader = length + parts.leader[5:12] + (base or f"{begins:05d}") + parts.leader[17:]
    return leader.encode("ascii") + listed.encode("ascii") + b"\x1e" + data + b"\x1d"


def read(path: Path) -> Iterator[Parts]:
    """The records of an ISO 2709 file (plain or gzip) in which everything is right: numbers, UTF-8, texts."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for each in data.split(b"\x1d"):
        parts = _sound(each.lstrip(b"\r\n") + b"\x1d")
        if parts:
            yield parts


def _sound(raw: bytes) -> Parts | None:
    directory_end = raw.find(b"\x1e")
    directory = raw[24:directory_end]
    try:
        leader, text = raw[:24].decode("ascii"), raw[directory_end + 1 :].decode()
        tags = [directory[at : at + 3].decode("ascii") for at in range(0, len(directory), 12)]
    except UnicodeDecodeError:
        return None
    bodies = raw[directory_end + 1 : -2].split(b"\x1e")
    if not re.fullmatch(r"[0-9]{5}[acdnp][a-z]{2}[ a]a22[0-9]{5}...4500", leader) or len(tags) != len(bodies):
        return None
    parts = Parts(leader, tuple(zip(tags, bodies, strict=True)))
    if (
        assemble(parts) != raw
        or tags.count("001") != 1
        or "245" not in tags
        or not all(map(_sound_field, tags, bodies))
    ):
        return None
    if _CONTROLS.search(text) or _CODED.search(text) or html.unescape(text) != text or _TWICE.search(text):
        return None
    return parts


def _sound_field(tag: str, body: bytes) -> bool:
    if tag < "010":
        return body.isascii() and b"\x1f" not in body
    return re.fullmatch(rb"[0-9 ]{2}(?:\x1f[0-9a-z][^\x1f]+)+", body) is not None
