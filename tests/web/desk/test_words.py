"""Every code has its words, and bytes and differences are shown as they should."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import translation

from allmenning.catalogue import services
from allmenning.catalogue.description import FIELD_NAMES, Agent, Description, Series, Subject
from allmenning.catalogue.importing.summary import Counts
from allmenning.catalogue.queries import Delivered
from allmenning.formats.details import kept, said
from allmenning.formats.marc import problems
from allmenning.kernel.errors import Invalid
from allmenning.web.desk import comparing, downloads, marc_lines, words
from allmenning.web.desk.shown import duration, file_name


def test_every_reason_repair_count_and_field_has_words() -> None:
    with translation.override("en"):
        assert {code: str(text) for code, text in words.SET_ASIDE.items()} == problems.REASONS
        assert {code: str(text) for code, text in words.REPAIRS.items()} == problems.REPAIRS
    assert {*words.COUNTS, "reasons"} == Counts().as_dict().keys()
    assert {*words.TELLING, *words.FURTHER} == set(FIELD_NAMES)


def test_every_refusal_of_the_verbs_has_words() -> None:
    """What the command line alone can meet is told in its own words."""
    written = Path(services.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'(?:Invalid|NotFound|Conflict|Refused)\(\s*"([a-z_]+)"', written))
    assert codes - {"no_such_file", "source_of_another_library", "source_reading"} <= words.ERRORS.keys()
    assert "may_not_group" in words.ERRORS


def test_an_error_nobody_has_put_into_words_speaks_for_itself() -> None:
    assert words.error_in_words(Invalid("odd", "Something odd.")) == "Something odd."
    assert words.in_words(words.REPAIRS, "an_older_code") == "an_older_code"
    with translation.override("nb"):
        assert words.error_in_words(Invalid("how_many", "")) == "Velg minst én og høyst 500 poster."


def test_differing_words_are_marked_and_letters_case_and_points_are_not() -> None:
    one = Description(title="Sult : roman", extent="166 s.", languages=("nb",))
    other = Description(title="sult", extent="166 S", publisher="Gyldendal")
    rows = {row.label: row for row in comparing.against_each_other([one, other])}
    with translation.override("nb"):
        rows = {row.label: row for row in comparing.against_each_other([one, other])}
    title = rows["Tittel"]
    assert title.differs
    assert title.cells[0].lines == ((comparing.Piece("Sult :", False), comparing.Piece("roman", True)),)
    assert title.cells[0].language == "nb"
    assert title.cells[1].lines == ((comparing.Piece("sult", False),),)
    assert not rows["Omfang"].differs
    # Silence contradicts nothing.
    assert not rows["Utgiver"].differs
    assert rows["Utgiver"].cells[0].lines == ()
    assert rows["Utgiver"].cells[1].lines == ((comparing.Piece("Gyldendal", False),),)


def test_fields_in_words() -> None:
    said = Description(
        agents=(Agent("Hamsun, Knut", "aut", "1859-1952"),),
        series=(Series("Lanternebøkene", "12"), Series("Uten nummer")),
        subjects=(Subject("Sult"),),
        fiction=True,
        audience="adult",
        format="audiobook",
        languages=("se",),
        year=1890,
    )
    with translation.override("nb"):
        assert {name: comparing.texts(said, name) for name in FIELD_NAMES if comparing.texts(said, name)} == {
            "agents": ("Hamsun, Knut, 1859-1952 (aut)",),
            "series": ("Lanternebøkene ; 12", "Uten nummer"),
            "subjects": ("Sult",),
            "fiction": ("Skjønnlitteratur",),
            "audience": ("Voksne",),
            "format": ("Lydbok",),
            "languages": ("nordsamisk",),
            "year": ("1890",),
        }


def test_bytes_are_shown_without_doing_anything() -> None:
    raw = b"00026\x1e<b>\xff\xe2\x80\xae" + bytes(5)
    assert marc_lines.as_text(raw) == "00026␞<b>��␀␀␀␀␀"
    assert marc_lines.hexadecimal(raw).splitlines() == [
        "00000000  30 30 30 32 36 1e 3c 62 3e ff e2 80 ae 00 00 00  00026·<b>·······",
        "00000010  00 00                                            ··",
    ]


def test_a_file_is_named_safely() -> None:
    assert downloads.file_name(Delivered(b"", "oslo", '(NO-Tr)1/../"ø\r\n v2', "xml")) == "oslo-NO-Tr-1-..-v2.xml"
    assert downloads.file_name(Delivered(b"", "oslo", "x" * 500, "unknown")).endswith("x.bin")


def test_files_and_durations() -> None:
    assert file_name("/srv/inn/oslo.mrc") == file_name("C:\\inn\\oslo.mrc") == file_name("oslo.mrc") == "oslo.mrc"
    assert file_name("juni/oslo.mrc") == "juni/oslo.mrc"
    begun = datetime(2026, 11, 22, 8, 0)
    lasting = (48, 119, 720, 11100)
    assert [duration(begun, begun + timedelta(seconds=each)) for each in lasting] == [
        "48 s",
        "119 s",
        "12 min",
        "3 h 5 min",
    ]
    assert duration(begun, None) == ""


def test_what_exactly_was_wrong_is_told_in_the_language_of_the_screen() -> None:
    inside = said("%(detail)s (at byte %(byte)s)", detail=said("The record has no end tag"), byte=12)
    told = {"nb": "Posten har ingen slutt-tagg (ved byte 12)", "en": "The record has no end tag (at byte 12)"}
    for language, text in told.items():
        with translation.override(language):
            assert words.detail_in_words(kept(inside)) == words.Told(text, language)
    with translation.override("nn"):
        assert words.detail_in_words(kept(said("Field %(tag)s.", tag="245"))) == words.Told("Felt 245.", "nn")


def test_what_older_rows_say_is_shown_as_it_stands() -> None:
    with translation.override("nb"):
        for old in (
            "It states its format as «UNIMARC».",
            '["%(a)s", {}]',
            '["100 %", {"a": 1}]',
            '["%(a)d", {"a": "x"}]',
            "",
        ):
            assert words.detail_in_words(old) == words.Told(old, "en")
