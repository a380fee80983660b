"""Numbers as Vietnamese papers write them: comma for decimals, no needless zeros."""

import re
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
SIMPLE = re.compile(r"-?[0-9]+([.,][0-9]+)?")
GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?")
ONE_GROUP = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")


def plain_number(value: Decimal | int) -> str:
    """962.50 as "962,5", 100.00 as "100". Never grouped: a year must not read 2.026."""
    text = f"{Decimal(value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def two_places(value: Decimal) -> Decimal:
    """``value`` to two decimals, rounded half up."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def parse_people_number(text: str) -> Decimal | None:
    """What a person typed, as a number; None when blank; ValueError says what to type instead.

    A comma always begins the decimals. A dot groups thousands or begins decimals, whichever
    the rest shows; "1.234" shows neither and is refused rather than guessed.
    """
    text = text.strip()
    if not text:
        return None
    if ONE_GROUP.fullmatch(text):
        whole, decimal = text.replace(".", ""), text.replace(".", ",")
        raise ValueError(
            f"«{text}» có thể là {whole} hoặc {decimal}. Hãy ghi {whole} hoặc {decimal} (dấu phẩy là dấu thập phân)."
        )
    if SIMPLE.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    raise ValueError(f"«{text}» không phải là số. Hãy nhập số, ví dụ 9,5.")
