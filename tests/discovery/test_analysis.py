"""Which words meet which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmenning.discovery import analysis
from allmenning.kernel import text as texts


def meets(typed: str, written: str, *languages: str) -> bool:
    """Does a query's word reach a document's word, by exact or by normal form?"""
    forms = analysis.query_forms(typed)
    exact = analysis.exact_words([written])
    normal = analysis.normal_words([written], analysis.document_languages(languages))
    return bool({*forms.exact} & {*exact}) or bool({*forms.normal} & {*normal})


@pytest.mark.parametrize(
    ("typed", "written", "language"),
    [
        ("bok", "bøker", "nb"),
        ("bøker", "bok", "nb"),
        ("bøkene", "boka", "nn"),
        ("krigens", "krigen", "nb"),
        ("barnebøker", "barnebok", "nb"),
        ("bibliotekets", "bibliotek", "nb"),
        ("books", "book", "en"),
        ("women", "woman", "en"),
        ("girjjit", "girji", "se"),
        ("книги", "книга", "ru"),
        ("kirjoja", "kirjojen", "fi"),
        ("Ørnen".lower(), "ornen", "nb"),
        ("dostojevskij", "Достоевский", "ru"),
        ("bøker", "bok", "en"),  # a Norwegian heading on an English book
    ],
)
def test_forms_of_one_word_meet(typed: str, written: str, language: str) -> None:
    assert meets(typed, written, language)


@pytest.mark.parametrize(
    ("typed", "written", "language"),
    [("bibliotek", "bibliotekar", "nb"), ("bibliotekar", "bibliotek", "nb"), ("universe", "university", "en")],
)
def test_words_with_one_stem_but_two_meanings_do_not(typed: str, written: str, language: str) -> None:
    assert not meets(typed, written, language)


def test_a_document_is_read_in_its_own_languages() -> None:
    assert analysis.document_languages(["nn", "en", "tlh"]) == ("en", "nn")
    assert analysis.document_languages(["tlh"]) == ("nb",)
    assert analysis.document_languages([]) == ("nb",)


def test_exact_words_keep_their_order_and_cyrillic_is_romanised_behind() -> None:
    assert analysis.exact_words(["Åse og Ørnen", "Мир"]) == ["ase", "og", "ornen", "мир", "mir"]


@given(st.text(max_size=60))
def test_every_word_finds_itself(text: str) -> None:
    for folded, written in analysis.aligned(text):
        assert folded in analysis.exact_words([text])
        assert analysis.query_forms(written).normal


@given(st.text(alphabet=[chr(code) for code in range(128)]))
def test_the_words_of_plain_ascii_are_its_written_words(text: str) -> None:
    assert texts.words(text) == analysis.raw_words(text)
