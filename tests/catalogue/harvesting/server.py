"""A repository written by others (oai_repo of Michigan State University) on a real socket, with real troubles on order."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import oai_repo
from lxml import etree

#: oai_repo 0.5.2 leaves deleted items out of its lists, against its own documentation. So that its pages tell of them as
#: the protocol wants (2.5.1), they go through it with this for metadata, and lose it on the way out.
_GONE = "gone"
SECOND = "YYYY-MM-DDThh:mm:ssZ"


@dataclass(slots=True)
class Item:
    """``metadata`` is the record's XML, or nothing for one that is deleted."""

    stamp: datetime
    metadata: bytes | None
    sets: tuple[str, ...] = ()


@dataclass
class Shelf(oai_repo.DataInterface):  # type: ignore[misc]
    """What the repository holds. Change it between harvests."""

    items: dict[str, Item] = field(default_factory=dict)
    limit: int = 3
    granularity: str = SECOND
    formats: tuple[tuple[str, str], ...] = (("marcxml", "http://www.loc.gov/MARC21/slim"),)
    url: str = ""

    def get_identify(self) -> Any:
        earliest = "2020-01-01T00:00:00Z" if self.granularity == SECOND else "2020-01-01"
        return oai_repo.Identify(
            "Prøvebasen", self.url, ["post@example.no"], earliest, "persistent", self.granularity, [], []
        )

    def is_valid_identifier(self, identifier: str) -> bool:
        return identifier in self.items

    def get_metadata_formats(self, identifier: str | None = None) -> list[Any]:
        return [oai_repo.MetadataFormat(prefix, f"{space}.xsd", space) for prefix, space in self.formats]

    def get_record_header(self, identifier: str) -> Any:
        item = self.items[identifier]
        status = "deleted" if item.metadata is None else None
        return oai_repo.RecordHeader(identifier, item.stamp, list(item.sets), status)

    def get_record_metadata(self, identifier: str, metadataprefix: str) -> Any:
        raw = self.items[identifier].metadata
        return etree.Element(_GONE) if raw is None else etree.fromstring(raw)

    def get_record_abouts(self, identifier: str) -> list[Any]:
        return []

    def list_set_specs(self, identifier: str | None = None, cursor: int = 0) -> Any:
        specs = sorted({each for item in self.items.values() for each in item.sets})
        return (specs or None, len(specs), None)

    def get_set(self, setspec: str) -> Any:
        return oai_repo.Set(setspec, setspec, [])

    def list_identifiers(
        self,
        metadataprefix: str,
        filter_from: datetime | None = None,
        filter_until: datetime | None = None,
        filter_set: str | None = None,
        cursor: int = 0,
    ) -> Any:
        found = [
            identifier
            for identifier, item in self.items.items()
            if (filter_from is None or item.stamp >= filter_from)
            and (filter_until is None or item.stamp <= filter_until)
            and (filter_set is None or filter_set in item.sets)
        ]
        return found[cursor : cursor + self.limit], len(found), None

    def put(self, identifier: str, metadata: bytes | None, *, sets: tuple[str, ...] = ()) -> None:
        """New, changed or (without metadata) deleted, as of now."""
        self.items.pop(identifier, None)
        self.items[identifier] = Item(datetime.now(UTC).replace(microsecond=0), metadata, sets)


def answer(shelf: Shelf, query: dict[str, str]) -> bytes:
    response = oai_repo.OAIRepository(shelf).process(dict(query))
    for gone in list(response.root().iter(_GONE)):
        metadata = gone.getparent()
        metadata.getprevious().set("status", "deleted")
        metadata.getparent().remove(metadata)
    return bytes(response)


@dataclass
class Server:
    """``asked`` is every query that came, ``sent`` every body that went out, unpacked.

    ``trouble`` is asked first: (status, headers, body) goes out in its place.
    """

    url: str
    asked: list[dict[str, str]] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    trouble: Callable[[dict[str, str], int], tuple[int, dict[str, str], bytes] | None] = lambda _query, _number: None

    def asked_for(self, name: str) -> list[str]:
        return [each[name] for each in self.asked if name in each]


@contextmanager
def serving(shelf: Shelf) -> Iterator[Server]:
    server = Server("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            query = dict(parse_qsl(urlsplit(self.path).query))
            server.asked.append(query)
            status, headers, body = server.trouble(query, len(server.asked)) or (200, {}, b"")
            if not body and status == 200:
                body = answer(shelf, query)
                server.sent.append(body)
                if "gzip" in self.headers.get("Accept-Encoding", ""):
                    body, headers = gzip.compress(body), {"Content-Encoding": "gzip"}
            self.send_response(status)
            for name, value in {"Content-Type": "text/xml", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):  # a harvester was killed
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server.url = shelf.url = f"http://127.0.0.1:{http.server_port}/oai"
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        http.shutdown()
