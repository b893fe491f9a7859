"""A library's branches: made, changed, with their hours and the days they stay closed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Conflict, Invalid
from allmenning.kernel.labels import Labels
from allmenning.kernel.text import fold
from allmenning.organisations import permissions, queries, services
from allmenning.organisations.models import Branch, Library
from allmenning.web.desk.fields import put_at_its_field, sent
from allmenning.web.desk.hours_forms import ClosedDayForm, WeekForm
from allmenning.web.desk.library_forms import BranchForm
from allmenning.web.desk.managing import manager, own_branch, own_library
from allmenning.web.desk.staff import show


@dataclass(frozen=True, slots=True)
class Closed:
    day: date
    note: str


@require_http_methods(["GET", "HEAD", "POST"])
@manager
def new(request: HttpRequest, actor: Actor, library_id: int) -> HttpResponse:
    library = own_library(actor, library_id)
    permissions.require_library(permissions.may_administer_library(actor, library_id), actor, library_id)
    form = BranchForm(sent(request))
    if form.is_valid():
        name = form.cleaned_data["name"]
        try:
            made = services.add_branch(
                actor=actor,
                library_id=library_id,
                slug=_free_slug(library_id, name),
                name=Labels({_screen(): name}),
                **form.facts(),
            )
            messages.success(request, _("The branch is made. When is it open?"))
            return redirect("desk:hours", made.id)
        except (Invalid, Conflict) as problem:
            put_at_its_field(form, problem, {})
    return _page(request, actor, form, library, "")


@require_http_methods(["GET", "HEAD", "POST"])
@manager
def change(request: HttpRequest, actor: Actor, branch_id: int) -> HttpResponse:
    branch = own_branch(actor, branch_id)
    permissions.require_library(
        permissions.may_administer_library(actor, branch.library_id), actor, branch.library_id
    )  # fmt: skip
    form = BranchForm(sent(request), branch=branch)
    if form.is_valid():
        name = branch.name.with_text(branch.name.choose(_screen()).language or "nb", form.cleaned_data["name"])
        try:
            services.change_branch(actor=actor, branch_id=branch_id, name=name, **form.facts())
            messages.success(request, _("Saved."))
            return redirect("desk:library", branch.library_id)
        except (Invalid, Conflict) as problem:
            put_at_its_field(form, problem, {})
    return _page(request, actor, form, branch.library, branch.name.text(_screen()))


@require_http_methods(["GET", "HEAD", "POST"])
@manager
def hours(request: HttpRequest, actor: Actor, branch_id: int) -> HttpResponse:
    """The week from a day on; any librarian may, whoever is alone at work included."""
    branch = own_branch(actor, branch_id)
    form = WeekForm(sent(request), standing=queries.hours_on(branch_id, timezone.localdate()))
    if form.is_valid():
        try:
            services.set_opening_hours(actor=actor, branch_id=branch_id, period=form.period, spans=form.spans)
            messages.success(request, _("The opening hours are saved."))
            return redirect("desk:hours", branch_id)
        except (Invalid, Conflict) as problem:
            weekday = problem.data.get("weekday")
            form.add_error(f"staffed_{weekday}" if f"staffed_{weekday}" in form.fields else None, problem.message)
    return _hours_page(request, actor, branch, form, ClosedDayForm())


@require_POST
@manager
def close(request: HttpRequest, actor: Actor, branch_id: int) -> HttpResponse:
    branch = own_branch(actor, branch_id)
    form = ClosedDayForm(request.POST)
    if not form.is_valid():
        standing = queries.hours_on(branch_id, timezone.localdate())
        return _hours_page(request, actor, branch, WeekForm(standing=standing), form)
    note = Labels({_screen(): form.cleaned_data["note"]})
    services.close_on(actor=actor, branch_id=branch_id, day=form.cleaned_data["day"], note=note)
    messages.success(request, _("The branch stays closed that day."))
    return redirect("desk:hours", branch_id)


@require_POST
@manager
def reopen(request: HttpRequest, actor: Actor, branch_id: int) -> HttpResponse:
    own_branch(actor, branch_id)
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Invalid("day", _("Write the day.")) from None
    services.reopen_on(actor=actor, branch_id=branch_id, day=day)
    messages.success(request, _("The branch keeps its usual hours that day."))
    return redirect("desk:hours", branch_id)


def _page(request: HttpRequest, actor: Actor, form: BranchForm, library: Library, name: str) -> HttpResponse:
    return show(
        request,
        actor,
        "branch",
        form=form,
        name=name,
        library_id=library.id,
        library_name=library.name.text(_screen()),
        status=422 if form.errors else 200,
    )


def _hours_page(
    request: HttpRequest, actor: Actor, branch: Branch, form: WeekForm, closing: ClosedDayForm
) -> HttpResponse:
    today, screen = timezone.localdate(), _screen()
    return show(
        request,
        actor,
        "hours",
        form=form,
        closing=closing,
        branch_id=branch.id,
        branch_name=branch.name.text(screen),
        library_id=branch.library_id,
        library_name=branch.library.name.text(screen),
        later=queries.later_hours(branch.id, today),
        closed=[Closed(each.day, each.note.text(screen)) for each in queries.closed_days(branch.id, today)],
        status=422 if form.errors or closing.errors else 200,
    )


def _free_slug(library_id: int, name: str) -> str:
    """From the name; two branches of one name are told apart by a number."""
    wanted = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:50].strip("-") or "avdeling"
    there = {each.slug for each in queries.all_branches(library_id)}
    return next(each for each in (wanted, *(f"{wanted}-{n}" for n in range(2, len(there) + 3))) if each not in there)


def _screen() -> str:
    return get_language() or "nb"
