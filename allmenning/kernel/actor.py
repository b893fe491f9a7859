"""Who does something, and on behalf of which library. Always passed, never found in a thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Channel = Literal["web", "cli", "api", "system", "test"]


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held somewhere.

    ``scope`` is ``library``, ``county`` or ``consortium``; ``scope_id`` its key (a county's number as an integer: 3 is
    Oslo, 56 Finnmark). ``libraries`` are the libraries it reaches today; a grant on a library reaches that library.
    """

    role: str
    scope: Literal["library", "county", "consortium"]
    scope_id: int
    libraries: frozenset[int] = frozenset()

    def reaches(self, library_id: int) -> bool:
        return library_id in self.libraries or (self.scope == "library" and self.scope_id == library_id)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or process acting.

    ``libraries`` holds the ids of every library the grants reach (county and consortium roles already
    resolved to their libraries by :mod:`allmenning.people.queries`). ``library_id`` is the one whose site or desk the
    actor stands at now; standing there gives no right: :meth:`holds` asks the grants.
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

    @property
    def is_anonymous(self) -> bool:
        return self.account_id is None and not self.is_system

    def reaches(self, library_id: int) -> bool:
        """Whether any role of the actor covers this library."""
        return self.is_system or library_id in self.libraries or any(each.reaches(library_id) for each in self.grants)

    def holds(self, *roles: str, library_id: int) -> bool:
        """Whether one of ``roles`` is held for this library, directly or through its county or a consortium."""
        return self.is_system or any(each.role in roles and each.reaches(library_id) for each in self.grants)

    def holds_somewhere(self, *roles: str) -> bool:
        """Whether one of ``roles`` is held anywhere: for work on what all libraries share."""
        return self.is_system or any(each.role in roles for each in self.grants)

    def holds_in_consortium(self, *roles: str, consortium_id: int) -> bool:
        return self.is_system or any(
            each.role in roles and each.scope == "consortium" and each.scope_id == consortium_id for each in self.grants
        )
