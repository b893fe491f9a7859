import io
import time

import pytest

from allmenning.formats.marc.reading import chunks, decode
from allmenning.formats.marc.record import Chunk, Field, Read, SetAside
from allmenning.formats.marc.writing import marcxml
from tests.formats.marc.made import a_book, gaps, outcomes, repairs, the_record

FIELDS = '<leader>00000nam a2200000 a 4500</leader><controlfield tag="001">x1</controlfield>'
TITLE = '<datafield tag="245" ind1="1" ind2="0"><subfield code="a">Sult</subfield></datafield>'
SULT = [Field("001", "x1"), Field("245", "", "10", [("a", "Sult")])]


def prefixed(prefix: str) -> str:
    return (
        (FIELDS + TITLE)
        .replace("</", f"</{prefix}:")
        .replace("<", f"<{prefix}:")
        .replace(f"<{prefix}:/{prefix}:", f"</{prefix}:")
    )


def test_a_record_is_read_as_it_was_written() -> None:
    read = the_record(marcxml(a_book()).encode())
    assert read.record == a_book()
    assert (read.encoding, read.repairs) == ("utf-8", ())


@pytest.mark.parametrize(
    "wrapped",
    [
        "<record>{bare}</record>",
        '<?xml version="1.0"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n<record>{bare}</record>\n</collection>',
        '<m:collection xmlns:m="http://www.loc.gov/MARC21/slim"><m:record>{m}</m:record></m:collection>',
        '<marcx:record xmlns:marcx="info:lc/xmlns/marcxchange-v1" format="danMARC2">{marcx}</marcx:record>',
        "<OAI-PMH><ListRecords><record><header><identifier>oai:x:1</identifier></header><metadata>"
        '<marc:record xmlns:marc="http://www.loc.gov/MARC21/slim">{marc}</marc:record></metadata></record></ListRecords></OAI-PMH>',
        "<zs:searchRetrieveResponse><zs:numberOfRecords>1</zs:numberOfRecords><zs:records><zs:record><zs:recordData>"
        "<record>{bare}</record></zs:recordData></zs:record></zs:records></zs:searchRetrieveResponse>",
        '<bibs><bib><mms_id>1</mms_id><record xsi:schemaLocation="a b">{bare}</record></bib></bibs>',
        "<!DOCTYPE c [<!ELEMENT record (leader)> <!-- <record><leader> -->]>"
        "<c><!-- <record><leader/> --><record\n>{bare}</record ></c>",
        "<c><note><![CDATA[<record><leader>]]></note><record>{bare}</record></c>",
    ],
)
def test_records_are_found_in_any_wrapper_under_any_prefix(wrapped: str) -> None:
    texts = {prefix: prefixed(prefix) for prefix in ("m", "marc", "marcx")}
    read = the_record(wrapped.format(bare=FIELDS + TITLE, **texts).encode())
    assert read.record.fields == SULT
    assert read.repairs == ()
    assert decode(read.chunk) == read  # its bytes are enough


def test_turbomarc() -> None:
    data = (
        b'<r xmlns="http://www.indexdata.com/turbomarc"><l>00000nam a2200000   4500</l><c001>x1</c001>'
        b'<d245 i1="1" i2="0"><sa>Sult</sa></d245></r>'
    )
    assert the_record(data).record.fields == SULT


def test_the_raw_is_the_exact_bytes_of_one_record_element() -> None:
    one = f"<record>{FIELDS}{TITLE}</record>".encode()
    data = b'<?xml version="1.0"?>\n<collection>\n  ' + one + b"\n " + one + b"\n</collection>"
    found = outcomes(data)
    assert [each.chunk.raw for each in found] == [one, one]
    assert gaps(data, found) == [b'<?xml version="1.0"?>\n<collection>\n  ', b"\n ", b"\n</collection>"]


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16", "utf-16-be", "utf-16-le", "utf-8-sig"])
def test_xml_in_other_encodings(encoding: str) -> None:
    declared = encoding.replace("utf-8-sig", "utf-8")
    text = f'<?xml version="1.0" encoding="{declared}"?><c><record>{FIELDS}{TITLE}</record></c>'.replace(
        "Sult", "Kjærlighet på"
    )
    data = text.encode(encoding)
    read = the_record(data)
    assert read.record.text("245", "a") == "Kjærlighet på"
    assert read.chunk.raw in data
    assert data.index(read.chunk.raw) == read.chunk.offset
    assert decode(read.chunk) == read


def test_utf_8_that_says_utf_16_is_read() -> None:
    read = the_record(
        f'<?xml version="1.0" encoding="UTF-16"?><record>{FIELDS}{TITLE}</record>'.replace("Sult", "Øl").encode()
    )
    assert (read.record.text("245", "a"), read.encoding) == ("Øl", "utf-8")


