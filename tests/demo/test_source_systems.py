"""The libraries' own systems: what they know, what they write, and that others can read it."""

from __future__ import annotations

import ast
import gzip
import io
import zipfile
from pathlib import Path
from random import Random

import pytest
from lxml import etree
from pymarc import MARCReader, Record, map_xml
from pymarc.marc8 import marc8_to_unicode

import allmenning.demo.source_systems as systems
from allmenning.demo.source_systems.entry import write_entry
from allmenning.demo.source_systems.habits import Habits
from allmenning.demo.source_systems.lettering import latin1, marc8
from allmenning.demo.source_systems.marc21 import Manner, marc21
from allmenning.demo.source_systems.normarc import normarc
from allmenning.demo.source_systems.romanise import romanised
from allmenning.demo.source_systems.slips import mistyped
from allmenning.demo.works import load_facts

HOME = Path(systems.__file__).parent
EDITIONS = {each.key: each for each in load_facts().editions}
PLAIN = Habits(other_publisher_form=0, title_of_origin=1)


@pytest.mark.parametrize("module", sorted(HOME.glob("*.py")), ids=lambda each: each.stem)
def test_they_know_nothing_of_how_we_read_match_or_store(module: Path) -> None:
    allowed = {"pymarc", "lxml"}
    outside = ("allmenning.demo.source_systems", "allmenning.demo.works")
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "no relative imports"
            names = [node.module or ""]
        for name in names:
            top = name.partition(".")[0]
            assert name.startswith(outside) if top == "allmenning" else top in allowed | _standard_library(), name


def test_nor_do_the_facts_they_use() -> None:
    tree = ast.parse((HOME.parent / "works.py").read_text(encoding="utf-8"))
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert [each for each in names if each.startswith("allmenning")] == []


def _standard_library() -> set[str]:
    import sys

    return set(sys.stdlib_module_names)


def record(key: str, habits: Habits = PLAIN, manner: Manner | None = None) -> dict[str, list[str]]:
    entry = write_entry(EDITIONS[key], habits, {}, Random(1))
    return _fields(marc21("1", entry, habits, manner or Manner()))


def _fields(made: Record) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in made.fields:
        text = each.data if each.control_field else "".join(f"${part.code} {part.value} " for part in each.subfields)
        found.setdefault(each.tag, []).append((text or "").strip())
    return found


def test_a_careful_catalogue_writes_isbd() -> None:
    made = record("sult/en-1967-book")
    assert made["100"] == ["$a Hamsun, Knut, $d 1859-1952 $4 aut"]
    assert made["240"] == ["$a Sult"]
    assert made["245"] == ["$a Hunger / $c Knut Hamsun ; translated by Robert Bly"]
    assert made["264"] == ["$a New York : $b Farrar, Straus and Giroux, $c 1967"]
    assert made["041"] == ["$a eng $h nob"]
    assert made["700"] == ["$a Bly, Robert, $d 1926-2021 $4 trl"]
    assert made["008"] == ["261101s1967    nyu    e     0000 f eng d"]


def test_a_hurried_one_leaves_marks_dates_and_roles_out() -> None:
    hurried = Habits(
        isbd=False, dates="none", roles=False, second_creator_left_out=1, subtitle_left_out=1, title_of_origin=0
    )
    made = record("sult/en-1967-book", hurried, Manner(rda=False))
    assert made["100"] == ["$a Hamsun, Knut"]
    assert made["245"] == ["$a Hunger $c Knut Hamsun ; translated by Robert Bly"]
    assert made["260"] == ["$a New York $b Farrar, Straus and Giroux $c 1967"]
    assert not {"240", "264", "338", "700"} & made.keys()


def test_cyrillic_stands_in_880_beside_the_romanised_title() -> None:
    made = record("master-i-margarita/ru-1967-book")
    assert made["245"] == ["$6 880-02 $a Master i Margarita / $c Mikhail Afanasevitsj Bulgakov"]
    assert made["880"] == [
        "$6 100-01/(N $a Булгаков, Михаил Афанасьевич $d 1891-1940",
        "$6 245-02/(N $a Мастер и Маргарита",
    ]


def test_or_alone_in_either_script() -> None:
    assert record("master-i-margarita/ru-1967-book", Habits(script="original"))["245"] == [
        "$a Мастер и Маргарита / $c Михаил Афанасьевич Булгаков"
    ]
    latin = record("master-i-margarita/ru-1967-book", Habits(script="romanised"))
    assert "880" not in latin


