"""What is typed, and how it is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmenning.discovery.query import And, Everything, Isbn, Node, Not, Nothing, Phrase, Word, Years, parse


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", Everything()),
        ("  \t\n", Everything()),
        ("?!", Nothing()),
        ("*", Nothing()),
        ("sult", Word("sult", "sult")),
        ("Bøker", Word("boker", "bøker")),
        ("knut hamsun", And((Word("knut", "knut"), Word("hamsun", "hamsun")))),
        ("sult sult", Word("sult", "sult")),
        ("hist*", Word("hist", "hist", prefix=True)),
        ("e-bok", And((Word("e", "e"), Word("bok", "bok")))),
        ("Достоевский", Word("достоевский", "достоевский")),
        ('"Bukkene Bruse"', Phrase(("bukkene", "bruse"))),
        ("«Bukkene Bruse»", Phrase(("bukkene", "bruse"))),
        ('"sult"', Word("sult", "sult")),
        ('"knut hamsun', And((Word("knut", "knut"), Word("hamsun", "hamsun")))),
        ('"en bok" "om', And((Phrase(("en", "bok")), Word("om", "om")))),
        ("tittel:sult", Word("sult", "sult", "title")),
        ("Tittel: sult", Word("sult", "sult", "title")),
        ("title:sult", Word("sult", "sult", "title")),
        ("forfattar:hamsun", Word("hamsun", "hamsun", "creator")),
        ('emne:"norsk historie"', Phrase(("norsk", "historie"), "subject")),
        ("serie:harry*", Word("harry", "harry", "series", prefix=True)),
        ("krig:fred", And((Word("krig", "krig"), Word("fred", "fred")))),
        ("krig: fred", And((Word("krig", "krig"), Word("fred", "fred")))),
        ("tittel:", Word("tittel", "tittel")),
        ("-krig", And((Everything(), Not(Word("krig", "krig"))))),
        ("fred -krig", And((Word("fred", "fred"), Not(Word("krig", "krig"))))),
        ('fred -"kald krig"', And((Word("fred", "fred"), Not(Phrase(("kald", "krig")))))),
        ("fred -emne:krig", And((Word("fred", "fred"), Not(Word("krig", "krig", "subject"))))),
        ("fred - krig", And((Word("fred", "fred"), Word("krig", "krig")))),
        ("bok -e-bok", And((Word("bok", "bok"), Not(Phrase(("e", "bok")))))),
        ("år:1999", Years(1999, 1999)),
        ("year:1990-1999", Years(1990, 1999)),
        ("år:1999-1990", Years(1990, 1999)),
        ("år:1990..", Years(1990, None)),
        ("år:-1950", Years(None, 1950)),
        ("år:ukjent", Word("ukjent", "ukjent")),
        ("978-82-05-41519-5", Isbn("9788205415195")),
        ("9788205415195", Isbn("9788205415195")),
        ("ISBN 978 82 05 41519 5", Isbn("9788205415195")),
        ("isbn:82-05-41519-6", Isbn("9788205415195")),
        ("8205415196", Isbn("9788205415195")),
        ('"978-82-05-41519-5"', Isbn("9788205415195")),
        ("sult 978-82-05-41519-5", And((Word("sult", "sult"), Isbn("9788205415195")))),
        ("9788205415190", Word("9788205415190", "9788205415190")),
        ("isbn:978-82-05-41519-0", Word("9788205415190", "9788205415190")),
    ],
)
def test_what_is_typed_is_understood(typed: str, tree: Node) -> None:
    assert parse(typed) == tree


def test_a_pasted_page_is_read_as_far_as_is_sensible() -> None:
    tree = parse(" ".join(f"ord{number}" for number in range(500)))
    assert isinstance(tree, And)
    assert len(tree.parts) == 32


@given(st.text(max_size=300))
def test_any_text_gives_a_tree(typed: str) -> None:
    parse(typed)


@given(st.text(alphabet=st.sampled_from('abø: "-*0123456789xX.«»()år\t'), max_size=80))
def test_any_mixture_of_signs_gives_a_tree(typed: str) -> None:
    parse(typed)


def test_an_isbn_pasted_from_print_or_a_catalogue_is_recognised() -> None:
    for typed in ("978–8205385627", "９７８８２０５３８５６２７", "urn:isbn:9788205385627", "978 82 05 38562 7"):
        assert parse(typed) == Isbn("9788205385627"), typed
