"""The door of the desk: who comes in, and the frame round every page."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from allmenning.catalogue.permissions import may_group, may_see_well
from allmenning.kernel.actor import Actor
from allmenning.organisations.permissions import consortia_run, libraries_looked_after
from allmenning.people.queries import actor_for
from allmenning.web import palette
from allmenning.web.desk.paging import carried
from allmenning.web.desk.words import error_in_words
from allmenning.web.languages import screen_languages

Rest = ParamSpec("Rest")

#: A catalogue's numbers are 64 bits; longer ones were never given.
NUMBER = "[0-9]{1,18}"


class Number:
    """Path converter: a record's, edition's or work's number, as any of our databases can hold it."""

    regex = NUMBER

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def staff(
    view: Callable[Concatenate[HttpRequest, Actor, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """For the staff of any library: the view is given the actor. Others get 404; who is not signed in may do so."""

    @never_cache
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if isinstance(request.user, AnonymousUser):
            # What was sent cannot be sent again after the sign-in page: begin at the desk.
            return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("desk:overview"))
        actor = actor_for(request.user)
        if not may_see_well(actor):
            raise Http404
        return view(request, actor, *args, **kwargs)

    update_wrapper(guarded, view)
    return guarded


def show(request: HttpRequest, actor: Actor, template: str, *, status: int = 200, **page: Any) -> HttpResponse:
    """One page of the desk. ``problem`` among the page's values is an error to be told at its top."""
    if problem := page.get("problem"):
        page["problem"], status = error_in_words(problem), problem.status
    screen = translation.get_language() or "nb"
    frame = {
        "actor": actor,
        "may_group": may_group(actor),
        "may_look_after": bool(libraries_looked_after(actor) or consortia_run(actor)),
        "theme": palette.FALLBACK[1:],
        "languages": screen_languages(),
        "screen": screen,
        "screen_name": dict(screen_languages()).get(screen, screen),
        "here": request.resolver_match.url_name if request.resolver_match else "",
        "back": _without_notice(request),
    }
    return render(request, f"desk/{template}.html", {**page, "desk": frame}, status=status)


def _without_notice(request: HttpRequest) -> str:
    """The page's own address, to come back to; without the word of what was done before."""
    query = carried(request)
    return f"{request.path}?{urlencode(query)}" if query else request.path