def test_latin_1_that_says_utf_8_is_mended() -> None:
    read = the_record(f"<record>{FIELDS}{TITLE}</record>".replace("Sult", "Kjærlighet på øya").encode("latin-1"))
    assert repairs(read) == ["encoding_label"]
    assert read.record.text("245", "a") == "Kjærlighet på øya"


@pytest.mark.parametrize(
    ("text", "meant", "told"),
    [
        ("Sult &amp; N&#248;d", "Sult & Nød", []),
        ("Sult & N&oslash;d", "Sult & Nød", ["html_entity", "xml_markup"]),
        ("1 < 2", "1 < 2", ["xml_markup"]),
        ("Sult\x0b&#x1;", "Sult", ["control_characters"]),
        ("S&amp;oslash;t", "Søt", ["html_entity"]),
        ("sÃ¸t", "søt", ["double_encoded"]),
        ("en\n    linje", "en linje", []),
        ("<i>Sult</i>", "Sult", []),
        ("<![CDATA[a </record> b]]>", "a </record> b", []),
        ("Sult<!-- </record> -->", "Sult", []),
    ],
)
def test_text_inside_subfields(text: str, meant: str, told: list[str]) -> None:
    read = the_record(f"<c><record>{FIELDS}{TITLE}</record></c>".replace("Sult", text).encode())
    assert read.record.text("245", "a") == meant
    assert repairs(read) == told


def test_a_broken_record_costs_itself_only() -> None:
    good = f"<record>{FIELDS}{TITLE}</record>"
    wrong_nesting = f"<record>{FIELDS}<datafield></record>"
    no_end = f"<record>{FIELDS}{TITLE}"
    no_start = f"{FIELDS}{TITLE}</record>"
    data = f"<c>{good}{wrong_nesting}{good}{no_end}{good}{no_start}{good}{no_end}".encode()
    found = outcomes(data)
    assert [each.code if isinstance(each, SetAside) else "read" for each in found] == [
        "read", "xml_broken", "read", "xml_broken", "read", "xml_broken", "read", "truncated",
    ]  # fmt: skip
    assert b"".join(gaps(data, found)) == b"<c>"


def test_a_file_cut_off_in_the_middle_of_a_record() -> None:
    good = f"<record>{FIELDS}{TITLE}</record>"
    first, last = outcomes(f"<c>{good}{good[:100]}".encode())
    assert isinstance(first, Read)
    assert isinstance(last, SetAside)
    assert (last.code, last.chunk.raw) == ("truncated", good[:100].encode())


def test_entities_are_neither_expanded_nor_fetched() -> None:
    laughs = "".join(
        f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};&l{n - 1};&l{n - 1};&l{n - 1};&l{n - 1};&l{n - 1};&l{n - 1};">'
        for n in range(1, 40)
    )
    for entity in ("&l39;", "&secret;"):
        data = (
            f'<!DOCTYPE c [<!ENTITY l0 "ha">{laughs}<!ENTITY secret SYSTEM "file:///etc/passwd">]><c><record>{FIELDS}{TITLE}</record></c>'
        ).replace("Sult", entity)
        [aside] = outcomes(data.encode())
        assert isinstance(aside, SetAside)
        assert aside.code == "xml_entity"


def test_an_xml_file_without_marc_says_so_once() -> None:
    for data in (
        b"<collection/>",
        b"<OAI-PMH><record><header status='deleted'/></record></OAI-PMH>",
        b"<mods><title>x</title></mods>",
    ):
        [aside] = outcomes(data)
        assert isinstance(aside, SetAside)
        assert (aside.code, aside.chunk.raw) == ("no_records", data)
    [escaped] = outcomes(b"<recordData>&lt;record&gt;&lt;leader&gt;</recordData>")
    assert isinstance(escaped, SetAside)
    assert "record packing" in escaped.detail


def test_pica_is_not_taken_for_marc() -> None:
    [aside] = outcomes(b'<record><datafield tag="003@"><subfield code="0">123</subfield></datafield></record>')
    assert isinstance(aside, SetAside)
    assert aside.code == "not_marc"
    assert "PICA" in aside.detail


