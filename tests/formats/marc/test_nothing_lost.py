"""Mutation fuzzing: whatever happens to a file, no crash, and no byte of it lost without being told."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allmenning.formats.containers import open_members
from allmenning.formats.marc.record import Outcome, Read, SetAside
from allmenning.formats.marc.writing import iso2709, marcxml
from tests.formats.marc.made import a_book, all_covered, as_json, gaps, outcomes

BINARY = b"\n".join(
    iso2709(a_book(number, title)) for number, title in enumerate(["Sult", "Kjærlighet", "Čáhppes", "Война и мир"])
)
XML = (
    "<collection>"
    + "\n".join(marcxml(a_book(number, title)) for number, title in enumerate(["Sult", "Øl", "Война"]))
    + "</collection>"
).encode()
ALEPH = "".join(
    f"{number:09d} LDR   L 00000cam^a2200000^i^4500\n{number:09d} 24510 L $$aEn tittel$$bmed æøå\n"
    for number in range(1, 4)
).encode()
JSON = json.dumps([as_json(a_book(number, title)) for number, title in enumerate(["Sult", "Øl", "Война"])]).encode()
JSON_LINES = "\n".join(json.dumps(as_json(a_book(number)), ensure_ascii=False) for number in range(4)).encode()
WHOLE = {"iso2709": BINARY, "xml": XML, "alephseq": ALEPH, "json": JSON, "json-lines": JSON_LINES}
#: A field's content is never in the gap between XML records, however broken the file.
CONTENT = re.compile(rb"<(?:\w+:)?(?:leader|controlfield|datafield|subfield)[\s>]")
JSON_CONTENT = re.compile(rb'"subfields"|"leader"|"[0-9]{3}"\s*:')


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, removed, doubled, swapped or cut off."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place, length = chance.randrange(len(made)), chance.randint(1, 60)
        match chance.randrange(6):
            case 0:
                made[place] = chance.randrange(256)
            case 1:
                del made[place : place + length]
            case 2:
                made[place:place] = made[place : place + length]
            case 3:
                made[place:place] = chance.choice(
                    [b"\x1d", b"\x1e", b"\x1f", b"\0", b"\n", b"<", b">", b"&", b"]]>", b"\xc3", b"\x1b$1"]
                )
            case 4:
                other = chance.randrange(len(made))
                made[place : place + 5], made[other : other + 5] = made[other : other + 5], made[place : place + 5]
            case _:
                made[place : place + length] = bytes(chance.randrange(256) for _ in range(length))
        if not made:
            made += b"x"
    return bytes(made)


def checked(data: bytes) -> list[Outcome]:
    """The outcomes, after asking what must hold of every file."""
    found = outcomes(data)
    assert [each.chunk.position for each in found] == list(range(len(found)))
    for each in found:
        if isinstance(each, Read):
            assert each.record.fields
            assert len(each.record.leader) == 24
            for field in each.record.fields:
                assert len(field.tag) == 3
                assert len(field.indicators) == 2
                for text in (field.value, *(text for _, text in field.subfields)):
                    assert "\0" not in text
                    text.encode()  # no lone surrogates: every database takes it
        else:
            assert isinstance(each, SetAside)
            assert each.code != "unexpected", each.detail
            assert each.detail
    if any(each.chunk.syntax == "xml" for each in found):
        for gap in gaps(data, found):
            assert not CONTENT.search(
                re.sub(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", b"", gap, flags=re.DOTALL)
            )
    elif any(each.chunk.syntax == "json" for each in found):
        assert [gap for gap in gaps(data, found) if JSON_CONTENT.search(gap)] == []
    else:
        assert all_covered(data, found)
    return found


@pytest.mark.parametrize("seed", range(400))
@pytest.mark.parametrize(
    "whole", [BINARY, XML, ALEPH, JSON, JSON_LINES], ids=["iso2709", "xml", "alephseq", "json", "json-lines"]
)
def test_mutated_files(whole: bytes, seed: int) -> None:
    checked(mutated(whole, random.Random(seed)))


@pytest.mark.parametrize("seed", range(60))
def test_a_mutation_in_one_record_leaves_the_others(seed: int) -> None:
    """Changed bytes cost at most the record they stand in, though its length may now say anything."""
    chance = random.Random(seed)
    records = [iso2709(a_book(number)) for number in range(6)]
    data = bytearray(b"".join(records))
    start = sum(map(len, records[:3]))
    for _ in range(5):
        data[start + chance.randrange(len(records[3]))] = chance.randrange(256)
    read = [each.chunk.raw for each in checked(bytes(data)) if isinstance(each, Read)]
    assert [each for each in records[:3] + records[4:] if each not in read] == []


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    checked(data)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [BINARY[:200], iso2709(a_book()), b"\x1d", b"\x1e", b"00026nam", b"\n", b"<record>", b"junk ", b"\xff"]
        ),
        max_size=12,
    )
)
def test_any_order_of_whole_and_broken_pieces(pieces: list[bytes]) -> None:
    checked(iso2709(a_book()) + b"".join(pieces))


REAL = [
    "encoding-twins/marc8.mrc.gz",
    "encoding-twins/utf8.mrc.gz",
    "melvyl/cdlib+west-marc/melvyl/ei/marcconvert/test/csl/dr.csl.benchjav.mrc",
    "cyrillic/ndlrf-rnd+neb-catalog/src/formats/marc/__tests__/data/1251.mrc",
    "rero/tests/data/xml/loc/loc_anywhere_all_samuelson.xml",
    "norwegian/scriptotek+php-marc/tests/data/oaipmh-bibsys.xml",
    "norwegian/digibib+ls.ext/redef/services/src/test/resources/BS_external_sru_data_micromarc.xml",
    "folio/import/src/test/resources/ChalmersFOLIOExamples.json",
    "nordic/NatLibFi+bib-rdf-pipeline/test/input/hawking.alephseq",
]


@pytest.mark.parametrize("name", REAL)
def test_mutated_real_files(shared_data: Path, name: str) -> None:
    data = next(member.stream.read(1 << 16) for member in open_members(shared_data / "marc" / name))[:60_000]
    checked(data)
    for seed in range(25):
        checked(mutated(data, random.Random(seed)))
