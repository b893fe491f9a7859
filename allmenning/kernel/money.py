"""Money: ``Decimal`` kroner in Python, whole øre where it is stored. Rounding is ROUND_HALF_UP, and only on request."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from allmenning.kernel.errors import Invalid

ORE = Decimal("0.01")


def amount(value: Decimal | int | str) -> Decimal:
    """Kroner with exactly two decimals. Floats and parts of an øre are refused: whoever has them says how to round.

    >>> amount("1234.5")
    Decimal('1234.50')
    """
    kroner = _decimal(value)
    if kroner != kroner.quantize(ORE, ROUND_HALF_UP):
        raise Invalid("money-sub-ore", f"{kroner} kroner has parts of an øre; round it first.", value=str(kroner))
    return kroner.quantize(ORE)


def rounded(value: Decimal | int | str, to: Decimal = ORE) -> Decimal:
    """``value`` rounded half up to a multiple of ``to``, half away from zero: 0.005 → 0.01, −0.005 → −0.01."""
    step = _decimal(to)
    if step <= 0:
        raise Invalid("money-step", f"Rounding goes to a positive step, not {step}.", value=str(step))
    return amount((_decimal(value) / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def to_ore(value: Decimal | int | str) -> int:
    return int(amount(value) * 100)


def from_ore(ore: int) -> Decimal:
    return (Decimal(int(ore)) / 100).quantize(ORE)


def _decimal(value: Decimal | int | str) -> Decimal:
    # bool is an int in Python, and True kroner is always a mistake.
    if isinstance(value, bool) or not isinstance(value, (Decimal, int, str)):
        kind = type(value).__name__
        raise Invalid("money-type", f"Money is Decimal, whole kroner or text, never {kind}.", value=repr(value))
    try:
        made = Decimal(value)
    except InvalidOperation:
        raise Invalid("money-text", f"«{value}» is not an amount.", value=str(value)) from None
    if not made.is_finite():
        raise Invalid("money-text", f"«{value}» is not an amount.", value=str(value))
    return made
