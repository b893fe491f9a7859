"""The staff's way in and out: allmenning's only pages from allauth, and the page an invitation leads to."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, set_urlconf
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from allmenning.kernel.errors import AllmenningError
from allmenning.people import attempts, browsers
from allmenning.people.services import accept_invitation
from allmenning.web import palette
from allmenning.web.desk.sign_in_forms import ChangePassword, ChoosePassword, SignIn

#: What the frame of these pages needs.
_FRAME = {"theme": palette.FALLBACK[1:]}


class Door(LoginView):  # type: ignore[misc]  # allauth is untyped
    """allauth's sign-in, where a browser that has signed in before is not held up by others at its address."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and attempts.too_fast(request, request.POST.get("login", "")):
            return too_many(request)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, account_id: int, token: str) -> HttpResponse:
    """Choose a password, the first or a new one. The page looks the same for a wrong link until a password is sent."""
    form = ChoosePassword(request.POST or None)
    if form.is_valid():
        try:
            account = accept_invitation(account_id=account_id, token=token, password=form.cleaned_data["password"])
            onward = redirect("account_login")
            # Whoever had the link is the owner: guesses made elsewhere must not stop them at the next page.
            browsers.remember(request, onward, account.email)
            return onward
        except AllmenningError as problem:
            form.add_error("password", problem.message)
    return render(request, "desk/welcome.html", {**_FRAME, "form": form}, status=422 if form.errors else 200)


def too_many(request: HttpRequest) -> HttpResponse:
    """Instead of an answer for who asks faster than people type (RFC 6585 §4)."""
    return render(request, "desk/stopped.html", {**_FRAME, "too_many": True}, status=429)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's
    """A form whose proof of where it came from is missing or old (Django's protection against forged requests)."""
    set_urlconf(None)  # the desk's page has the desk's addresses, also where a library's own site was asked
    return render(request, "desk/stopped.html", _FRAME, status=403)


urlpatterns = [
    path(
        "sign-in/",
        Door.as_view(template_name="desk/sign_in.html", form_class=SignIn, extra_context=_FRAME),
        name="account_login",
    ),
    path(
        "sign-out/",
        LogoutView.as_view(template_name="desk/sign_out.html", extra_context=_FRAME),
        name="account_logout",
    ),
    path(
        "password/",
        login_required(
            PasswordChangeView.as_view(
                template_name="desk/password.html", form_class=ChangePassword, extra_context=_FRAME
            )
        ),
        name="account_change_password",
    ),
    path("welcome/<int:account_id>/<str:token>/", welcome, name="welcome"),
]
