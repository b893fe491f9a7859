"""Django's checks of a new password, told in our words: Django's own are not all translated."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator, UserAttributeSimilarityValidator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return ngettext(
            "The password is too short: at least %(n)s character.",
            "The password is too short: at least %(n)s characters.",
            self.min_length,
        ) % {"n": self.min_length}


class UnlikeTheAddress(UserAttributeSimilarityValidator):
    """Of what Django compares with, an account has its e-mail address only."""

    def get_error_message(self) -> str:
        return _("The password is too like your e-mail address.")
