"""Figures that look as if somebody meant another unit: pure functions, asked back and never corrected.

Source: the percent and decimal trap of two real tables (domain-2.md part 5, CASE-40 and CASE-41):
one criterion, its plan typed 90 by one unit, 0.90 by another and 9 by a third.
"""

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from statistics import median
from typing import Protocol, TypeVar

from khoithidua.web.numbers import plain_number, two_places
from khoithidua.web.text import search_key

Member = TypeVar("Member", bound=Hashable)

NEAR = Decimal(3)  # two figures within this factor are of one kind
SLIPS = ((Decimal(10), "10"), (Decimal(100), "100"))
SLIP_FROM, SLIP_TO = Decimal("0.7"), Decimal("1.4")
ONE, ABOVE_ONE = Decimal(1), Decimal("1.5")
PERCENT_WORDS = {"phan tram", "ty le", "ti le", "ty le phan tram", "ti le phan tram"}


class Measured(Protocol):
    """What the check reads of a criterion: a Node of the tree or a Criterion row."""

    @property
    def code(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def least(self) -> Decimal | None: ...
    @property
    def most(self) -> Decimal | None: ...


def figures_asked_back(node: Measured, values_by_member: Mapping[Member, Decimal | None]) -> list[str]:
    """A sentence for each figure of ``node`` that should be looked at again, in the members' order.

    ``values_by_member``: what each member's plan (or actual) says, None where unknown; a member is
    named by ``str``, so pass labels. Asked back are figures outside ``least`` and ``most``, figures
    about ten or a hundred times more or less than the rest, and a share written as a decimal (0.9)
    beside others in percent. Nothing is refused: the person confirms or corrects.
    """
    known = {member: value for member, value in values_by_member.items() if value is not None}
    usual = usual_figure([value for value in known.values() if value > 0])
    sentences = []
    for member, value in known.items():
        doubt = range_doubt(node, value) or unit_doubt(node, value, usual)
        if doubt:
            sentences.append(f"Tiêu chí {node.code}: {member} ghi {shown(node, value)}, {doubt}")
    return sentences


def usual_figure(values: Sequence[Decimal]) -> Decimal | None:
    """The middle of the largest group of like figures, the larger of two equal groups; None below two.

    Not the plain median: of 90, 0.9 and 9 that would be 9, the one figure nobody meant.
    """
    if len(values) < 2:
        return None
    groups = [[other for other in values if value <= other * NEAR and other <= value * NEAR] for value in values]
    sizes = [(len(group), median(group)) for group in groups]
    return max(sizes)[1]


def range_doubt(node: Measured, value: Decimal) -> str:
    """The half sentence on a figure outside the criterion's range, else empty."""
    if node.least is not None and value < node.least:
        return f"nhỏ hơn giá trị nhỏ nhất {shown(node, node.least)}. Hãy ghi lại hoặc xác nhận số này đúng."
    if node.most is not None and value > node.most:
        return f"lớn hơn giá trị lớn nhất {shown(node, node.most)}. Hãy ghi lại hoặc xác nhận số này đúng."
    return ""


def unit_doubt(node: Measured, value: Decimal, usual: Decimal | None) -> str:
    """The half sentence on a figure that seems to be in another unit than the usual one, else empty."""
    if usual is None or value <= 0:
        return ""
    rest = f"trong khi các đơn vị khác ghi khoảng {shown(node, two_places(usual))}"
    again = "Hãy kiểm tra đơn vị tính rồi ghi lại, hoặc xác nhận số này đúng."
    factor = value / usual if value > usual else usual / value
    if is_decimal_among_percents(node, value, usual):
        percent = plain_number(value * 100)
        return f"{rest}. Nếu ý là {percent} % thì hãy ghi {percent}; nếu không, hãy xác nhận số này đúng."
    for slip, words in SLIPS:
        if slip * SLIP_FROM <= factor <= slip * SLIP_TO:
            relation = f"gấp khoảng {words} lần" if value > usual else f"chỉ bằng khoảng 1/{words}"
            return f"{rest}: {relation}. {again}"
    if is_percent(node) and usual <= ONE and value > ABOVE_ONE:
        return f"{rest}. {again}"
    return ""


def is_decimal_among_percents(node: Measured, value: Decimal, usual: Decimal) -> bool:
    """A share written 0.9 where the others wrote 90. Without a unit only a true fraction is one."""
    if usual <= ABOVE_ONE or value > ONE:
        return False
    return is_percent(node) or (not node.unit and value < ONE and usual <= 100)


def is_percent(node: Measured) -> bool:
    """The criterion counts in percent: "%", "tỷ lệ", "phần trăm"."""
    return "%" in node.unit or search_key(node.unit) in PERCENT_WORDS


def shown(node: Measured, value: Decimal) -> str:
    return f"{plain_number(value)} {node.unit}".strip()
