"""Numbers as Vietnamese papers write them: comma for decimals, no needless zeros."""

from decimal import ROUND_HALF_UP, Decimal


def plain_number(value: Decimal | int) -> str:
    """962.50 as "962,5", 100.00 as "100". Never grouped: a year must not read 2.026."""
    text = f"{Decimal(value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def two_places(value: Decimal) -> Decimal:
    """``value`` to two decimals, rounded half up."""
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
