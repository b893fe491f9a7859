"""One text in several languages, and which one a reader gets."""

from __future__ import annotations

import pytest

from allmenning.kernel.errors import Invalid
from allmenning.kernel.labels import Label, Labels, fallbacks, language_tag

SCHOOL = Labels(nb="skole", nn="skule", se="skuvla", fi="koulu")


@pytest.mark.parametrize(
    ("written", "canonical"),
    [("nb", "nb"), (" NN ", "nn"), ("zh_hant", "zh-Hant"), ("en-gb", "en-GB"), ("es-419", "es-419"), ("FKV", "fkv")],
)
def test_a_tag_is_kept_in_its_canonical_dress(written: str, canonical: str) -> None:
    assert language_tag(written) == canonical


@pytest.mark.parametrize("wrong", ["", "n", "bokmål", "nob-", "nb-NO-x-oslo", "12"])
def test_what_is_no_language_tag_is_refused(wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        language_tag(wrong)
    assert refused.value.code == "label-language"


@pytest.mark.parametrize(
    ("reader", "gets"),
    [
        ("nn", Label("nn", "skule")),
        ("se", Label("se", "skuvla")),
        ("no", Label("nb", "skole")),
        ("smj", Label("nb", "skole")),  # Norwegian, not Northern Sámi
        ("fkv", Label("fi", "koulu")),
        ("fi", Label("fi", "koulu")),
        ("ru", Label("nb", "skole")),
        ("nb-NO", Label("nb", "skole")),
    ],
)
def test_a_reader_gets_the_nearest_language(reader: str, gets: Label) -> None:
    assert SCHOOL.choose(reader) == gets


def test_the_chains_are_declared() -> None:
    assert fallbacks("nn") == ("nn", "no", "nb", "en")
    assert fallbacks("nb") == ("nb", "no", "nn", "en")
    assert fallbacks("se") == ("se", "nb", "no", "nn", "en")
    assert fallbacks("fkv") == ("fkv", "fi", "nb", "no", "nn", "en")
    assert fallbacks("uk") == ("uk", "nb", "no", "nn", "en")


def test_a_text_in_a_language_nobody_asked_for_is_better_than_none() -> None:
    assert Labels(ru="библиотека").choose("nb") == Label("ru", "библиотека")
    assert Labels().choose("nb") == Label("", "")


def test_labels_are_values() -> None:
    assert Labels(nn="skule", nb="skole") == Labels({"nb": "skole", "NN": " skule "}) == {"nb": "skole", "nn": "skule"}
    assert hash(Labels(nb="skole")) == hash(Labels({"nb": "skole"}))
    assert SCHOOL.with_text("se", " ") == Labels(nb="skole", nn="skule", fi="koulu")
    assert SCHOOL.with_text("fkv", "koulu").text("fkv") == "koulu"
    assert str(SCHOOL) == "skole"
    assert not Labels(nb="  ")


def test_a_text_that_is_no_text_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        Labels({"nb": 7})  # type: ignore[dict-item]
    assert refused.value.code == "label-text"
