"""The staff's way in and out: allmenning's only pages from allauth, and the page an invitation leads to."""

from __future__ import annotations

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from allmenning.kernel.errors import AllmenningError
from allmenning.people.services import accept_invitation


class ChoosePassword(forms.Form):
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, account_id: int, token: str) -> HttpResponse:
    """Choose the first password. The page looks the same for a wrong link until a password is sent."""
    form = ChoosePassword(request.POST or None)
    if form.is_valid():
        try:
            accept_invitation(account_id=account_id, token=token, password=form.cleaned_data["password"])
            return redirect("account_login")
        except AllmenningError as problem:
            form.add_error("password", problem.message)
    return render(request, "desk/welcome.html", {"form": form}, status=422 if form.errors else 200)


urlpatterns = [
    path("sign-in/", LoginView.as_view(template_name="desk/sign_in.html"), name="account_login"),
    path("sign-out/", LogoutView.as_view(template_name="desk/sign_out.html"), name="account_logout"),
    path(
        "password/",
        login_required(PasswordChangeView.as_view(template_name="desk/password.html")),
        name="account_change_password",
    ),
    path("welcome/<int:account_id>/<str:token>/", welcome, name="welcome"),
]
