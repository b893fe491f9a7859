"""What can go wrong with organisations, as sentences a person can act on."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allmenning.kernel.errors import Conflict, NotFound
from allmenning.kernel.periods import Period

#: What cannot be had twice, in words.
_TAKEN = {
    "slug": gettext_lazy("short name"),
    "prefix": gettext_lazy("address"),
    "host": gettext_lazy("host name"),
    "isil": gettext_lazy("ISIL"),
    "code": gettext_lazy("the code in the library's own system"),
}


class LibraryNotFound(NotFound):
    def __init__(self, which: object = "") -> None:
        super().__init__("library-not-found", _("There is no such library here."), which=str(which))


class BranchNotFound(NotFound):
    def __init__(self, which: object = "") -> None:
        super().__init__("branch-not-found", _("There is no such branch here."), which=str(which))


class Taken(Conflict):
    """Another library or branch already has this address, number or code."""

    def __init__(self, what: str, value: str) -> None:
        message = _("“%(value)s” is already in use by another (%(what)s).")
        message %= {"value": value, "what": _TAKEN.get(what, what)}
        super().__init__("taken", message, what=what, value=value)


class AlreadyMember(Conflict):
    def __init__(self, period: Period) -> None:
        message = _("The library is already a member in a part of that time.")
        super().__init__("already-member", message, start=str(period.start), end=str(period.end or ""))


class HoursOverlap(Conflict):
    def __init__(self, weekday: int) -> None:
        message = _("Two spans of opening hours overlap on the same day.")
        super().__init__("hours-overlap", message, weekday=weekday)
