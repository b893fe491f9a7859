"""What is broken in a known way is read as it was meant, and the log says what was done; the rest is set aside."""

import pytest

from allmenning.formats.marc.record import Field, Record, SetAside
from allmenning.formats.marc.writing import iso2709
from tests.formats.marc.made import LEADER, a_book, outcomes, repairs, the_record

ONE, TWO = iso2709(a_book(1)), iso2709(a_book(2))
FIRST_FIELD = 24 + 12 * 5 + 1


def titled(text: str) -> bytes:
    """A record whose title field is this, delimiters and all (written \\x1f)."""
    record = a_book()
    record.fields[3] = Field("245", text)
    return iso2709(record)


def the_title(data: bytes) -> Field:
    return the_record(data).record.fields[3]


def test_a_lost_field_terminator_is_put_back_where_the_directory_has_it() -> None:
    read = the_record(ONE.replace(b"1882-1949\x1e", b"1882-1949"))
    assert repairs(read) == ["record_length", "field_terminator"]
    assert read.record.fields == a_book().fields


def test_a_field_terminator_that_became_a_blank() -> None:
    read = the_record(ONE.replace(b"1882-1949\x1e", b"1882-1949 "))
    assert repairs(read) == ["field_terminator"]
    assert read.record.fields == a_book().fields


def test_a_lost_terminator_is_not_guessed_when_the_directory_is_wrong_as_well() -> None:
    [aside] = outcomes(ONE.replace(b"1882-1949\x1e", b"1882-1949").replace(b"100003000050", b"100003500050"))
    assert isinstance(aside, SetAside)
    assert (aside.code, aside.detail) == (
        "directory_unreadable",
        "The directory names 5 fields, but 4 stand in the record.",
    )


def test_numbers_filled_up_with_blanks() -> None:
    directory = ONE[24 : FIRST_FIELD - 1]
    blanks = b"".join(
        directory[at : at + 3] + b"%4d%5d" % (int(directory[at + 3 : at + 7]), int(directory[at + 7 : at + 12]))
        for at in range(0, len(directory), 12)
    )
    read = the_record(ONE.replace(directory, blanks))
    assert repairs(read) == ["directory"]
    assert read.record.fields == a_book().fields


def test_fields_in_another_order_than_the_directory_are_told_by_their_lengths() -> None:
    data = ONE[FIRST_FIELD:-2].split(b"\x1e")
    directory = b"".join(ONE[24 + 12 * at : 31 + 12 * at] + b"00000" for at in range(5))
    read = the_record(ONE[:24] + directory + b"\x1e" + b"\x1e".join(data[::-1]) + b"\x1e\x1d")
    assert repairs(read) == ["directory"]
    assert read.record.fields == a_book().fields


def test_fields_of_one_length_in_an_order_that_nothing_tells_are_set_aside() -> None:
    record = Record(LEADER, [Field("001", "x"), *(Field(tag, "", "  ", [("a", tag)]) for tag in ("500", "520", "650"))])
    sound = iso2709(record)
    directory = b"".join(sound[24 + 12 * at : 31 + 12 * at] + b"00000" for at in range(4))
    parts = sound[24 + 48 + 1 : -2].split(b"\x1e")
    [aside] = outcomes(sound[:24] + directory + b"\x1e" + b"\x1e".join(parts[::-1]) + b"\x1e\x1d")
    assert isinstance(aside, SetAside)
    assert aside.code == "directory_unreadable"


def test_a_record_cut_off_in_its_last_field_is_set_aside_though_it_has_a_terminator() -> None:
    [aside] = outcomes(ONE[:-6] + b"\x1d")
    assert isinstance(aside, SetAside)
    assert (aside.code, aside.detail) == ("truncated", "The record ends in the middle of its last field.")


@pytest.mark.parametrize(
    ("leader", "meant"),
    [
        (LEADER.replace("nam a", "nam  "), "nam  2 a "),
        (LEADER, "nam a2 a "),
    ],
)
@pytest.mark.parametrize("place", [17, 19])
def test_a_leader_that_lost_a_blank(leader: str, meant: str, place: int) -> None:
    record = a_book()
    record.leader = leader
    whole = iso2709(record, "utf-8" if "a2" in leader else "latin-1")
    read = the_record(whole[:place] + whole[place + 1 :])
    assert repairs(read) == ["leader"]
    assert read.record.leader[5:11] + read.record.leader[17:20] == meant
    assert read.record.fields == record.fields


def test_a_damaged_leader_after_a_lost_record_terminator() -> None:
    found = outcomes(ONE[:-1] + b"*****" + TWO[5:])
    assert [repairs(each) for each in found] == [["missing_record_terminator"], ["record_length"]]


