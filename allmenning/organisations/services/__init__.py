"""Verbs on organisations. Each is one transaction with its audit entry."""

from allmenning.organisations.services.branches import (
    HoursSpan,
    add_branch,
    change_branch,
    close_on,
    reopen_on,
    set_opening_hours,
)
from allmenning.organisations.services.consortia import create_consortium, join_consortium, leave_consortium
from allmenning.organisations.services.libraries import change_library, create_library
from allmenning.organisations.services.municipalities import Loaded, load_municipalities

__all__ = [
    "HoursSpan",
    "Loaded",
    "add_branch",
    "change_branch",
    "change_library",
    "close_on",
    "create_consortium",
    "create_library",
    "join_consortium",
    "leave_consortium",
    "load_municipalities",
    "reopen_on",
    "set_opening_hours",
]
