"""Numbers in charts as Vietnamese papers write them."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from khoithidua.web.charts.data import Value

UNKNOWN = "chưa có số liệu"
TENTH = Decimal("0.1")


def figure(value: Value) -> str:
    """1234567 as "1.234.567", 9.50 as "9,5", None in words. Amounts only: a year is a label, not a figure."""
    if value is None:
        return UNKNOWN
    text = f"{Decimal(value):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate({ord(","): ".", ord("."): ","})


def percent_words(value: Decimal) -> str:
    """To one decimal, half up: "62,5%"."""
    return f"{figure(value.quantize(TENTH, rounding=ROUND_HALF_UP))}%"


def percents(values: Sequence[int | Decimal]) -> list[Decimal]:
    """Shares of the sum to one decimal that add up to 100: what rounding leaves goes to the largest remainders.

    All zero where the sum is zero.
    """
    total = sum(map(Decimal, values), Decimal(0))
    if not total:
        return [Decimal(0) for _ in values]
    exact = [Decimal(value) * 100 / total for value in values]
    floors = [share.quantize(TENTH, rounding=ROUND_FLOOR) for share in exact]
    left = int((Decimal(100) - sum(floors, Decimal(0))) / TENTH)
    order = sorted(range(len(exact)), key=lambda place: (floors[place] - exact[place], place))
    for place in order[:left]:
        floors[place] += TENTH
    return floors
