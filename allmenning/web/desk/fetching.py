"""How a fetched source is, at the desk: its health, its settings, and a way to have it fetched now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allmenning.catalogue import queries
from allmenning.catalogue.harvesting import queries as harvesting
from allmenning.catalogue.harvesting import services
from allmenning.catalogue.harvesting.models import Harvest, SourceSettings
from allmenning.catalogue.models import Source
from allmenning.catalogue.permissions import may_change_source
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError
from allmenning.web.desk.outside_words import trouble_in_words
from allmenning.web.desk.shown import duration
from allmenning.web.desk.staff import show, staff
from allmenning.web.desk.words import RUN_STATES, in_words

HARVESTS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class HarvestLine:
    """``rate`` is records a second while it was at work."""

    started: datetime
    state: str
    state_words: str
    who: str
    took: str
    listed: int
    deletions: int
    without_record: int
    rate: float
    since: str
    problem: str
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Fetching:
    """``state`` is one of harvesting.queries.Health; ``trouble`` in words, ``detail`` as it was noted (English)."""

    settings: SourceSettings
    state: str
    as_of: datetime | None
    trouble: str
    detail: str
    harvests: list[HarvestLine]


def fetching(source: Source) -> Fetching | None:
    """What the source's page tells of its fetching; None for a source of files."""
    found = harvesting.health(source)
    if found is None:
        return None
    settings = found.settings
    trouble = trouble_in_words(settings.problem, settings.problem_detail) if settings.problem else ""
    lines = [_line(each) for each in harvesting.harvests(source)[:HARVESTS_SHOWN]]
    return Fetching(settings, found.state, found.as_of, trouble, settings.problem_detail, lines)


def _line(found: Harvest) -> HarvestLine:
    trouble = trouble_in_words(found.problem, found.problem_detail) if found.problem else ""
    return HarvestLine(
        found.started,
        found.state,
        in_words(RUN_STATES, found.state),
        found.actor_name,
        duration(found.started, found.finished),
        found.listed,
        found.deletions,
        found.without_record,
        found.listed / found.seconds if found.seconds else 0.0,
        found.since,
        trouble,
        found.state != Harvest.FINISHED and bool(found.token),
    )


class SettingsForm(forms.Form):
    """The fields of the settings page, with words a librarian knows and the protocol's own beside them."""

    kind = forms.ChoiceField(widget=forms.Select(attrs={"class": "ds-input"}))
    address = forms.CharField(required=False, max_length=500, widget=forms.URLInput(attrs={"class": "ds-input"}))
    set_spec = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"class": "ds-input"}))
    metadata_prefix = forms.CharField(
        required=False, max_length=60, widget=forms.TextInput(attrs={"class": "ds-input"})
    )
    every_hours = forms.IntegerField(
        min_value=0, max_value=services.LONGEST_PAUSE, widget=forms.NumberInput(attrs={"class": "ds-input"})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [
            (SourceSettings.FILE, _("Delivered as files")),
            (SourceSettings.OAI_PMH, _("Fetched by OAI-PMH")),
        ]
        for name, (label, help_text) in _labels().items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        self.fields["every_hours"].error_messages["required"] = _("Write a number of hours; 0 for never by itself.")


def _labels() -> dict[str, tuple[str, str]]:
    return {
        "kind": (_("How the records come"), ""),
        "address": (_("Address"), _("The repository's base URL, as the system's supplier gives it.")),
        "set_spec": (_("Set"), _("Only this part of the repository (setSpec). Empty: everything.")),
        "metadata_prefix": (
            _("Form"),
            _("What the repository calls its MARC (metadataPrefix). Empty: the best it offers."),
        ),
        "every_hours": (_("Hours between harvests"), _("24 is once a day. 0: only when somebody asks for it.")),
    }


def changeable(actor: Actor, name: str) -> Source:
    """The source, for those who may change how it is fetched; to others it has no such pages."""
    found = queries.source(name)
    if found is None or not may_change_source(actor, found.library_id):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def settings(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    source = changeable(actor, name)
    if request.method != "POST":
        now = harvesting.settings_of(source)
        form = SettingsForm(initial={**vars(now), "metadata_prefix": now.prefix})
        return show(request, actor, "source_settings", source=source, form=form)
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return show(request, actor, "source_settings", source=source, form=form, status=422)
    try:
        said = dict(form.cleaned_data)
        services.configure(actor=actor, source=source, prefix=said.pop("metadata_prefix"), **said)
    except AllmenningError as problem:
        return show(request, actor, "source_settings", source=source, form=form, problem=problem)
    return redirect(f"{reverse('desk:source', args=[name])}#henting")


@require_POST
@staff
def fetch(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """The worker fetches it within seconds; the page tells how that goes when it is loaded again."""
    source = changeable(actor, name)
    back = reverse("desk:source", args=[name])
    try:
        services.fetch_soon(actor=actor, source=source)
    except AllmenningError as problem:
        return show(request, actor, "problem", problem=problem, back=back)
    return redirect(f"{back}?bestilt=1#henting")
