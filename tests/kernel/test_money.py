"""Money is exact: floats and parts of an øre are refused, and rounding is asked for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from allmenning.kernel.errors import Invalid
from allmenning.kernel.money import amount, from_ore, rounded, to_ore


def test_an_amount_has_two_decimals() -> None:
    assert [str(amount(each)) for each in ("1234.5", 20_000, Decimal("0.1"), "-3.40")] == [
        "1234.50",
        "20000.00",
        "0.10",
        "-3.40",
    ]


@pytest.mark.parametrize("wrong", [0.1, 1.0, True, None, [1]])
def test_floats_and_other_things_are_not_money(wrong: object) -> None:
    with pytest.raises(Invalid) as refused:
        amount(wrong)  # type: ignore[arg-type]
    assert refused.value.code == "money-type"


@pytest.mark.parametrize("wrong", ["", "12,50", "kr 5", "NaN", "Infinity"])
def test_what_is_no_number_is_refused(wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        amount(wrong)
    assert refused.value.code == "money-text"


def test_parts_of_an_ore_are_refused_until_someone_rounds() -> None:
    with pytest.raises(Invalid) as refused:
        amount("74.9925")
    assert refused.value.code == "money-sub-ore"
    assert rounded("74.9925") == Decimal("74.99")


@pytest.mark.parametrize(
    ("value", "gives"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.004999", "0.00"), ("2.675", "2.68"), ("74.9925", "74.99")],
)
def test_half_an_ore_goes_away_from_zero(value: str, gives: str) -> None:
    assert rounded(value) == Decimal(gives)


def test_rounding_to_whole_kroner_and_to_thousands() -> None:
    assert rounded("374.50", Decimal(1)) == Decimal("375.00")
    assert rounded("19333100", Decimal(10_000)) == Decimal("19330000.00")
    with pytest.raises(Invalid):
        rounded("1", Decimal(0))


def test_ore_and_back_is_exact_for_the_largest_amounts() -> None:
    assert to_ore("123456789012345.67") == 12345678901234567
    assert from_ore(12345678901234567) == Decimal("123456789012345.67")
    assert from_ore(-5) == Decimal("-0.05")
