"""Accounts and the roles they hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmenning.groundwork.periods import Dated
from allmenning.groundwork.scoping import Scope, ScopedManager
from allmenning.organisations.models import Consortium, Library


class AccountState(models.TextChoices):
    """What a colleague needs to know of an account."""

    ACTIVE = "active", _("Active")
    INVITED = "invited", _("Invited")
    WAITING = "waiting", _("Waits for a new password")
    CLOSED = "closed", _("Disabled")


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by e-mail, however it is cased. Accounts are made by ``people.services``."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A person who signs in; one account however many libraries they work for. ``email`` is stored in lower case.

    Shared, because a person is no library's property; who works where is told by :class:`RoleGrant`, which is owned.
    There is no superuser: what a person may do comes from roles alone.
    """

    scope: ClassVar[Scope] = "shared"

    email = models.EmailField(unique=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=12, default="nb")  # BCP 47
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    link_made_at = models.DateTimeField(null=True, blank=True)  # the newest one-time link; the link itself is not kept

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["given_name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def state(self) -> AccountState:
        if not self.is_active:
            return AccountState.CLOSED
        if self.has_usable_password():
            return AccountState.ACTIVE
        return AccountState.WAITING if self.last_login else AccountState.INVITED


class Role(models.TextChoices):
    CATALOGUER = "cataloguer", _("Cataloguer")
    LIBRARIAN = "librarian", _("Librarian")
    ADMIN = "admin", _("Administrator")
    CONSORTIUM_OFFICE = "consortium_office", _("Consortium office")


class RoleGrant(Dated):
    """A role for a time, held for one library, for a county, or for a consortium: exactly one of the three.

    A county's grant reaches the municipal, school and county libraries there; a consortium's reaches its members of
    the day. A library sees the grants on itself; those on counties and consortia are read by their verbs.
    """

    scope: ClassVar[Scope] = "owned"
    library_path: ClassVar[str] = "library_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    county_number = models.CharField(max_length=2, blank=True)
    consortium = models.ForeignKey(Consortium, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    objects = ScopedManager["RoleGrant"]()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(library__isnull=False, county_number="", consortium__isnull=True)
                | (Q(library__isnull=True, consortium__isnull=True) & ~Q(county_number=""))
                | Q(library__isnull=True, county_number="", consortium__isnull=False),
                name="rolegrant_held_in_one_place",
            ),
        ]

    def __str__(self) -> str:
        place = self.library_id or self.county_number or f"consortium {self.consortium_id}"
        return f"{self.account_id} {self.role} {place} {self.starts}–{self.ends or ''}"
