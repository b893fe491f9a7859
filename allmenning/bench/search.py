"""How fast finding is: in the engine, beside SQLite FTS5 on the same works, and as a page of results over HTTP.

Each query is asked once, with the best twenty works and five facets; three in five times within one library, one in five
within it under two filters, one in five in the whole country. Nothing is remembered between queries but what an index
knows of itself. Times are milliseconds of the clock. The last line is one JSON object.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from allmenning.bench import search_data
from allmenning.bench.search_peer import Fts5
from allmenning.bench.search_queries import SEED, Asked, queries
from allmenning.catalogue.description import Description
from allmenning.catalogue.models import RecordFacts
from allmenning.catalogue.queries import all_work_ids
from allmenning.discovery import analysis, documents
from allmenning.discovery import queries as discovery
from allmenning.discovery.ports import SearchIndex, SearchRequest, WorkDocument
from allmenning.discovery.query import parse
from allmenning.organisations.queries import all_libraries

FACETS = ("branch", "language", "format", "audience", "decade")
#: Real descriptions taken to multiply, at most; works a parcel when writing; works queries are derived from.
MOST_REAL, PARCEL, SAMPLE = 60_000, 2_000, 5_000
#: The peer is slow on broad queries: it answers this many of the same ones.
PEER_QUERIES = 200
#: Result pages fetched over HTTP.
PAGES = 300
REAL_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "marc"


def run(works: int = 0, *, queries: int = 1000, url: str = "") -> int:
    """Measure on the installation's own catalogue, or on ``works`` works made of real ones. Gives an exit status."""
    analysis.warm_up()
    if not works:
        index = discovery.index()
        if not index.count():
            print("The index is empty. Import records and run «allmenning index», or give --works.")
            return 2
        return _measure({"works": index.count(), "made": False}, index, list(_own_sample()), None, queries, url)
    with tempfile.TemporaryDirectory(prefix="allmenning-bench-") as folder:
        os.environ["SEARCH_URL"] = f"tantivy://{folder}/index"
        real = _real()
        if not real:
            print("No real records to start from: import some first, or put the shared data beside the project.")
            return 2
        index, peer, sample, built = _build(real, works, Path(folder))
        return _measure({"works": works, "made": True, **built}, index, sample, peer, queries, url)


def _measure(
    figures: dict[str, Any], index: SearchIndex, sample: list[WorkDocument], peer: Fts5 | None, count: int, url: str
) -> int:
    library = _largest_library(sample)
    asked = queries(sample, count)
    requests = [_request(number, each, library) for number, each in enumerate(asked)]
    index.search(requests[0])
    figures |= {"index_mib": index.size_bytes() >> 20, "queries": len(asked)}
    spent = _timed(index.search, requests)
    figures |= _named("engine", spent)
    figures["broadest_p95_ms"] = _percentile(
        [t for t, each in zip(spent, asked, strict=True) if each.kind == "broad"], 95
    )
    for name, step in (("library", (0, 1, 2)), ("library_filters", (3,)), ("country", (4,))):
        figures |= _named(f"engine_{name}", [t for number, t in enumerate(spent) if number % 5 in step])
    typed = [each.text[: 2 + number % 6] for number, each in enumerate(asked)]
    figures |= _named("suggest", _timed(lambda text: index.suggest(text, library_id=library), typed))
    if peer:
        figures |= _named("fts5", _timed(peer.search, requests[:PEER_QUERIES]))
        figures |= _named("engine_same", spent[:PEER_QUERIES])
        figures["fts5_mib"] = peer.size_bytes() >> 20
    with _server(url, library) as address:
        figures |= _pages(address, asked)
    for name, value in figures.items():
        print(f"{name:>28}  {value}")
    print(json.dumps(figures))
    return 0


def _request(number: int, asked: Asked, library: int) -> SearchRequest:
    node = parse(asked.text)
    if number % 5 == 4:
        return SearchRequest(node, None, {}, FACETS)
    filters = {"language": ("nb", "en"), "format": ("book", "ebook")} if number % 5 == 3 else {}
    return SearchRequest(node, library, filters, FACETS)


# -- works to measure on --------------------------------------------------------------------------------------------


def _own_sample() -> Iterator[WorkDocument]:
    chosen = sorted({work_id for ids in all_work_ids() for work_id in ids})
    chance = random.Random(SEED)  # noqa: S311
    taken = sorted(chance.sample(chosen, min(SAMPLE, len(chosen))))
    for at in range(0, len(taken), 500):
        yield from documents.build(taken[at : at + 500])


