"""Those who work at a library or in a consortium's office: invited, given roles, helped back in, and let go.

The same pages for both kinds of place; the address says which. A one-time link is shown on the page that answers the
button and nowhere else: it is not kept, so it cannot be shown again.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError, Conflict, Invalid, NotFound
from allmenning.kernel.periods import Period
from allmenning.people import permissions, queries, services
from allmenning.people.models import Account, AccountState
from allmenning.people.queries import Colleague
from allmenning.web.desk.colleague_forms import INVITE_FIELDS, Invite, Roles
from allmenning.web.desk.fields import put_at_its_field, sent
from allmenning.web.desk.managing import manager
from allmenning.web.desk.staff import show
from allmenning.web.desk.workplaces import Here, line_of, managed, screen, seen


@require_safe
@manager
def colleagues(
    request: HttpRequest, actor: Actor, library_id: int | None = None, consortium_id: int | None = None
) -> HttpResponse:
    here = seen(actor, library_id, consortium_id)
    lines = [line_of(each, here) for each in queries.colleagues(here.place)]
    may_manage = permissions.may_manage_staff_at(actor, here.place)
    return show(
        request, actor, "colleagues", here=here, lines=lines, may_manage=may_manage, invite=here.url("invite")
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@manager
def invite(
    request: HttpRequest, actor: Actor, library_id: int | None = None, consortium_id: int | None = None
) -> HttpResponse:
    """GET: the form. POST: the role is given, and the link shown once."""
    here = managed(actor, library_id, consortium_id)
    form = Invite(sent(request), place=here.place)
    if form.is_valid():
        try:
            made = services.invite(
                actor=actor,
                place=here.place,
                period=Period(timezone.localdate()),
                language=screen(),
                **form.cleaned_data,
            )
            if made.token:
                return _link(request, actor, here, services.Link(made.account, made.token), invited=True)
            messages.success(request, _already_there(made.account))
            return redirect(here.staff_url)
        except (Invalid, Conflict) as problem:
            put_at_its_field(form, problem, INVITE_FIELDS)
    return show(request, actor, "invite", here=here, form=form, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@manager
def colleague(
    request: HttpRequest,
    actor: Actor,
    account_id: int,
    library_id: int | None = None,
    consortium_id: int | None = None,
) -> HttpResponse:
    """One colleague. POST: the roles they hold here from today."""
    here = managed(actor, library_id, consortium_id)
    found = queries.colleague(here.place, account_id)
    form = Roles(sent(request), place=here.place, held=found.roles)
    if form.is_valid():
        try:
            services.change_roles(
                actor=actor,
                account_id=account_id,
                place=here.place,
                roles=form.cleaned_data["roles"],
                day=timezone.localdate(),
            )
            messages.success(request, _("Saved."))
            return redirect(here.url("colleague", account_id))
        except (Invalid, Conflict) as problem:
            form.add_error("roles", problem.message)
    return _page(request, actor, here, found, form)


@require_POST
@manager
def link(
    request: HttpRequest,
    actor: Actor,
    account_id: int,
    library_id: int | None = None,
    consortium_id: int | None = None,
) -> HttpResponse:
    """Shown here and never again; asked for once more, it is another link, and this one no longer works."""
    here = managed(actor, library_id, consortium_id)
    found = queries.colleague(here.place, account_id)
    try:
        return _link(request, actor, here, services.make_link(actor=actor, account_id=account_id), invited=False)
    except AllmenningError as problem:
        return _page(request, actor, here, found, Roles(place=here.place, held=found.roles), problem)


@require_POST
@manager
def end(
    request: HttpRequest,
    actor: Actor,
    account_id: int,
    library_id: int | None = None,
    consortium_id: int | None = None,
) -> HttpResponse:
    """The work here is over; roles elsewhere stay. An unanswered invitation is withdrawn."""
    here = managed(actor, library_id, consortium_id)
    found = queries.colleague(here.place, account_id)

    def verb() -> None:
        if found.account.state == AccountState.INVITED:
            services.withdraw_invitation(actor=actor, account_id=account_id, place=here.place)
        else:
            day = timezone.localdate()
            services.change_roles(actor=actor, account_id=account_id, place=here.place, roles=(), day=day)

    withdrawn = _("The invitation to %(name)s is withdrawn.")
    ended = _("%(name)s no longer has any role here.")
    said = withdrawn if found.account.state == AccountState.INVITED else ended
    return _done(request, actor, here, found, verb, said % {"name": found.account.name}, here.staff_url)


@require_POST
@manager
def close(
    request: HttpRequest,
    actor: Actor,
    account_id: int,
    library_id: int | None = None,
    consortium_id: int | None = None,
) -> HttpResponse:
    """Disable the account, or enable it again: ``apne`` says which."""
    here = managed(actor, library_id, consortium_id)
    found = queries.colleague(here.place, account_id)
    opening = "apne" in request.POST
    verb = services.reopen_account if opening else services.close_account
    said = _("%(name)s can sign in again.") if opening else _("%(name)s can no longer sign in.")
    return _done(
        request,
        actor,
        here,
        found,
        lambda: verb(actor=actor, account_id=account_id),
        said % {"name": found.account.name},
        here.url("colleague", account_id),
    )


def _done(
    request: HttpRequest, actor: Actor, here: Here, found: Colleague, verb: Callable[[], object], said: str, onward: str
) -> HttpResponse:
    try:
        verb()
    except NotFound:
        raise
    except AllmenningError as problem:
        return _page(request, actor, here, found, Roles(place=here.place, held=found.roles), problem)
    messages.success(request, said)
    return redirect(onward)


def _page(
    request: HttpRequest,
    actor: Actor,
    here: Here,
    found: Colleague,
    form: Roles,
    problem: AllmenningError | None = None,
) -> HttpResponse:
    account = found.account
    return show(
        request,
        actor,
        "colleague",
        here=here,
        line=line_of(found, here),
        form=form,
        oneself=account.id == actor.account_id,
        may_be_managed=queries.may_be_managed(actor, account),
        link_url=here.url("link", account.id),
        end_url=here.url("end", account.id),
        close_url=here.url("close", account.id),
        problem=problem,
        status=422 if form.errors else 200,
    )


def _link(request: HttpRequest, actor: Actor, here: Here, made: services.Link, *, invited: bool) -> HttpResponse:
    path = reverse("welcome", kwargs={"account_id": made.account.id, "token": made.token})
    return show(
        request,
        actor,
        "link",
        here=here,
        name=made.account.name,
        email=made.account.email,
        address=request.build_absolute_uri(path),
        until=made.expires,
        invited=invited,
    )


def _already_there(account: Account) -> str:
    if account.has_usable_password():
        said = _("%(name)s has an account already and has the role from now on, with the password they use elsewhere.")
    else:
        said = _("%(name)s waits for a link from another library, and has the role here as soon as it is used.")
    return said % {"name": account.name}
