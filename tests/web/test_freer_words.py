"""Words that are read more freely than they stand: forms, audiences, and the small ones."""

from __future__ import annotations

import pytest
from django.utils import translation

from allmenning.catalogue.formats import FORMATS
from allmenning.web import formats
from allmenning.web.public.format_words import KINDS, meant
from allmenning.web.public.small_words import without

AUDIO, CHILDREN = ("audiobook", "eaudiobook"), ("children",)
SÁMI = ("se", "smj", "sma", "smn", "sms", "smi")


@pytest.mark.parametrize(
    ("typed", "left", "filters"),
    [
        ("lydbok", "", {"format": AUDIO}),
        ("Lydbøker", "", {"format": AUDIO}),
        ("nesbø lydbok", "nesbø", {"format": AUDIO}),
        ("Sult på lydbok", "Sult", {"format": AUDIO}),
        ("talking book hunger", "hunger", {"format": AUDIO}),
        ("jietnagirji áhkku", "áhkku", {"format": AUDIO}),
        ("e-bok krim", "krim", {"format": ("ebook",)}),
        ("ebøker", "", {"format": ("ebook",)}),
        ("undset large print", "undset", {"format": ("large_print",)}),
        ("hunger in large-print", "hunger", {"format": ("large_print",)}),
        ("Kristin Lavransdatter stor skrift", "Kristin Lavransdatter", {"format": ("large_print",)}),
        ("flåklypa film", "flåklypa", {"format": ("film", "efilm")}),
        ("flåklypa blu-ray", "flåklypa", {"format": ("film",)}),
        ("flåklypa dvd film", "flåklypa", {"format": ("film",)}),
        ("hest barnebok", "hest", {"audience": CHILDREN}),
        ("mánáidgirjjit", "", {"audience": CHILDREN}),
        ("hester for barn", "hester", {"audience": CHILDREN}),
        ("children's books about horses", "about horses", {"audience": CHILDREN}),
        ("lydbok av Hamsun", "Hamsun", {"format": AUDIO}),
        ("bøker om hest", "hest", {"format": ("book",)}),
        ("film", "", {"format": ("film", "efilm")}),
        ("bøker for barn", "", {"format": ("book",), "audience": CHILDREN}),
        ("bok på engelsk", "", {"format": ("book",), "language": ("en",)}),
        ("films in English", "", {"format": ("film", "efilm"), "language": ("en",)}),
        ("film på samisk", "", {"format": ("film", "efilm"), "language": SÁMI}),
        ("samiske filmer", "", {"format": ("film", "efilm"), "language": SÁMI}),
        ("lydbøker på nordsamisk for barn", "", {"format": AUDIO, "language": ("se",), "audience": CHILDREN}),
        ("Sult på engelsk", "Sult", {"language": ("en",)}),
        ("kvenske bøker", "", {"format": ("book",), "language": ("fkv",)}),
        ("biletbok hest", "hest", {"format": ("book",), "audience": CHILDREN}),
        ("lydbok for barn", "", {"format": AUDIO, "audience": CHILDREN}),
        ("barnebok lydbok ponni", "ponni", {"format": AUDIO, "audience": CHILDREN}),
    ],
)
def test_a_word_for_a_form_or_an_audience_becomes_a_filter(
    typed: str, left: str, filters: dict[str, tuple[str, ...]]
) -> None:
    found = meant(typed)
    assert found is not None
    assert (found.text, found.filters) == (left, filters)


@pytest.mark.parametrize(
    "typed",
    [
        "sult",
        "",
        "barn",
        "lydbokforlaget",
        '"lydbok"',
        "«stor skrift»",
        "tittel:film",
        "-film",
        "film*",
        "for",
        "engelsk grammatikk",
        "norsk",
        "på fjellet",
    ],
)
def test_other_words_stay_words(typed: str) -> None:
    assert meant(typed) is None


def test_what_the_reader_has_chosen_is_not_overruled() -> None:
    assert meant("sult lydbok", {"format"}) is None
    found = meant("lydbok for barn", {"format"})
    assert found is not None
    assert (found.text, found.filters) == ("lydbok", {"audience": CHILDREN})


def test_forms_that_exclude_each_other_are_not_both_asked_for() -> None:
    found = meant("sult lydbok film")
    assert found is not None
    assert (found.text, found.filters) == ("sult film", {"format": AUDIO})


@pytest.mark.parametrize(
    ("typed", "bokmål", "nynorsk", "english"),
    [
        ("lydbok", "Vis bare lydbøker", "Vis berre lydbøker", "Show only audiobooks"),
        ("barnebok", "Vis bare det som er for barn", "Vis berre det som er for barn", "Show only what is for children"),
        ("film for vaksne", "Vis bare filmer for voksne", "Vis berre filmar for vaksne", "Show only films for adults"),
    ],
)
def test_the_offer_in_every_language(typed: str, bokmål: str, nynorsk: str, english: str) -> None:
    found = meant(typed)
    assert found is not None
    for screen, said in (("nb", bokmål), ("nn", nynorsk), ("en", english)):
        with translation.override(screen):
            assert found.offer == said


@pytest.mark.parametrize(
    ("typed", "bokmål", "english"),
    [
        ("barnebok", "alt for barn", "everything for children"),
        ("bildebok", "bøker for barn", "books for children"),
        ("storskrift", "bøker i storskrift", "books in large print"),
        ("film på samisk", "filmer på samisk", "films in Sámi"),
        ("bok på engelsk", "bøker på engelsk", "books in English"),
        ("lydbok på norsk for barn", "lydbøker på norsk for barn", "audiobooks in Norwegian for children"),
        ("Sult på russisk", "alt på russisk", "everything in Russian"),
    ],
)
def test_what_is_shown_instead_in_words(typed: str, bokmål: str, english: str) -> None:
    found = meant(typed)
    assert found is not None
    for screen, said in (("nb", bokmål), ("en", english)):
        with translation.override(screen):
            assert found.among == said


def test_every_kind_is_something_the_catalogue_has() -> None:
    values = {facet: {each for kind in KINDS.values() if kind.facet == facet for each in kind.values} for facet in
              ("format", "audience")}  # fmt: skip
    assert values["format"] <= set(FORMATS)
    assert values["audience"] <= set(formats.AUDIENCES)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("boken om alt", "alt"),
        ("Krigen og freden på jorda", "Krigen freden jorda"),
        ("the book of mountains", "mountains"),
        ("sorga ja gleda", "sorga gleda"),
        ("hus på landet", "hus landet"),
        ("på landet", ""),  # two words are a title as they stand
        ("og om på", ""),  # nothing would be left
        ("tre gamle menn", ""),  # nothing to leave out
        ('boken "om alt"', ""),
        ('den "om alt" -og', '"om alt" -og'),
    ],
)
def test_small_words_are_left_out_of_longer_queries(typed: str, left: str) -> None:
    assert without(typed) == left
