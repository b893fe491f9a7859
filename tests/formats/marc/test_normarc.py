"""NORMARC as municipal systems export it, made up to hold what the real records of the shared data hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from allmenning.formats.marc.dialects import recognise, to_marc21
from allmenning.formats.marc.reading import read_file
from allmenning.formats.marc.record import Field, Read, Record
from allmenning.formats.marc.writing import iso2709, marcxml
from tests.formats.marc.made import a_book, outcomes, the_record

CODED = "081029                j          10nob 2"


def normarc(*fields: Field, coded: str = CODED, leader: str = "00000nam a2200000   4500") -> Record:
    return Record(leader, [Field("000", "     c"), Field("001", "0823184"), Field("008", coded), *fields])


A_NOVEL = normarc(
    Field("015", "", "  ", [("a", "0216185"), ("b", "BIBBI")]),
    Field("019", "", "  ", [("a", "mu"), ("b", "l"), ("d", "R")]),
    Field("020", "", "  ", [("a", "978-82-05-38398-2"), ("b", "ib."), ("c", "Nkr 349.00")]),
    Field("025", "", "  ", [("a", "9788205383982")]),
    Field("041", "", "  ", [("h", "eng")]),
    Field("082", "", "31", [("a", "813"), ("2", "5")]),
    Field("100", "", " 0", [("a", "Collins, Suzanne"), ("d", "1962-"), ("j", "am."), ("3", "10834700")]),
    Field("245", "", "13", [("a", "De sultne"), ("c", "Suzanne Collins"), ("w", "sultne")]),
    Field("260", "", "  ", [("a", "[Oslo]"), ("b", "Gyldendal"), ("c", "cop. 2008")]),
    Field("440", "", " 0", [("a", "Dødslekene"), ("v", "1"), ("x", "1234-0098"), ("b", "Gyldendal")]),
    Field("503", "", "  ", [("a", "Forts. i: Opp i flammer")]),
    Field("505", "", "  ", [("a", "Har ordliste")]),
    Field("574", "", "  ", [("a", "Originaltittel: The hunger games")]),
    Field(
        "650",
        "",
        " 2",
        [("a", "Dystopier"), ("x", "Fortellinger"), ("1", "813"), ("6", "x"), ("2", "BS"), ("2", "BS"), ("9", "nob")],
    ),
    Field("699", "", " 2", [("a", "Overlevelse")]),
    Field("700", "", " 0", [("a", "Sjøgren-Erichsen, Torleif"), ("e", "overs."), ("j", "n.")]),
    Field("850", "", "  ", [("a", "Biblioteket"), ("b", "Filialen"), ("c", "UNG"), ("f", "9")]),
)


def test_a_novel_in_marc21() -> None:
    made = to_marc21(A_NOVEL)
    assert made.leader == "00000cam a2200000   4500"
    assert made.fields == [
        Field("001", "0823184"),
        Field("007", "ta"),
        Field("008", "081029s2008    xx     d          f nob 2"),
        Field("035", "", "  ", [("a", "(BIBBI)0216185")]),
        Field("019", "", "  ", [("a", "mu"), ("b", "l"), ("d", "R")]),
        Field("020", "", "  ", [("a", "978-82-05-38398-2"), ("q", "ib."), ("c", "Nkr 349.00")]),
        Field("024", "", "3 ", [("a", "9788205383982")]),
        Field("041", "", "1 ", [("h", "eng")]),
        Field("082", "", "74", [("a", "813"), ("2", "5/nor")]),
        Field("100", "", "1 ", [("a", "Collins, Suzanne"), ("d", "1962-"), ("0", "10834700")]),
        Field("245", "", "13", [("a", "De sultne"), ("c", "Suzanne Collins")]),
        Field("260", "", "  ", [("a", "[Oslo]"), ("b", "Gyldendal"), ("c", "cop. 2008")]),
        Field("490", "", "0 ", [("a", "Dødslekene"), ("v", "1"), ("x", "1234-0098")]),
        Field("500", "", "  ", [("a", "Forts. i: Opp i flammer")]),
        Field("500", "", "  ", [("a", "Har ordliste")]),
        Field("240", "", "10", [("a", "The hunger games")]),
        Field("500", "", "  ", [("a", "Originaltittel: The hunger games")]),
        Field("650", "", " 7", [("a", "Dystopier"), ("x", "Fortellinger"), ("2", "BS")]),
        Field("650", "", " 4", [("a", "Overlevelse")]),
        Field("700", "", "1 ", [("a", "Sjøgren-Erichsen, Torleif"), ("e", "overs."), ("4", "trl")]),
        Field("852", "", "  ", [("a", "Biblioteket"), ("b", "Filialen"), ("c", "UNG"), ("x", "9")]),
    ]


@pytest.mark.parametrize(
    ("codes", "record_type", "level", "physical"),
    [
        ("l", "a", "m", "ta"), ("dc,dg", "j", "m", "sd"), ("dc,di", "i", "m", "sd"), ("di", "i", "m", "sd"),
        ("db,di", "i", "m", "sd"),
        ("ee", "g", "m", "vd"), ("ef", "g", "m", "vd"), ("c", "c", "m", ""), ("a", "e", "m", "aj"),
        ("gd", "m", "m", "co"), ("ma", "m", "m", "co"),
        ("la,nb", "a", "m", "cr"), ("ge,la", "a", "m", "cr"), ("j", "a", "s", ""), ("jp", "a", "s", ""), ("h", "r",
        "m", ""), ("xx", "a", "m", ""),
    ],
)  # fmt: skip
def test_material_codes_decide_what_the_leader_left_at_book(
    codes: str, record_type: str, level: str, physical: str
) -> None:
    made = to_marc21(normarc(Field("019", "", "  ", [("b", codes)])))
    assert (made.leader[6], made.leader[7]) == (record_type, level)
    assert made.control("007")[:2] == physical


@pytest.mark.parametrize(
    ("coded", "ages", "audience"),
    [
        ("a", "", "e"),
        ("j", "", "j"),
        ("j", "aa", "a"),
        ("j", "b,bu", "b"),
        ("j", "u,mu", "j"),
        (" ", "", " "),
        ("l", "", "a"),
    ],
)
def test_audience_is_recoded_for_marc21_means_otherwise_by_the_same_letters(
    coded: str, ages: str, audience: str
) -> None:
    made = to_marc21(normarc(Field("019", "", "  ", [("a", ages), ("b", "l")]), coded=CODED[:22] + coded + CODED[23:]))
    assert made.control("008")[22] == audience


@pytest.mark.parametrize(
    ("coded", "letters", "form"),
    [("0", "", "0"), ("1", "", "1"), ("1", "D", "p"), ("1", "AN", "j"), ("0", "T", "0"), ("1", "T", "c")],
)
def test_literary_form(coded: str, letters: str, form: str) -> None:
    made = to_marc21(
        normarc(Field("019", "", "  ", [("b", "l"), ("d", letters)]), coded=CODED[:33] + coded + CODED[34:])
    )
    assert made.control("008")[33] == form


def test_languages_stand_one_by_one_and_films_have_subtitles() -> None:
    book = to_marc21(normarc(Field("041", "", "  ", [("a", "nnonob")]), coded=CODED[:35] + "   " + CODED[38:]))
    assert list(book.all("041")) == [Field("041", "", "0 ", [("a", "nno"), ("a", "nob")])]
    assert book.control("008")[35:38] == "nno"
    film = to_marc21(
        normarc(Field("019", "", "  ", [("b", "ee")]), Field("041", "", "  ", [("a", "eng"), ("b", "nobdan")]))
    )
    assert list(film.all("041")) == [Field("041", "", "0 ", [("a", "eng"), ("j", "nob"), ("j", "dan")])]


def test_a_second_title_is_the_one_in_the_original_script() -> None:
    made = to_marc21(
        normarc(
            Field("245", "", "10", [("a", "Brødrene Karamasov")]),
            Field("245", "", "10", [("a", "Братья Карамазовы"), ("9", "rus")]),
        )
    )
    assert list(made.all("245", "880")) == [
        Field("245", "", "10", [("a", "Brødrene Karamasov")]),
        Field("880", "", "10", [("6", "245-00"), ("a", "Братья Карамазовы")]),
    ]


def test_contents_bibliography_and_glossary_part_ways() -> None:
    notes = ["Innhold: Del 1 ; Del 2", "Bibliografi: s. 380-382", "Har innholdsfortegnelse"]
    made = to_marc21(normarc(*(Field("505", "", "  ", [("a", note)]) for note in notes)))
    assert [each.tag for each in made.all("500", "504", "505")] == ["505", "504", "500"]


def test_normarc_is_recognised_by_its_own_evidence() -> None:
    assert recognise(A_NOVEL) == "normarc"
    assert (
        recognise(Record(A_NOVEL.leader, [Field("008", CODED), Field("245", "", "10", [("a", "Berlinerpoplene")])]))
        == "normarc"
    )
    assert recognise(a_book(), "NORMARC") == "normarc"
    assert recognise(a_book()) == "marc21"
    assert recognise(a_book(), "MARC21") == "marc21"


#: What a system without 000, 015 and 019 still tells by: place → text in 008, and fields.
AN_ADULT_BOOK = list("990101s1999    no     a          10nob d")
THIN = [
    Field("100", "", " 0", [("a", "Ambjørnsen, Ingvar"), ("d", "1956-")]),
    Field("245", "", "10", [("a", "Brødre i blodet")]),
    Field("260", "", "  ", [("a", "Oslo"), ("b", "Cappelen"), ("c", "1999")]),
]


def thin(*fields: Field, **coded: str) -> Record:
    data = AN_ADULT_BOOK.copy()
    for place, text in coded.items():
        data[int(place[1:])] = text
    return Record("00000nam a2200000   4500", [Field("001", "1"), Field("008", "".join(data)), *THIN, *fields])


def test_008_alone_tells_normarc_for_marc21_has_no_digits_in_33_and_34_of_a_book() -> None:
    assert recognise(thin()) == "normarc"
    assert to_marc21(thin()).control("008")[22] == "e"  # adults; in MARC 21 an «a» there is for the smallest children
    assert recognise(thin(_34=" ")) == "marc21"
    assert recognise(thin(_33=" ")) == "marc21"


def test_a_field_of_todays_marc21_outweighs_codes_left_over_from_a_conversion() -> None:
    assert recognise(thin(Field("264", "", " 1", [("b", "Cappelen")]))) == "marc21"
    assert recognise(thin(Field("040", "", "  ", [("a", "NO-OsBAS")]))) == "marc21"


def test_a_norwegian_book_is_told_by_its_fields_where_008_says_nothing() -> None:
    nationality = Field("700", "", " 0", [("a", "Saabye Christensen, Lars"), ("j", "n.")])
    subject = Field("650", "", "  ", [("a", "Oslo"), ("1", "839.82")])
    sorting = Field("245", "", "10", [("a", "Den siste revejakta"), ("w", "siste revejakta")])
    silent = {"_33": " ", "_34": " "}
    assert recognise(thin(nationality, subject, sorting, **silent)) == "normarc"
    assert recognise(thin(nationality, subject, **silent)) == "marc21"
    assert recognise(thin(nationality, subject, sorting, **silent, _35="e", _36="n", _37="g")) == "marc21"


def test_marc21_with_019_stays_marc21() -> None:
    record = a_book()
    record.fields += [
        Field("019", "", "  ", [("b", "l")]),
        Field("040", "", "  ", [("a", "NO-OsBAS"), ("b", "nob")]),
        Field("264", "", " 1", [("b", "Oktober")]),
    ]
    assert recognise(record) == "marc21"


def test_the_original_is_kept_and_the_dialect_told() -> None:
    for data in (iso2709(A_NOVEL), marcxml(A_NOVEL).encode()):
        read = the_record(data)
        assert read.dialect == "normarc"
        assert read.chunk.raw == data
        assert read.record.text("240", "a") == "The hunger games"


def test_the_caller_may_know_the_dialect() -> None:
    [read] = outcomes(iso2709(a_book()), dialect="normarc")
    assert isinstance(read, Read)
    assert read.dialect == "normarc"
    [read] = outcomes(iso2709(A_NOVEL), dialect="marc21")
    assert isinstance(read, Read)
    assert read.record.control("000") == "     c"


def test_real_normarc_and_real_marc21_are_told_apart(shared_data: Path) -> None:
    norwegian = shared_data / "marc" / "norwegian"
    found: dict[str, set[str]] = {}
    for path in sorted(norwegian.rglob("*")):
        if path.is_file():
            for each in read_file(path):
                if isinstance(each, Read):
                    found.setdefault(each.dialect, set()).add(path.name)
    assert found["normarc"] == {
        "0580246.xml", "0584944.xml", "0761228.xml", "1137692.xml", "1148838.xml", "1314065.xml", "1371880.xml",
        "1391753.xml",
        "732535.xml", "804689.xml", "823184.xml", "BS_external_data.xml", "BS_external_data_bible.xml",
        "BS_external_data_with_extent.xml", "BS_external_data_with_work.xml", "BS_external_sru_data_micromarc.xml",
        "marc.xml",
        "ragde.marcxml", "bs.marcxml",
    }  # fmt: skip
    assert "sample_marc21_1371880.xml" in found["marc21"]
    assert not found["normarc"] & found["marc21"]
