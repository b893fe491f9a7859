"""Authority files become statements: what one entry of one register says."""

from __future__ import annotations

from pathlib import Path

import pytest

from allmenning.authorities.identifiers import Identifier, identifier
from allmenning.authorities.reading import Aside, Found, entries
from allmenning.authorities.statement import Form, Note, Relation, Statement

MARC = """<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>00000nz  a2200000n  4500</leader>
<controlfield tag="001">90053007</controlfield><controlfield tag="003">NO-TrBIB</controlfield>
<datafield tag="024" ind1="7" ind2=" "><subfield code="a">http://viaf.org/viaf/51704497</subfield>
<subfield code="2">viaf</subfield></datafield>
<datafield tag="024" ind1="7" ind2=" "><subfield code="a">0000 0001 2129 4305</subfield>
<subfield code="2">isni</subfield></datafield>
<datafield tag="100" ind1="1" ind2=" "><subfield code="a">Hamsun, Knut,</subfield>
<subfield code="d">1859-1952</subfield></datafield>
<datafield tag="400" ind1="1" ind2=" "><subfield code="a">Pedersen, Knud</subfield></datafield></record></collection>"""

TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix r: <http://data.ub.uio.no/realfagstermer/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix dct: <http://purl.org/dc/terms/> .
r:c000001 a skos:Concept ; skos:prefLabel "Fisker"@nb, "Fiskar"@nn ; skos:altLabel "Fisk"@nb ; skos:broader r:c000002 ;
  skos:exactMatch <http://www.wikidata.org/entity/Q152> ; skos:definition "Dyr i vann."@nb .
r:c000003 a skos:Concept ; skos:prefLabel "Fiskeslag"@nb ; owl:deprecated true ; dct:isReplacedBy r:c000001 .
"""


def read(folder: Path, text: str) -> list[Found | Aside]:
    path = folder / "file"
    path.write_text(text, encoding="utf-8")
    return list(entries(path))


def statements(folder: Path, text: str) -> list[Statement]:
    return [each.statement for each in read(folder, text) if isinstance(each, Found)]


def test_a_person_in_marc_authority(tmp_path: Path) -> None:
    assert statements(tmp_path, MARC) == [
        Statement(
            key="90053007",
            kind="person",
            forms=(Form("Hamsun, Knut", "und", True), Form("Pedersen, Knud", "und")),
            dates="1859-1952",
            own=("bare:90053007",),
            also=("viaf:51704497", "isni:0000000121294305"),
        )
    ]


def test_concepts_in_turtle(tmp_path: Path) -> None:
    fish, kinds = statements(tmp_path, TURTLE)
    assert fish == Statement(
        key="http://data.ub.uio.no/realfagstermer/c000001",
        kind="topic",
        forms=(Form("Fiskar", "nn", True), Form("Fisker", "nb", True), Form("Fisk", "nb")),
        notes=(Note("Dyr i vann.", "nb"),),
        own=("noubomn:REAL000001",),
        also=("wikidata:Q152",),
        relations=(Relation("broader", "noubomn:REAL000002"),),
    )
    assert (kinds.deprecated, kinds.relations) == (True, (Relation("replaced_by", "noubomn:REAL000001"),))


def test_one_concept_told_of_in_two_places_is_one(tmp_path: Path) -> None:
    more = 'r:c000009 a skos:Concept ; skos:prefLabel "Hav"@nb .\nr:c000003 skos:altLabel "Arter"@nb .\n'
    assert [len(each.forms) for each in statements(tmp_path, TURTLE + more)] == [3, 2, 1]


def test_rdf_xml_says_the_same_as_turtle(tmp_path: Path) -> None:
    rdf = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:skos="http://www.w3.org/2004/02/skos/core#"><skos:Concept rdf:about="http://data.ub.uio.no/realfagstermer/c000001">
      <skos:prefLabel xml:lang="nb">Fisker</skos:prefLabel></skos:Concept></rdf:RDF>"""
    assert statements(tmp_path, rdf) == [
        Statement(
            "http://data.ub.uio.no/realfagstermer/c000001",
            forms=(Form("Fisker", "nb", True),),
            own=("noubomn:REAL000001",),
        )
    ]


def test_a_file_that_breaks_gives_what_came_before_and_says_where(tmp_path: Path) -> None:
    found = read(tmp_path, TURTLE + "r:c000004 what is this")
    assert [type(each).__name__ for each in found] == ["Found", "Found", "Aside"]
    last = found[-1]
    assert isinstance(last, Aside)
    assert (last.code, last.detail.split(":")[0]) == ("broken_rdf", "Reading ended at line 6")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{not json", "not_json"),
        ('{"nb": "Uten nøkkel"}', "no_key"),
        ('{"id": "1", "type": "topic"}', "no_heading"),
        ('{"id": "1", "type": "galaxy", "nb": "x"}', "unknown_kind"),
    ],
)
def test_a_line_that_says_nothing_is_set_aside_with_its_bytes(line: str, code: str, tmp_path: Path) -> None:
    found = read(tmp_path, line)
    assert [(type(each).__name__, each.raw, getattr(each, "code", "")) for each in found] == [
        ("Aside", line.encode(), code)
    ]


def test_titles_and_books_are_no_headings(tmp_path: Path) -> None:
    title = MARC.replace('<subfield code="d">1859-1952</subfield>', '<subfield code="t">Sult</subfield>')
    book = MARC.replace("nz  a", "nam a").replace('tag="100"', 'tag="245"')
    codes = [getattr(each, "code", "") for text in (title, book) for each in read(tmp_path, text)]
    assert codes == ["title_heading", "not_a_heading"]


@pytest.mark.parametrize(
    ("text", "scheme", "expected"),
    [
        ("http://viaf.org/viaf/51704497/", "", Identifier("viaf", "51704497")),
        ("(NO-TrBIB)90053007", "", Identifier("bare", "90053007")),
        ("(NoOU)REAL003680", "", Identifier("noubomn", "REAL003680")),
        ("HUME09606", "humord", Identifier("humord", "HUME09606")),
        ("http://data.ub.uio.no/realfagstermer/c003680", "", Identifier("noubomn", "REAL003680")),
        ("https://isni.org/isni/0000000121294305", "", Identifier("isni", "0000000121294305")),
        ("(OCoLC)fst01204155", "", Identifier("fast", "1204155")),
        ("http://example.org/x", "", Identifier("uri", "http://example.org/x")),
        ("10834700", "", None),
        ("", "viaf", None),
    ],
)
def test_every_way_of_naming_has_one_form(text: str, scheme: str, expected: Identifier | None) -> None:
    assert identifier(text, scheme) == expected
