"""Real editions as evidence, and evidence drawn at random, for tests of matching."""

from __future__ import annotations

from hypothesis import strategies as st

from allmenning.catalogue.describe import describe
from allmenning.catalogue.matching import Evidence, evidence
from allmenning.catalogue.matching.keys import hashed
from tests.catalogue.marc import coded, record


def seen(text: str, *, leader: str = "00000nam a2200000 a 4500") -> Evidence:
    """The evidence of a record written as lines."""
    made = record(text, leader=leader)
    return evidence(describe(made), made)


def spelled(*parts: tuple[str, ...]) -> list[int]:
    """The keys of these parts, as they are stored."""
    return hashed("\x1f".join(each) for each in parts)


#: Anne B. Ragde, Berlinerpoplene, Oktober 2004.
BERLINERPOPLENE = f"""
    {coded("2004")}
    100 1 $aRagde, Anne B.,$d1957-
    245 10$aBerlinerpoplene :$broman /$cAnne B. Ragde
    260   $aOslo :$bOktober,$c2004.
    300   $a286 s. ;$c22 cm
"""
POPLARS = seen(BERLINERPOPLENE)
#: Jo Nesbø, Politi, Aschehoug 2013.
POLICE = seen(f"""
    {coded("2013")}
    020   $a978-82-03-35294-2
    100 1 $aNesbø, Jo,$d1960-
    245 10$aPoliti /$cJo Nesbø
    260   $aOslo :$bAschehoug,$c2013
    300   $a526 s.
""")
#: Few values each, so that two drawn alike meet in many of them.
FACTS = st.builds(
    Evidence,
    title=st.sampled_from(["sult", "pan", "dikt", "berlinerpoplene", "berlinerpopplene", "mysterier"]),
    rest=st.sampled_from(["", "roman", "en roman fra kristiania"]),
    other_titles=st.sampled_from([(), ("hunger",), ("pan",)]),
    parts=st.sampled_from([(), ("1",), ("2",), ("1", "2")]),
    part_name=st.sampled_from(["", "kransen", "korset"]),
    numbers=st.sampled_from([(), (1,), (1, 2), (3,)]),
    persons=st.sampled_from([(), ("hamsun,knut",), ("hamsund,k",), ("undset,sigrid", "hamsun,knut")]),
    bodies=st.sampled_from([(), ("norges bank",), ("norge stortinget", "norges bank")]),
    main_is_body=st.booleans(),
    statement=st.sampled_from(["", "av knut hamsun", "sigrid undset"]),
    year=st.sampled_from([0, 1890, 1891, 1920]),
    years=st.sampled_from([(), (1890,), (1891, 1890)]),
    span=st.sampled_from([(), (1800, 1899)]),
    publisher=st.sampled_from(["", "gyldendal", "gyldendal norsk forlag"]),
    pages=st.sampled_from([(), (120,), (122, 16)]),
    volumes=st.sampled_from([0, -1, 2, 3]),
    edition_number=st.sampled_from([0, 1, 2]),
    edition=st.sampled_from(["", "revidert", "nynorsk"]),
    format=st.sampled_from(["book", "ebook", "other"]),
    languages=st.sampled_from([(), ("nb",), ("nn",), ("no",), ("en",)]),
    series=st.sampled_from([(), ("serien|2",), ("serien|no 5 v 2", "annen|")]),
    isbns=st.sampled_from([(), ("1",), ("2", "1")]),
    ids=st.sampled_from([(), ("oclc:1",), ("oclc:2", "lccn:1")]),
    subjects=st.sampled_from([(), ("sult",), ("by", "sult")]),
)
