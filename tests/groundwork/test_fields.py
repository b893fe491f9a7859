"""Money and labels come back from both databases exactly as they went in."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from allmenning.groundwork.fields import LabelsField, MoneyField
from allmenning.kernel.errors import Invalid
from allmenning.kernel.labels import Labels
from allmenning.organisations.models import Library
from tests.people_and_places import kautokeino, oslo

pytestmark = pytest.mark.django_db


@pytest.fixture
def price() -> Iterator[Any]:
    """A table with an amount, for the test alone."""
    with isolate_apps("allmenning.groundwork"), connection.cursor() as cursor:

        class Price(models.Model):
            amount = MoneyField(null=True)

            class Meta:
                app_label = "groundwork"
                db_table = "price_for_test"

        key = "serial" if connection.vendor == "postgresql" else "integer"
        cursor.execute(f"CREATE TEMPORARY TABLE price_for_test (id {key} PRIMARY KEY, amount bigint NULL)")
        yield Price  # the table goes with the test's transaction


@pytest.mark.parametrize("text", ["123456789012345.67", "0.10", "-0.05", "20000.00"])
def test_money_comes_back_to_the_ore(price: Any, text: str) -> None:
    made = price.objects.create(amount=Decimal(text))
    assert str(price.objects.get(id=made.id).amount) == text
    assert price.objects.get(amount=Decimal(text)) == made


def test_money_is_whole_ore_in_the_database_and_sums_there(price: Any) -> None:
    for text in ("99.99", "99.99", "0.02"):
        price.objects.create(amount=text)
    price.objects.create(amount=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount FROM price_for_test ORDER BY id")
        assert [row[0] for row in cursor.fetchall()] == [9999, 9999, 2, None]
    assert price.objects.aggregate(total=models.Sum("amount")) == {"total": Decimal("200.00")}
    assert price.objects.filter(amount__gte=Decimal("99.99")).count() == 2


@pytest.mark.parametrize(("wrong", "code"), [(0.1, "money-type"), ("0.005", "money-sub-ore"), ("gratis", "money-text")])
def test_what_is_not_exact_money_is_not_saved(price: Any, wrong: object, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        price.objects.create(amount=wrong)
    assert refused.value.code == code


def test_labels_come_back_as_labels() -> None:
    kautokeino()
    found = Library.objects.get(slug="kautokeino")
    assert found.name == Labels(se="Guovdageainnu girjerádju", nb="Kautokeino bibliotek")
    assert found.name.text("smj") == "Kautokeino bibliotek"
    assert found.about == Labels()
    assert list(Library.objects.values_list("name", flat=True)) == [found.name]


def test_one_text_can_be_asked_for_in_sql() -> None:
    oslo()
    kautokeino()
    assert Library.objects.get(name__se="Guovdageainnu girjerádju").slug == "kautokeino"
    assert list(Library.objects.order_by("slug").values_list("name__nb", flat=True)) == [
        "Kautokeino bibliotek",
        "Deichman bibliotek",
    ]


def test_a_text_without_a_language_is_not_saved() -> None:
    with pytest.raises(Invalid) as refused:
        Library.objects.create(slug="oslo", prefix="oslo", kind="municipal", name="Deichman")
    assert refused.value.code == "label-text"


def test_a_plain_mapping_is_taken_for_labels_and_checked() -> None:
    made = Library.objects.create(slug="oslo", prefix="oslo", kind="municipal", name={"nb": "Deichman"})
    made.refresh_from_db()
    assert made.name == Labels(nb="Deichman")
    with pytest.raises(Invalid) as refused:
        Library.objects.create(slug="alta", prefix="alta", kind="municipal", name={"norsk bokmål": "Alta"})
    assert refused.value.code == "label-language"


def test_labels_are_never_null() -> None:
    with isolate_apps("allmenning.groundwork"):

        class Shelf(models.Model):
            name = LabelsField(null=True)

            class Meta:
                app_label = "groundwork"

    assert [each.id for each in Shelf.check()] == ["groundwork.E001"]