@pytest.mark.parametrize(
    ("field", "indicators", "subfields", "told"),
    [
        ("10aKristin :\x1fbkransen", "10", [("a", "Kristin :"), ("b", "kransen")], ["delimiter"]),
        ("  aKristin", "  ", [("a", "Kristin")], ["delimiter"]),
        ("  akort", "  ", [("a", "kort")], ["delimiter"]),
        ("  Kristin", "  ", [("a", "Kristin")], ["missing_subfield_code"]),
        ("  a short one", "  ", [("a", "a short one")], ["missing_subfield_code"]),
        ("10$aKristin :$bkransen", "10", [("a", "Kristin :"), ("b", "kransen")], ["delimiter"]),
        ("10‡aKristin :‡bkransen", "10", [("a", "Kristin :"), ("b", "kransen")], ["delimiter"]),
        ("10|aKristin :|bkransen", "10", [("a", "Kristin :"), ("b", "kransen")], ["delimiter"]),
        ("  $a978$cNOK $20.00", "  ", [("a", "978"), ("c", "NOK $20.00")], ["delimiter"]),
        ("1 $6880-01$aKristin", "1 ", [("6", "880-01"), ("a", "Kristin")], ["delimiter"]),
        ("10$aKristin $ och\x1fbx$y", "10", [("a", "Kristin $ och"), ("b", "x$y")], ["delimiter"]),
        ("##\x1faKristin", "  ", [("a", "Kristin")], ["indicators"]),
        ("1\\\x1faKristin", "1 ", [("a", "Kristin")], ["indicators"]),
        ("\x001\x1faKristin", " 1", [("a", "Kristin")], ["indicators"]),
        ("1\x1faKristin", "1 ", [("a", "Kristin")], ["indicators"]),
        ("10 \x1faKristin", "10", [("a", "Kristin")], ["indicators"]),
    ],
)
def test_delimiters_and_indicators(
    field: str, indicators: str, subfields: list[tuple[str, str]], told: list[str]
) -> None:
    data = titled(field)
    assert repairs(the_record(data)) == told
    assert the_title(data) == Field("245", "", indicators, subfields)


def test_a_delimiter_that_the_directory_still_counts_is_put_back_where_only_one_place_can_be_meant() -> None:
    broken = titled("10\x1faKristin :\x1fbkransen /\x1fcSigrid Undset").replace(b"/\x1fcS", b"/cS")
    assert repairs(the_record(broken)) == ["record_length", "delimiter", "directory"]
    assert the_title(broken).subfields == [("a", "Kristin :"), ("b", "kransen /"), ("c", "Sigrid Undset")]


def test_a_byte_that_the_directory_still_counts_is_not_guessed() -> None:
    broken = titled("10\x1faKristin\x1fbkransen").replace(b"n\x1fbk", b"nbk")
    [aside] = outcomes(broken)
    assert isinstance(aside, SetAside)
    assert aside.detail == "A byte is missing in field 245, and it is not certain where."


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        ("SÃ¸r og nord", "Sør og nord", ["double_encoded"]),
        ("Kyo\u00cc\u0086ngbuk", "Kyŏngbuk", ["double_encoded"]),
        ("Â© 2023", "© 2023", ["double_encoded"]),
        ("Â¿Has visto", "¿Has visto", ["double_encoded"]),
        ("S©ır og nord", "Sør og nord", ["double_encoded"]),
        ("40℗ʻ nord", "40° nord", ["double_encoded"]),
        ("¿Qué? © 2023", "¿Qué? © 2023", []),
        ("Livet\u0096d\u00f8den", "Livet–døden", ["mixed_encodings"]),
        ("\u0098Den \u009cgode", "Den gode", ["control_characters"]),
        ("Ti\ttel", "Ti tel", ["control_characters"]),
        ("R&amp;oslash;d", "Rød", ["html_entity"]),
        ("A &amp; B", "A & B", ["html_entity"]),
        ("AT&T; &nosuch;", "AT&T; &nosuch;", []),
    ],
)
def test_characters(title: str, text: str, told: list[str]) -> None:
    read = the_record(iso2709(a_book(title=title)))
    assert (repairs(read), read.record.text("245", "a")) == (told, text)


@pytest.mark.parametrize(
    ("title", "text", "encoding"),
    [
        (b"P.L. 116-315 \xa7 3103", "P.L. 116-315 § 3103", "iso-8859-1"),
        (b"Oslo \xa9 2001", "Oslo © 2001", "iso-8859-1"),
        (b"Oslo \xc32001", "Oslo ©2001", "marc-8"),
        (b"lat. 60\xb0 N", "lat. 60° N", "iso-8859-1"),
        (b"lat. 60\xc0 N", "lat. 60° N", "marc-8"),
        (b"xi p., 1 \xc1., 75 p.", "xi p., 1 ℓ., 75 p.", "marc-8"),
        (b"\xc6Informen los casos", "¡Informen los casos", "marc-8"),
        (b"Qualit\xc3 totale", "Qualit� totale", "utf-8"),
    ],
)
def test_signs_tell_encodings_apart_in_a_record_that_calls_itself_unicode(
    title: bytes, text: str, encoding: str
) -> None:
    filler = b"@" * len(title)
    read = the_record(iso2709(a_book(title=filler.decode())).replace(filler, title))
    assert (read.record.text("245", "a"), read.encoding) == (text, encoding)


def test_a_short_field_in_another_encoding_beside_one_short_field_in_utf8() -> None:
    record = a_book(title="Sør")
    record.fields.append(Field("500", "", "  ", [("a", "@@")]))
    read = the_record(iso2709(record).replace(b"@@", b"n\xe5"))
    assert repairs(read) == ["mixed_encodings"]
    assert (read.record.text("245", "a"), read.record.text("500", "a")) == ("Sør", "nå")
