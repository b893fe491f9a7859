"""Verbs on accounts and roles, each one transaction with its audit entry. Passwords never reach a log or an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from allmenning.groundwork import audit
from allmenning.groundwork.periods import overlapping
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError, Invalid, Refused
from allmenning.kernel.labels import language_tag
from allmenning.kernel.periods import Period
from allmenning.organisations.models import Municipality
from allmenning.organisations.permissions import require, require_library
from allmenning.people import permissions
from allmenning.people.errors import AccountNotFound, AlreadyGranted, GrantNotFound, InvitationSpent, WeakPassword
from allmenning.people.models import Account, Role, RoleGrant


class _InvitationTokens(PasswordResetTokenGenerator):
    """Signed, not stored; spent as soon as a password is set, old after ``PASSWORD_RESET_TIMEOUT`` seconds."""

    key_salt = "allmenning.people.invitation"


_tokens = _InvitationTokens()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role is held: exactly one of the three."""

    library_id: int | None = None
    county_number: str = ""
    consortium_id: int | None = None

    def __post_init__(self) -> None:
        if sum(map(bool, (self.library_id, self.county_number, self.consortium_id))) != 1:
            raise Invalid("role-place", _("A role is held for one library, one county or one consortium."))


@dataclass(frozen=True, slots=True)
class Invitation:
    """``token`` goes into the link the person opens to choose a password.

    It is empty when they have a password, or wait for one from another library's invitation.
    """

    account: Account
    grant: RoleGrant
    token: str


def create_account(
    *, actor: Actor, email: str, given_name: str, family_name: str = "", language: str = "nb", password: str = ""
) -> Account:
    """An account without any role. Without a password nobody can sign in with it yet.

    Only the installation does this (demo, first administrator); others :func:`invite`. Raises ``Refused``, ``Invalid``,
    ``WeakPassword``.
    """
    require(actor.is_system)
    with transaction.atomic():
        account = _new_account(email, given_name, family_name, language)
        if password:
            _set_password(account, password)
        audit.record(actor, "account.create", account, person_id=account.id)
    return account


def invite(
    *, actor: Actor, email: str, given_name: str, family_name: str = "", language: str = "nb",
    role: Role | str, place: Place, period: Period,
) -> Invitation:  # fmt: skip
    """Give a person a role, and an account first if they have none: who works at two libraries keeps one sign-in.

    An existing account keeps its own name and language. Raises what :func:`grant_role` raises, and ``Invalid`` for an
    e-mail address that is none.
    """
    with transaction.atomic():
        _require_may_grant(actor, str(role), place)
        address = _checked_email(email)
        account = Account.objects.filter(email=address).first()
        if account is None:
            account = _new_account(address, given_name, family_name, language)
            audit.record(actor, "account.create", account, library_id=place.library_id, person_id=account.id)
        grant = grant_role(actor=actor, account_id=account.id, role=role, place=place, period=period)
        token = _tokens.make_token(account) if _may_hand_out_link(actor, account) else ""
    return Invitation(account, grant, token)


def accept_invitation(*, account_id: int, token: str, password: str) -> Account:
    """Set the first password. Raises ``InvitationSpent`` and ``WeakPassword``."""
    with transaction.atomic():
        account = Account.objects.filter(id=account_id, is_active=True).first()
        # A password set meanwhile spends the token as well: the account's hash is part of what was signed.
        if account is None or not _tokens.check_token(account, token):
            raise InvitationSpent()
        _set_password(account, password)
        actor = Actor(account_id=account.id, name=account.name, channel="web")
        audit.record(actor, "account.accept_invitation", account, person_id=account.id)
    return account


def close_account(*, actor: Actor, account_id: int) -> Account:
    """Nobody signs in with it any more, and open sessions end at their next request. Its trail stays."""
    require(actor.is_system)
    with transaction.atomic():
        account = Account.objects.filter(id=account_id).first()
        if account is None:
            raise AccountNotFound()
        account.is_active = False
        account.save(update_fields=["is_active"])
        audit.record(actor, "account.close", account, person_id=account.id)
    return account


