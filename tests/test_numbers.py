"""Numbers as people type them: a comma is the decimal mark, nothing is guessed."""

from decimal import Decimal

import pytest

from khoithidua.web.numbers import parse_people_number

READ = {
    "": None,
    "   ": None,
    "0": Decimal(0),
    "9,5": Decimal("9.5"),
    "9.5": Decimal("9.5"),
    " 9,50 ": Decimal("9.50"),
    "-2,25": Decimal("-2.25"),
    "1,234": Decimal("1.234"),
    "0.125": Decimal("0.125"),
    "1234": Decimal(1234),
    "1.234,5": Decimal("1234.5"),
    "1.234.567": Decimal(1234567),
    "-1.234.567,89": Decimal("-1234567.89"),
}
NOT_NUMBERS = [
    "1e1",
    "chín",
    "9,5,5",
    "1,234.5",
    "1.23.4",
    "12.3456,7",
    "--1",
    "-",
    ",",
    "NaN",
    "Infinity",
    "1 000",
    "٣",
]


@pytest.mark.parametrize("typed", READ)
def test_reads_what_a_vietnamese_hand_writes(typed: str) -> None:
    read = parse_people_number(typed)

    assert read == READ[typed]
    assert str(read) == str(READ[typed])


def test_asks_which_of_two_readings_is_meant() -> None:
    with pytest.raises(ValueError, match=r"Hãy") as refusal:
        parse_people_number("1.234")

    assert str(refusal.value) == (
        "«1.234» có thể là 1234 hoặc 1,234. Hãy ghi 1234 hoặc 1,234 (dấu phẩy là dấu thập phân)."
    )


@pytest.mark.parametrize("typed", NOT_NUMBERS)
def test_refuses_what_is_no_number(typed: str) -> None:
    with pytest.raises(ValueError, match=r"Hãy") as refusal:
        parse_people_number(typed)

    assert str(refusal.value) == f"«{typed}» không phải là số. Hãy nhập số, ví dụ 9,5."
