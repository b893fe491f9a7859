"""The measurement behind ``docs/decisions/0003-search-shape.md``: which shape do documents in the index have?

    python -m allmenning.bench.shape_spike RECORDS… --works 150000

*works* — one document a work, its editions as composite tokens: what the adapter does.
*editions* — one document an edition, grouped into works and counted in code (exact), or counted by the engine with a
cardinality inside a terms aggregation (approximate).

Both hold the same works, answer the same questions, and the totals must agree. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Query

FACETS = ("branch", "language", "format", "audience", "decade")
SIGNED = FACETS[1:]
#: The questions each query is asked with: scope and filters.
SETTINGS: dict[str, tuple[int | None, dict[str, tuple[str, ...]]]] = {
    "anywhere": (None, {}),
    "library": (1, {}),
    "library, two filters": (1, {"language": ("en",), "format": ("book",)}),
    "anywhere, two filters": (None, {"language": ("nb",), "format": ("ebook", "audiobook")}),
}


class EditionShape:
    """Shape two, as good as a spike needs it."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        from allmenning.discovery import ranking

        for name, weight in ranking.FIELDS.items():
            builder.add_text_field(f"x_{name}", tokenizer_name="whitespace", index_option="position")
            if weight.normal:
                builder.add_text_field(f"n_{name}", tokenizer_name="whitespace", index_option="freq")
        for name in ("title_key", "isbn", "held", *SIGNED):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name in SIGNED)
        builder.add_text_field("branch", tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_integer_field("year", indexed=True)
        builder.add_integer_field("work_id", indexed=True, fast=True)
        for name in SIGNED:
            builder.add_integer_field(f"c_{name}", fast=True)
        builder.add_bytes_field("stored", stored=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.codes: dict[str, dict[str, int]] = {name: {} for name in SIGNED}

    def open(self) -> None:
        self.writer = self.index.writer(heap_size=200_000_000, num_threads=1)

    def write(self, works: Iterable[Any]) -> None:
        from allmenning.adapters.search_tantivy.schema import _pack
        from allmenning.discovery import analysis, fields, ranking

        for work in works:
            for edition in work.editions:
                alone = replace(work, editions=(edition,))
                document = tantivy.Document()
                languages = fields.languages(work)
                for name, values in fields.searched_texts(alone).items():
                    document.add_text(f"x_{name}", " ".join(analysis.exact_words(values)))
                    if ranking.FIELDS[name].normal:
                        document.add_text(f"n_{name}", " ".join(analysis.normal_words(values, languages)))
                for title in {analysis.title_key(title) for title in fields.all_titles(alone)}:
                    document.add_text("title_key", title)
                for isbn in edition.isbns:
                    document.add_text("isbn", isbn)
                for scope in {f"L{library}" for library, _ in edition.holdings}:
                    document.add_text("held", scope)
                for branch in {str(branch) for _, branch in edition.holdings}:
                    document.add_text("branch", branch)
                for name in SIGNED:
                    for value in fields.edition_values(edition, name):
                        document.add_text(name, value)
                        document.add_integer(f"c_{name}", self.codes[name].setdefault(value, len(self.codes[name])))
                document.add_integer("work_id", work.work_id)
                document.add_bytes("stored", _pack(alone))
                self.writer.add_document(document)

    def publish(self) -> None:
        self.writer.commit()
        self.writer.wait_merging_threads()
        self.index.reload()
        self.searcher: Any = self.index.searcher()

    def query(self, asked: Any) -> Query:
        parts = [_text(self.schema, asked.query)]
        if asked.library_id is not None:
            parts.append(_any(self.schema, "held", [f"L{asked.library_id}"]))
        parts += [_any(self.schema, name, list(values)) for name, values in asked.filters.items()]
        return Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])

    def exact(self, asked: Any) -> tuple[int, dict[str, Counter[int]]]:
        """Every matching edition fetched, grouped and counted here. (Own-filter lifting left out: one pass only.)"""
        hits = self.searcher.search(self.query(asked), limit=5_000_000).hits
        addresses = [address for _, address in hits]
        works = self.searcher.fast_field_values("work_id", addresses)
        counted = {}
        for name in SIGNED:
            values = self.searcher.fast_field_values(f"c_{name}", addresses)
            counted[name] = Counter(value for _, value in set(zip(works, values, strict=True)))
        first = list(dict.fromkeys(works))[:20]
        by_work = dict(zip(reversed(works), reversed(addresses), strict=True))
        for work in first:
            json.loads(self.searcher.doc(by_work[work]).get_first("stored"))
        return len(set(works)), counted

    def approximate(self, asked: Any) -> int:
        """The engine counts distinct works, approximately; hits are asked for five times over and grouped."""
        query = self.query(asked)
        hits = self.searcher.search(query, limit=100).hits
        works = self.searcher.fast_field_values("work_id", [address for _, address in hits])
        for _, (_, address) in zip(dict.fromkeys(works), hits, strict=False):
            json.loads(self.searcher.doc(address).get_first("stored"))
        inner = {"works": {"cardinality": {"field": "work_id"}}}
        names = FACETS if asked.library_id is not None else SIGNED
        asks = {name: {"terms": {"field": name, "size": 30}, "aggs": inner} for name in names}
        self.searcher.aggregate(query, asks | inner)
        return 0


