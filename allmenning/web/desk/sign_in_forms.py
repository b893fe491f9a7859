"""The fields of the sign-in pages: allauth's forms with our words, in every screen's language, and Designsystemet's look."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allmenning.web.desk.fields import say

#: allauth says this by itself and knows no nynorsk; named here, it stands in our own catalogues and is found there.
SAID_BY_ALLAUTH = (gettext_lazy("You must type the same password each time."),)


class SignIn(LoginForm):  # type: ignore[misc]  # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "login", _("E-mail"), missing=_("Write your e-mail address."))
        say(self, "password", _("Password"), missing=_("Write your password."))
        self.fields["login"].error_messages["invalid"] = _("This is not a whole e-mail address: name@library.no")


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "oldpassword", _("Your password today"), missing=_("Write your password."))
        say(self, "password1", _("New password"), missing=_("Choose a new password."), advice=_advice())
        say(self, "password2", _("New password once more"), missing=_("Write the new password once more."))


class ChoosePassword(forms.Form):
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password", _("Password"), missing=_("Choose a password."), advice=_advice())


def _advice() -> str:
    return _("At least ten characters. A few words in a row are easy to remember and hard to guess.")
