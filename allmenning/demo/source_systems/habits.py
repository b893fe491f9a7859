"""How a library catalogues: its rules, its shortcuts and its slips, as numbers.

Chances are between 0 and 1, per record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Habits:
    """One library's manner. The defaults are those of a careful catalogue with MARC 21 and ISBD punctuation."""

    isbd: bool = True
    language: Literal["nb", "nn", "en"] = "nb"  # of terms such as «sider», «oversatt av», and of notes
    dates: Literal["full", "birth", "none"] = "full"
    headings: Literal["norwegian", "foreign"] = "norwegian"
    script: Literal["original", "romanised", "both"] = "both"  # of Cyrillic
    romanisation: Literal["norwegian", "ala-lc"] = "norwegian"
    abbreviations: bool = False  # forl., s., utg., overs.
    old_language_codes: bool = False  # nor for nob and nno, smi for sme
    roles: bool = True
    title_of_origin: float = 0.9
    typing_error: float = 0.0
    upper_case: float = 0.0
    year_off_by_one: float = 0.0
    pages_off: float = 0.0
    subtitle_left_out: float = 0.0
    part_left_out: float = 0.0
    other_publisher_form: float = 0.1
    initials_only: float = 0.0
    second_creator_left_out: float = 0.0
    catalogued_twice: float = 0.0
    left_out: dict[str, float] = field(default_factory=dict)  # field of the entry → chance that it is missing
