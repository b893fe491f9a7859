"""The libraries one looks after: the list, one library, its face, and new ones."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Conflict, Invalid
from allmenning.kernel.labels import Labels
from allmenning.organisations import permissions, queries, services
from allmenning.organisations.models import Branch, Library
from allmenning.people.permissions import may_grant_in_consortium, may_see_staff
from allmenning.web.desk.fields import put_at_its_field, sent
from allmenning.web.desk.library_forms import LIBRARY_FIELDS, LibraryFace, NewLibrary
from allmenning.web.desk.managing import manager, own_library
from allmenning.web.desk.staff import show
from allmenning.web.languages import language_name


@dataclass(frozen=True, slots=True)
class LibraryLine:
    """One library in the list."""

    id: int
    name: str
    kind: str
    municipality: str
    active: bool


@dataclass(frozen=True, slots=True)
class ConsortiumLine:
    id: int
    name: str
    may_see_staff: bool


@dataclass(frozen=True, slots=True)
class BranchLine:
    id: int
    name: str
    address: str
    active: bool


@require_safe
@manager
def libraries(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All one may change anything of, and the consortia one may make new ones in."""
    looked_after, run = permissions.libraries_looked_after(actor), permissions.consortia_run(actor)
    if not looked_after and not run:
        raise Http404
    screen = _screen()
    return show(
        request,
        actor,
        "libraries",
        libraries=[_line(each, screen) for each in queries.libraries(looked_after)],
        consortia=[
            ConsortiumLine(each.id, each.name.text(screen), may_grant_in_consortium(actor, each.id))
            for each in queries.consortia(run)
        ],
    )


@require_safe
@manager
def library(request: HttpRequest, actor: Actor, library_id: int) -> HttpResponse:
    found, screen = own_library(actor, library_id), _screen()
    address = queries.address_of(found)
    return show(
        request,
        actor,
        "library",
        library=_line(found, screen),
        facts=_facts(found),
        colour=found.colour.removeprefix("#"),
        site=address.url(installation_host=request.get_host()) if address.host else address.path(),
        branches=[_branch(each, screen) for each in queries.all_branches(library_id)],
        may_administer=permissions.may_administer_library(actor, library_id),
        may_see_staff=may_see_staff(actor, library_id),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@manager
def change(request: HttpRequest, actor: Actor, library_id: int) -> HttpResponse:
    """The library's face, and its numbers for those who may set them."""
    found = own_library(actor, library_id)
    permissions.require_library(permissions.may_administer_library(actor, library_id), actor, library_id)
    form = LibraryFace(
        sent(request),
        request.FILES if request.method == "POST" else None,
        library=found,
        numbers=permissions.may_number_library(actor, library_id),
    )
    if form.is_valid():
        name, facts = form.facts()
        try:
            services.change_library(actor=actor, library_id=library_id, name=name, **facts)
            messages.success(request, _("Saved."))
            return redirect("desk:library", library_id)
        except (Invalid, Conflict) as problem:
            put_at_its_field(form, problem, {**LIBRARY_FIELDS, "library-name": f"name_{found.default_language}"})
    name = found.name.text(_screen())
    return show(
        request, actor, "library_face", form=form, library_id=library_id, name=name, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@manager
def new(request: HttpRequest, actor: Actor, consortium_id: int) -> HttpResponse:
    """A new member of a consortium, by those who run it."""
    if consortium_id not in permissions.consortia_run(actor):
        raise Http404
    form = NewLibrary(sent(request))
    if form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            made = services.create_library(
                actor=actor, name=Labels(nb=facts.pop("name")), consortium_id=consortium_id, **facts
            )
            messages.success(request, _("The library is made. Fill in the rest, and invite those who work there."))
            return redirect("desk:library", made.id)
        except (Invalid, Conflict) as problem:
            put_at_its_field(form, problem, LIBRARY_FIELDS)
    return show(
        request,
        actor,
        "library_new",
        form=form,
        consortium=queries.consortia([consortium_id])[0].name.text(_screen()),
        back=reverse("desk:libraries"),
        status=422 if form.errors else 200,
    )


def _screen() -> str:
    return get_language() or "nb"


def _line(found: Library, screen: str) -> LibraryLine:
    town = found.municipality.name if found.municipality else ""
    return LibraryLine(found.id, found.name.text(screen), str(found.get_kind_display()), town, found.active)


def _branch(found: Branch, screen: str) -> BranchLine:
    where = " ".join(filter(None, (found.postal_code, found.city)))
    return BranchLine(found.id, found.name.text(screen), ", ".join(filter(None, (found.address, where))), found.active)


def _facts(found: Library) -> list[tuple[str, str]]:
    """Label and value; what is not known is left out."""
    facts = (
        (_("Kind of library"), str(found.get_kind_display())),
        (_("Municipality"), found.municipality.name if found.municipality else ""),
        ("ISIL", found.isil),
        (_("Organisation number"), found.organisation_number),
        (_("Languages"), ", ".join(language_name(each) for each in found.languages)),
        (_("E-mail"), found.email),
        (_("Phone"), found.phone),
    )
    return [(label, value) for label, value in facts if value]
