"""Points in time as OAI-PMH writes them (3.3.1): UTC, a day or a second fine."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

DAY, SECOND = "YYYY-MM-DD", "YYYY-MM-DDThh:mm:ssZ"
#: What is asked for again the next time: clocks of a repository's machines differ, and records are stamped before they
#: are there to be seen.
OVERLAP = {DAY: timedelta(days=1), SECOND: timedelta(minutes=15)}
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")


def parsed(text: str) -> datetime | None:
    """A point in time as it stands in an answer or was typed; None for what is none."""
    if not _WRITTEN.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=UTC)
    except ValueError:
        return None


def written(moment: datetime, granularity: str) -> str:
    """As fine as the repository takes it. A repository that says nothing sound gets days, which all must take."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ" if granularity == SECOND else "%Y-%m-%d")


def as_taken(text: str, granularity: str) -> str:
    """A date that was typed or kept, as this repository takes it; the empty string stays empty."""
    moment = parsed(text)
    return written(moment, granularity) if moment else ""


def next_since(first_answer: str, granularity: str, now: datetime) -> str:
    """From where the next harvest asks, after one that the repository began to answer at ``first_answer``."""
    began = parsed(first_answer) or now
    fine = granularity if granularity in OVERLAP else DAY
    return written(min(began, now + timedelta(days=1)) - OVERLAP[fine], fine)
