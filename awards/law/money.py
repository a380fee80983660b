"""Reward money (domain.md B6, domain-2.md 2.1 and 2.4): coefficient times base salary, rounded up to 10,000 đồng.

Coefficients and salaries are data that callers pass in; the statutory defaults stand in ``money_tables``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from awards.law.facts import SubjectKind
from awards.law.money_tables import BASE_SALARIES, COEFFICIENTS, BaseSalary, Coefficient

STEP = 10_000
HOUSEHOLD_FACTOR = Decimal("1.5")
COLLECTIVE_FACTOR = Decimal(2)
ROUNDING_CITATION = "Nghị định 152/2025/NĐ-CP, Điều 49 khoản 1 và khoản 2"


@dataclass(frozen=True)
class Reward:
    """The money of one award. Where a coefficient or a salary is not known every amount is None, never zero.

    Amounts are in đồng; ``raw`` is the product before rounding, ``formula`` shows the reckoning in words.
    """

    coefficient: Decimal | None
    base: int | None
    raw: Decimal | None
    rounded: int | None
    formula: str
    citation: str
    checked: bool


def reward(
    award: str,
    kind: SubjectKind,
    decided_on: date,
    *,
    coefficients: Sequence[Coefficient] | None = None,
    base_salaries: Sequence[BaseSalary] | None = None,
) -> Reward:
    """The reward of one award decided on one day.

    Promises coefficient × the base salary in force on the day of the decision (NĐ 152/2025, Điều 49 khoản 1),
    rounded up to tens of thousands (khoản 2); collectives twice and households 1.5 times the individual's
    coefficient where the table gives only that (Điều 51 khoản 2, Điều 54 khoản 2 and 3). Amounts in đồng.
    """
    row = _coefficient_on(award, kind, decided_on, COEFFICIENTS if coefficients is None else coefficients)
    salary = _salary_on(decided_on, BASE_SALARIES if base_salaries is None else base_salaries)
    if row is None:
        return _unknown(f"Chưa có hệ số tiền thưởng tại ngày {decided_on:%d/%m/%Y}; hãy bổ sung vào danh mục.")
    value = _value_for(kind, row)
    if salary is None:
        return _unknown(f"Chưa có mức lương cơ sở tại ngày {decided_on:%d/%m/%Y}; hãy bổ sung.", value, row.citation)
    raw = value * salary.amount
    rounded = round_up(raw)
    return Reward(
        coefficient=value,
        base=salary.amount,
        raw=raw,
        rounded=rounded,
        formula=_formula(value, salary.amount, raw, rounded, row.ceiling),
        citation=f"{row.citation}; {ROUNDING_CITATION}" if row.checked else row.citation,
        checked=row.checked and salary.checked,
    )


def round_up(amount: Decimal | int) -> int:
    """``amount`` of đồng rounded up to tens of thousands (NĐ 152/2025, Điều 49 khoản 2); exact tens stay."""
    steps = (Decimal(amount) / STEP).to_integral_value(rounding=ROUND_CEILING)
    return int(steps) * STEP


class Group(StrEnum):
    TITLE = "title"
    FORM = "form"


@dataclass(frozen=True)
class Won:
    """One award of one subject. ``period`` is the time counted for it ("2024"), ``achievement`` tells forms apart."""

    award: str
    kind: SubjectKind
    period: str
    group: Group
    reward: Reward
    achievement: str = ""


@dataclass(frozen=True)
class Payment:
    """Whether an award of the list is paid; None where an amount of its group is not known."""

    won: Won
    paid: bool | None
    reason: str
    citation: str


def payable(won: Sequence[Won]) -> tuple[Payment, ...]:
    """Which of the awards that ONE subject receives at ONE time are paid, in the order given.

    NĐ 152/2025, Điều 49: titles of the same period, only the highest (khoản 5); titles of different periods, each
    (khoản 5); forms of different time or achievement, each (khoản 6); a title and a form, both (khoản 7). Forms for
    one achievement should not meet (Luật TĐKT 2022, Điều 5 khoản 2 điểm c): then only the highest is paid.
    """
    return tuple(_payment(index, each, won) for index, each in enumerate(won))


def _payment(index: int, each: Won, won: Sequence[Won]) -> Payment:
    rivals = [n for n, other in enumerate(won) if _meets(each, other)]
    clause = "khoản 5" if each.group is Group.TITLE else "khoản 6"
    citation = f"Nghị định 152/2025/NĐ-CP, Điều 49 {clause}"
    if len(rivals) == 1:
        return Payment(each, True, _alone(each, won), citation)
    amounts = [won[n].reward.rounded for n in rivals]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        return Payment(each, None, "Chưa đủ hệ số để biết mức nào cao nhất; hãy bổ sung hệ số.", citation)
    highest = rivals[known.index(max(known))]
    return Payment(each, index == highest, _among(each, index == highest), citation)


def _meets(one: Won, other: Won) -> bool:
    same = (one.group, one.period) == (other.group, other.period)
    return same and (one.group is Group.TITLE or one.achievement == other.achievement)


def _alone(each: Won, won: Sequence[Won]) -> str:
    if len(won) == 1:
        return "Được chi: chỉ có một mức thưởng."
    if any(other.group is not each.group for other in won):
        return "Được chi: danh hiệu và hình thức khen thưởng cùng được nhận tiền thưởng."
    return "Được chi: khác thời gian hoặc thành tích được tính."


def _among(each: Won, paid: bool) -> str:
    if each.group is Group.TITLE:
        same = f"các danh hiệu cùng thời gian được tính ({each.period}) chỉ chi danh hiệu cao nhất."
    else:
        same = f"các hình thức cho cùng một thành tích ({each.period}) chỉ chi mức cao nhất; hãy xem lại hồ sơ."
    return f"{'Được chi' if paid else 'Không chi'}: {same}"


def _coefficient_on(award: str, kind: SubjectKind, day: date, rows: Sequence[Coefficient]) -> Coefficient | None:
    """The row for exactly this kind, else the individual's where the law multiplies it."""
    held = [row for row in rows if row.award == award and _in_force(row, day)]
    exact = [row for row in held if row.kind is kind]
    if exact:
        return exact[0]
    return next((row for row in held if kind in row.multiplies), None)


