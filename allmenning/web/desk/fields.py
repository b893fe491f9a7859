"""How a form's fields look and what they say, for all the desk's forms."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import HttpRequest, QueryDict

from allmenning.kernel.errors import AllmenningError


def say(form: forms.Form, name: str, label: str, *, missing: str = "", advice: str = "") -> None:
    """A label above the field instead of a placeholder that goes when one types."""
    field = form.fields[name]
    field.label, field.help_text = label, advice
    if missing:
        field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
    if isinstance(field.widget, (forms.CheckboxSelectMultiple, forms.RadioSelect, forms.CheckboxInput)):
        return
    field.widget.attrs["class"] = "ds-input"


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is given: nothing on a visit; on a POST what came, be it empty."""
    return request.POST if request.method == "POST" else None


def put_at_its_field(form: forms.Form, problem: AllmenningError, fields: Mapping[str, str]) -> None:
    """A verb's refusal stands beside the field it speaks of, found by the error's code; else above the form."""
    name = fields.get(problem.code, "")
    if problem.code == "taken":
        name = str(problem.data["what"])
    form.add_error(name if name in form.fields else None, problem.message)
