"""Real editions as evidence, for tests of matching."""

from __future__ import annotations

from allmenning.catalogue.describe import describe
from allmenning.catalogue.matching import Evidence, evidence
from tests.catalogue.marc import coded, record


def seen(text: str, *, leader: str = "00000nam a2200000 a 4500") -> Evidence:
    """The evidence of a record written as lines."""
    made = record(text, leader=leader)
    return evidence(describe(made), made)


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
