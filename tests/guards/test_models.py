"""Every model says whose its rows are, and points down only: import-linter cannot see foreign keys that are strings."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.test.utils import isolate_apps

from allmenning.groundwork.scoping import SCOPES, ScopedManager
from tests.guards.floors import PROJECT, floors, room_of

OURS = sorted(
    (each for each in apps.get_models(include_auto_created=True) if each.__module__.startswith("allmenning.")),
    key=lambda model: model._meta.label,
)


def undeclared(model: type[models.Model]) -> str:
    """What is wrong with how the model says whose its rows are, or nothing."""
    if model._meta.auto_created:
        return ""  # a table between two models: its rows belong to what they join
    scope = getattr(model, "scope", None)
    if scope not in SCOPES:
        return f"declares no scope: write scope = one of {', '.join(SCOPES)}"
    if type(model._base_manager) is not models.Manager:
        return "has a _base_manager that is not Django's plain one"
    guarded = isinstance(model._default_manager, ScopedManager)
    if scope == "shared":
        return "is shared, but its manager refuses unscoped queries" if guarded else ""
    if not guarded or any(not isinstance(each, ScopedManager) for each in model._meta.managers):
        return f"is {scope}: its only manager must be a ScopedManager"
    return _wrong_path(model, getattr(model, "library_path", "library_id"))


def _wrong_path(model: type[models.Model], path: str) -> str:
    here: type[models.Model] = model
    for step in path.removesuffix("_id").split("__"):
        try:
            field = here._meta.get_field(step)
        except FieldDoesNotExist:
            # A plain column named library_id is its own field, without a relation to follow.
            return "" if path in {each.attname for each in here._meta.concrete_fields} else f"has no path {path}"
        here = field.related_model if isinstance(field.related_model, type) else here
    return ""


def upward(model: type[models.Model], heights: dict[str, int]) -> list[str]:
    """Relations to a room above, or to a stranger on the same floor."""
    room = room_of(model.__module__)
    wrong = []
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        target = field.related_model
        if not isinstance(target, type) or not target.__module__.startswith("allmenning."):
            continue
        other = room_of(target.__module__)
        if other != room and heights[other] >= heights[room]:
            wrong.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    return wrong


def test_there_are_models_to_guard() -> None:
    assert {"organisations.Library", "people.RoleGrant", "groundwork.AuditEntry"} <= {m._meta.label for m in OURS}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_says_whose_its_rows_are(model: type[models.Model]) -> None:
    assert undeclared(model) == ""


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_points_down_only(model: type[models.Model]) -> None:
    assert upward(model, floors()) == []


def test_every_room_stands_on_a_floor() -> None:
    rooms = {each.name for each in (PROJECT / "allmenning").iterdir() if (each / "__init__.py").is_file()}
    assert rooms == set(floors())


def test_the_floors_are_read_in_the_houses_order() -> None:
    heights = floors()
    assert heights["kernel"] == 0
    assert heights["groundwork"] < heights["organisations"] < heights["people"] < heights["catalogue"] < heights["web"]


@isolate_apps("allmenning.people")
def test_the_guard_sees_what_is_wrong() -> None:
    class Undeclared(models.Model):
        class Meta:
            app_label = "people"

    class Unguarded(models.Model):
        scope = "owned"
        library_id = models.BigIntegerField()

        class Meta:
            app_label = "people"

    class Pathless(models.Model):
        scope = "owned"
        library_path = "branch__library_id"
        objects = ScopedManager["Pathless"]()

        class Meta:
            app_label = "people"

    class Overguarded(models.Model):
        scope = "shared"
        objects = ScopedManager["Overguarded"]()

        class Meta:
            app_label = "people"

    assert undeclared(Undeclared) == "declares no scope: write scope = one of shared, owned, agreed"
    assert undeclared(Unguarded) == "is owned: its only manager must be a ScopedManager"
    assert undeclared(Pathless) == "has no path branch__library_id"
    assert undeclared(Overguarded) == "is shared, but its manager refuses unscoped queries"


@isolate_apps("allmenning.organisations", "allmenning.people")
def test_the_guard_sees_a_foreign_key_that_points_up() -> None:
    class Upstairs(models.Model):
        __module__ = "allmenning.people.models"

        class Meta:
            app_label = "people"

    class Downstairs(models.Model):
        __module__ = "allmenning.organisations.models"
        contact = models.ForeignKey(Upstairs, on_delete=models.CASCADE)

        class Meta:
            app_label = "organisations"

    assert upward(Downstairs, floors()) == ["organisations.Downstairs.contact → people.Upstairs"]
    assert upward(Upstairs, floors()) == []


def test_no_model_signals_do_business() -> None:
    """Rooms listen to the outbox; a model signal would let a lower room call up unseen."""
    signals = ("post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed")
    written = {
        path.relative_to(PROJECT).as_posix()
        for path in Path(PROJECT / "allmenning").rglob("*.py")
        if any(signal in path.read_text(encoding="utf-8") for signal in signals)
    }
    assert written == set()
