"""The drawings on covers without a picture: hills, fjords, arcs, quilts. Each takes the upper part of a cover."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    ground: str
    text: str
    inks: tuple[str, str, str]


class Random:
    """A small stream of choices from a digest: the same bytes, the same drawing."""

    def __init__(self, digest: bytes) -> None:
        self._digest = digest
        self._at = 0

    def below(self, limit: int) -> int:
        value = self._digest[self._at % len(self._digest)] * 251 + self._at
        self._at += 1
        return value % limit

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.below(64) / 63


def _path(way: str, fill: str, more: str = "") -> str:
    return f'<path d="{way}" fill="{fill}"{more}/>'


def _stroke(way: str, ink: str, width: int, more: str = "") -> str:
    return f'<path d="{way}" stroke="{ink}" stroke-width="{width}"{more}/>'


def _disc(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.0f}" r="{radius:.1f}" fill="{fill}"/>'


def _block(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" fill="{fill}"/>'


Motif = Callable[[Random, Palette, float, float], Iterator[str]]


def hills(random: Random, palette: Palette, width: float, height: float) -> Iterator[str]:
    """A low sun over folded ridges."""
    radius = random.between(0.17, 0.27) * width
    x = random.between(0.3, 0.75) * width
    yield _disc(x, height * random.between(0.26, 0.42), radius, palette.inks[0])
    for step, ink in enumerate((palette.inks[2], palette.inks[1])):
        top = height * (0.5 + 0.2 * step)
        peak = random.between(0.1, 0.55) * width
        dip = peak + random.between(0.2, 0.4) * width
        ridge = f"M0 {top + 24:.0f}Q{peak:.0f} {top - 46:.0f} {dip:.0f} {top + 12:.0f}T{width:.0f} {top - 6:.0f}"
        yield _path(f"{ridge}V{height + 1:.0f}H0Z", ink)


def fjord(random: Random, palette: Palette, width: float, height: float) -> Iterator[str]:
    """Bands of water, each a little lower."""
    bands = 4 + random.below(3)
    for band in range(bands):
        y = height * (0.18 + 0.82 * band / bands)
        lift = random.between(8, 24) * (1 if band % 2 else -1)
        wave = f"M0 {y:.0f}C{width * 0.3:.0f} {y - lift:.0f} {width * 0.6:.0f} {y + lift:.0f} {width:.0f} {y:.0f}"
        yield _path(f"{wave}V{height + 1:.0f}H0Z", palette.inks[(band + 1) % 3])


def peaks(random: Random, palette: Palette, width: float, height: float) -> Iterator[str]:
    """Three mountains, one of them with snow."""
    foot = height + 1
    for step in range(3):
        x = width * (0.16 + 0.34 * step) + random.between(-16, 16)
        top = height * random.between(0.16, 0.5)
        half = random.between(0.34, 0.5) * width
        yield _path(
            f"M{x - half:.0f} {foot:.0f}L{x:.0f} {top:.0f}L{x + half:.0f} {foot:.0f}Z", palette.inks[(step + 1) % 3]
        )
        if step == 1:
            cap, share = top + (height - top) * 0.2, half * 0.2
            yield _path(f"M{x - share:.0f} {cap:.0f}L{x:.0f} {top:.0f}L{x + share:.0f} {cap:.0f}Z", palette.inks[0])


def arcs(random: Random, palette: Palette, width: float, height: float) -> Iterator[str]:
    """A rainbow of rings from one corner."""
    x = 0.0 if random.below(2) else width
    y = 0.0 if random.below(2) else height
    reach = min(width, height) * random.between(0.95, 1.15)
    for ring in range(5):
        yield _disc(x, y, reach * (1 - ring * 0.19), palette.inks[ring % 3] if ring < 4 else palette.ground)


def quilt(random: Random, palette: Palette, width: float, height: float) -> Iterator[str]:
    """Quarter circles in a grid, turned each their own way."""
    columns = 3 + random.below(2)
    side = width / columns
    for row in range(int(height // side) + 1):
        for column in range(columns):
            x, y, turn = column * side, row * side, random.below(5)
            if y + side > height + side * 0.5 or turn == 4:
                continue
            corner_x, corner_y = x + side * (turn % 2), y + side * (turn // 2)
            away_x, away_y = x + side * (1 - turn % 2), y + side * (1 - turn // 2)
            arc = f"A{side:.1f} {side:.1f} 0 0 {1 if turn in (0, 3) else 0} {corner_x:.1f} {away_y:.1f}"
            yield _path(f"M{corner_x:.1f} {corner_y:.1f}H{away_x:.1f}{arc}Z", palette.inks[random.below(3)])


def moon(random: Random, palette: Palette, width: float, height: float) -> Iterator[str]:
    """One great disc, half in shade, with a thin line of horizon."""
    radius = min(width, height) * random.between(0.3, 0.38)
    x, y = width * random.between(0.42, 0.58), height * 0.52
    turned = f' transform="rotate({random.below(180)} {x:.1f} {y:.0f})"'
    yield _disc(x, y, radius, palette.inks[0])
    half = f"M{x - radius:.1f} {y:.0f}a{radius:.1f} {radius:.1f} 0 0 0 {radius * 2:.1f} 0Z"
    yield _path(half, palette.inks[1], turned)
    yield _stroke(f"M0 {height - 10:.0f}H{width:.0f}", palette.inks[2], 2)


def leaves(random: Random, palette: Palette, width: float, height: float) -> Iterator[str]:
    """A stem with leaves to both sides."""
    x = width / 2 + random.between(-14, 14)
    yield _stroke(f"M{x:.0f} {height:.0f}V{height * 0.12:.0f}", palette.inks[2], 3)
    count = 4 + random.below(2)
    for step in range(count):
        y = height * (0.95 - 0.72 * step / count)
        for side in (-1, 1):
            long = side * width * (0.4 - 0.045 * step)
            up = abs(long) * 0.5
            out = f"q{long * 0.25:.0f} {-up * 1.1:.0f} {long:.0f} {-up:.0f}"
            back = f"q{-long * 0.15:.0f} {up:.0f} {-long:.0f} {up:.0f}"
            yield _path(f"M{x:.0f} {y:.0f}{out}{back}Z", palette.inks[step % 2])


def weave(random: Random, palette: Palette, width: float, height: float) -> Iterator[str]:
    """A band of lozenges, as on woven belts."""
    columns = 2 + random.below(3)
    side = width / columns
    for row in range(int(height // side) + 1):
        for column in range(columns):
            x, y = (column + 0.5) * side, (row + 0.5) * side
            if y + side / 2 <= height + 2:
                yield _path(_lozenge(x, y, side * 0.46), palette.inks[(row + column) % 2])
                yield _path(_lozenge(x, y, side * 0.22), palette.inks[2])


def spines(random: Random, palette: Palette, width: float, height: float) -> Iterator[str]:
    """Books on a shelf."""
    x, step = 18.0, 0
    while True:
        thick = random.between(12, 30)
        if x + thick > width - 12:
            break
        tall = height * random.between(0.45, 0.8)
        yield _block(x, height - 8 - tall, thick, tall, palette.inks[step % 3])
        x, step = x + thick + 3, step + 1
    yield _block(8, height - 8, width - 16, 4, palette.inks[0])


def rain(random: Random, palette: Palette, width: float, height: float) -> Iterator[str]:
    """Slanting strokes with round ends."""
    for step in range(9):
        x = width * (step + 0.5) / 9 + random.between(-4, 4)
        top = height * random.between(0.05, 0.4)
        end = min(top + height * random.between(0.25, 0.5), height - 12)
        line = f"M{x + 12:.0f} {top:.0f}L{x - 6:.0f} {end:.0f}"
        yield _stroke(line, palette.inks[step % 3], 11, ' stroke-linecap="round"')


def _lozenge(x: float, y: float, half: float) -> str:
    return f"M{x:.1f} {y - half:.1f}L{x + half:.1f} {y:.1f}L{x:.1f} {y + half:.1f}L{x - half:.1f} {y:.1f}Z"


MOTIFS: tuple[Motif, ...] = (hills, fjord, peaks, arcs, quilt, moon, leaves, weave, spines, rain)
