"""The reward money of each nomination of a dossier (domain.md B6): raw, rounded, and what is paid in the end.

Coefficients and base salaries are the catalogue's; an award the catalogue holds no row for brings an unknown sum,
never zero. Sums are in đồng.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from awards.domain.catalogue import reward_tables
from awards.domain.duplicates import period_of
from awards.law.facts import SubjectKind
from awards.law.money import Group, Payment, Reward, Won, payable, reward
from awards.law.money_tables import BaseSalary as LawSalary
from awards.law.money_tables import Coefficient as LawCoefficient
from awards.models import Dossier, Nomination


@dataclass(frozen=True)
class Line:
    nomination: Nomination
    payment: Payment

    @property
    def reward(self) -> Reward:
        return self.payment.won.reward

    @property
    def paid(self) -> int | None:
        """What is paid: nothing for a title that a higher one stands above, None where that is not known."""
        if self.payment.paid is None:
            return None
        return self.reward.rounded if self.payment.paid else 0


@dataclass(frozen=True)
class Money:
    """All lines; ``total`` sums what is known, ``unknown`` counts the lines that are not."""

    on: date
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        return sum(line.paid or 0 for line in self.lines)

    @property
    def unknown(self) -> int:
        return sum(line.paid is None for line in self.lines)


def money_of(dossier: Dossier, *, on: date | None = None) -> Money:
    """The money of every nomination as decided on ``on`` (today when nothing was decided). Three queries.

    NĐ 152/2025/NĐ-CP, Điều 49: of several titles for the same period one subject is paid the highest alone.
    """
    day = on or timezone.localdate()
    rows = list(Nomination.objects.filter(dossier=dossier).select_related("award", "subject").defer("checks"))
    coefficients, salaries = reward_tables()
    of_subject: dict[int, list[Nomination]] = defaultdict(list)
    for row in rows:
        row.dossier = dossier
        of_subject[row.subject_id].append(row)
    lines: dict[int, Line] = {}
    for group in of_subject.values():
        won = [won_by(row, day, coefficients, salaries) for row in group]
        lines |= {row.pk: Line(row, payment) for row, payment in zip(group, payable(won), strict=True)}
    return Money(day, tuple(lines[row.pk] for row in rows))


def won_by(row: Nomination, day: date, coefficients: Sequence[LawCoefficient], salaries: Sequence[LawSalary]) -> Won:
    kind = SubjectKind(row.subject.kind)
    found = reward(row.award.code, kind, day, coefficients=coefficients, base_salaries=salaries)
    return Won(row.award.code, kind, period_of(row.dossier), Group.TITLE if row.award.is_title else Group.FORM, found)


def page_of(money: Money, lines: Sequence[Line]) -> Money:
    """The same table with some of its lines."""
    return replace(money, lines=tuple(lines))
