"""The forms for inviting a colleague and for their roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allmenning.people.models import Role
from allmenning.people.permissions import roles_at
from allmenning.people.places import Place
from allmenning.web.desk.fields import say

#: What somebody in a role may do, in the order of growing trust.
MAY: dict[Role, str | Promise] = {
    Role.CATALOGUER: gettext_lazy("merges, splits and mends in the union catalogue"),
    Role.LIBRARIAN: gettext_lazy("sees the catalogue's desk, sets opening hours and closed days"),
    Role.ADMIN: gettext_lazy("all of that, and the library's face, branches and staff"),
    Role.CONSORTIUM_OFFICE: gettext_lazy("runs the consortium: makes libraries, and all of that at each of them"),
}

#: A verb's refusal by its code → the field it speaks of.
INVITE_FIELDS = {
    "email": "email",
    "account-closed": "email",
    "account-name": "given_name",
    "already-granted": "role",
    "role": "role",
}


class Invite(forms.Form):
    email = forms.EmailField(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    given_name = forms.CharField(max_length=100)
    family_name = forms.CharField(max_length=100, required=False)
    role = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, sent: QueryDict | None = None, *, place: Place) -> None:
        super().__init__(sent, initial={"role": Role.LIBRARIAN})
        say(
            self, "email", _("E-mail"), missing=_("Write the e-mail address."),
            advice=_("They sign in with it. One person has one account, however many libraries they work for."),
        )  # fmt: skip
        self.fields["email"].error_messages["invalid"] = _("This is not a whole e-mail address: name@library.no")
        say(self, "given_name", _("Given name"), missing=_("Write the given name."))
        say(self, "family_name", _("Family name"))
        say(self, "role", _("Role"), missing=_("Choose a role."))
        cast(forms.ChoiceField, self.fields["role"]).choices = _choices(place)


class Roles(forms.Form):
    roles = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    def __init__(self, sent: QueryDict | None = None, *, place: Place, held: Iterable[Role]) -> None:
        super().__init__(sent, initial={"roles": [str(each) for each in held]})
        say(self, "roles", _("Roles"), missing=_("Choose at least one role, or end the work here instead."))
        cast(forms.MultipleChoiceField, self.fields["roles"]).choices = _choices(place)


def _choices(place: Place) -> list[tuple[str, str]]:
    return [(str(each), f"{each.label} – {MAY[each]}") for each in MAY if each in roles_at(place)]
