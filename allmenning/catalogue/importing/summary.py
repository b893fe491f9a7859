"""What became of the records of an import: the table at its end."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(slots=True)
class Counts:
    """Records, not files. ``matched`` shares an edition with another record; ``reasons`` counts what was set aside by code."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    repaired: int = 0
    set_aside: int = 0
    matched: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, other: Counts) -> None:
        for each in fields(self):
            if each.name == "reasons":
                self.reasons.update(other.reasons)
            else:
                setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Counts:
        """Back from :meth:`as_dict`."""
        return cls(**{**kept, "reasons": Counter(kept.get("reasons", {}))})

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "reasons": dict(self.reasons)}
