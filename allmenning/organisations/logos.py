"""Is this picture only a picture? SVG may carry scripts and call other machines; a logo has no need of either."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from lxml import etree

from allmenning.kernel.errors import Invalid

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
LONGEST = 100_000  # characters; a logo beyond that is a photograph in disguise

#: SVG 2's shapes, text and paint. Left out: script, style, foreignObject, image, a, animation, and every listener.
_ELEMENTS = frozenset({
    "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "circle", "ellipse", "rect", "line", "polygon",
    "polyline", "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask",
})  # fmt: skip
_ATTRIBUTES = re.compile(
    r"id|class|role|lang|aria-[a-z]+|version|viewBox|width|height|preserveAspectRatio|transform|d|points|pathLength|"
    r"[cfr]?[xy][12]?|rx|ry|r|dx|dy|offset|opacity|color|display|visibility|overflow|"
    r"fill(-[a-z]+)?|stroke(-[a-z]+)?|stop-[a-z]+|clip(-[a-z]+)*|mask|"
    r"font-(family|size|weight|style)|text-anchor|dominant-baseline|letter-spacing|"
    r"gradient(Units|Transform)|spreadMethod|clipPathUnits|mask(Units|ContentUnits)"
)
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|[a-z]+script:|data:", re.IGNORECASE)


def checked_logo(svg: str) -> str:
    """The SVG, when it holds shapes and text only; or empty. Raises ``Invalid`` naming the first thing refused."""
    if not svg.strip():
        return ""
    if len(svg) > LONGEST:
        raise Invalid("logo-size", _("The logo is larger than %(limit)s characters.") % {"limit": LONGEST})
    # No entities, no DTD, no network: the parser itself must not be led astray.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(svg.strip().encode(), parser)
    except etree.XMLSyntaxError as problem:
        raise Invalid("logo-syntax", _("The logo is not well-formed SVG.")) from problem
    if "<!DOCTYPE" in svg:
        raise _refused("<!DOCTYPE>")
    if root.tag != f"{_SVG}svg":
        raise _refused(f"<{root.tag!s}>")
    for element in root.iter():
        _check(element)
    # What was checked is what is kept: comments and instructions are gone.
    return etree.tostring(root, encoding="unicode")


def _check(element: etree._Element) -> None:
    name = str(element.tag).removeprefix(_SVG)
    if name not in _ELEMENTS:
        raise _refused(f"<{name}>")
    for attribute, value in ((str(key), str(text)) for key, text in element.attrib.items()):
        inside = attribute in ("href", _XLINK_HREF) and value.startswith("#")
        if not (inside or _ATTRIBUTES.fullmatch(attribute)) or _OUTSIDE.search(value):
            raise _refused(f"{attribute}=")


def _refused(what: str) -> Invalid:
    return Invalid("logo-content", _("A logo may hold shapes and text only, not %(what)s.") % {"what": what}, what=what)
