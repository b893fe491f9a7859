"""The union catalogue as an OAI-PMH repository: what each verb answers, and what it refuses."""

from __future__ import annotations

import io
import time

import pytest
from django.test import Client
from lxml import etree

from allmenning.catalogue import listing, services
from allmenning.catalogue.harvesting.models import EditionListing
from allmenning.catalogue.models import Library, SourceRecord
from allmenning.formats.marc.reading import chunks, decode
from allmenning.formats.marc.record import Chunk, Read, Record
from allmenning.protocols.oai_pmh import tokens, verbs
from allmenning.protocols.oai_pmh.tokens import Place
from tests.catalogue.records import book, record, take
from tests.people_and_places import SYSTEM
from tests.protocols.oai_pmh.conftest import follow
from tests.web.shelves import Country

OAI = "{http://www.openarchives.org/OAI/2.0/}"

pytestmark = pytest.mark.usefixtures("country")


def ask(client: Client, path: str = "/oai", **arguments: str) -> etree._Element:
    answer = client.get(path, {name.rstrip("_"): value for name, value in arguments.items()})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml; charset=utf-8")
    return etree.fromstring(answer.content)


def texts(answer: etree._Element, name: str) -> list[str]:
    return [each.text or "" for each in answer.iter(OAI + name)]


def error(answer: etree._Element) -> str | None:
    found = answer.find(OAI + "error")
    return None if found is None else found.get("code")


def all_headers(client: Client, path: str = "/oai", **arguments: str) -> dict[str, bool]:
    """Identifier → whether it is told of as deleted, over all pages."""
    found: dict[str, bool] = {}
    asked = {"metadataPrefix": "marc21", **arguments}
    while True:
        answer = ask(client, path, verb="ListIdentifiers", **asked)
        assert error(answer) is None
        for header in answer.iter(OAI + "header"):
            found[header.findtext(OAI + "identifier") or ""] = header.get("status") == "deleted"
        token = answer.findtext(f".//{OAI}resumptionToken")
        if not token:
            return found
        asked = {"resumptionToken": token}


def identifier(source: str, key: str) -> str:
    return f"oai:bibliotek.example:edition/{record(source, key).edition_id}"


def marc(answer: etree._Element) -> list[Record]:
    read = [decode(each) for each in chunks(io.BytesIO(etree.tostring(answer))) if isinstance(each, Chunk)]
    assert all(isinstance(each, Read) for each in read)
    return [each.record for each in read if isinstance(each, Read)]


def test_identify(client: Client) -> None:
    answer = ask(client, verb="Identify")
    said = {etree.QName(each).localname: each.text for each in answer[2]}
    assert said["protocolVersion"] == "2.0"
    assert said["baseURL"] == "http://testserver/oai"
    assert (said["deletedRecord"], said["granularity"]) == ("persistent", "YYYY-MM-DDThh:mm:ssZ")
    assert texts(ask(client, "/oslo/oai", verb="Identify"), "repositoryName") == ["Deichman bibliotek"]
    assert texts(ask(client, "/oslo/oai", verb="Identify"), "baseURL") == ["http://testserver/oslo/oai"]


def test_formats_and_sets(client: Client, country: Country) -> None:
    assert texts(ask(client, verb="ListMetadataFormats"), "metadataPrefix") == ["marc21", "oai_dc"]
    sets = ask(client, verb="ListSets")
    assert dict(zip(texts(sets, "setSpec"), texts(sets, "setName"), strict=True)) == {
        "library:alta": "Alta bibliotek",
        "library:kautokeino": "Kautokeino bibliotek",
        "library:oslo": "Deichman bibliotek",
    }
    assert texts(ask(client, "/oslo/oai", verb="ListSets"), "setSpec") == ["library:oslo"]


def test_everything_and_one_library(client: Client) -> None:
    live = SourceRecord.objects.filter(deleted=False)
    everything = {f"oai:bibliotek.example:edition/{each}" for each in live.values_list("edition_id", flat=True)}
    assert all_headers(client) == dict.fromkeys(everything, False)
    altas = {f"oai:bibliotek.example:edition/{each.edition_id}" for each in live.filter(source__name="alta")}
    assert all_headers(client, set="library:alta") == dict.fromkeys(altas, False)
    assert all_headers(client, "/alta/oai") == dict.fromkeys(altas, False)
    assert 0 < len(altas) < len(everything)


