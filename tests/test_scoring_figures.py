"""Figures typed in another unit are asked back; the percent and decimal trap of CASE-40 and CASE-41."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from scoring.domain.figures import figures_asked_back

D = Decimal


@dataclass(frozen=True)
class Measure:
    code: str = "A1"
    unit: str = "%"
    least: Decimal | None = None
    most: Decimal | None = None


def asked(values: list[str | None], **fields: Any) -> list[str]:
    labels = ("Sở Y tế", "Sở Nội vụ", "Sở Xây dựng", "Sở Tài chính")
    known = {label: None if value is None else D(value) for label, value in zip(labels, values, strict=False)}
    return figures_asked_back(Measure(**fields), known)


def test_90_and_0_90_and_9_are_asked_back() -> None:
    assert asked(["90", "0.90", "9"]) == [
        "Tiêu chí A1: Sở Nội vụ ghi 0,9 %, trong khi các đơn vị khác ghi khoảng 90 %. "
        "Nếu ý là 90 % thì hãy ghi 90; nếu không, hãy xác nhận số này đúng.",
        "Tiêu chí A1: Sở Xây dựng ghi 9 %, trong khi các đơn vị khác ghi khoảng 90 %: chỉ bằng khoảng 1/10. "
        "Hãy kiểm tra đơn vị tính rồi ghi lại, hoặc xác nhận số này đúng.",
    ]


@pytest.mark.parametrize(
    "values",
    [["98", "97.5", "99"], ["98"], [None, "90"], ["0", "90", "95"], ["0.9", "0.95", "0.98"], ["60", "100", "85"], []],
)
def test_like_figures_are_left_alone(values: list[str | None]) -> None:
    assert asked(values) == []


@pytest.mark.parametrize(
    ("values", "unit", "odd"),
    [
        (["90", "95", "0.6"], "%", ["Sở Xây dựng"]),
        (["90", "95", "0.6"], "", ["Sở Xây dựng"]),
        (["90", "95", "1"], "tỷ lệ", ["Sở Xây dựng"]),
        (["90", "95", "1"], "", ["Sở Xây dựng"]),
        (["60", "65", "1"], "mô hình", []),
        (["0.9", "0.95", "60"], "%", ["Sở Xây dựng"]),
        (["9", "9.5", "90"], "điểm", ["Sở Xây dựng"]),
        (["90", "9"], "%", ["Sở Nội vụ"]),
        (["90", "95", "9200"], "%", ["Sở Xây dựng"]),
        (["12", "40"], "hồ sơ", []),
        (["90", "95", "9", "0.9"], "%", ["Sở Xây dựng", "Sở Tài chính"]),
    ],
)
def test_a_slip_of_ten_or_a_hundred_is_seen(values: list[str | None], unit: str, odd: list[str]) -> None:
    sentences = asked(values, unit=unit)

    assert [sentence.removeprefix("Tiêu chí A1: ").split(" ghi ")[0] for sentence in sentences] == odd


def test_a_figure_out_of_its_range_is_asked_back() -> None:
    assert asked(["-1", "50", "101"], least=D(0), most=D(100)) == [
        "Tiêu chí A1: Sở Y tế ghi -1 %, nhỏ hơn giá trị nhỏ nhất 0 %. Hãy ghi lại hoặc xác nhận số này đúng.",
        "Tiêu chí A1: Sở Xây dựng ghi 101 %, lớn hơn giá trị lớn nhất 100 %. Hãy ghi lại hoặc xác nhận số này đúng.",
    ]
