"""A library's one colour → the whole accent scale of Designsystemet, with every text readable.

The scale follows Designsystemet's own recipe: each step has a fixed relative luminance (WCAG 2.2), so that contrast
between steps is the same whatever hue a library chose. Hue and chroma are kept in OKLCH (Björn Ottosson, 2020).
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

FALLBACK = "#1f5a4d"
WHITE, INK = "#ffffff", "#17211d"

#: Step → (relative luminance, share of the colour's own chroma).
_STEPS = {
    "background-default": (1.0, 0.0),
    "background-tinted": (0.915, 0.22),
    "surface-default": (1.0, 0.0),
    "surface-tinted": (0.825, 0.35),
    "surface-hover": (0.71, 0.5),
    "surface-active": (0.58, 0.65),
    "border-subtle": (0.5, 0.7),
    "border-default": (0.185, 1.0),
    "border-strong": (0.108, 1.0),
    "text-subtle": (0.108, 1.0),
    "text-default": (0.024, 0.9),
}


def clean(colour: str) -> str:
    """``#rrggbb`` in lower case; :data:`FALLBACK` for anything that is not such a colour."""
    colour = colour.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", colour):
        colour = "#" + "".join(each * 2 for each in colour[1:])
    return colour if re.fullmatch(r"#[0-9a-f]{6}", colour) else FALLBACK


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white): WCAG 2.2, «relative luminance»."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21: WCAG 2.2, «contrast ratio»."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_on(colour: str) -> str:
    """White or ink, whichever is easier to read on the colour; never under 4.5 : 1."""
    return max(
        (WHITE, INK, "#000000"),
        key=lambda text: (contrast(colour, text) >= 4.5, text != "#000000", contrast(colour, text)),
    )


@lru_cache(maxsize=1024)
def scale(colour: str) -> dict[str, str]:
    """Custom-property suffix → colour, for ``--ds-color-accent-<suffix>``."""
    base = clean(colour)
    lightness, chroma, hue = _oklch(base)
    steps = {name: _with_luminance(target, chroma * share, hue) for name, (target, share) in _STEPS.items()}
    towards = 1 if luminance(base) < 0.03 else -1
    steps["base-default"] = base
    steps["base-hover"] = _hex(lightness + towards * 0.055, chroma, hue)
    steps["base-active"] = _hex(lightness + towards * 0.11, chroma, hue)
    steps["base-contrast-default"] = text_on(base)
    steps["base-contrast-subtle"] = _readable_tint(base, chroma, hue)
    return steps


def stylesheet(colour: str) -> str:
    """The CSS a page loads for a library of this colour. Pure function of the colour, so it can be kept for ever."""
    steps = scale(clean(colour))
    accent = "".join(f"--ds-color-accent-{name}:{value};" for name, value in steps.items())
    short = "".join(f"--ds-color-{name}:var(--ds-color-accent-{name});" for name in steps)
    return f":root{{{accent}{short}}}"


def _readable_tint(base: str, chroma: float, hue: float) -> str:
    """A softer text on the base colour that still keeps 4.5 : 1."""
    text = text_on(base)
    targets = (0.83, 0.9, 0.95) if text == WHITE else (0.03, 0.015)
    for target in targets:
        tint = _with_luminance(target, chroma * 0.3, hue)
        if contrast(tint, base) >= 4.5:
            return tint
    return text


def _linear(colour: str) -> tuple[float, float, float]:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def _oklch(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
    )


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """The nearest colour a screen can show: chroma gives way, hue and lightness stay."""
    lightness = min(max(lightness, 0.0), 1.0)
    for share in (1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0):
        linear = _rgb(lightness, chroma * share, hue)
        if all(-0.0005 <= part <= 1.0005 for part in linear):
            break
    return "#" + "".join(f"{round(_encoded(part) * 255):02x}" for part in linear)


def _encoded(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _with_luminance(target: float, chroma: float, hue: float) -> str:
    low, high = 0.0, 1.0
    for _ in range(18):
        middle = (low + high) / 2
        if luminance(_hex(middle, chroma, hue)) < target:
            low = middle
        else:
            high = middle
    return _hex(high, chroma, hue)
