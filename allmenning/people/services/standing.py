"""What the verbs ask before they change somebody's standing: who may, and who must stay."""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from allmenning.groundwork.periods import valid_on
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Invalid, Refused
from allmenning.organisations.models import Municipality
from allmenning.organisations.permissions import require, require_library
from allmenning.people import permissions
from allmenning.people.errors import AccountNotFound, LastAdministrator
from allmenning.people.models import Account, Role, RoleGrant
from allmenning.people.places import Place


def require_may_grant(actor: Actor, role: str, place: Place) -> None:
    """Pass, or say why not: ``Invalid``, ``LibraryNotFound`` or ``Refused``."""
    if role not in Role.values:
        raise Invalid("role", _("“%(role)s” is not a role.") % {"role": role}, role=role)
    if role not in permissions.roles_at(place):
        raise Invalid("role-place", _("The consortium office is a role in a consortium only."), role=role)
    if place.consortium_id is not None:
        require(permissions.may_manage_staff_at(actor, place))
    elif place.library_id is not None:
        require_library(permissions.may_manage_staff_at(actor, place), actor, place.library_id)
    elif not permissions.may_manage_staff_at(actor, place):
        raise Refused("not-allowed", _("Only the installation gives roles for a county."))
    elif not Municipality.objects.filter(county_number=place.county_number).exists():
        message = _("There is no county with the number %(number)s.") % {"number": place.county_number}
        raise Invalid("county", message, number=place.county_number)


def refuse_oneself(actor: Actor, account_id: int) -> None:
    """Nobody raises, closes or opens themselves: whoever sits down at an open desk must not be able to, either."""
    if actor.account_id == account_id:
        raise Refused("not-yourself", _("Nobody does this to their own account. Ask another administrator."))


def place_of(grant: RoleGrant) -> Place:
    return Place(grant.library_id, grant.county_number, grant.consortium_id)


def held_at(place: Place) -> QuerySet[RoleGrant]:
    everywhere = RoleGrant.objects.unscoped("narrowed to one place at once")
    if place.library_id is not None:
        return everywhere.filter(library_id=place.library_id)
    if place.consortium_id is not None:
        return everywhere.filter(consortium_id=place.consortium_id)
    return everywhere.filter(county_number=place.county_number)


def not_over() -> Q:
    """Roles that hold today or will: what is over opens nothing."""
    return Q(ends__isnull=True) | Q(ends__gt=timezone.localdate())


def held_by(account: Account) -> list[RoleGrant]:
    everywhere = RoleGrant.objects.unscoped("every role the account opens")
    return list(everywhere.filter(not_over(), account=account))


def covers(actor: Actor, account: Account) -> bool:
    """Whether the actor could have given every role the account opens.

    Whoever holds a link can become the account. Otherwise a library could invite a neighbour's employee, or hand out a
    link in their name, and act at the neighbour's.
    """
    places = [place_of(each) for each in held_by(account)]
    return actor.is_system or (bool(places) and all(permissions.may_manage_staff_at(actor, each) for each in places))


def account_within(actor: Actor, account_id: int) -> Account:
    """The account, when it is the actor's to manage. Raises ``AccountNotFound`` for outsiders, else ``Refused``."""
    account = Account.objects.filter(id=account_id).first()
    if account is None:
        raise AccountNotFound()
    if covers(actor, account):
        return account
    held = [place_of(each) for each in held_by(account)]
    if any(permissions.may_manage_staff_at(actor, each) for each in held):
        message = _("This person also works where you do not give roles. Ask those who run the consortium.")
        raise Refused("works-elsewhere", message)
    if actor.account_id == account_id or any(each.library_id and actor.reaches(each.library_id) for each in held):
        raise Refused("not-allowed", _("Your role does not cover that."))
    raise AccountNotFound()


def keep_an_administrator(actor: Actor, grant: RoleGrant) -> None:
    """Raises ``LastAdministrator`` when nobody else could run the place that ``grant`` is held for.

    An invitation nobody has answered yet is no administrator. The installation may do anything: it can also make one.
    """
    if actor.is_system or grant.role != permissions.running_role(place_of(grant)):
        return
    never = Q(account__last_login__isnull=True, account__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    able = Q(account__is_active=True) & ~never
    running = held_at(place_of(grant)).filter(able, valid_on(timezone.localdate()), role=grant.role)
    # Locked, so that two administrators cannot remove each other at one moment (SQLite has one writer anyway).
    there = list(running.select_for_update().values_list("account_id", flat=True))
    if set(there) == {grant.account_id}:
        raise LastAdministrator()
