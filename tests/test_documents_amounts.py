"""Amounts in words: read aloud the way a payment paper is."""

import pytest

from reports.documents.amounts import dong, in_words, money_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (4, "bốn"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (999, "chín trăm chín mươi chín"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1050, "một nghìn không trăm năm mươi"),
        (10_000, "mười nghìn"),
        (702_000, "bảy trăm linh hai nghìn"),
        (3_510_000, "ba triệu năm trăm mười nghìn"),
        (1_000_001, "một triệu không trăm linh một"),
        (20_240_000, "hai mươi triệu hai trăm bốn mươi nghìn"),
        (1_000_000_000, "một tỷ"),
        (1_000_500_000, "một tỷ năm trăm nghìn"),
        (2_035_010_000, "hai tỷ không trăm ba mươi lăm triệu không trăm mười nghìn"),
        (5_000_000_000_000, "năm nghìn tỷ"),
        (1_234_567_890_123, "một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm chín mươi nghìn "
         "một trăm hai mươi ba"),
    ],
)  # fmt: skip
def test_a_number_is_said_as_it_is_read(number: int, words: str) -> None:
    assert in_words(number) == words


def test_no_two_numbers_below_a_hundred_thousand_sound_alike() -> None:
    assert len({in_words(number) for number in range(100_000)}) == 100_000


def test_nothing_is_owed_below_zero() -> None:
    with pytest.raises(ValueError, match="below zero"):
        in_words(-1)


def test_money_begins_with_a_capital_and_ends_with_its_unit() -> None:
    assert money_words(3_708_000) == "Ba triệu bảy trăm linh tám nghìn đồng"
    assert dong(3_708_000) == "3.708.000"
    assert dong(0) == "0"
    assert dong(None) == "chưa xác định"
