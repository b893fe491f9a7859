import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmenning.kernel.text import fold, romanise, sort_key, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ærlig talt!", "aerlig talt"),
        ("Åse, Gøran & Göran", "ase goran goran"),
        ("Áhkku, čáhppes ŋ đ ŧ š ž", "ahkku cahppes n d t s z"),
        ("Kvääni ja suomi: yötä", "kvaani ja suomi yota"),
        ("Straße þing Łódź ﬁnn", "strasse thing lodz finn"),
        ("Ёлка и йод", "елка и йод"),
        ("L'amour — «c'est»", "l amour c est"),
        ("Rossii\u0361a", "rossiia"),
        ("e\u0301te\u0301", "ete"),
        ("A\u030ase", "ase"),
        ("שָׁלוֹם", "שלום"),
        ("हिन्दी", "हिन्दी"),
        ("N\u00b0 10\u00bd", "n 101 2"),
        ("dél\u00adai Rossīi\u02b9", "delai rossii"),
        ("İstanbul", "istanbul"),
        ("", ""),
        (" \t\n. ", ""),
    ],
)
def test_fold_makes_the_same_word_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert words(text) == folded.split()


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert "  " not in once
    assert once == once.strip()


@given(st.text(), st.text())
def test_words_of_two_texts_are_the_words_of_each(first: str, second: str) -> None:
    assert words(f"{first} . {second}") == words(first) + words(second)


NORWEGIAN = ["Abel", "Bind 2", "Bind 10", "Bjørn", "Bø", "Zola", "Ærlig", "Öberg", "Østen", "Åse", "Aasen"]


def test_norwegian_order_ends_in_ae_oe_aa_and_takes_aa_as_aa_with_ring() -> None:
    assert sort_key("Åsen") == sort_key("Aasen")
    assert sort_key("Öst") == sort_key("Øst")
    mixed = NORWEGIAN[:]
    random.Random(3).shuffle(mixed)
    assert sorted(mixed, key=lambda name: (sort_key(name), name)) == [
        "Abel", "Bind 2", "Bind 10", "Bjørn", "Bø", "Zola", "Ærlig", "Öberg", "Østen", "Åse", "Aasen",
    ]  # fmt: skip


def test_northern_sami_letters_follow_their_plain_letter() -> None:
    alphabet = [
        "a",
        "á",
        "b",
        "c",
        "č",
        "d",
        "đ",
        "e",
        "f",
        "g",
        "h",
        "i",
        "j",
        "k",
        "l",
        "m",
        "n",
        "ŋ",
        "o",
        "p",
        "r",
        "s",
        "š",
        "t",
        "ŧ",
        "u",
        "v",
        "z",
        "ž",
    ]
    assert sorted(alphabet, key=lambda letter: sort_key(letter, "se")) == alphabet
    assert sort_key("čáhci", "se") > sort_key("cuohppi", "se")
    assert sort_key("čáhci", "nb") < sort_key("cuohppi", "nb")


def test_finnish_and_kven_order() -> None:
    assert sorted(["öljy", "äiti", "åbo", "zeniitti"], key=lambda word: sort_key(word, "fi")) == [
        "zeniitti", "åbo", "äiti", "öljy",
    ]  # fmt: skip
    assert sort_key("šakki", "fkv") > sort_key("syksy", "fkv")


def test_nothing_stands_before_something_and_other_scripts_after_latin() -> None:
    given_order = ["3 små griser", "Ja", "Ja vel", "Jakob", "Åse", "Абв", "Где"]
    assert sorted(given_order, key=sort_key) == given_order


@given(st.text(), st.sampled_from(["nb", "se", "fi", "en", "xx", "nn-NO"]))
def test_sort_keys_hold_only_what_every_collation_orders_alike(text: str, language: str) -> None:
    assert set(sort_key(text, language)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Чехов, Антон Павлович", "Tsjekhov, Anton Pavlovitsj"),
        ("Достоевский", "Dostojevskij"),
        ("Елена Щукина", "Jelena Sjtsjukina"),
        ("ЮЛИЯ Юлия", "JULIJA Julija"),
        ("Київ, Україна", "Kyjiv, Ukrajina"),
        ("Љубав и смрт", "Ljubav i smrt"),
        ("Anna Karenina", "Anna Karenina"),
    ],
)
def test_cyrillic_is_romanised_as_norwegian_prints_it(cyrillic: str, latin: str) -> None:
    assert romanise(cyrillic) == latin
