"""Asking the outside: what is refused, and what is told when it goes wrong."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django.fixtures import Settings

from allmenning.groundwork import outside
from allmenning.groundwork.outside import Answer, NoAnswer, Outside
from allmenning.groundwork.waiting import seconds_asked_for

Reply = tuple[int, dict[str, str], bytes]
LOCAL = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.fixture
def serve(settings: Settings) -> Iterator[Callable[[Callable[[str], Reply]], str]]:
    """``serve(answer)`` gives the address of a server on this machine, which is allowed here."""
    settings.PRIVATE_NETWORKS = LOCAL
    running: list[ThreadingHTTPServer] = []

    def start(answer: Callable[[str], Reply]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, body = answer(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Tests are quiet."""

        http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        running.append(http)
        return f"http://127.0.0.1:{http.server_port}"

    yield start
    for each in running:
        each.shutdown()
        each.server_close()


def refused(url: str, **how: int) -> NoAnswer:
    with pytest.raises(NoAnswer) as told, Outside(**how) as out:
        out.get(url)
    return told.value


def test_an_answer_is_unpacked_and_knows_where_it_came_from(serve: Callable[..., str]) -> None:
    def answer(path: str) -> Reply:
        if path.startswith("/old"):
            return 301, {"Location": "/new?a=1"}, b""
        return (
            200,
            {"Content-Encoding": "gzip", "Content-Type": "text/xml; charset=utf-8"},
            gzip.compress(path.encode()),
        )

    url = serve(answer)
    with Outside() as out:
        assert out.get(f"{url}/old") == Answer(f"{url}/new?a=1", b"/new?a=1", "text/xml")
        assert out.get(f"{url}/x?b=2", {"c": "æ&"}).body == b"/x?b=2&c=%C3%A6%26"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[::1]", "0.0.0.0", "100.64.0.1",
        "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "224.0.0.1", "2130706433",
    ],
)  # fmt: skip
def test_no_dress_of_a_private_address_is_asked(settings: Settings, host: str) -> None:
    settings.PRIVATE_NETWORKS = ()
    told = refused(f"http://{host}:9/")
    assert (told.code, told.again) == ("address_refused", False)


def test_a_private_network_is_asked_where_it_is_named(settings: Settings) -> None:
    settings.PRIVATE_NETWORKS = (ipaddress.ip_network("10.20.0.0/16"),)
    assert [str(each) for each in outside.allowed_addresses("10.20.3.4", 80)] == ["10.20.3.4"]
    assert [str(each) for each in outside.allowed_addresses("::ffff:10.20.3.4", 80)] == ["::ffff:a14:304"]
    with pytest.raises(NoAnswer):
        outside.allowed_addresses("10.21.3.4", 80)


def test_a_name_that_leads_into_a_private_network_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Judged where the connection is made: a name that is looked up twice cannot lead elsewhere the second time."""
    settings.PRIVATE_NETWORKS = ()

    def lead_home(_host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", lead_home)
    assert refused("http://oai.bibliotek.example/").code == "address_refused"


def test_a_redirect_into_a_private_network_is_refused(serve: Callable[..., str]) -> None:
    url = serve(lambda _path: (302, {"Location": "http://10.0.0.1/latest/meta-data"}, b""))
    assert refused(url).code == "address_refused"


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/"])
def test_a_redirect_to_another_kind_of_address_is_refused(serve: Callable[..., str], to: str) -> None:
    assert refused(serve(lambda _path: (302, {"Location": to}, b""))).code == "address_refused"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://",
        "http://a:b@base.no/",
        "https://base.no/ x",
        "http://base.no:0x/",
        "http://bæse.no/",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    assert refused(url).code == "address_refused"


@pytest.mark.parametrize(
    ("reply", "code", "again", "after"),
    [
        ((503, {"Retry-After": "120"}, b""), "asked_to_wait", True, 120.0),
        ((429, {}, b""), "asked_to_wait", True, 0.0),
        ((500, {}, b""), "server_trouble", True, 0.0),
        ((403, {}, b""), "not_let_in", False, 0.0),
        ((404, {}, b""), "not_there", False, 0.0),
        ((302, {"Location": "/again"}, b""), "too_many_redirects", False, 0.0),
        ((200, {"Content-Encoding": "gzip"}, b"no gzip"), "broken_answer", True, 0.0),
        ((200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 9000)[:20]), "broken_answer", True, 0.0),
        ((200, {"Content-Length": "100"}, b"short"), "not_reached", True, 0.0),
    ],
)
def test_what_goes_wrong_says_whether_trying_again_can_help(
    serve: Callable[..., str], reply: Reply, code: str, again: bool, after: float
) -> None:
    told = refused(serve(lambda _path: reply))
    assert (told.code, told.again, told.after) == (code, again, after)


def test_a_bomb_is_not_unpacked(serve: Callable[..., str]) -> None:
    packed = gzip.compress(b"0" * 50_000_000)
    told = refused(serve(lambda _path: (200, {"Content-Encoding": "gzip"}, packed)), largest=1 << 20)
    assert told.code == "too_large"


def test_nobody_there(settings: Settings) -> None:
    settings.PRIVATE_NETWORKS = LOCAL
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/").code == "not_reached"


def test_retry_after_is_seconds_or_a_date() -> None:
    now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    assert [seconds_asked_for(each, now) for each in ("120", "Sun, 22 Nov 2026 08:01:30 GMT", "soon", "", "-1")] == [
        120.0, 90.0, 0.0, 0.0, 0.0,
    ]  # fmt: skip
    assert seconds_asked_for("Sun, 22 Nov 2020 08:01:30 GMT", now) == 0.0