def test_small_reads_give_the_same_chunks() -> None:
    class Drip(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(5)

    good = f"<record>{FIELDS}{TITLE}</record>"
    pieces = f"<!-- <record> -->{good}<x><record><y/></record></x>{good[:-9]}{good}{FIELDS}<![CDATA[</record>]]>{good}"
    data = f"<c>{pieces}</c>".encode()
    assert list(chunks(Drip(data))) == list(chunks(io.BytesIO(data)))
    assert sum(isinstance(each, Chunk) for each in chunks(Drip(data))) == 3


def test_memory_is_one_record_not_the_file() -> None:
    import tracemalloc

    good = f"<record>{FIELDS}{TITLE}</record>\n".encode()

    class Long(io.RawIOBase):
        left = 20

        def read(self, size: int | None = -1) -> bytes:
            self.left -= 1
            return good * 1000 if self.left >= 0 else b""

    tracemalloc.start()
    assert sum(1 for _ in chunks(Long())) == 20_000
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


def codes(data: bytes) -> list[str]:
    return [each.code if isinstance(each, SetAside) else "read" for each in outcomes(data)]


ONE = f"<record>{FIELDS}{TITLE}</record>"
WHOLE = f'<?xml version="1.0"?>\n<collection>\n{ONE}\n{ONE}\n</collection>\n'


@pytest.mark.parametrize(
    "kept", ["</collection>", "\n</collection>\n", "</collection>\n<!-- 2 -->\n", "</collection >"]
)
def test_a_file_that_ends_as_it_should(kept: str) -> None:
    assert codes((WHOLE.removesuffix("\n</collection>\n") + kept).encode()) == ["read", "read"]


@pytest.mark.parametrize("left", ["\n</collection", "\n</col", "\n", "", "\n<rec", "\n<record>", "\n<!-- two"])
def test_a_file_cut_off_between_two_records_is_told(left: str) -> None:
    data = (WHOLE.removesuffix("\n</collection>\n") + left).encode()
    *read, cut = outcomes(data)
    assert [type(each) for each in read] == [Read, Read]
    assert isinstance(cut, SetAside)
    assert (cut.code, cut.chunk.raw, cut.chunk.position) == ("cut_off", b"", 2)
    assert (
        cut.detail == f"The file ends at byte {len(data)} without </collection>. Every whole record before that is in."
    )


def test_wherever_a_file_is_cut_it_is_told_once_or_holds_no_record() -> None:
    for encoding in ("utf-8", "utf-16"):
        data = WHOLE.strip().encode(encoding)
        for end in range(1, len(data)):
            found = outcomes(data[:end])
            told = [each.code for each in found if isinstance(each, SetAside)]
            assert len(told) == 1, (encoding, end, told)
            assert told[0] in ("cut_off", "truncated", "no_records", "not_marc", "xml_broken"), (encoding, end, told)


def test_what_was_harvested_is_closed_by_its_outermost_element() -> None:
    record = f"<record><header/><metadata><marc:record>{prefixed('marc')}</marc:record></metadata></record>"
    assert codes(f"<OAI-PMH><ListRecords>{record}{record}</ListRecords></OAI-PMH>".encode()) == ["read", "read"]
    assert codes(f"<OAI-PMH><ListRecords>{record}{record}".encode()) == ["read", "read", "cut_off"]
    assert codes(f"{record}\n{record}\n".encode()) == ["read", "read"]  # one document each
    assert codes(f"{record}\n{record}\n".removesuffix("</record>\n").encode()) == ["read", "read", "cut_off"]


def test_several_documents_in_one_file() -> None:
    assert codes((WHOLE + WHOLE).encode()) == ["read"] * 4
    assert codes((WHOLE + WHOLE.removesuffix("</collection>\n")).encode()) == ["read"] * 4 + ["cut_off"]
    bare = f"<record>{FIELDS}{TITLE}</record>\n"
    assert codes((bare * 3).encode()) == ["read"] * 3


@pytest.mark.parametrize(
    ("before", "opener"),
    [
        (b"<!DOCTYPE c [", b"<!-- "),
        (b"<c>", b"<!-- "),
        (b"<c>", b"<![CDATA["),
        (b"<c>", b"<!DOCTYPE "),
        (b"<c>", b"<!DOCTYPE ["),
        (b"", b"<?a "),
        (b"", b"<a "),
        (b"", b"<a></a>"),
        (b"<c>", b"<record><leader>"),
        (b"<c>", b"<record><leader><!-- "),
        (b"<record>", b"<!-- "),
        (b"<!-- " * 800, b"<record><leader></record>>"),
    ],
)
def test_what_opens_and_never_closes_costs_no_more_than_it_is_long(before: bytes, opener: bytes) -> None:
    def cost(size: int) -> float:
        data = before + opener * (size // len(opener))
        begun = time.process_time()
        assert sum(1 for _ in chunks(io.BytesIO(data))) > 0
        return time.process_time() - begun

    small = min(cost(20_000) for _ in range(3))
    assert cost(160_000) < 30 * small + 0.05  # eight times the text; were it quadratic, sixty-four times the work


def test_a_record_without_marc_in_it_is_not_kept_for_ever() -> None:
    one = f"<record>{FIELDS}</record>"
    data = f"<c>{one}<record>{'words ' * 600_000}{FIELDS}</record>{one}</c>".encode()
    before, aside, after = outcomes(data)
    assert (type(before), type(after)) == (Read, Read)
    assert isinstance(aside, SetAside)
    assert (aside.code, aside.chunk.raw.startswith(b"<leader>")) == ("xml_broken", True)