def test_normarc_has_no_marks_and_its_own_codes() -> None:
    habits = Habits(isbd=False, other_publisher_form=0, title_of_origin=1, abbreviations=True, old_language_codes=True)
    made = _fields(normarc("1", write_entry(EDITIONS["sult/en-1967-book"], habits, {}, Random(1)), habits, []))
    assert made["019"] == ["$b l $d R"]
    assert made["041"] == ["$a eng $h nor"]
    assert made["100"] == ["$a Hamsun, Knut $d 1859-1952 $j n."]
    assert made["245"] == ["$a Hunger $c Knut Hamsun ; translated by Robert Bly"]
    assert made["260"] == ["$a New York $b Farrar, Straus and Giroux $c 1967"]
    assert made["574"] == ["$a Originaltittel: Sult"]
    assert made["700"] == ["$a Bly, Robert $d 1926-2021 $e overs."]


def test_a_part_of_a_work_is_told_from_its_whole_in_the_title_of_origin() -> None:
    """The English title has no part of its own: without $n all six books of «Min kamp» would be one."""
    key = "min-kamp-2/en-2013-book-3"
    plain = Habits(isbd=False, title_of_origin=1)
    assert record(key)["245"] == ["$a A Man in Love / $c Karl Ove Knausgård ; translated by Don Bartlett"]
    assert record(key)["240"] == ["$a Min kamp. $n Andre bok"]
    assert record(key, plain)["240"] == ["$a Min kamp $n Andre bok"]
    made = _fields(normarc("1", write_entry(EDITIONS[key], plain, {}, Random(1)), plain, []))
    assert made["574"] == ["$a Originaltittel: Min kamp. Andre bok"]


def test_a_film_is_entered_under_its_title_and_a_band_under_its_name() -> None:
    film, album = record("film-sult/nb-1966-film"), record("melody-am/en-2001-music")
    assert "100" not in film
    assert film["245"] == ["$a Sult / $c regi: Henning Carlsen ; skuespillere: Per Oscarsson"]
    assert album["110"] == ["$a Röyksopp $4 prf"]


def test_the_coded_field_has_forty_characters() -> None:
    for edition in EDITIONS.values():
        entry = write_entry(edition, PLAIN, {}, Random(1))
        for made in (marc21("1", entry, PLAIN, Manner()), normarc("1", entry, PLAIN, [])):
            assert len(made["008"].data or "") == 40, edition.key


def test_a_slip_spares_the_first_letter_and_short_words() -> None:
    assert mistyped("Pan", Random(1)) == "Pan"
    slips = {mistyped("Markens grøde", Random(seed)) for seed in range(40)}
    assert all(each != "Markens grøde" or each.split()[0][0] == "M" for each in slips)
    assert {each[0] for each in slips} == {"M"}


def test_russian_in_latin_letters_in_two_ways() -> None:
    assert romanised("Преступление и наказание", "norwegian") == "Prestuplenie i nakazanie"
    assert romanised("Вишнёвый сад", "norwegian") == "Visjnjovyj sad"
    assert romanised("Чехов, Антон", "norwegian") == "Tsjekhov, Anton"
    assert romanised("Вишнёвый сад", "ala-lc") == "Vishnëvyĭ sad"
    assert romanised("Sult", "ala-lc") == "Sult"


@pytest.mark.parametrize(
    "text", ["Gåvnat", "Iđut", "Čálliid Lágádus", "Kuosuvaaran", "Война и мир", "Ёлка – 1", "æøåÆØÅ"]
)
def test_marc_8_reads_back(text: str) -> None:
    assert marc8_to_unicode(marc8(text)) == text.replace("–", "-")


def test_letters_that_old_sets_lack_lose_their_marks() -> None:
    assert latin1("Beaivi, áhčážan").decode("latin-1") == "Beaivi, áhcázan"
    assert latin1("Ŋálut Ŧ đ").decode("latin-1") == "Nálut T d"
    assert marc8_to_unicode(marc8("Ŋálut ŧ")) == "Nálut t"


def read_with_pymarc(path: Path) -> list[Record]:
    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    members = [data]
    if path.suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [archive.read(each) for each in archive.namelist()]
    found: list[Record] = []
    for member in members:
        if not member.lstrip().startswith(b"<"):
            found += [each for each in MARCReader(_as_pymarc_wants(member, path), to_unicode=True) if each is not None]
        elif b"marcxchange" in member:
            # pymarc knows the Library of Congress' namespace only; the elements are the same.
            plain = member.replace(b"info:lc/xmlns/marcxchange-v1", b"http://www.loc.gov/MARC21/slim")
            map_xml(found.append, io.BytesIO(plain))  # type: ignore[no-untyped-call]
        else:
            etree.fromstring(member)
            map_xml(found.append, io.BytesIO(member))  # type: ignore[no-untyped-call]
    return found


def _as_pymarc_wants(data: bytes, path: Path) -> bytes:
    """Leader/09 cannot say Latin-1, so pymarc would read it as MARC-8: only ASCII is left for it."""
    if "bibliofil" not in path.name:
        return data
    return bytes(each if each < 0x80 else ord("?") for each in data)
