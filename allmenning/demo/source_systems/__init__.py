"""The demo libraries' own systems: each catalogues the same facts in its own manner and writes its own files.

Nothing here knows how Allmenning reads, matches or stores: these modules import pymarc, lxml and the standard library
only, and the facts of :mod:`allmenning.demo.works`. A test holds them to it. So what the catalogue room joins again was
really taken apart by somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping

from allmenning.demo.source_systems import alma, bibliofil, cicero, koha, mikromarc, quria
from allmenning.demo.source_systems.system import System

SYSTEMS: Mapping[str, System] = {
    each.name: each
    for each in (alma.SYSTEM, bibliofil.SYSTEM, cicero.SYSTEM, koha.SYSTEM, mikromarc.SYSTEM, quria.SYSTEM)
}
