"""The forms for a library and its branches."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from allmenning.kernel.labels import Labels
from allmenning.organisations import queries
from allmenning.organisations.logos import LONGEST
from allmenning.organisations.models import Branch, Library
from allmenning.organisations.services.branches import BranchFacts
from allmenning.organisations.services.libraries import Facts
from allmenning.web.desk.fields import say
from allmenning.web.languages import language_name, own_name

#: Languages a library's site may be told to speak; others it has already stay in the list.
LANGUAGES = ("nb", "nn", "se", "smj", "sma", "fkv", "fi", "en", "ru", "uk", "ar")

#: A verb's refusal by its code → the field it speaks of.
LIBRARY_FIELDS = {
    "isil": "isil",
    "organisation-number": "organisation_number",
    "municipality": "municipality",
    "colour": "colour",
    "languages": "languages",
    "logo-size": "logo",
    "logo-syntax": "logo",
    "logo-content": "logo",
    "slug": "slug",
    "prefix-reserved": "slug",
    "library-name": "name",
}


class NewLibrary(forms.Form):
    """What must be known to begin with; the rest is filled in afterwards on the library's page."""

    name = forms.CharField(max_length=100)
    kind = forms.ChoiceField(choices=Library.Kind.choices)
    slug = forms.CharField(max_length=60)
    municipality = forms.ChoiceField(required=False)
    isil = forms.CharField(max_length=16, required=False)
    organisation_number = forms.CharField(max_length=20, required=False)

    def __init__(self, sent: QueryDict | None = None) -> None:
        super().__init__(sent)
        say(self, "name", _("Name"), missing=_("Write the library's name."))
        say(self, "kind", _("Kind of library"))
        say(
            self, "slug", _("Address"), missing=_("Choose an address."),
            advice=_("The first part of its web address: “alta” gives /alta/. Letters a–z, digits and hyphens."),
        )  # fmt: skip
        _number_fields(self)


