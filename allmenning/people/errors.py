"""What can go wrong with accounts and roles, as sentences a person can act on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from allmenning.kernel.errors import Conflict, Invalid, NotFound


class AccountNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("account-not-found", _("There is no such account here."))


class GrantNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("grant-not-found", _("There is no such role here."))


class AlreadyGranted(Conflict):
    def __init__(self, role: str) -> None:
        message = _("The person already has that role in a part of that time.")
        super().__init__("already-granted", message, role=role)


class InvitationSpent(Invalid):
    """The link is wrong, too old, or was used before; one answer for all three, so that nothing can be guessed."""

    def __init__(self) -> None:
        super().__init__("invitation-spent", _("This invitation no longer works. Ask for a new one."))


class WeakPassword(Invalid):
    """``reasons`` are sentences; the password itself is nowhere in the error."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("weak-password", " ".join(reasons), reasons=reasons)


class AccountClosed(Conflict):
    def __init__(self) -> None:
        message = _("There is a disabled account with that address. Those who disabled it can enable it again.")
        super().__init__("account-closed", message)


class LastAdministrator(Conflict):
    def __init__(self) -> None:
        message = _("This is the last administrator here. Give the role to somebody else first.")
        super().__init__("last-administrator", message)


class NotWaiting(Conflict):
    """An invitation that has been answered is no longer there to be withdrawn."""

    def __init__(self) -> None:
        message = _("The invitation has been answered: this person has chosen a password. End the work here instead.")
        super().__init__("not-waiting", message)