def test_an_edition_is_one_record_with_every_librarys_number_and_copies(client: Client) -> None:
    asked = {"identifier": identifier("oslo", "o1"), "metadataPrefix": "marc21"}
    answer = ask(client, verb="GetRecord", **asked)
    [told] = marc(answer)
    edition = record("oslo", "o1").edition_id
    members = SourceRecord.objects.filter(edition_id=edition, deleted=False)
    assert told.control("001") == str(edition)
    assert told.control("003") == "bibliotek.example"
    assert sorted(each.first("a") for each in told.all("035")) == sorted(
        each.key if each.key.startswith("(") else f"({each.source.name}){each.key}" for each in members
    )
    assert len(members) > 1
    assert {each.first("a") for each in told.all("852")} >= {"oslo", "alta"}
    blocks = [each.tag[0] for each in told.fields]
    assert blocks == sorted(blocks)
    assert sorted(texts(answer, "setSpec"))[:1] == ["library:alta"]


def test_dublin_core(client: Client) -> None:
    asked = {"identifier": identifier("oslo", "o1"), "metadataPrefix": "oai_dc"}
    answer = ask(client, "/oslo/oai", verb="GetRecord", **asked)
    dc = "{http://purl.org/dc/elements/1.1/}"
    assert next(each.text for each in answer.iter(dc + "title")) == "Sult"
    assert [each.text for each in answer.iter(dc + "creator")] == ["Hamsun, Knut"]
    work = record("oslo", "o1").work_id
    assert next(each.text for each in answer.iter(dc + "identifier")) == f"http://testserver/oslo/verk/{work}"


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_pages_hang_together(client: Client, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    monkeypatch.setattr(verbs, "RECORDS", 2)
    monkeypatch.setattr(verbs, "IDENTIFIERS", 2)
    total = EditionListing.objects.filter(library_id=0).count()
    seen: list[str] = []
    asked = {"metadataPrefix": "marc21"}
    while True:
        answer = ask(client, verb=verb, **asked)
        page = texts(answer, "identifier")
        seen += page
        token = answer.find(f".//{OAI}resumptionToken")
        assert token is not None
        assert (token.get("completeListSize"), token.get("cursor")) == (str(total), str(len(seen) - len(page)))
        if not token.text:
            break
        assert len(page) == 2
        asked = {"resumptionToken": token.text}
    assert len(seen) == len(set(seen)) == total


def test_what_changes_under_way_is_never_passed_over(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "IDENTIFIERS", 2)
    everything = set(all_headers(client))
    first = ask(client, verb="ListIdentifiers", metadataPrefix="marc21")
    token = first.findtext(f".//{OAI}resumptionToken") or ""
    work = EditionListing.objects.filter(library_id=0).order_by("stamp", "edition_id").first()
    assert work is not None
    listing.update([work.work_id], now=time.time() + 60)
    take("oslo", book("ny", "Markens grøde", year="1917"))
    follow()
    rest: set[str] = set()
    while token:
        page = ask(client, verb="ListIdentifiers", resumptionToken=token)
        rest |= set(texts(page, "identifier"))
        token = page.findtext(f".//{OAI}resumptionToken") or ""
    assert rest | set(texts(first, "identifier")) == everything | {identifier("oslo", "ny")}


def test_from_and_until(client: Client) -> None:
    long_ago, later = int(time.time()) - 1_000_000, int(time.time()) + 100
    EditionListing.objects.update(stamp=long_ago)
    work = record("oslo", "o1").work_id
    listing.update([work], now=later)
    moment = verbs.written(later)
    ours = {
        f"oai:bibliotek.example:edition/{each}"
        for each in SourceRecord.objects.filter(work_id=work).values_list("edition_id", flat=True)
    }
    assert set(all_headers(client, **{"from": moment})) == ours
    assert set(all_headers(client, until=moment)) | ours == set(all_headers(client))
    assert ours.isdisjoint(all_headers(client, until=verbs.written(long_ago)[:10]))


def test_deletions_are_told_of_for_good(client: Client) -> None:
    gone = identifier("oslo", "o3")
    take("oslo", book("o3", deleted=True))
    follow()
    assert all_headers(client)[gone]
    assert all_headers(client, "/oslo/oai")[gone]
    answer = ask(client, verb="GetRecord", identifier=gone, metadataPrefix="marc21")
    assert texts(answer, "metadata") == []
    assert [each.get("status") for each in answer.iter(OAI + "header")] == ["deleted"]


def test_an_edition_that_a_library_gives_away_is_gone_from_its_list_only(client: Client) -> None:
    shared = identifier("alta", "a1")
    take("alta", book("a1", deleted=True))
    follow()
    assert all_headers(client, "/alta/oai")[shared]
    assert not all_headers(client)[shared]


def test_editions_that_are_merged_and_parted_are_told_of(client: Client) -> None:
    one, other = record("oslo", "o3"), record("oslo", "o4")
    head, went = sorted(
        (identifier("oslo", "o3"), identifier("oslo", "o4")), key=lambda each: int(each.rpartition("/")[2])
    )
    said = services.merge(actor=SYSTEM, level="edition", record_ids=[one.id, other.id])
    follow()
    told = all_headers(client)
    assert (told[head], told[went]) == (False, True)
    services.undo(actor=SYSTEM, decision_id=said.id)
    follow()
    told = all_headers(client)
    assert (told[head], told[went]) == (False, False)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Steal"}, "badVerb"),
        ({"verb": "Identify", "set": "x"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc21", "from_": "i går"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc21", "from_": "2024-13-01"}, "badArgument"),
        (
            {"verb": "ListRecords", "metadataPrefix": "marc21", "from_": "2025-01-02", "until": "2025-01-01"},
            "badArgument",
        ),
        (
            {"verb": "ListRecords", "metadataPrefix": "marc21", "from_": "2025-01-01", "until": "2025-01-02T00:00:00Z"},
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "marc21", "resumptionToken": "x"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "mods"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "marc21", "until": "2001-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "marc21", "set": "library:utsira"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "marc21", "set": "oslo"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "tull"}, "badResumptionToken"),
        ({"verb": "ListSets", "resumptionToken": "tull"}, "badResumptionToken"),
        (
            {"verb": "GetRecord", "metadataPrefix": "marc21", "identifier": "oai:bibliotek.example:edition/0"},
            "idDoesNotExist",
        ),
        ({"verb": "GetRecord", "metadataPrefix": "marc21", "identifier": "oai:annet.no:edition/1"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "1"}, "idDoesNotExist"),
    ],
)
def test_what_does_not_fit_is_answered_with_its_code(client: Client, arguments: dict[str, str], code: str) -> None:
    answer = ask(client, **arguments)
    assert error(answer) == code
    request = answer.find(OAI + "request")
    assert request is not None
    assert dict(request.attrib) == ({} if code in ("badVerb", "badArgument") else {
        name.rstrip("_"): value for name, value in arguments.items()
    })  # fmt: skip