def grant_role(*, actor: Actor, account_id: int, role: Role | str, place: Place, period: Period) -> RoleGrant:
    """The account holds ``role`` at ``place`` in ``period``.

    Raises ``LibraryNotFound`` or ``Refused`` (see ``permissions``), ``Invalid`` for a role or place that is none,
    ``AccountNotFound``, and ``AlreadyGranted`` when it is held there in a part of the time.
    """
    with transaction.atomic():
        _require_may_grant(actor, str(role), place)
        if not Account.objects.filter(id=account_id, is_active=True).exists():
            raise AccountNotFound()
        held = _held_at(place).filter(overlapping(period), account_id=account_id, role=role)
        if held.exists():
            raise AlreadyGranted(str(role))
        made = RoleGrant.objects.create(
            account_id=account_id,
            role=role,
            library_id=place.library_id,
            county_number=place.county_number,
            consortium_id=place.consortium_id,
            starts=period.start,
            ends=period.end,
        )
        data = {"role": str(role), "starts": period.start, "ends": period.end}
        audit.record(actor, "role.grant", made, library_id=place.library_id, person_id=account_id, data=data)
    return made


def revoke_role(*, actor: Actor, grant_id: int, day: date) -> None:
    """``day`` is the first day without it; a grant that would not have begun by then goes altogether.

    Raises ``GrantNotFound``, also for a grant the actor may not know of, and ``Refused``.
    """
    with transaction.atomic():
        grant = RoleGrant.objects.unscoped("who may end it is asked of its place below").filter(id=grant_id).first()
        if grant is None or (grant.library_id and not actor.reaches(grant.library_id)):
            raise GrantNotFound()
        place = Place(grant.library_id, grant.county_number, grant.consortium_id)
        _require_may_grant(actor, grant.role, place)
        data = {"role": grant.role, "ends": day}
        audit.record(actor, "role.revoke", grant, library_id=grant.library_id, person_id=grant.account_id, data=data)
        if day <= grant.starts:
            grant.delete()
        else:
            grant.ends = min(day, grant.ends or day)
            grant.save(update_fields=["ends"])


def _may_hand_out_link(actor: Actor, account: Account) -> bool:
    """Whoever holds the link can become the account: so only for accounts whose every role the actor could have given.

    Otherwise a library could invite a neighbour's invited but not yet signed-in employee, and act at the neighbour's.
    """
    if account.has_usable_password():
        return False
    for each in RoleGrant.objects.unscoped("every role the link would open").filter(account=account):
        place = Place(each.library_id, each.county_number, each.consortium_id)
        try:
            _require_may_grant(actor, each.role, place)
        except AllmenningError:
            return False
    return True


def _require_may_grant(actor: Actor, role: str, place: Place) -> None:
    if role not in Role.values:
        raise Invalid("role", _("“%(role)s” is not a role.") % {"role": role}, role=role)
    if place.consortium_id is not None:
        require(permissions.may_grant_in_consortium(actor, place.consortium_id))
        return
    if role not in permissions.roles_for_libraries():
        raise Invalid("role-place", _("The consortium office is a role in a consortium only."), role=role)
    if place.library_id is not None:
        may = permissions.may_manage_staff(actor, place.library_id)
        require_library(may, actor, place.library_id)
    elif not permissions.may_grant_in_county(actor):
        raise Refused("not-allowed", _("Only the installation gives roles for a county."))
    elif not Municipality.objects.filter(county_number=place.county_number).exists():
        message = _("There is no county with the number %(number)s.") % {"number": place.county_number}
        raise Invalid("county", message, number=place.county_number)


def _held_at(place: Place) -> QuerySet[RoleGrant]:
    everywhere = RoleGrant.objects.unscoped("narrowed to one place at once")
    if place.library_id is not None:
        return everywhere.filter(library_id=place.library_id)
    if place.consortium_id is not None:
        return everywhere.filter(consortium_id=place.consortium_id)
    return everywhere.filter(county_number=place.county_number)


def _new_account(email: str, given_name: str, family_name: str, language: str) -> Account:
    address = _checked_email(email)
    if not given_name.strip():
        raise Invalid("account-name", _("A person has a name."))
    if Account.objects.filter(email=address).exists():
        raise Invalid("email-taken", _("There is already an account with that e-mail address."))
    account = Account(email=address, given_name=given_name.strip(), family_name=family_name.strip())
    account.language = language_tag(language)
    account.set_unusable_password()
    account.save()
    return account


def _checked_email(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid("email", _("“%(email)s” is not an e-mail address.") % {"email": email}, email=email) from None
    return address


def _set_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as problem:
        raise WeakPassword(problem.messages) from None
    account.set_password(password)
    account.save(update_fields=["password"])
