"""A drawn cover for what has no picture: the same work always gets the same one.

Pure function of title, creator and format. The drawing is decoration (the page says the same in words), so it is
hidden from screen readers; it is still made readable, because people recognise a thing by its cover.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from allmenning.web.motifs import MOTIFS, Palette, Random

#: Ground, text, and three colours to draw with. Text on ground is at least 4.5 : 1.
PALETTES = (
    Palette("#14342b", "#fbf3e4", ("#e8a33d", "#4f8a6f", "#f2d9a7")),
    Palette("#f4e3c8", "#3a1f1a", ("#c8472f", "#e69a4c", "#7a2e2a")),
    Palette("#1d2f55", "#f3efe6", ("#f0b429", "#5b7fbe", "#e4e0d2")),
    Palette("#e9efe9", "#18392f", ("#3f7d66", "#d98b5f", "#a9c9b7")),
    Palette("#6d1f34", "#fdeee6", ("#f2a38b", "#a84a5b", "#f7d7b8")),
    Palette("#f7d9d0", "#47182a", ("#d1495b", "#8d2f4c", "#f4a88f")),
    Palette("#0f4c5c", "#f4f1e8", ("#e36414", "#5f9ea0", "#f1dca7")),
    Palette("#fbe7a1", "#3b2a10", ("#d9772b", "#3f6c51", "#f1b63c")),
    Palette("#2b2540", "#f5ecf5", ("#c98bb9", "#6a5a9a", "#f2c57c")),
    Palette("#dfe9f3", "#17304d", ("#2f6690", "#e07a5f", "#9dbbd6")),
    Palette("#3c3a2e", "#f6f0df", ("#c9b458", "#7d8a5b", "#e8dcb9")),
    Palette("#b9432b", "#fff4ea", ("#f7c59f", "#7c2417", "#f0e2cc")),
    Palette("#d5e8df", "#1c3a36", ("#1f7a6c", "#f2b950", "#88b9a6")),
    Palette("#22333b", "#f2f4f3", ("#c6ac8f", "#5e7f8c", "#eae0d5")),
)

#: Formats that come in a square sleeve; the rest stand upright, two wide to three high.
SQUARE = frozenset({"audiobook", "eaudiobook", "music", "emusic", "game", "software"})

MARGIN = 17
#: Letter sizes for the title, largest first.
SIZES = (30.0, 26.0, 22.0, 19.0, 16.5)


@dataclass(frozen=True, slots=True)
class Shape:
    width: int
    height: int


@lru_cache(maxsize=4096)
def draw(title: str, creator: str = "", form: str = "book") -> str:
    """One ``<svg>``, about 1.5 KB, without ids or styles so that many may stand on a page under a strict CSP."""
    shape = Shape(200, 200) if form in SQUARE else Shape(200, 300)
    random = Random(hashlib.sha256(f"{title}\x1f{creator}".encode()).digest())
    palette = PALETTES[random.below(len(PALETTES))]
    motif = MOTIFS[random.below(len(MOTIFS))]
    title_lines, size = _fit(title, shape)
    block = 26 + len(title_lines) * size * 1.16 + (26 if creator else 8)
    art = "".join(motif(random, palette, shape.width, shape.height - block))
    return (
        f'<svg class="cover" viewBox="0 0 {shape.width} {shape.height}" aria-hidden="true" focusable="false">'
        f'<rect width="{shape.width}" height="{shape.height}" fill="{palette.ground}"/>'
        f"{art}{''.join(_words(title_lines, size, creator, palette, shape, block))}"
        f'<path d="M7 0v{shape.height}" stroke="#000" stroke-opacity=".14" stroke-width="2"/>'
        f"</svg>"
    )


def _words(lines: list[str], size: float, creator: str, palette: Palette, shape: Shape, block: float) -> Iterator[str]:
    """Title and creator on a plain band at the foot."""
    top = shape.height - block
    yield f'<rect y="{top:.0f}" width="{shape.width}" height="{block + 1:.0f}" fill="{palette.ground}"/>'
    yield f'<g fill="{palette.text}"><g class="cover-title" font-size="{size:g}">'
    y = top + 10 + size
    for line in lines:
        yield f'<text x="{MARGIN}" y="{y:.0f}">{escape(line)}</text>'
        y += size * 1.16
    yield "</g>"
    if creator:
        name = escape(_cut(creator, 27))
        yield f'<text class="cover-creator" x="{MARGIN}" y="{shape.height - 15}" font-size="12">{name}</text>'
    yield "</g>"


def _fit(title: str, shape: Shape) -> tuple[list[str], float]:
    """The title in at most five lines, in the largest size in which its words fit the width."""
    title = " ".join(title.split()) or "…"
    most = 3 if shape.height == shape.width else 5
    room = shape.width - 2 * MARGIN + 4
    for size in SIZES:
        lines = _wrap(title, room / size)
        few = len(lines) <= most - (1 if size > 25 else 0)
        if few and all(_ems(line) * size <= room for line in lines):
            return lines, size
    return _shortened(_wrap(title, room / SIZES[-1]), most, room / SIZES[-1]), SIZES[-1]


def _shortened(lines: list[str], most: int, ems: float) -> list[str]:
    """At most so many lines, none wider than the cover; what is left out leaves dots."""
    kept = [line if _ems(line) <= ems else _cut(line, int(ems / 0.58)) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = _cut(f"{kept[-1]} …", int(ems / 0.58)) if not kept[-1].endswith("…") else kept[-1]
        kept[-1] = kept[-1] if kept[-1].endswith("…") else f"{kept[-1]}…"
    return kept


def _wrap(title: str, ems: float) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        if lines and _ems(f"{lines[-1]} {word}") <= ems:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _ems(text: str) -> float:
    """About how wide the text is in Literata semibold, in ems: letters differ too much to count them alike."""
    return sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if letter in "ijlIíì.,:;!'’|()- ":
        return 0.33
    if letter in "frtsJ":
        return 0.47
    if letter in "mwMWÆŒЖШЩЮФжшщю—…":
        return 0.94
    return 0.74 if letter.isupper() else 0.59


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip(" ,.;:–-") + "…"
