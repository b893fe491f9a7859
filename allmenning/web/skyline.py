"""The land behind the search field: ridges in the library's own colour, each library's a little different."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from itertools import pairwise

from allmenning.web.motifs import Random
from allmenning.web.palette import clean, luminance, scale

WIDTH, HEIGHT = 1440, 260


@lru_cache(maxsize=512)
def draw(name: str, colour: str) -> str:
    """One ``<svg>`` that fills its place from the foot. Decoration only."""
    random = Random(hashlib.sha256(name.encode()).digest())
    steps = scale(clean(colour))
    light = luminance(clean(colour)) > 0.4
    inks = (
        steps["surface-active"] if light else steps["base-hover"],
        steps["base-hover"] if light else steps["base-active"],
    )
    sun_x, sun_y = random.between(0.6, 0.9) * WIDTH, random.between(104, 132)
    radius, sun = random.between(40, 58), steps["base-contrast-default"]
    parts = [f'<circle cx="{sun_x:.0f}" cy="{sun_y:.0f}" r="{radius:.0f}" fill="{sun}" fill-opacity=".16"/>']
    parts += [_ridge(random, top, rough, ink) for top, rough, ink in ((120, 62, inks[0]), (185, 40, inks[1]))]
    return (
        f'<svg class="skyline" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMax slice" aria-hidden="true" '
        f'focusable="false">{"".join(parts)}</svg>'
    )


def _ridge(random: Random, top: float, rough: float, ink: str) -> str:
    """A soft line of hills across the width."""
    points = [(WIDTH * step / 8, top + random.between(-rough, rough)) for step in range(9)]
    path = f"M0 {HEIGHT}L{points[0][0]:.0f} {points[0][1]:.0f}"
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (x + to_x) / 2
        path += f"C{middle:.0f} {y:.0f} {middle:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
    return f'<path d="{path}V{HEIGHT}Z" fill="{ink}"/>'
