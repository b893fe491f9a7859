"""Who does something, and on behalf of which library. Always passed, never found in a thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Channel = Literal["web", "cli", "api", "system", "test"]


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held somewhere. ``scope`` is ``library``, ``county`` or ``consortium``; ``scope_id`` its key."""

    role: str
    scope: Literal["library", "county", "consortium"]
    scope_id: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or process acting.

    ``libraries`` holds the ids of every library the grants reach (county and consortium roles already
    resolved to their libraries by :mod:`allmenning.people.queries`). ``library_id`` is the one acted for now.
    """

    account_id: int | None
    name: str
    channel: Channel
    library_id: int | None = None
    grants: frozenset[Grant] = frozenset()
    libraries: frozenset[int] = field(default_factory=frozenset)
    is_system: bool = False

    @classmethod
    def system(cls, name: str, channel: Channel = "system") -> Actor:
        """A process of the installation itself (import command, worker): may act for every library."""
        return cls(account_id=None, name=name, channel=channel, is_system=True)

    @classmethod
    def anonymous(cls, library_id: int | None = None) -> Actor:
        return cls(account_id=None, name="", channel="web", library_id=library_id)
