"""How allauth behaves here: sign-in by e-mail, no sign-up, every attempt on the trail, nothing told to guessers.

How often a password may be tried is decided in :mod:`allmenning.people.attempts`. It is counted in the default cache,
which therefore must be one that all processes of the installation share. The pages are the desk's:
:mod:`allmenning.web.desk.sign_in`.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allmenning.groundwork import audit
from allmenning.kernel.actor import Actor
from allmenning.people import attempts, browsers
from allmenning.people.models import Account
from allmenning.people.queries import account_by_email


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Named in ``ACCOUNT_ADAPTER``."""

    #: allauth knows no nynorsk, and says who is wrong in many words.
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy("The e-mail address or password is wrong."),
        "enter_current_password": gettext_lazy("This is not your password today."),
        "too_many_login_attempts": gettext_lazy(
            "Too many attempts. Wait five minutes, or use a browser you have signed in with before."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Accounts come by invitation only."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:  # noqa: ARG002
        # The same words as for a wrong password: a closed account is nobody's to discover.
        messages.error(request, _("The e-mail address or password is wrong."))
        return HttpResponseRedirect(reverse("account_login"))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        # allauth would count by account alone, so that whoever knows an address could keep its owner out.
        self._login_failed_rl_usage = attempts.admit(request, credentials.get("email") or "")
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request: HttpRequest, user: Account, **hook: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **hook)
        browsers.remember(request, response, user.email)
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

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *_rest: Any, **_more: Any
    ) -> None:
        """No «you have signed in as …»: the desk shows who is signed in. A changed password cannot be seen: it is told."""
        if message_template == "account/messages/password_changed.txt":
            messages.add_message(request, level, _("Your password is changed."))

    def _record(self, account: Account, verb: str) -> None:
        actor = Actor(account_id=account.id, name=account.name, channel="web")
        audit.record(actor, verb, account, person_id=account.id)
