"""What a value about an organisation must look like."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from allmenning.kernel.errors import Invalid
from allmenning.organisations import checks
from allmenning.organisations.logos import checked_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'


@pytest.mark.parametrize(
    ("check", "written", "kept"),
    [
        (checks.checked_isil, "NO-2030000", "NO-2030000"),
        (checks.checked_isil, " ", ""),
        (checks.checked_organisation_number, "958 935 420", "958935420"),  # Oslo municipality
        (checks.checked_organisation_number, "", ""),
        (checks.checked_colour, " #1B4F72 ", "#1b4f72"),
        (checks.checked_host, "Bibliotek.Eksempel.no.", "bibliotek.eksempel.no"),
        (checks.checked_host, "", ""),
        (checks.checked_prefix, "nord-odal", "nord-odal"),
        (checks.checked_languages, ["NB", "se", "nb"], ["nb", "se"]),
    ],
)
def test_a_value_is_kept_in_one_dress(check: Callable[[object], object], written: object, kept: object) -> None:
    assert check(written) == kept


@pytest.mark.parametrize(
    ("check", "wrong", "code"),
    [
        (checks.checked_isil, "Deichman bibliotek", "isil"),
        (checks.checked_isil, "NO-123456789012", "isil"),
        (checks.checked_organisation_number, "958935421", "organisation-number"),  # check digit
        (checks.checked_organisation_number, "95893542", "organisation-number"),
        (checks.checked_colour, "blue", "colour"),
        (checks.checked_colour, "#12345g", "colour"),
        (checks.checked_host, "bibliotek oslo", "host"),
        (checks.checked_host, "-oslo.no", "host"),
        (checks.checked_host, "oslo.no:8000", "host"),
        (checks.checked_slug, "Oslo", "slug"),
        (checks.checked_slug, "nord--odal", "slug"),
        (checks.checked_slug, "", "slug"),
        (checks.checked_prefix, "desk", "prefix-reserved"),
        (checks.checked_languages, [], "languages"),
        (checks.checked_languages, ["bokmål"], "label-language"),
    ],
)
def test_what_does_not_fit_is_refused(check: Callable[[object], object], wrong: object, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(wrong)
    assert refused.value.code == code


def test_a_logo_of_shapes_and_text_is_kept() -> None:
    shapes = SVG.format(
        '<title>D</title><defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        '<path d="M0 0h10v10z" fill="url(#g)" stroke-width="2"/><use href="#g" x="1" y="2"/>'
    )
    assert checked_logo(shapes) == shapes
    assert checked_logo(" ") == ""
    assert checked_logo(SVG.format("<!-- made with an editor --><circle r='4'/>")) == SVG.format('<circle r="4"/>')


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<style>*{}</style>", "<style>"),
        ('<image href="https://eksempel.no/a.png"/>', "<image>"),
        ('<a href="https://eksempel.no"/>', "<a>"),
        ('<path onload="alert(1)"/>', "onload="),
        ('<path style="fill:red"/>', "style="),
        ('<use href="https://eksempel.no/a.svg#b"/>', "href="),
        ('<path fill="url(https://eksempel.no/#a)"/>', "fill="),
        ('<path fill="javascript:alert(1)"/>', "fill="),
    ],
)
def test_a_logo_that_could_act_is_refused(inside: str, what: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_logo(SVG.format(inside))
    assert (refused.value.code, refused.value.data) == ("logo-content", {"what": what})


@pytest.mark.parametrize(
    ("svg", "code"),
    [
        ("<svg", "logo-syntax"),
        ("<p>hei</p>", "logo-content"),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&a;</text>"), "logo-content"),
        (SVG.format("x" * 100_001), "logo-size"),
    ],
)
def test_what_is_no_logo_is_refused(svg: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_logo(svg)
    assert refused.value.code == code
