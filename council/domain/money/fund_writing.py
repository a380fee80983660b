"""What the standing body writes into the fund of a year: the plan, and what went out beside rewards.

Everything is kept in the history of the fund, also what was removed.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.conflicts import Base, settle
from awards.law.money import dong
from blocs.domain.snapshots import snapshot
from blocs.models import Council
from council.domain.decisions.drafts import last_writer
from council.models import FundSpending, FundYear

PAY = "council.pay_rewards"
PLAN = ("planned", "basis", "note")
SPENDING = ("kind", "spent_on", "amount", "content", "document")


@transaction.atomic
def set_plan(
    council: Council, year: int, *, fields: Mapping[str, Any], actor: User, base: Base | None = None
) -> FundYear:
    """Write what was planned for a year (đồng; None: not known) and by which paper.

    Raises TransitionRefused for an amount without its paper, Conflict with both values, PermissionDenied.
    """
    row = locked_fund(council, year, actor)
    wanted = {name: value for name, value in fields.items() if name in PLAN}
    who, at = last_writer(row)
    changed = settle(row, wanted, base=base, who=who, at=at)
    before = told(row, PLAN)
    for name, value in changed.items():
        setattr(row, name, value)
    if row.planned is not None and not row.basis.strip():
        raise TransitionRefused("Hãy ghi văn bản giao dự toán: số, ngày, cơ quan ban hành.")
    row.version += 1
    row.save(update_fields=[*changed, "version"])
    audit.record_change(row, "Ghi dự toán", actor=actor, before=before, after=told(row, PLAN))
    return row


@transaction.atomic
def add_spending(council: Council, year: int, *, fields: Mapping[str, Any], actor: User) -> FundSpending:
    """A new spending of the year. Raises TransitionRefused when the very same one is there, or its day is not of the
    year or in the future; PermissionDenied."""
    fund = locked_fund(council, year, actor)
    row = FundSpending(fund=fund, recorded_by=actor, **{name: fields[name] for name in SPENDING})
    refuse_wrong_day(row)
    refuse_double(row)
    row.save(force_insert=True)
    audit.record(fund, f"Thêm khoản chi: {row.content}", actor=actor, after=told(row, SPENDING))
    return row


@transaction.atomic
def edit_spending(spending: FundSpending, *, fields: Mapping[str, Any], actor: User, base: Base | None) -> FundSpending:
    """Change a spending. Raises Conflict with both values, TransitionRefused, PermissionDenied."""
    fund, row = locked_spending(spending, actor)
    wanted = {name: value for name, value in fields.items() if name in SPENDING}
    who, at = last_writer(fund)
    changed = settle(row, wanted, base=base, who=who, at=at)
    before = told(row, SPENDING)
    for name, value in changed.items():
        setattr(row, name, value)
    refuse_wrong_day(row)
    refuse_double(row)
    if changed:
        row.save(update_fields=[*changed])
    audit.record_change(fund, f"Sửa khoản chi: {row.content}", actor=actor, before=before, after=told(row, SPENDING))
    return row


@transaction.atomic
def remove_spending(spending: FundSpending, *, reason: str, actor: User) -> None:
    """Take a spending out; the history of the fund keeps it. Raises TransitionRefused when it is gone already."""
    fund, row = locked_spending(spending, actor)
    audit.record(fund, f"Xóa khoản chi: {row.content}", actor=actor, before=told(row, SPENDING), reason=reason.strip())
    row.delete()


def locked_fund(council: Council, year: int, actor: User) -> FundYear:
    """The row of the year, made where there is none, locked."""
    if not actor.has_perm(PAY, council):
        raise PermissionDenied(PAY)
    FundYear.objects.get_or_create(council=council, year=year)
    return FundYear.objects.select_for_update().get(council=council, year=year)


def locked_spending(spending: FundSpending, actor: User) -> tuple[FundYear, FundSpending]:
    """The fund is locked first: two changes of one fund follow each other."""
    fund = FundYear.objects.select_for_update().get(pk=spending.fund_id)
    if not actor.has_perm(PAY, fund):
        raise PermissionDenied(PAY)
    row = FundSpending.objects.filter(pk=spending.pk).first()
    if row is None:
        raise TransitionRefused("Khoản chi này không còn: có người vừa xóa. Hãy xem lại danh sách khoản chi.")
    return fund, row


def refuse_wrong_day(row: FundSpending) -> None:
    if row.spent_on.year != row.fund.year:
        raise TransitionRefused(
            f"Ngày chi {row.spent_on:%d/%m/%Y} không thuộc năm {row.fund.year}. "
            "Hãy sửa ngày, hoặc ghi ở quỹ của năm đó."
        )
    if row.spent_on > timezone.localdate():
        raise TransitionRefused("Ngày chi không được ở tương lai. Hãy ghi ngày đã chi trên chứng từ.")


def refuse_double(row: FundSpending) -> None:
    """A form that was sent twice writes one row."""
    same = FundSpending.objects.filter(fund=row.fund_id, **{name: getattr(row, name) for name in SPENDING})
    if same.exclude(pk=row.pk).exists():
        raise TransitionRefused(
            "Đã có khoản chi giống hệt (cùng khoản, ngày, số tiền, nội dung, chứng từ), có thể do bấm hai lần. Nếu là "
            "khoản khác, hãy ghi nội dung hoặc chứng từ để phân biệt."
        )


def told(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """A row in words for the history; amounts with their points."""
    found = snapshot(row, names)
    return {name: dong(value) if isinstance(value, int) else value for name, value in found.items()}
