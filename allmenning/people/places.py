"""Where a role is held."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from allmenning.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Place:
    """One library, one county or one consortium: exactly one of the three."""

    library_id: int | None = None
    county_number: str = ""
    consortium_id: int | None = None

    def __post_init__(self) -> None:
        if sum(map(bool, (self.library_id, self.county_number, self.consortium_id))) != 1:
            raise Invalid("role-place", _("A role is held for one library, one county or one consortium."))
