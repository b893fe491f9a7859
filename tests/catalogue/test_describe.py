"""What a MARC 21 record says, as facts in our own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from allmenning.catalogue.describe import describe
from allmenning.catalogue.describe.agents import relator
from allmenning.catalogue.describe.punctuation import bare, trim
from allmenning.catalogue.describe.titles import original_in_note
from allmenning.catalogue.description import Agent, Description, Series, Subject
from allmenning.formats.marc.reading import read_file
from allmenning.formats.marc.record import Read
from tests.catalogue.marc import coded, record


def test_a_norwegian_translation() -> None:
    found = describe(
        record(f"""
            {coded("2010")}
            020   $a978-82-03-21473-8$qh.
            041 1 $anob$hfre
            082 04$a940.53$223
            100 1 $aLittell, Jonathan,$d1967-$4aut
            240 10$aLes bienveillantes
            245 13$aDe velvillige /$cJonathan Littell ; oversatt av Tom Lotherington
            260   $aOslo :$bAschehoug,$c2010.
            300   $a1037 s.
            490 0 $aAschehoug pocket
            655  7$aRomaner$2bokbas
            700 1 $aLotherington, Tom,$d1950-$eovers.
        """)
    )
    assert found == Description(
        title="De velvillige",
        responsibility="Jonathan Littell ; oversatt av Tom Lotherington",
        uniform_title="Les bienveillantes",
        original_title="Les bienveillantes",
        agents=(
            Agent("Littell, Jonathan", "aut", "1967-", main=True),
            Agent("Lotherington, Tom", "trl", "1950-"),
        ),
        languages=("nb",),
        original_languages=("fr",),
        place="Oslo",
        publisher="Aschehoug",
        year=2010,
        extent="1037 s.",
        fiction=True,
        isbns=("9788203214738",),
        series=(Series("Aschehoug pocket"),),
        subjects=(Subject("Romaner", "genre", "", "bokbas"),),
        dewey=("940.53",),
    )


def test_a_title_in_cyrillic_stands_beside_the_linked_latin_one() -> None:
    found = describe(
        record(f"""
            {coded("1978", "rus")}
            100 1 $6880-01$aDostoevskiĭ, Fedor,$d1821-1881.
            245 10$6880-02$aPrestuplenie i nakazanie :$broman
            880 1 $6100-01/(N$aДостоевский, Федор
            880 10$6245-02/(N$aПреступление и наказание :$bроман
        """)
    )
    assert (found.title, found.remainder) == ("Prestuplenie i nakazanie", "roman")
    assert found.title_original_script == "Преступление и наказание : роман"
    assert found.agents[0].original_script == "Достоевский, Федор"


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("Sult /", "Sult"),
        ("Kristin Lavransdatter.", "Kristin Lavransdatter"),
        ("Sacco, Joe.", "Sacco, Joe"),
        ("Ragde, Anne B.", "Ragde, Anne B."),
        ("Davis, Sammy, Jr.", "Davis, Sammy, Jr."),
        ("Oslo :", "Oslo"),
        ("Hva nå ...", "Hva nå ..."),
        ("Bergen, N.J.", "Bergen, N.J."),
    ],
)
def test_punctuation_between_areas_is_not_part_of_the_words(written: str, clean: str) -> None:
    assert trim(written) == clean


@pytest.mark.parametrize(
    ("written", "clean"),
    [("[Oslo]", "Oslo"), ("[Washington?", "Washington"), ("Toronto]", "Toronto"), ("Oslo ;", "Oslo")],
)
def test_brackets_say_who_supplied_not_what(written: str, clean: str) -> None:
    assert bare(written) == clean


@pytest.mark.parametrize(
    ("note", "title"),
    [
        ("Originaltittel: Les bienveillantes", "Les bienveillantes"),
        ("Originalens tittel: Män som hatar kvinnor.", "Män som hatar kvinnor"),
        ("Translation of: Sult.", "Sult"),
        ("Originaltitler: Ett ; To", ""),
        ("Omslagstittel: Noe annet", ""),
    ],
)
def test_the_original_title_in_a_note(note: str, title: str) -> None:
    assert original_in_note(note) == title


def test_a_note_on_the_original_title_goes_before_the_uniform_title_of_a_translation() -> None:
    base = f"""
        {coded()}
        041 1 $anob$heng
        245 10$aDødslekene
        240 10$aHunger games, 1
    """
    assert describe(record(base)).original_title == "Hunger games, 1"
    assert describe(record(base + "500   $aOriginaltittel: The hunger games")).original_title == "The hunger games"
    assert describe(record(base + "765 0 $tThe Hunger Games")).original_title == "The Hunger Games"


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("overs.", "trl"), ("oversetter", "trl"), ("ill.", "ill"), ("illustratør", "ill"), ("red.", "edt"),
        ("oppl.", "nrt"), ("joint author", "aut"), ("regissør", "drt"), ("innleser", "nrt"), ("innleder", "aui"),
        ("komponist", "cmp"), ("bearb.", "adp"), ("noe annet", ""),
    ],
)  # fmt: skip
def test_roles_said_in_words(term: str, code: str) -> None:
    assert relator(term) == code


def test_analytical_entries_name_other_works_and_go_to_the_contents() -> None:
    found = describe(
        record(f"""
            {coded()}
            245 00$aVerdens fineste julefortellinger
            700 12$aDickens, Charles,$d1812-1870.$tEn julefortelling.
            700 1 $aBull-Gundersen, Anne B.,$eredaktør
        """)
    )
    assert found.agents == (Agent("Bull-Gundersen, Anne B.", "edt"),)
    assert found.contents == "Dickens, Charles: En julefortelling"


@pytest.mark.parametrize(
    ("leader", "lines", "form"),
    [
        ("nam", "", "book"),
        ("nam", "007 cr||||", "ebook"),
        # 007 left over from the record of the e-book it was made from
        ("nam", "007 cr||||\n300   $a84 sider$c24 cm\n338   $abind$bnc", "book"),
        ("nam", "007 cr||||\n300   $a84 sider ; 24 cm\n338   $abind$bnc\n338   $aark$bnb", "book"),
        ("nam", "007 cr||||\n300   $a84 sider\n338   $abind$bnc", "ebook"),
        ("nam", "007 cr||||\n300   $a84 sider$c24 cm\n338   $abind$bnc\n338   $anettressurs$bcr", "ebook"),
        ("nam", "300   $a1 nettressurs (84 sider)$c24 cm\n338   $abind$bnc", "ebook"),
        ("nam", "300   $a1 nettressurs (120 s.)", "ebook"),
        ("nam", "250   $aStorskrift", "large_print"),
        ("nam", "300   $a2 hefter (punktskrift)", "braille"),
        ("nam", "245 10$aFisk$h[microform]", "microform"),
        ("nim", "300   $a5 CD-er (6 t)", "audiobook"),
        ("nim", "007 cr|||", "eaudiobook"),
        ("nam", "300   $a1 MP3-CD (lydbok)", "audiobook"),
        ("njm", "", "music"),
        ("ncm", "", "score"),
        ("ngm", "300   $a1 DVD-video (96 min)", "film"),
        ("ngm", "300   $a1 videofil (96 min) (strømming)", "efilm"),
        ("nas", "", "journal"),
        ("nas", "338   $anettressurs$bcr", "ejournal"),
        ("naa", "", "article"),
        ("nem", "", "map"),
        ("nrm", "655  7$aBrettspill$2ntsf", "game"),
        ("nmm", "655  7$aDataspill$2ntsf", "game"),
        ("ntm", "502   $aMasteroppgave", "thesis"),
        ("nam", "502   $aAvhandling (dr.philos.)\n260   $bPax", "book"),
        ("nom", "", "kit"),
        ("nxm", "", "other"),
    ],
)
def test_formats(leader: str, lines: str, form: str) -> None:
    assert describe(record("245 10$aEn tittel\n" + lines, leader=f"00000{leader} a2200000 a 4500")).format == form


@pytest.mark.parametrize(
    ("coded_part", "statement", "year"),
    [
        ("s2004    ", "2004.", 2004),
        ("s2004    ", "[2005]", 2005),
        ("t20052004", "2005, cop. 2004", 2005),
        ("r19781906", "1978", 1978),
        ("         ", "cop. 1999", 1999),
        ("s18  uuuu", "[18--?]", None),
        ("q19001999", "[19--?]", None),
        ("s1999    ", "", 1999),
        ("s9999    ", "", None),
    ],
)
def test_the_year_is_the_editions_own(coded_part: str, statement: str, year: int | None) -> None:
    text = f"008 200101{coded_part}no            000 1 nob  \n245 10$aEn tittel\n260   $c{statement}"
    assert describe(record(text)).year == year


@pytest.mark.parametrize(
    ("eight", "field", "expected"),
    [
        ("nob", "", (("nb",), ())),
        ("   ", "041 0 $asme", (("se",), ())),
        ("nob", "041 1 $anob$heng", (("nb",), ("en",))),
        ("eng", "041 0 $aengfre", (("en", "fr"), ())),
        ("nor", "041 0 $anno", (("nn",), ())),
        ("und", "", ((), ())),
        ("mul", "041 0 $anob$asma$afkv", (("nb", "sma", "fkv"), ())),
    ],
)
def test_languages(eight: str, field: str, expected: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    found = describe(record(f"{coded(language=eight)}\n245 10$aEn tittel\n{field}"))
    assert (found.languages, found.original_languages) == expected


@pytest.mark.parametrize(
    ("at22", "field", "audience"),
    [("j", "", "children"), ("d", "", "young"), ("e", "", "adult"), (" ", "", ""), (" ", "385   $aBarn 6-9 år", "children"),
     (" ", "385   $aUngdom", "young"), (" ", "521 2 $aPasser for 13-16 år", "young"), (" ", "385   $aVoksne", "adult")],
)  # fmt: skip
def test_whom_it_is_for(at22: str, field: str, audience: str) -> None:
    eight = coded()
    eight = eight[: 4 + 22] + at22 + eight[4 + 23 :]
    assert describe(record(f"{eight}\n245 10$aEn tittel\n{field}")).audience == audience


def test_numbers_are_checked_and_normal() -> None:
    found = describe(
        record("""
            010   $a   00012443
            015   $a1200345$2nbf
            020   $a82-03-21473-6 (ib.) : Nkr 169.00
            020   $a978-82-03-21473-8
            020   $z9788203214745
            022   $a0029-2141
            024 3 $a7044420123456
            035   $a(OCoLC)ocm00012345
            035   $a(NO-TrBIB)144423561
            035   $a144423561-47bibsys_network
            245 10$aEn tittel
        """)
    )
    assert found.isbns == ("9788203214738",)
    assert found.issns == ("0029-2141",)
    assert found.other_ids == (
        "lccn:00012443", "nbf:1200345", "ean:7044420123456", "oclc:12345", "no-trbib:144423561",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        ("001   ocn000775504351\n003   OCoLC", ("oclc:775504351",)),
        ("001   00966676\n003   OCoLC", ("oclc:966676",)),
        ("001   00966676\n003   NO-OsNB", ()),
        ("003   OCoLC", ()),
        # Who took a record over and kept 003: the number it had there stands in 035.
        ("001   000381163\n003   OCoLC\n035   $a(OCoLC)27025451", ("oclc:27025451",)),
    ],
)
def test_a_control_number_of_worldcat_is_known_by_its_agency(lines: str, numbers: tuple[str, ...]) -> None:
    assert describe(record(f"{lines}\n245 10$aEn tittel")).other_ids == numbers


def test_subjects_keep_vocabulary_language_and_subdivisions() -> None:
    found = describe(
        record("""
            245 10$aEn tittel
            600 10$aHamsun, Knut,$d1859-1952$xCriticism and interpretation.
            650  7$aSamer$xHistorie$2humord
            651  0$aNorway.
            653   $aReindrift$aNomader
        """)
    )
    assert found.subjects == (
        Subject("Hamsun, Knut – Criticism and interpretation", "person", "en", "lcsh"),
        Subject("Samer – Historie", "topic", "nb", "humord"),
        Subject("Norway", "place", "en", "lcsh"),
        Subject("Reindrift"),
        Subject("Nomader"),
    )


def test_covers_and_blurbs_are_no_links_to_the_book() -> None:
    found = describe(record("245 10$aT\n856 42$uhttps://example.org/cover.jpg\n856 40$uhttps://example.org/book"))
    assert found.links == ("https://example.org/book",)


def test_an_empty_record_is_an_empty_description_that_survives_storage() -> None:
    found = describe(record(""))
    assert found == Description(title="")
    assert Description.from_json(found.to_json()) == found


def test_every_real_record_can_be_described_and_stored(shared_data: Path) -> None:
    read = 0
    for path in sorted((shared_data / "marc" / "norwegian").rglob("*.*ml")):
        for outcome in read_file(path):
            if isinstance(outcome, Read):
                read += 1
                found = describe(outcome.record)
                assert Description.from_json(found.to_json()) == found
    assert read > 200


def test_the_day_a_treaty_was_signed_belongs_to_its_preferred_title() -> None:
    treaty = describe(
        record(f"""
            {coded("2017")}
            130 0 $aStatus of Forces Agreement$d(2013 February 20).$kProtocols$d(2015 April 22)$lEnglish.$f2017
            245 10$aDefense
        """)
    )
    assert treaty.uniform_title == "Status of Forces Agreement. (2013 February 20). Protocols. (2015 April 22)"
