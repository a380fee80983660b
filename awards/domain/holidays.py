"""Days off and days worked in exchange, and terms counted by them."""

from datetime import date

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.law.working_days import SATURDAY, add_working_days
from awards.models import Holiday

# Bộ luật Lao động 2019, Điều 112 khoản 1: 1 + 5 + 1 + 1 + 1 + 2 days a year.
DAYS_OFF_A_YEAR = 11


def holidays() -> tuple[frozenset[date], frozenset[date]]:
    """Days off, and week-end days worked in exchange. One query."""
    rows = list(Holiday.objects.values_list("day", "works"))
    return frozenset(day for day, works in rows if not works), frozenset(day for day, works in rows if works)


def due_after(start: date, days: int) -> date:
    """The last day of a term of ``days`` working days after the event on ``start``. One query; raises nothing."""
    off, worked = holidays()
    return add_working_days(start, days, off, worked)


def is_complete(year: int) -> bool:
    """Whether the calendar holds at least the days off that the Labour Code gives in ``year``. One query."""
    return Holiday.objects.filter(day__year=year, works=False).count() >= DAYS_OFF_A_YEAR


@transaction.atomic
def add_holiday(*, day: date, name: str, works: bool, actor: User) -> Holiday:
    """Put a day off, or a Saturday or Sunday that is worked in exchange (ngày làm bù).

    TransitionRefused when the day stands already, or when a day worked in exchange is no week-end day.
    """
    if (found := Holiday.objects.filter(day=day).first()) is not None:
        raise TransitionRefused(f"Ngày {day:%d/%m/%Y} đã có: {found.name}. Hãy xóa dòng đó trước nếu muốn ghi lại.")
    if works and day.weekday() < SATURDAY:
        raise TransitionRefused(
            f"Ngày {day:%d/%m/%Y} là ngày làm việc bình thường. Ngày làm bù phải là Thứ Bảy hoặc Chủ nhật."
        )
    row = Holiday.objects.create(day=day, name=name, works=works)
    audit.record(row, "Thêm ngày nghỉ, ngày làm bù", actor=actor, after={"day": day, "name": name, "works": works})
    return row


@transaction.atomic
def remove_holiday(holiday: Holiday, *, reason: str, actor: User) -> None:
    """Take a day out of the calendar; the trail keeps what it said. Deadlines set before do not move."""
    before = {"day": holiday.day, "name": holiday.name, "works": holiday.works}
    audit.record(holiday, "Xóa ngày nghỉ, ngày làm bù", actor=actor, before=before, reason=reason.strip())
    holiday.delete()