def _text(schema: Any, node: Any) -> Query:
    """The adapter's own compiler, pointed at this schema."""
    from allmenning.adapters.search_tantivy import compiling

    module: Any = compiling
    own, module.schema = module.schema, lambda: schema
    try:
        return compiling.text_query(node)
    finally:
        module.schema = own


def _any(schema: Any, name: str, values: list[str]) -> Query:
    return Query.const_score_query(Query.term_set_query(schema, name, values), 0.0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", nargs="+", type=Path)
    parser.add_argument("--works", type=int, default=150_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    import django

    django.setup()
    folder = asked.folder or Path(tempfile.mkdtemp())
    try:
        figures = measure(asked.records, asked.works, asked.queries, folder)
    finally:
        if not asked.folder:
            shutil.rmtree(folder)
    print(json.dumps(figures))
    return 0


def measure(records: list[Path], count: int, query_count: int, folder: Path) -> dict[str, Any]:
    from allmenning.adapters import search_tantivy
    from allmenning.bench import search_data, search_queries
    from allmenning.discovery.documents import document
    from allmenning.discovery.ports import SearchRequest
    from allmenning.discovery.query import parse

    real = list(search_data.read(records))
    print(f"{len(real)} real records")

    def works() -> Iterator[Any]:
        return map(document, search_data.works(real, count))

    one = search_tantivy.open_index(f"tantivy://{folder / 'works'}")
    (folder / "editions").mkdir(parents=True, exist_ok=True)
    two = EditionShape(folder / "editions")
    rebuild, sample = one.rebuild(), []
    two.open()
    spent = Counter[str]()
    pending = works()
    while parcel := _spend(spent, "documents", lambda: list(islice(pending, 2_000))):
        _spend(spent, "works", lambda: rebuild.write(parcel))
        _spend(spent, "editions", lambda: two.write(parcel))
        sample += parcel[:: max(1, count // 5_000)]
    _spend(spent, "works", rebuild.publish)
    _spend(spent, "editions", two.publish)
    figures: dict[str, Any] = {
        "works": count,
        "editions": two.searcher.num_docs,
        "documents_per_s": round(count / spent["documents"]),
        "works_shape": {"built_per_s": round(count / spent["works"]), "mib": one.size_bytes() >> 20},
        "editions_shape": {
            "built_per_s": round(count / spent["editions"]),
            "mib": sum(each.stat().st_size for each in (folder / "editions").iterdir()) >> 20,
        },
    }
    print(figures, flush=True)
    asked = search_queries.queries(sample, query_count)
    for name, (library, filters) in SETTINGS.items():
        facets = FACETS if library else SIGNED
        requests = [SearchRequest(parse(q.text), library, filters, facets, 30) for q in asked]
        one.search(requests[0])
        totals = [one.search(request).total for request in requests]
        disagree = sum(total != two.exact(request)[0] for total, request in zip(totals, requests, strict=True))
        figures[name] = {
            "disagree": disagree,
            "largest": max(totals),
            "works": _timed(one.search, requests),
            "editions exact": _timed(two.exact, requests),
            "editions approximate": _timed(two.approximate, requests[:100]),
            "works broadest": _timed(one.search, requests[: search_queries.BROADEST]),
            "editions exact broadest": _timed(two.exact, requests[: search_queries.BROADEST]),
        }
        print(name, figures[name], flush=True)
    return figures


def _spend(spent: Counter[str], name: str, do: Callable[[], Any]) -> Any:
    """Processor seconds, so that a busy machine tells the same figures."""
    t = time.process_time()
    done = do()
    spent[name] += time.process_time() - t  # type: ignore[assignment]
    return done


def _timed(ask: Callable[[Any], Any], requests: list[Any]) -> dict[str, float]:
    """p50, p95 and the longest, in processor milliseconds; each request once."""
    spent = []
    for request in requests:
        t = time.process_time()
        ask(request)
        spent.append((time.process_time() - t) * 1000)
    cuts = statistics.quantiles(spent, n=100)
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "max": round(max(spent), 1)}


if __name__ == "__main__":
    raise SystemExit(main())
