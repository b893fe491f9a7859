"""Verbs on accounts and roles, each one transaction with its audit entry. Passwords and links never reach a log."""

from allmenning.people.places import Place
from allmenning.people.services.accounts import close_account, create_account, reopen_account
from allmenning.people.services.links import (
    Invitation,
    Link,
    accept_invitation,
    expires,
    invite,
    make_link,
    withdraw_invitation,
)
from allmenning.people.services.roles import change_roles, grant_role, revoke_role

__all__ = [
    "Invitation",
    "Link",
    "Place",
    "accept_invitation",
    "change_roles",
    "close_account",
    "create_account",
    "expires",
    "grant_role",
    "invite",
    "make_link",
    "reopen_account",
    "revoke_role",
    "withdraw_invitation",
]
