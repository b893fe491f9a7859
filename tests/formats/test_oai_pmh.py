"""Answers of OAI-PMH repositories, read without trust."""

from __future__ import annotations

from pathlib import Path

import pytest

from allmenning.formats import oai_pmh
from allmenning.formats.marc.problems import Unreadable
from allmenning.formats.oai_pmh import Header, Identity, MetadataFormat

HEAD = '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'


def page(body: str) -> bytes:
    return f"{HEAD}<responseDate>2026-11-22T08:00:00Z</responseDate>{body}</OAI-PMH>".encode()


RECORD = (
    "<record><header><identifier>oai:base:1</identifier><datestamp>2026-01-02</datestamp></header>"
    "<metadata><m:record xmlns:m='http://www.loc.gov/MARC21/slim'><m:leader>x</m:leader></m:record></metadata></record>"
)
GONE = "<record><header status='deleted'><identifier>oai:base:2</identifier><datestamp>2026-01-03</datestamp></header></record>"
TOKEN = "<resumptionToken completeListSize='7' cursor='0'> a&amp;b </resumptionToken>"


def test_headers_where_they_stand_and_the_token() -> None:
    body = page(f"<ListRecords>{RECORD}{GONE}{TOKEN}</ListRecords>")
    found = oai_pmh.read_page(body)
    first, second = (at for at in range(len(body)) if body.startswith(b"</header>", at))
    assert found.headers == [
        Header("oai:base:1", "2026-01-02", False, first),
        Header("oai:base:2", "2026-01-03", True, second),
    ]
    assert (found.token, found.complete_size, found.response_date) == ("a&b", 7, "2026-11-22T08:00:00Z")
    assert found.header_of(body.index(b"<m:record")) == 0
    assert found.header_of(0) is None


def test_the_last_page_has_no_token() -> None:
    assert oai_pmh.read_page(page(f"<ListRecords>{RECORD}<resumptionToken/></ListRecords>")).token == ""


def test_an_error_with_its_code() -> None:
    found = oai_pmh.read_page(page("<error code='badResumptionToken'>Gone</error>"))
    assert found.error == ("badResumptionToken", "Gone")


def test_a_prefix_makes_no_difference() -> None:
    body = (
        b'<o:OAI-PMH xmlns:o="http://www.openarchives.org/OAI/2.0/"><o:ListRecords><o:record><o:header>'
        b"<o:identifier>i</o:identifier></o:header></o:record><o:resumptionToken>t</o:resumptionToken>"
        b"</o:ListRecords></o:OAI-PMH>"
    )
    found = oai_pmh.read_page(body)
    assert ([each.identifier for each in found.headers], found.token) == (["i"], "t")


def test_broken_xml_is_read_by_its_tags() -> None:
    body = page(f"<ListRecords>{RECORD}{GONE}{TOKEN}</ListRecords>").replace(b"<m:leader>x", b"<m:leader>x & \x02 <br>")
    found = oai_pmh.read_page(body)
    assert found.mended
    assert [(each.identifier, each.deleted) for each in found.headers] == [("oai:base:1", False), ("oai:base:2", True)]
    assert (found.token, found.complete_size) == ("a&b", 7)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<html><body>Velkommen</body></html>", "not_oai"),
        (b"Not found", "not_oai"),
        (b"", "not_oai"),
        (b'{"error": 1}', "not_oai"),
        (page(RECORD)[:300], "answer_cut_off"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + page("<error code='x'>&a;</error>")[38:], "xml_entity"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + page("&a;")[38:], "xml_entity"),
    ],
)
def test_what_is_no_answer_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        oai_pmh.read_page(body)
    assert refused.value.code == code


def test_a_repository_tells_what_it_is() -> None:
    body = page(
        "<Identify><repositoryName>Base</repositoryName><granularity>YYYY-MM-DD</granularity>"
        "<deletedRecord>transient</deletedRecord><earliestDatestamp>1990-01-01</earliestDatestamp></Identify>"
    )
    assert oai_pmh.read_identity(body) == Identity("Base", "YYYY-MM-DD", "transient", "1990-01-01")
    for wrong in (page(""), b"<html/>", b"<"):
        with pytest.raises(Unreadable):
            oai_pmh.read_identity(wrong)


def test_the_best_marc_on_offer_is_found_by_what_it_is() -> None:
    def offer(*pairs: tuple[str, str]) -> str:
        return oai_pmh.marc_prefix([MetadataFormat(prefix, namespace, "") for prefix, namespace in pairs])

    assert offer(("oai_dc", "dc"), ("bibsys", "http://www.loc.gov/MARC21/slim")) == "bibsys"
    assert offer(("marcxchange", "info:lc/xmlns/marcxchange-v1"), ("x", "http://www.loc.gov/MARC21/slim")) == "x"
    assert offer(("oai_dc", "dc"), ("MARC21", "http://elsewhere")) == "MARC21"
    assert offer(("oai_dc", "dc")) == ""


def test_formats_are_read() -> None:
    body = page(
        "<ListMetadataFormats><metadataFormat><metadataPrefix>p</metadataPrefix><schema>s</schema>"
        "<metadataNamespace>n</metadataNamespace></metadataFormat></ListMetadataFormats>"
    )
    assert oai_pmh.read_formats(body) == [MetadataFormat("p", "n", "s")]


def test_a_real_page(shared_data: Path) -> None:
    body = (shared_data / "marc/norwegian/scriptotek+php-marc/tests/data/oaipmh-bibsys.xml").read_bytes()
    found = oai_pmh.read_page(body)
    assert len(found.headers) == 7
    assert found.headers[0].identifier.startswith("oai:bibsys.no:")
    assert not found.mended
