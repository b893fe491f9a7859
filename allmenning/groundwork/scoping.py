"""Whose data is it? Refusal by default: a query over owned rows that does not say for whom never reaches the database.

Every model of ours declares ``scope``:

- ``shared``: everybody's (bibliographic records, the public facts about libraries). Plain Django manager.
- ``owned``: one library's (staff roles, patrons, items, loans, pages).
- ``agreed``: seen through an agreement.

Owned and agreed models carry ``objects = ScopedManager()`` and say in ``library_path`` how a row leads to its library
or libraries; without it, by a column ``library_id``. ``_base_manager`` stays Django's plain one: foreign keys, cascades
and saving follow single rows already found.
"""

from __future__ import annotations

from typing import Any, Literal, Self, TypeVar

from django.db import models
from django.db.models import sql
from django.db.models.sql.compiler import SQLCompiler

from allmenning.kernel.actor import Actor

Scope = Literal["shared", "owned", "agreed"]
SCOPES: tuple[Scope, ...] = ("shared", "owned", "agreed")

M = TypeVar("M", bound=models.Model, covariant=True)


class UnscopedQuery(RuntimeError):
    """A programming error, not a person's: the query must say for whom it asks."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(
            f"{model._meta.label} belongs to single libraries. Say for whom you ask: "
            f".for_library(library_id), .for_actor(actor), or .unscoped('why everybody’s rows are right here')."
        )


class ScopedQuery(sql.Query):
    """Refuses to become SQL until it has been told for whom.

    The check sits where every read passes, also subqueries, counts and ``exists``: making the compiler.
    """

    admitted: str = ""  # by whom or why; empty: not yet

    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> SQLCompiler:
        if not self.admitted and not self.is_empty():
            assert self.model is not None
            raise UnscopedQuery(self.model)
        compiler: SQLCompiler = super().get_compiler(using, connection, elide_empty)
        return compiler

    def combine(self, rhs: sql.Query, connector: str) -> None:
        # ``scoped | unscoped`` would widen a scoped query behind its back; ``&`` can only narrow it.
        if connector == sql.where.OR and not getattr(rhs, "admitted", ""):
            self.admitted = ""
        elif connector == sql.where.AND:
            self.admitted = self.admitted or getattr(rhs, "admitted", "")
        super().combine(rhs, connector)


class ScopedQuerySet(models.QuerySet[M]):
    def __init__(
        self,
        model: type[models.Model] | None = None,
        query: sql.Query | None = None,
        using: str | None = None,
        hints: dict[str, models.Model] | None = None,
    ) -> None:
        if query is None and model is not None:
            query = ScopedQuery(model)
        super().__init__(model, query, using, hints)

    def for_library(self, library_id: int) -> Self:
        """The rows of one library. It is the caller's part to know that the actor may see them; else ``for_actor``."""
        return self._within(f"library {library_id}", [library_id])

    def for_actor(self, actor: Actor) -> Self:
        """The rows the actor's roles reach: of the library the actor stands in, or of all of theirs when in none.

        Standing in a library without a role there gives nothing. Processes of the installation see everything.
        """
        if actor.is_system:
            return self.unscoped(f"system: {actor.name}")
        libraries = {actor.library_id} if actor.library_id is not None else actor.libraries
        return self._within(f"account {actor.account_id}", sorted(each for each in libraries if actor.reaches(each)))

    def unscoped(self, reason: str) -> Self:
        """Everybody's rows. ``reason`` is for the reader of the code and must not be empty."""
        if not reason.strip():
            raise ValueError("An unscoped query needs a reason.")
        return self._admitted(reason)

    def update(self, **kwargs: Any) -> int:
        self._refuse_unscoped()
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_unscoped()
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _within(self, for_whom: str, library_ids: list[int]) -> Self:
        path = getattr(self.model, "library_path", "library_id")
        narrowed: dict[str, Any] = {f"{path}__in": library_ids} if len(library_ids) != 1 else {path: library_ids[0]}
        if self.model.scope == "agreed":  # type: ignore[attr-defined]
            # The way to an agreement's libraries is a join to many: ask by key, so that no row comes twice.
            narrowed = {"pk__in": self.model._base_manager.filter(**narrowed).values("pk")}
        return self.filter(**narrowed)._admitted(for_whom)

    def _admitted(self, reason: str) -> Self:
        copy = self._chain()  # type: ignore[attr-defined]
        copy.query.admitted = reason
        return copy  # type: ignore[no-any-return]

    def _refuse_unscoped(self) -> None:
        # Updates and deletes turn the query into another class, past ScopedQuery.get_compiler.
        if not getattr(self.query, "admitted", "") and not self.query.is_empty():
            raise UnscopedQuery(self.model)


class ScopedManager(models.Manager[M]):
    """The only manager of an owned or agreed model."""

    def get_queryset(self) -> ScopedQuerySet[M]:
        return ScopedQuerySet(self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]

    def for_library(self, library_id: int) -> ScopedQuerySet[M]:
        return self.get_queryset().for_library(library_id)

    def for_actor(self, actor: Actor) -> ScopedQuerySet[M]:
        return self.get_queryset().for_actor(actor)

    def unscoped(self, reason: str) -> ScopedQuerySet[M]:
        return self.get_queryset().unscoped(reason)
