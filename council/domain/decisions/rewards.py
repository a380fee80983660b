"""The reward money of each line, fixed at issuing (NĐ 152/2025, Điều 49; domain.md B6). Unknown stays None."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from awards.domain.catalogue import reward_tables
from awards.domain.duplicates import period_of
from awards.law.facts import SubjectKind
from awards.law.money import Group, Payment, Won, payable, reward
from awards.models import AwardForm, AwardRecord
from council.models import Decision, DecisionLine

FORMULA = 300
MET = "đã có mức thưởng thấp hơn cho cùng thời gian, hãy đối chiếu khoản đã chi"


def fix_rewards(decision: Decision, lines: Sequence[DecisionLine]) -> None:
    """Write ``amount`` (đồng) and ``formula`` into the lines of an award decision; they are not saved. Three queries.

    Titles and forms of one subject and one time are weighed together: those of this decision and those that the
    register holds from before, revoked ones left out. A title below a higher one of the same time is paid 0; a sum
    that hangs on a coefficient or salary that the catalogue does not hold is None.
    """
    day = decision.issued_on
    if day is None:
        raise ValueError("a reward is fixed for the day of issue")
    price = Prices(day)
    earlier = records_before(decision, lines)
    of_subject: dict[int, list[DecisionLine]] = defaultdict(list)
    for line in lines:
        of_subject[line.subject_id].append(line)
    for subject_id, own in of_subject.items():
        held = [price.won(each.award, own[0].subject.kind, each) for each in earlier[subject_id]]
        new = [price.won(each.award, each.subject.kind, decision) for each in own]
        for line, payment in zip(own, payable([*held, *new])[len(held) :], strict=True):
            write(line, payment, met=any(stands_below(each, payment.won) for each in held))


class Prices:
    """The catalogue's coefficients and salaries, read once; every award is priced as on one day, to be compared."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.coefficients, self.salaries = reward_tables()
        self.known: dict[tuple[str, str], Any] = {}

    def won(self, award: AwardForm, kind: str, achievement: Any) -> Won:
        """``achievement``: a decision or a line of the register, whose year, days and loại hình are read."""
        key = (award.code, kind)
        if key not in self.known:
            self.known[key] = reward(
                award.code,
                SubjectKind(kind),
                self.day,
                coefficients=self.coefficients,
                base_salaries=self.salaries,
            )
        group = Group.TITLE if award.is_title else Group.FORM
        period, told = period_of(achievement), str(achievement.category)
        return Won(award.code, SubjectKind(kind), period, group, self.known[key], told)


def records_before(decision: Decision, lines: Sequence[DecisionLine]) -> dict[int, list[AwardRecord]]:
    """Awards of these subjects in the register, but for those that this very decision wrote. One query."""
    own = {line.record_id for line in lines}
    rows: Any = AwardRecord.objects.filter(
        subject__in=decision.lines.order_by().values("subject"), revoked_on__isnull=True
    )
    found: dict[int, list[AwardRecord]] = defaultdict(list)
    for row in rows.select_related("award").order_by("pk"):
        if row.pk not in own:
            found[row.subject_id].append(row)
    return found


def stands_below(held: Won, won: Won) -> bool:
    """An award from before of the same group and time, which was paid when nothing higher was known."""
    return (held.group, held.period) == (won.group, won.period) and held.award != won.award


def write(line: DecisionLine, payment: Payment, *, met: bool) -> None:
    found = payment.won.reward
    if payment.paid is None:
        line.amount, words = None, payment.reason
    elif payment.paid:
        line.amount = found.rounded
        words = f"{found.formula}; {MET}" if met else found.formula
    else:
        line.amount, words = 0, payment.reason
    line.formula = words[:FORMULA]