def _in_force(row: Coefficient, day: date) -> bool:
    return row.starts <= day and (row.ends is None or day <= row.ends)


def _salary_on(day: date, salaries: Sequence[BaseSalary]) -> BaseSalary | None:
    return max((each for each in salaries if each.starts <= day), key=lambda each: each.starts, default=None)


def _value_for(kind: SubjectKind, row: Coefficient) -> Decimal:
    if row.kind is kind:
        return row.value
    return row.value * (COLLECTIVE_FACTOR if kind is SubjectKind.COLLECTIVE else HOUSEHOLD_FACTOR)


def _unknown(sentence: str, coefficient: Decimal | None = None, citation: str = "") -> Reward:
    return Reward(coefficient, None, None, None, sentence, citation, False)


def _formula(value: Decimal, base: int, raw: Decimal, rounded: int, ceiling: bool) -> str:
    before = "tối đa " if ceiling else ""
    reckoned = f"{before}{decimal_words(value)} × {dong(base)} = {dong(raw)} đồng"
    return reckoned if raw == rounded else f"{reckoned}, làm tròn lên {dong(rounded)} đồng"


def dong(amount: Decimal | int) -> str:
    """An amount as papers print it: 1490000 is "1.490.000"; a fraction of a đồng keeps its decimals."""
    whole, _, part = f"{Decimal(amount):,f}".partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def decimal_words(value: Decimal) -> str:
    """A coefficient as papers print it: 0.45 is "0,45", 3 is "3,0"."""
    text = f"{value.normalize():f}"
    return (text if "." in text else f"{text}.0").replace(".", ",")