def test_an_argument_that_stands_twice_is_refused(client: Client) -> None:
    answer = etree.fromstring(client.get("/oai?verb=Identify&verb=Identify").content)
    assert error(answer) == "badVerb"
    answer = etree.fromstring(
        client.get("/oai?verb=ListIdentifiers&metadataPrefix=marc21&metadataPrefix=oai_dc").content
    )
    assert error(answer) == "badArgument"


def test_post_is_answered_as_get(client: Client) -> None:
    answer = Client(enforce_csrf_checks=True).post("/oai", {"verb": "Identify"})
    assert texts(etree.fromstring(answer.content), "protocolVersion") == ["2.0"]


def test_a_neighbours_set_is_not_given_at_a_librarys_own_address(client: Client) -> None:
    asked = {"metadataPrefix": "marc21", "set": "library:oslo"}
    assert error(ask(client, "/alta/oai", verb="ListRecords", **asked)) == "noRecordsMatch"
    only_oslo = identifier("oslo", "o3")
    assert (
        error(ask(client, "/alta/oai", verb="GetRecord", identifier=only_oslo, metadataPrefix="marc21"))
        == "idDoesNotExist"
    )


@pytest.mark.parametrize(
    "forged",
    [
        Place("marc21", "", "", "library:oslo", -1),
        Place("mods"),
        Place("marc21", "x" * 300),
        Place("marc21", "2001-01-01\n"),
        Place("marc21", stamp=2**70),
    ],
)
def test_a_forged_token_is_refused(client: Client, forged: Place) -> None:
    assert error(ask(client, verb="ListRecords", resumptionToken=tokens.written(forged))) == "badResumptionToken"


def test_a_token_says_what_was_written() -> None:
    place = Place("marc21", "2024-01-01", "", "library:oslo", 1_700_000_000, 42, 200, 12_345)
    assert tokens.read(tokens.written(place)) == place


def test_a_library_without_an_isil_is_told_by_its_short_name() -> None:
    assert set(Library.objects.values_list("isil", flat=True)) == {""}
