"""Which records describe the same edition, and which editions are the same work."""

from __future__ import annotations

from allmenning.catalogue.matching.contained import contained_keys, keys_of_each, titles_held
from allmenning.catalogue.matching.evidence import Evidence, evidence, evidence_grouped
from allmenning.catalogue.matching.itself import recognises_itself
from allmenning.catalogue.matching.judging import Judgement, judge, resemblance
from allmenning.catalogue.matching.keys import keys
from allmenning.catalogue.matching.model import MODEL_VERSION
from allmenning.catalogue.matching.reasons import reason_text
from allmenning.catalogue.matching.vetoes import conflict, signature
from allmenning.catalogue.matching.works import work_keys

__all__ = [
    "MODEL_VERSION",
    "Evidence",
    "Judgement",
    "conflict",
    "contained_keys",
    "evidence",
    "evidence_grouped",
    "judge",
    "keys",
    "keys_of_each",
    "reason_text",
    "recognises_itself",
    "resemblance",
    "signature",
    "titles_held",
    "work_keys",
]
