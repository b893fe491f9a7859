"""Resumption tokens (3.5): all that is needed to go on stands in the token, nothing is remembered here.

A token names the last item that was given, by its stamp and number, not a position in the list. So it holds for ever,
in every process, whatever changes meanwhile.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from allmenning.protocols.oai_pmh.asking import LONGEST, Unfit

_WRONG = "This resumption token is not one of ours. Begin the list anew."
_LARGEST = 2**62


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stands: what was asked, the last item given, how many were given, and how many there were at first."""

    prefix: str
    since: str = ""
    until: str = ""
    set_spec: str = ""
    stamp: int = 0
    edition: int = 0
    given: int = 0
    size: int = 0


_KINDS = {each.name: str if each.type == "str" else int for each in fields(Place)}


def written(place: Place) -> str:
    """Letters, digits, ``-`` and ``_``: nothing that an address would have to escape."""
    packed = json.dumps(list(asdict(place).values()), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def read(token: str) -> Place:
    """Raises :class:`Unfit` (``badResumptionToken``)."""
    try:
        values: Any = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        said = dict(zip(_KINDS, values, strict=True))
    except (ValueError, TypeError, binascii.Error):
        raise Unfit("badResumptionToken", _WRONG) from None
    if not all(type(said[name]) is kind and _sane(said[name]) for name, kind in _KINDS.items()):
        raise Unfit("badResumptionToken", _WRONG)
    return Place(**said)


def _sane(value: str | int) -> bool:
    return len(value) <= LONGEST and value.isprintable() if isinstance(value, str) else 0 <= value < _LARGEST
