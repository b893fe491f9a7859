"""The door of the pages on which a library is run: its face, its branches, its staff. Neighbours get 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError, NotFound
from allmenning.organisations import permissions, queries
from allmenning.organisations.models import Branch, Library
from allmenning.web.desk.staff import show, staff

Rest = ParamSpec("Rest")


def manager(
    view: Callable[Concatenate[HttpRequest, Actor, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """As ``staff``; what an outsider may not know of is 404, and what a role does not cover is told on a page."""

    def guarded(request: HttpRequest, actor: Actor, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            return view(request, actor, *args, **kwargs)
        except NotFound as problem:
            raise Http404 from problem
        except AllmenningError as problem:
            return show(request, actor, "problem", problem=problem, back=reverse("desk:libraries"))

    update_wrapper(guarded, view)
    return staff(guarded)


def own_library(actor: Actor, library_id: int) -> Library:
    """A library the actor looks after in some way. Raises ``LibraryNotFound`` for the neighbours'."""
    permissions.require_library(actor.reaches(library_id), actor, library_id)
    permissions.require_library(library_id in permissions.libraries_looked_after(actor), actor, library_id)
    return queries.library(library_id)


def own_branch(actor: Actor, branch_id: int) -> Branch:
    """Raises ``BranchNotFound``, ``LibraryNotFound``."""
    found = queries.branch(branch_id)
    own_library(actor, found.library_id)
    return found
