"""One-time links: the way in for who is invited, and the way back for who forgot the password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.utils import timezone

from allmenning.groundwork import audit
from allmenning.kernel.actor import Actor
from allmenning.kernel.periods import Period
from allmenning.people.errors import AccountClosed, AccountNotFound, InvitationSpent, NotWaiting
from allmenning.people.models import Account, AccountState, Role, RoleGrant
from allmenning.people.places import Place
from allmenning.people.services import standing
from allmenning.people.services.accounts import checked_email, new_account, set_password
from allmenning.people.services.roles import grant_role, revoke_role


class _LinkTokens(PasswordResetTokenGenerator):
    """Signed, not stored; spent as soon as a password is set, old after ``PASSWORD_RESET_TIMEOUT`` seconds."""

    key_salt = "allmenning.people.invitation"


_tokens = _LinkTokens()


@dataclass(frozen=True, slots=True)
class Link:
    """``token`` goes into the address the person opens to choose a password; it is stored nowhere."""

    account: Account
    token: str

    @property
    def expires(self) -> datetime | None:
        return expires(self.account)


@dataclass(frozen=True, slots=True)
class Invitation:
    """``token`` as in :class:`Link`.

    It is empty when they have a password, or wait for one from another library's invitation.
    """

    account: Account
    grant: RoleGrant
    token: str


def expires(account: Account) -> datetime | None:
    """Until when the newest link of the account works; None when none was handed out."""
    made = account.link_made_at
    return made + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) if made else None


def invite(
    *, actor: Actor, email: str, given_name: str, family_name: str = "", language: str = "nb",
    role: Role | str, place: Place, period: Period,
) -> Invitation:  # fmt: skip
    """Give a person a role, and an account first if they have none: who works at two libraries keeps one sign-in.

    An existing account keeps its own name and language. Raises what ``grant_role`` raises, ``Invalid`` for an
    e-mail address that is none, and ``AccountClosed``.
    """
    with transaction.atomic():
        standing.require_may_grant(actor, str(role), place)
        address = checked_email(email)
        account = Account.objects.filter(email=address).first()
        if account is None:
            account = new_account(address, given_name, family_name, language)
            audit.record(actor, "account.create", account, library_id=place.library_id, person_id=account.id)
        elif not account.is_active:
            raise AccountClosed()
        grant = grant_role(actor=actor, account_id=account.id, role=role, place=place, period=period)
        waits = not account.has_usable_password() and standing.covers(actor, account)
        token = _newest(account) if waits else ""
    return Invitation(account, grant, token)


def make_link(*, actor: Actor, account_id: int) -> Link:
    """A new one-time link, for somebody who forgot the password or lost an invitation.

    From now the old password and all earlier links open nothing, and the account's open sessions end: a link is also
    what one asks for when somebody else has got hold of the password. Raises ``AccountNotFound``, also for a closed
    account, and ``Refused`` for one's own account and for roles the actor could not give.
    """
    with transaction.atomic():
        account = standing.account_within(actor, account_id)
        # Whoever sits down at a desk left open could otherwise take the account over without its password.
        standing.refuse_oneself(actor, account_id)
        if not account.is_active:
            raise AccountNotFound()
        token = _newest(account)
        audit.record(actor, "account.make_link", account, person_id=account.id)
    return Link(account, token)


def withdraw_invitation(*, actor: Actor, account_id: int, place: Place) -> None:
    """Take back an invitation nobody has answered: the roles at ``place`` go, and no earlier link works.

    An account that is left without roles was never used by anybody and is removed. Raises ``AccountNotFound`` for
    somebody who has no role there, ``NotWaiting`` when they have chosen a password, and what ``revoke_role`` raises.
    """
    with transaction.atomic():
        standing.require_may_grant(actor, Role.LIBRARIAN, place)
        held = list(standing.held_at(place).filter(standing.not_over(), account_id=account_id))
        account = Account.objects.filter(id=account_id).first()
        if account is None or not held:
            raise AccountNotFound()
        if account.state != AccountState.INVITED:
            raise NotWaiting()
        said = "account.withdraw_invitation"
        audit.record(actor, said, account, library_id=place.library_id, person_id=account.id)
        for each in held:
            revoke_role(actor=actor, grant_id=each.id, day=each.starts)
        account.set_unusable_password()  # another random one: earlier links were signed with the old
        account.link_made_at = None
        account.save(update_fields=["password", "link_made_at"])
        everywhere = RoleGrant.objects.unscoped("whether anybody else has a use for the account")
        if not everywhere.filter(account=account).exists():
            account.delete()


def accept_invitation(*, account_id: int, token: str, password: str) -> Account:
    """Set the password, the first or a new one. Raises ``InvitationSpent`` and ``WeakPassword``."""
    with transaction.atomic():
        account = Account.objects.filter(id=account_id, is_active=True).first()
        # A password set meanwhile spends the token as well: the account's hash is part of what was signed.
        if account is None or not _tokens.check_token(account, token):
            raise InvitationSpent()
        set_password(account, password)
        actor = Actor(account_id=account.id, name=account.name, channel="web")
        audit.record(actor, "account.accept_invitation", account, person_id=account.id)
    return account


def _newest(account: Account) -> str:
    """Sessions and links are signed with the password's hash: a new unusable one ends them all."""
    account.set_unusable_password()
    account.link_made_at = timezone.now()
    account.save(update_fields=["password", "link_made_at"])
    return _tokens.make_token(account)
