"""What a harvester asks, checked against the protocol (3.1, 3.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

#: Verb → (needed, allowed besides, exclusive) arguments (4.1–4.6).
ARGUMENTS: dict[str, tuple[frozenset[str], frozenset[str], str]] = {
    "Identify": (frozenset(), frozenset(), ""),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"}), ""),
    "ListSets": (frozenset(), frozenset(), "resumptionToken"),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset(), ""),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken"),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken"),
}
LONGEST = 500
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class Unfit(Exception):
    """Something to be answered with an ``error`` element: its code (3.6) and words for the harvester's maker."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code, self.words = code, words


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that the protocol allows. ``arguments`` are without the verb."""

    verb: str
    arguments: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.arguments.get(name, "")


def asked(pairs: Iterable[tuple[str, str]]) -> Asked:
    """Raises :class:`Unfit` (``badVerb``, ``badArgument``)."""
    given = list(pairs)
    verbs = [value for name, value in given if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in ARGUMENTS:
        raise Unfit("badVerb", f"Say exactly one verb of {', '.join(ARGUMENTS)}.")
    arguments = {name: value for name, value in given if name != "verb"}
    if len(arguments) + 1 != len(given):
        raise Unfit("badArgument", "An argument stands twice.")
    needed, allowed, exclusive = ARGUMENTS[verbs[0]]
    if exclusive and exclusive in arguments:
        needed, allowed = frozenset({exclusive}), frozenset()
        if len(arguments) > 1:
            raise Unfit("badArgument", f"{exclusive} stands alone.")
    if missing := sorted(needed - arguments.keys()):
        raise Unfit("badArgument", f"Missing: {', '.join(missing)}.")
    if len(arguments.keys() - needed - allowed):
        raise Unfit("badArgument", f"Arguments of {verbs[0]} are {', '.join(sorted(needed | allowed)) or 'none'}.")
    if any(not value or len(value) > LONGEST or not value.isprintable() for value in arguments.values()):
        raise Unfit("badArgument", "An argument is empty, too long, or no text.")
    return Asked(verbs[0], arguments)


def span(since: str, until: str) -> tuple[int | None, int | None]:
    """``from`` and ``until`` as seconds since 1970, both included (2.7.1). Raises :class:`Unfit`."""
    if since and until and len(since) != len(until):
        raise Unfit("badArgument", "from and until are not equally fine.")
    first, last = _moment(since), _moment(until)
    if last is not None and len(until) == 10:
        last += timedelta(days=1, seconds=-1)  # the whole of that day
    if first is not None and last is not None and first > last:
        raise Unfit("badArgument", "from is later than until.")
    return (int(first.timestamp()) if first else None), (int(last.timestamp()) if last else None)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    if not _DAY.fullmatch(text) and not _SECOND.fullmatch(text):
        raise Unfit("badArgument", f"«{text[:40]}» is no date: write YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=UTC)
    except ValueError:
        raise Unfit("badArgument", f"«{text[:40]}» is no date.") from None


def written(stamp: int) -> str:
    """Seconds since 1970 as the protocol writes a moment."""
    return datetime.fromtimestamp(stamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
