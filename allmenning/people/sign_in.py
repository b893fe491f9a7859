"""How allauth behaves here: sign-in by e-mail, no sign-up, every attempt on the trail, nothing told to guessers.

allauth's rate limits (``ACCOUNT_RATE_LIMITS``) count in the default cache, which therefore must be one that all
processes of the installation share. The pages are the desk's: :mod:`allmenning.web.desk.sign_in`.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from allmenning.groundwork import audit
from allmenning.kernel.actor import Actor
from allmenning.people.models import Account
from allmenning.people.queries import account_by_email


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Named in ``ACCOUNT_ADAPTER``."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Accounts come by invitation only."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:  # noqa: ARG002
        # The same words as for a wrong password: a closed account is nobody's to discover.
        messages.error(request, _("The e-mail address or password is wrong."))
        return HttpResponseRedirect(reverse("account_login"))

    def post_login(self, request: HttpRequest, user: Account, **hook: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **hook)
        self._record(user, "account.sign_in")
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        """Keep a failed attempt on an account that exists; what was typed is not kept: it may be a password."""
        account = account_by_email(credentials.get("email") or "")
        if account is not None:
            audit.record(Actor.anonymous(), "account.sign_in_failed", account, person_id=account.id)

    def set_password(self, user: Account, password: str) -> None:
        super().set_password(user, password)
        self._record(user, "account.change_password")

    def add_message(self, *_: Any, **__: Any) -> None:
        """No «you have signed in as …»: the desk shows who is signed in."""

    def _record(self, account: Account, verb: str) -> None:
        actor = Actor(account_id=account.id, name=account.name, channel="web")
        audit.record(actor, verb, account, person_id=account.id)