class LibraryFace(forms.Form):
    """Everything a library decides about itself; its numbers as well, for those who may set them."""

    languages = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    default_language = forms.ChoiceField()
    email = forms.EmailField(required=False)
    phone = forms.CharField(max_length=30, required=False)
    colour = forms.CharField(widget=forms.TextInput(attrs={"type": "color"}))
    logo = forms.FileField(required=False, widget=forms.FileInput(attrs={"accept": ".svg,image/svg+xml"}))
    remove_logo = forms.BooleanField(required=False)
    municipality = forms.ChoiceField(required=False)
    isil = forms.CharField(max_length=16, required=False)
    organisation_number = forms.CharField(max_length=20, required=False)

    def __init__(
        self,
        sent: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
        *,
        library: Library,
        numbers: bool,
    ) -> None:
        super().__init__(sent, files, initial=_face(library))
        self.library, self.numbers = library, numbers
        choices = [(tag, _both_names(tag)) for tag in dict.fromkeys((*LANGUAGES, *library.languages))]
        cast(forms.ChoiceField, self.fields["languages"]).choices = choices
        cast(forms.ChoiceField, self.fields["default_language"]).choices = choices
        for tag in library.languages:
            self.fields[f"name_{tag}"] = forms.CharField(max_length=100, required=False)
            say(self, f"name_{tag}", _("Name"))
            about = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
            self.fields[f"about_{tag}"] = about
            say(self, f"about_{tag}", _("About the library"))
        self._say()
        if numbers:
            _number_fields(self)
        else:
            for each in ("municipality", "isil", "organisation_number"):
                del self.fields[each]

    def _say(self) -> None:
        say(
            self, "languages", _("Languages"), missing=_("Choose at least one language."),
            advice=_("Each gets a field for the name and the text when you have saved."),
        )  # fmt: skip
        say(self, "default_language", _("Main language"), advice=_("What a visitor sees who has chosen nothing."))
        say(self, "email", _("E-mail"))
        self.fields["email"].error_messages["invalid"] = _("This is not a whole e-mail address: name@library.no")
        say(self, "phone", _("Phone"))
        say(self, "colour", _("Colour"), advice=_("Texts on it are made readable by themselves."))
        say(self, "logo", _("Logo"), advice=_("An SVG file of shapes and text. Without one, the name stands alone."))
        self.fields["remove_logo"].label = _("Remove the logo")
        if not self.library.logo_svg:
            del self.fields["remove_logo"]

    @property
    def by_language(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Name of a language → its fields."""
        return [
            (language_name(tag), [self[f"name_{tag}"], self[f"about_{tag}"]]) for tag in self.library.languages
        ]  # fmt: skip

    def clean_logo(self) -> str:
        """The file's text; whether it is only a picture is the verb's to judge."""
        sent = self.cleaned_data.get("logo")
        if not sent:
            return ""
        try:
            return str(sent.read(LONGEST * 4).decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The logo is not well-formed SVG.")) from None

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if sent.get("default_language") not in sent.get("languages", ()) and "languages" in sent:
            self.add_error("default_language", _("Choose one of the library's languages."))
        return sent

    def facts(self) -> tuple[Labels, Facts]:
        """The name, and the rest, as the verb takes them."""
        sent = self.cleaned_data
        facts: dict[str, Any] = {
            each: sent[each] for each in ("languages", "default_language", "email", "phone", "colour")
        }
        facts["about"] = self._labels("about", self.library.about)
        if sent["logo"]:
            facts["logo_svg"] = sent["logo"]
        elif sent.get("remove_logo"):
            facts["logo_svg"] = ""
        if self.numbers:
            facts |= {each: sent[each] for each in ("municipality", "isil", "organisation_number")}
        return self._labels("name", self.library.name), cast(Facts, facts)

    def _labels(self, what: str, standing: Labels) -> Labels:
        written = {tag: self.cleaned_data[f"{what}_{tag}"] for tag in self.library.languages}
        return Labels({**standing, **written})


class BranchForm(forms.Form):
    name = forms.CharField(max_length=100)
    address = forms.CharField(max_length=200, required=False)
    postal_code = forms.RegexField(r"^[0-9]{4}$", required=False)
    city = forms.CharField(max_length=60, required=False)
    phone = forms.CharField(max_length=30, required=False)
    code = forms.CharField(max_length=60, required=False)
    order = forms.IntegerField(min_value=0, max_value=999, required=False)
    active = forms.BooleanField(required=False)

    def __init__(self, sent: QueryDict | None = None, *, branch: Branch | None = None) -> None:
        super().__init__(sent, initial=_branch(branch) if branch else {"order": 0})
        say(self, "name", _("Name"), missing=_("Write the branch's name."))
        say(self, "address", _("Street address"))
        say(self, "postal_code", _("Postal code"))
        self.fields["postal_code"].error_messages["invalid"] = _("A postal code has four digits.")
        say(self, "city", _("Postal town"))
        say(self, "phone", _("Phone"))
        say(
            self, "code", _("Code in the library system"),
            advice=_("What your own system calls the branch (MARC 852 $b), so that copies find their place."),
        )  # fmt: skip
        say(self, "order", _("Place in the list"), advice=_("The lowest number stands first."))
        self.fields["active"].label = _("Open to the public: shown on the library's site")
        if branch is None:
            del self.fields["active"]

    def facts(self) -> BranchFacts:
        sent = {key: value for key, value in self.cleaned_data.items() if key != "name"}
        return cast(BranchFacts, {**sent, "order": sent["order"] or 0})


def _number_fields(form: forms.Form) -> None:
    towns = [(each.number, f"{each.name} ({each.number})") for each in queries.all_municipalities()]
    cast(forms.ChoiceField, form.fields["municipality"]).choices = [("", _("None")), *towns]
    say(form, "municipality", _("Municipality"))
    say(form, "isil", "ISIL", advice=_("The library's number in the national register, such as NO-2030000."))
    say(form, "organisation_number", _("Organisation number"), advice=_("The owner's, nine digits."))


def _both_names(tag: str) -> str:
    name, own = language_name(tag), own_name(tag)
    return name if own.lower() == name.lower() else f"{name} – {own}"


def _face(library: Library) -> dict[str, Any]:
    plain = ("languages", "default_language", "email", "phone", "colour", "isil", "organisation_number")
    return {
        **{each: getattr(library, each) for each in plain},
        "municipality": library.municipality_id or "",
        **{f"name_{tag}": library.name.get(tag, "") for tag in library.languages},
        **{f"about_{tag}": library.about.get(tag, "") for tag in library.languages},
    }


def _branch(branch: Branch) -> dict[str, Any]:
    plain = ("address", "postal_code", "city", "phone", "code", "order", "active")
    return {"name": branch.name.text(get_language() or "nb"), **{each: getattr(branch, each) for each in plain}}
