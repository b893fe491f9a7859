"""Every word on every screen, in every language the screens speak."""

from __future__ import annotations

import gettext
import re
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

from allmenning.catalogue.formats import FORMATS
from allmenning.web import formats
from allmenning.web.languages import language_name, own_name

LOCALE = Path(settings.BASE_DIR) / "locale"
SCREENS = [code for code, _name in settings.LANGUAGES]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|<[^>]+>")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("language", SCREENS)
def test_nothing_is_untranslated_or_only_guessed(language: str) -> None:
    entries = catalogue(language)
    unfinished = [each.msgid for each in entries if not each.obsolete and (each.fuzzy or not each.translated())]
    assert unfinished == []


@pytest.mark.parametrize("language", SCREENS)
def test_what_is_filled_in_is_the_same_in_every_language(language: str) -> None:
    def wanted(text: str) -> Counter[str]:
        return Counter(PLACEHOLDER.findall(text))

    wrong = [
        each.msgid
        for each in catalogue(language)
        for said in ([each.msgstr] if not each.msgid_plural else each.msgstr_plural.values())
        if wanted(said) not in (wanted(each.msgid), wanted(each.msgid_plural))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", SCREENS)
def test_the_packed_catalogue_says_what_the_written_one_says(language: str) -> None:
    """Fresh machines have no gettext, so the packed files are kept too: ``django-admin compilemessages`` makes them."""
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as packed:
        found = gettext.GNUTranslations(packed)
    for each in catalogue(language):
        if each.msgid_plural:
            continue
        said = found.pgettext(each.msgctxt, each.msgid) if each.msgctxt else found.gettext(each.msgid)
        assert said == each.msgstr


def test_all_languages_have_the_same_messages() -> None:
    said = {language: {(each.msgctxt, each.msgid) for each in catalogue(language)} for language in SCREENS}
    assert said["nb"] == said["nn"] == said["en"]


def test_every_format_has_a_name_and_an_icon() -> None:
    assert set(FORMATS) <= set(formats.NAMES)
    assert {formats.icon_name(code) for code in (*FORMATS, "unheard-of")} <= set(formats.NAMES)


@pytest.mark.parametrize(
    ("tag", "bokmål", "english", "own"),
    [
        ("se", "nordsamisk", "Northern Sámi", "davvisámegiella"),
        ("sma", "sørsamisk", "Southern Sámi", "åarjelsaemien gïele"),
        ("smj", "lulesamisk", "Lule Sámi", "julevsámegiella"),
        ("fkv", "kvensk", "Kven", "kvääni"),
        ("fi", "finsk", "Finnish", "suomi"),
        ("ru", "russisk", "Russian", "русский"),
        ("nn", "nynorsk", "Norwegian (nynorsk)", "nynorsk"),
        ("xx-nonsense-tag", "xx-nonsense-tag", "xx-nonsense-tag", "xx-nonsense-tag"),
        ("", "ukjent språk", "unknown language", ""),
    ],
)
def test_languages_go_by_the_names_their_speakers_use(tag: str, bokmål: str, english: str, own: str) -> None:
    with translation.override("nb"):
        assert language_name(tag) == bokmål
    with translation.override("en"):
        assert language_name(tag) == english
    if own:
        assert own_name(tag) == own
