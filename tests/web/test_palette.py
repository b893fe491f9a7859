from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmenning.web import palette

COLOURS = st.integers(min_value=0, max_value=0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_wcag() -> None:
    assert palette.contrast("#000000", "#ffffff") == 21
    assert round(palette.contrast("#767676", "#ffffff"), 2) == 4.54


@given(COLOURS)
def test_whatever_a_library_chooses_its_text_can_be_read(colour: str) -> None:
    steps = palette.scale(colour)
    readable = {
        ("base-contrast-default", "base-default"): 4.5,
        ("base-contrast-subtle", "base-default"): 4.5,
        ("text-subtle", "surface-tinted"): 4.5,
        ("text-subtle", "background-default"): 4.5,
        ("text-default", "surface-active"): 4.5,
        ("border-strong", "background-tinted"): 3,
    }
    too_faint = {
        pair: ratio
        for pair, least in readable.items()
        if (ratio := palette.contrast(steps[pair[0]], steps[pair[1]])) < least
    }
    assert too_faint == {}


@given(COLOURS)
def test_the_base_is_the_librarys_own_colour(colour: str) -> None:
    assert palette.scale(colour)["base-default"] == colour


@pytest.mark.parametrize("wrong", ["", "red", "#12", "url(x)", "#12345g", "#1234567"])
def test_what_is_no_colour_becomes_the_houses_own(wrong: str) -> None:
    assert palette.clean(wrong) == palette.FALLBACK


def test_short_and_upper_case_colours_are_understood() -> None:
    assert palette.clean(" #FC0 ") == "#ffcc00"
