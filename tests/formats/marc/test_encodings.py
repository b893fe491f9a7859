import pytest

from allmenning.formats.marc.marc8 import from_marc8
from allmenning.formats.marc.record import Field, Record, SetAside
from allmenning.formats.marc.writing import iso2709
from tests.formats.marc.made import LEADER, a_book, outcomes, repairs, the_record


def titled(title: bytes, *, unicode: bool) -> bytes:
    """A record whose title is these bytes, labelled as Unicode or as MARC-8."""
    filler = "@" * len(title)
    made = iso2709(a_book(title=filler), "utf-8" if unicode else "latin-1")
    return made.replace(filler.encode(), title)


@pytest.mark.parametrize(
    ("title", "unicode", "text", "encoding", "told"),
    [
        ("Kjærlighet på norsk".encode(), True, "Kjærlighet på norsk", "utf-8", []),
        ("Kjærlighet på norsk".encode(), False, "Kjærlighet på norsk", "utf-8", ["encoding_label"]),
        ("Kjærlighet på norsk".encode("latin-1"), False, "Kjærlighet på norsk", "iso-8859-1", ["encoding_label"]),
        ("Kjærlighet på norsk".encode("latin-1"), True, "Kjærlighet på norsk", "iso-8859-1", ["encoding_label"]),
        ("Håp – «nå»".encode("cp1252"), False, "Håp – «nå»", "windows-1252", ["encoding_label"]),
        (b"K\xb2benhavn og \xeaAlborg", False, "København og Ålborg", "marc-8", []),
        (b"K\xb2benhavn og \xeaAlborg", True, "København og Ålborg", "marc-8", ["encoding_label"]),
        (b"Dvo\xe9r\xe2ak, Anton\xe2in", False, "Dvořák, Antonín", "marc-8", []),
        (b"Istori\xebi\xeca Ross\xe5i", False, "Istorii\ufe20a\ufe21 Rossī", "marc-8", []),
        (b"\x1b(NwOJNA\x1b(B og fred", False, "Война og fred", "marc-8", []),
        ("Война и мир, роман".encode("cp1251"), False, "Война и мир, роман", "windows-1251", ["encoding_label"]),
        ("Čáhppes ŋ đ".encode(), True, "Čáhppes ŋ đ", "utf-8", []),
        ("Cafe\u0301 A\u030ase".encode(), True, "Café Åse", "utf-8", []),
        ("KjÃ¦rlighet pÃ¥ norsk".encode(), True, "Kjærlighet på norsk", "utf-8", ["double_encoded"]),
        ("Â« Â»".encode(), True, "« »", "utf-8", ["double_encoded"]),
        ("ROMÂ» og Ã alene".encode(), True, "ROMÂ» og Ã alene", "utf-8", []),
        (b"Sm&oslash;rbr&oslash;d &amp; &#248;l &#xe5; R&D;", True, "Smørbrød & øl å R&D;", "ascii", ["html_entity"]),
        (b"Lov \\U+00a7\\ 3 i C:\\Users", True, "Lov § 3 i C:\\Users", "ascii", ["html_entity"]),
    ],
)  # fmt: skip
def test_bytes_are_read_as_what_they_are_whatever_the_leader_says(
    title: bytes, unicode: bool, text: str, encoding: str, told: list[str]
) -> None:
    read = the_record(titled(title, unicode=unicode))
    assert read.encoding == encoding
    assert repairs(read) == told
    assert read.record.text("245", "a") == text


def test_one_field_in_another_encoding_than_the_rest() -> None:
    record = Record(
        LEADER,
        [
            Field("001", "x"),
            Field("245", "", "10", [("a", "Kjærlighet på norsk, ørnen i været")]),
            Field("500", "", "  ", [("a", "@@@@")]),
        ],
    )
    read = the_record(iso2709(record).replace(b"@@@@", "på ø".encode("latin-1")))
    assert repairs(read) == ["mixed_encodings"]
    assert read.record.text("500", "a") == "på ø"


def test_a_broken_character_costs_itself_and_is_told() -> None:
    title = "Kjærlighet på norsk, ørnen i været".encode()
    read = the_record(titled(title[:-2] + b"\xc3" + title[-2:], unicode=True))
    assert repairs(read) == ["broken_characters"]
    assert read.record.text("245", "a") == "Kjærlighet på norsk, ørnen i vær\ufffdet"


def test_what_fits_no_encoding_is_set_aside() -> None:
    [aside] = outcomes(titled("Война и мир в четырёх томах".encode("koi8-r"), unicode=False))
    assert isinstance(aside, SetAside)
    assert aside.code == "encoding_unknown"


def test_the_caller_may_know_the_encoding() -> None:
    [read] = outcomes(titled("Война".encode("koi8-r"), unicode=False), encoding="koi8-r")
    assert not isinstance(read, SetAside)
    assert (read.record.text("245", "a"), read.encoding, read.repairs) == ("Война", "koi8-r", ())


def test_fill_characters_of_older_systems() -> None:
    made = iso2709(a_book(title="S@st"), "latin-1").replace(b"S@st", b"S\xe2ost")
    wrong = made.replace(b"000 1 nob", b"\xfc\xfc\xfc 1 nob")
    found = outcomes(wrong)[0]
    assert repairs(found) == ["record_length", "directory", "fill_character"]
    assert the_record(wrong).record.control("008")[28:37] == " ||| 1 no"


def test_a_ruled_line_is_no_other_script() -> None:
    assert the_record(titled(b"Utgitt av \xf6\xf6\xf6\xf6\xf6\xf6 1988", unicode=False)).encoding in (
        "marc-8",
        "iso-8859-1",
    )


def test_text_encoded_three_times() -> None:
    thrice = "Sør".encode().decode("latin-1").encode().decode("latin-1")
    assert the_record(titled(thrice.encode(), unicode=True)).record.text("245", "a") == "Sør"


def test_a_mark_at_the_start_of_a_subfield_does_not_change_its_code() -> None:
    read = the_record(titled("\u0301A".encode(), unicode=True))
    assert read.record.text("245", "a") == "\u0301A"


@pytest.mark.parametrize(
    ("data", "text", "faults"),
    [
        (b"plain", "plain", 0),
        (b"\xe2\xe3a", "ấ", 0),
        (b"\xe3\xe2a", "ấ", 0),
        (b"\xe8\xe2u", "ǘ", 0),
        (b"\xe2 ", " \u0301", 1),
        (b"\xe2", "\u0301", 1),
        (b"\xff", "\ufffd", 1),
        (b"H\x1bb2\x1bsO", "H₂O", 0),
        (b"m\x1bp2\x1bs", "m²", 0),
        (b"\x1b$1!0!\x1b(B.", "一.", 0),
        (b"\x1b", "", 0),
        (b"\x1b(", "", 0),
        (b"a\x1bZ", "aZ", 0),
    ],
)
def test_marc8(data: bytes, text: str, faults: int) -> None:
    assert from_marc8(data) == (text, faults)
