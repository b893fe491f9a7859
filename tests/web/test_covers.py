from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from allmenning.web import covers, palette, skyline
from allmenning.web.motifs import MOTIFS

SVG = "{http://www.w3.org/1999/xhtml}svg"


def words(svg: str) -> list[str]:
    return [text.text or "" for text in etree.fromstring(svg).iter("text")]


def test_a_cover_says_the_title_and_who_made_it() -> None:
    assert words(covers.draw("Kristin Lavransdatter", "Sigrid Undset")) == ["Kristin", "Lavransdatter", "Sigrid Undset"]


def test_the_same_work_always_gets_the_same_cover() -> None:
    covers.draw.cache_clear()
    first = covers.draw("Sult", "Knut Hamsun")
    covers.draw.cache_clear()
    assert covers.draw("Sult", "Knut Hamsun") == first
    assert covers.draw("Sult", "Somebody else") != first


def test_sound_comes_in_a_square_sleeve() -> None:
    assert etree.fromstring(covers.draw("Peer Gynt", "", "music")).get("viewBox") == "0 0 200 200"
    assert etree.fromstring(covers.draw("Peer Gynt", "", "book")).get("viewBox") == "0 0 200 300"


def test_a_title_longer_than_its_cover_ends_in_dots() -> None:
    lines = words(covers.draw("Den store boken om alt som er verdt å vite " * 4))
    assert len(lines) == 5
    assert lines[-1].endswith("…")


@given(st.text(max_size=120), st.text(max_size=60), st.sampled_from(["book", "music"]))
def test_any_text_makes_one_well_formed_drawing(title: str, creator: str, form: str) -> None:
    # XML 1.0 has no place for control characters; HTML, where covers stand, passes them over.
    printable = "".join(letter for letter in title if letter.isprintable())
    maker = "".join(letter for letter in creator if letter.isprintable())
    root = etree.fromstring(covers.draw(printable, maker, form))
    assert {each.tag for each in root.iter()} <= {"svg", "g", "rect", "circle", "path", "text"}
    assert root.get("aria-hidden") == "true"


def test_text_on_every_cover_can_be_read() -> None:
    assert [each for each in covers.PALETTES if palette.contrast(each.ground, each.text) < 4.5] == []


def test_every_drawing_stays_small() -> None:
    drawn = [covers.draw(f"Tittel {number}", "Forfatter") for number in range(200)]
    assert max(map(len, drawn)) < 4_000
    assert len(MOTIFS) == 10


def test_a_skyline_is_a_librarys_own() -> None:
    assert skyline.draw("oslo", "#7a1f2b") != skyline.draw("alta", "#7a1f2b")