def _real() -> list[Description]:
    """The installation's own descriptions, or those of the real records beside the project."""
    kept = RecordFacts.objects.order_by("record_id").values_list("description", flat=True)[:MOST_REAL]
    own = [Description.from_json(text) for text in kept.iterator()]
    if len(own) >= 1_000:
        return [each for each in own if each.title]
    files = [each for each in REAL_DATA.rglob("*") if each.is_file()] if REAL_DATA.is_dir() else []
    files.sort(key=lambda each: (each.stat().st_size, each))  # the small ones first: they are the varied ones
    return list(islice(search_data.read(files), MOST_REAL))


def _build(
    real: Sequence[Description], count: int, folder: Path
) -> tuple[SearchIndex, Fts5, list[WorkDocument], dict[str, Any]]:
    discovery.forget()
    index = discovery.open_url(os.environ["SEARCH_URL"])
    rebuild, peer, sample = index.rebuild(), Fts5(folder / "peer.sqlite3"), list[WorkDocument]()
    made = map(documents.document, search_data.works(real, count))
    ours = theirs = 0.0
    while parcel := list(islice(made, PARCEL)):
        began = time.perf_counter()
        rebuild.write(parcel)
        between = time.perf_counter()
        peer.write(parcel)
        ours, theirs = ours + between - began, theirs + time.perf_counter() - between
        sample += parcel[:: max(1, count // SAMPLE)]
    began = time.perf_counter()
    rebuild.publish()
    between = time.perf_counter()
    peer.ready()
    ours, theirs = ours + between - began, theirs + time.perf_counter() - between
    return index, peer, sample, {"built_per_s": round(count / ours), "fts5_built_per_s": round(count / theirs)}


def _largest_library(sample: list[WorkDocument]) -> int:
    held = [library for work in sample for edition in work.editions for library, _ in edition.holdings]
    return max(set(held), key=held.count) if held else 1


# -- pages over HTTP ------------------------------------------------------------------------------------------------


@contextmanager
def _server(url: str, library_id: int) -> Iterator[str]:
    """The address of a running site: the one given, or the library's on a web server started for the while."""
    if url:
        yield url.rstrip("/")
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    granian = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command = [
        sys.executable,
        *granian,
        "--blocking-threads",
        "2",
        "--log-level",
        "warning",
        "allmenning.config.wsgi:application",
    ]
    server = subprocess.Popen(command)
    try:
        library = next((each.prefix for each in all_libraries() if each.id == library_id), "")
        yield f"http://127.0.0.1:{port}/{library}".rstrip("/")
    finally:
        server.terminate()
        server.wait()


def _pages(address: str, asked: list[Asked]) -> dict[str, Any]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=60)
    _wait(connection, f"{parts.path}/sok?q=")
    sizes: list[int] = []

    def fetch(each: Asked) -> None:
        connection.request("GET", f"{parts.path}/sok?q={quote(each.text)}", headers={"Host": parts.netloc})
        answer = connection.getresponse()
        sizes.append(len(answer.read()))
        if answer.status != 200:
            raise RuntimeError(f"{address}/sok?q={quote(each.text)} answered {answer.status}")

    spent = _timed(fetch, asked[:PAGES])
    rate = {"pages_per_s": round(len(spent) / (sum(spent) / 1000), 1), "page_kib": round(statistics.mean(sizes) / 1024)}
    return {**_named("http", spent), **rate}


def _wait(connection: http.client.HTTPConnection, path: str) -> None:
    for _ in range(150):
        try:
            connection.request("GET", path)
            connection.getresponse().read()
            return
        except OSError:
            connection.close()
            time.sleep(0.2)
    raise RuntimeError("The web server did not answer within 30 seconds.")


# -- figures --------------------------------------------------------------------------------------------------------


def _timed(ask: Callable[[Any], Any], questions: Sequence[Any]) -> list[float]:
    spent = []
    for each in questions:
        began = time.perf_counter()
        ask(each)
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def _named(name: str, spent: list[float]) -> dict[str, float]:
    return {f"{name}_p50_ms": _percentile(spent, 50), f"{name}_p95_ms": _percentile(spent, 95)}


def _percentile(spent: list[float], which: int) -> float:
    return round(statistics.quantiles(spent, n=100)[which - 1], 1) if len(spent) > 1 else 0.0
