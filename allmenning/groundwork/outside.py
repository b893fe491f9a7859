"""Asking servers outside this installation: bounded in time and size, and never our own network unless it is allowed.

Addresses come from people and from other servers (redirects), so each is looked up here, every numeric address that it
leads to is judged, and the connection goes to the very address that was judged: a name that is looked up anew between
the two could lead elsewhere. What a municipality runs inside its own network is named in ``PRIVATE_NETWORKS``.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlencode, urljoin, urlsplit

import httpcore
from django.conf import settings

from allmenning.groundwork.waiting import seconds_asked_for
from allmenning.kernel.errors import AllmenningError

#: Seconds for the connection, for silence within an answer, and for one answer in all.
CONNECT, SILENCE, WHOLE = 15.0, 60.0, 300.0
#: Bytes of one answer, unpacked.
LARGEST = 64 << 20
REDIRECTS = 5

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NoAnswer(AllmenningError):
    """The outside did not give what was asked for. ``again`` says whether trying later can help, ``after`` how many
    seconds the server asked to wait (0: it did not say)."""

    status = 502

    def __init__(self, code: str, message: str, *, again: bool, after: float = 0.0) -> None:
        super().__init__(code, message, again=again, after=after)
        self.again, self.after = again, after


@dataclass(frozen=True, slots=True)
class Answer:
    """A sound answer (HTTP 200): its body unpacked, and the address it came from after redirects."""

    url: str
    body: bytes
    media_type: str


class Outside:
    """A visit to outside servers; connections are kept while it lasts. Use as a context manager."""

    def __init__(self, *, largest: int = LARGEST, whole: float = WHOLE) -> None:
        self.largest, self.whole = largest, whole
        self.pool = httpcore.ConnectionPool(max_connections=2, network_backend=_Judging())

    def __enter__(self) -> Outside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pool.close()

    def get(self, address: str, query: Mapping[str, str] | None = None) -> Answer:
        """The answer to GET. Raises :class:`NoAnswer`, with words for a person, for anything but 200."""
        url = _with_query(address, query or {})
        until = time.monotonic() + self.whole
        for _ in range(REDIRECTS + 1):
            check_address(url)
            try:
                found = self._once(url, until)
            except httpcore.TimeoutException as error:
                raise NoAnswer("too_slow", f"{_host(url)} did not answer in time.", again=True) from error
            except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
                raise NoAnswer(
                    "not_reached", f"{_host(url)} cannot be reached: {error or 'no answer'}.", again=True
                ) from error
            if isinstance(found, Answer):
                return found
            if url.startswith("https:") and found.startswith("http:"):
                raise NoAnswer(
                    "address_refused", f"{_host(url)} leads on to an address without encryption.", again=False
                )
            url = found
        raise NoAnswer("too_many_redirects", f"{_host(url)} leads from one address to the next.", again=False)

    def _once(self, url: str, until: float) -> Answer | str:
        """The answer, or the address to go on to."""
        headers = {"User-Agent": "Allmenning (library catalogue)", "Accept-Encoding": "gzip", "Accept": "*/*"}
        timeout = {"connect": CONNECT, "read": SILENCE, "write": SILENCE, "pool": SILENCE}
        with self.pool.stream("GET", url, headers=_bytes(headers), extensions={"timeout": timeout}) as response:
            said = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
            if response.status in (301, 302, 303, 307, 308) and "location" in said:
                return urljoin(url, said["location"])
            if response.status != 200:
                raise _refusal(url, response.status, said)
            body = self._body(url, response.iter_stream(), said.get("content-encoding", ""), until)
            return Answer(url, body, said.get("content-type", "").partition(";")[0].strip().lower())

    def _body(self, url: str, parts: Iterable[bytes], packing: str, until: float) -> bytes:
        unpack = zlib.decompressobj(31) if packing.lower() in ("gzip", "x-gzip") else None
        body = bytearray()
        for part in parts:
            if time.monotonic() > until:
                raise NoAnswer("too_slow", f"{_host(url)} takes too long over one answer.", again=True)
            room = self.largest + 1 - len(body)
            try:
                body += unpack.decompress(part, room) if unpack else part
            except zlib.error as error:
                raise NoAnswer(
                    "broken_answer", f"{_host(url)} packed its answer wrongly: {error}.", again=True
                ) from error
            if len(body) > self.largest:
                told = f"{_host(url)} gave an answer of more than {self.largest >> 20} MiB."
                raise NoAnswer("too_large", told, again=False)
        if unpack and not unpack.eof:
            raise NoAnswer("broken_answer", f"The answer of {_host(url)} breaks off.", again=True)
        return bytes(body)


class _Judging(httpcore.NetworkBackend):
    """Connects to judged addresses only."""

    def __init__(self) -> None:
        self.plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in allowed_addresses(host, port):
            try:
                return self.plain.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def sleep(self, seconds: float) -> None:
        self.plain.sleep(seconds)


def check_address(url: str) -> None:
    """Raises :class:`NoAnswer` (``address_refused``) unless it is an http or https address without a password in it."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not sound or not url.isascii() or any(ord(each) <= 32 for each in url):
        raise NoAnswer(
            "address_refused", f"«{url[:200]}» is not an address that begins with https:// or http://.", again=False
        )
    if parts.username is not None or parts.password is not None:
        raise NoAnswer("address_refused", "Names and passwords do not belong in an address.", again=False)


def allowed_addresses(host: str, port: int) -> list[Address]:
    """The numeric addresses a name leads to, those on private networks only where the installation allows them."""
    try:
        rows = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswer("no_such_host", f"There is no server called {host}.", again=True) from error
    found = list(dict.fromkeys(ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows))
    allowed = [each for each in found if _is_public(each) or _is_named(each)]
    if not allowed:
        told = f"{host} is on a private network ({found[0]}). Name that network in PRIVATE_NETWORKS if it may be asked."
        raise NoAnswer("address_refused", told, again=False)
    return allowed


def _is_public(address: Address) -> bool:
    meant = _inner(address)
    return meant.is_global and not meant.is_multicast


def _is_named(address: Address) -> bool:
    meant = _inner(address)
    return any(meant.version == network.version and meant in network for network in settings.PRIVATE_NETWORKS)


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for (RFC 4291 2.5.5.2, RFC 3056, RFC 6052), or itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _refusal(url: str, status: int, said: Mapping[str, str]) -> NoAnswer:
    after = seconds_asked_for(said.get("retry-after", ""))
    if status in (429, 503):
        return NoAnswer(
            "asked_to_wait", f"{_host(url)} asks to come back later (HTTP {status}).", again=True, after=after
        )
    if status >= 500:
        return NoAnswer(
            "server_trouble", f"{_host(url)} has trouble of its own (HTTP {status}).", again=True, after=after
        )
    if status in (401, 403):
        return NoAnswer("not_let_in", f"{_host(url)} does not let us in (HTTP {status}).", again=False)
    return NoAnswer("not_there", f"{_host(url)} has nothing at this address (HTTP {status}).", again=False)


def _with_query(address: str, query: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}" if query else address


def _host(url: str) -> str:
    return urlsplit(url).netloc or url


def _bytes(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]
