"""The search bench measures the same thing every time, and its peer finds the same works."""

from __future__ import annotations

from pathlib import Path

from allmenning.adapters import search_tantivy
from allmenning.bench import search_data
from allmenning.bench.search import FACETS
from allmenning.bench.search_peer import Fts5
from allmenning.bench.search_queries import queries
from allmenning.catalogue.description import Agent, Description, Subject
from allmenning.discovery.documents import document
from allmenning.discovery.ports import SearchRequest
from allmenning.discovery.query import parse

TITLES = ("Sult", "Pan", "Victoria", "Mysterier", "Markens grøde", "Ringen sluttet", "Under høststjernen")
REAL = [
    Description(
        title=title, languages=("nb",), year=1890 + number, agents=(Agent("Hamsun, Knut", "aut", main=True),),
        subjects=(Subject("Nordland", "place"),), isbns=("9788205415195",) if title == "Sult" else (),
    )
    for number, title in enumerate(TITLES)
]  # fmt: skip


def test_the_same_works_and_queries_every_time() -> None:
    works = [document(each) for each in search_data.works(REAL, 60)]
    assert works == [document(each) for each in search_data.works(REAL, 60)]
    assert [work.work_id for work in works] == list(range(1, 61))
    assert [work.title for work in works[:7]] == list(TITLES)
    asked = queries(works, 40)
    assert asked == queries(works, 40)
    assert len({each.text for each in asked}) == len(asked) == 40


def test_the_peer_finds_the_same_works(tmp_path: Path) -> None:
    works = [document(each) for each in search_data.works(REAL, 200)]
    peer, index = Fts5(tmp_path / "peer.sqlite3"), search_tantivy.open_index(f"tantivy://{tmp_path}/index")
    peer.write(works)
    peer.ready()
    index.write(works)
    index.close()
    for typed in ("hamsun", "sult", "pan victoria", '"markens grøde"', "myst*"):
        for filters in ({}, {"format": ("ebook",), "language": ("nb",)}):
            request = SearchRequest(parse(typed), 1, filters, FACETS)
            assert peer.search(request) == index.search(request).total
