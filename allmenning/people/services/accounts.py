"""Accounts: made, closed and opened again."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from allmenning.groundwork import audit
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Invalid
from allmenning.kernel.labels import language_tag
from allmenning.organisations.permissions import require
from allmenning.people.errors import WeakPassword
from allmenning.people.models import Account
from allmenning.people.services import standing


def create_account(
    *, actor: Actor, email: str, given_name: str, family_name: str = "", language: str = "nb", password: str = ""
) -> Account:
    """An account without any role. Without a password nobody can sign in with it yet.

    Only the installation does this (demo, first administrator); others ``invite``. Raises ``Refused``, ``Invalid``,
    ``WeakPassword``.
    """
    require(actor.is_system)
    with transaction.atomic():
        account = new_account(email, given_name, family_name, language)
        if password:
            set_password(account, password)
        audit.record(actor, "account.create", account, person_id=account.id)
    return account


def close_account(*, actor: Actor, account_id: int) -> Account:
    """Nobody signs in with it any more, and open sessions end at their next request. Roles and trail stay.

    Raises ``AccountNotFound``, ``Refused`` for one's own account and for somebody who has roles the actor could not
    give, and ``LastAdministrator``.
    """
    with transaction.atomic():
        account = standing.account_within(actor, account_id)
        standing.refuse_oneself(actor, account_id)
        for each in standing.held_by(account):
            standing.keep_an_administrator(actor, each)
        account.is_active = False
        account.save(update_fields=["is_active"])
        audit.record(actor, "account.close", account, person_id=account.id)
    return account


def reopen_account(*, actor: Actor, account_id: int) -> Account:
    """The person can sign in again, with the password and the roles of before. Raises as :func:`close_account`."""
    with transaction.atomic():
        account = standing.account_within(actor, account_id)
        standing.refuse_oneself(actor, account_id)
        account.is_active = True
        account.save(update_fields=["is_active"])
        audit.record(actor, "account.reopen", account, person_id=account.id)
    return account


def new_account(email: str, given_name: str, family_name: str, language: str) -> Account:
    address = checked_email(email)
    if not given_name.strip():
        raise Invalid("account-name", _("A person has a name."))
    if Account.objects.filter(email=address).exists():
        raise Invalid("email-taken", _("There is already an account with that e-mail address."))
    account = Account(email=address, given_name=given_name.strip(), family_name=family_name.strip())
    account.language = language_tag(language)
    account.set_unusable_password()
    account.save()
    return account


def checked_email(email: str) -> str:
    """In lower case. Raises ``Invalid``."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid("email", _("“%(email)s” is not an e-mail address.") % {"email": email}, email=email) from None
    return address


def set_password(account: Account, password: str) -> None:
    """Raises ``WeakPassword``."""
    try:
        validate_password(password, account)
    except ValidationError as problem:
        raise WeakPassword(problem.messages) from None
    account.set_password(password)
    account.link_made_at = None
    account.save(update_fields=["password", "link_made_at"])
