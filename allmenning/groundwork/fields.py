"""Two kinds of value every room stores: money and labels."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core import checks
from django.db import models
from django.db.models.fields.json import KeyTransform

from allmenning.kernel import money
from allmenning.kernel.errors import Invalid
from allmenning.kernel.labels import Labels


class MoneyField(models.Field[Decimal | int | str, Decimal]):
    """Kroner as ``Decimal`` with two decimals in Python, whole øre as an integer in the database.

    SQLite keeps decimals as floats (123456789012345.67 comes back as …346.00); integers are exact everywhere, and sums
    in SQL stay integer sums. Floats and parts of an øre are refused with ``Invalid``: round them first, with
    ``kernel.money.rounded``.
    """

    description = "money in whole øre"

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def from_db_value(self, value: int | None, *_: Any) -> Decimal | None:
        return None if value is None else money.from_ore(value)

    def to_python(self, value: Any) -> Decimal | None:
        return None if value is None else money.amount(value)

    def get_prep_value(self, value: Any) -> int | None:
        value = super().get_prep_value(value)
        return None if value is None else money.to_ore(value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(money.amount(value))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.DecimalField, "decimal_places": 2, "localize": True, **kwargs})


class LabelsField(models.JSONField):
    """``kernel.labels.Labels``, stored as JSON from language tag to text. Never null, may be empty."""

    description = "text in several languages"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Labels)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if self.null:
            found.append(checks.Error("Labels are never null: no text is Labels().", obj=self, id="groundwork.E001"))
        return found

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        loaded = super().from_db_value(value, expression, connection)
        # ``values("name__nb")`` asks for one text, not for the mapping.
        return loaded if isinstance(expression, KeyTransform) or loaded is None else Labels(loaded)

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Labels) else Labels(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        # Lookups pass here too (``name__nb="Oslo"``), so that single texts go through.
        return value.to_dict() if isinstance(value, Labels) else super().get_prep_value(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str):
            raise Invalid("label-text", f"«{value}» has no language: write Labels(nb=…).", value=value)
        return super().get_db_prep_save(Labels(value).to_dict(), connection)

    def value_from_object(self, obj: models.Model) -> Any:
        value = super().value_from_object(obj)
        return value.to_dict() if isinstance(value, Labels) else value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value.to_dict() if isinstance(value, Labels) else value, model_instance)
