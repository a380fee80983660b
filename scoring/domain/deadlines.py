"""Until when a unit may work on its sheet, and the recorded exceptions."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from accounts.domain import audit
from accounts.domain.notices import notify
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain.workflow import agency_people
from blocs.enums import Role
from blocs.models import BlocYear
from khoithidua.web.templatetags.web import day
from khoithidua.web.text import tidy
from scoring.domain.writing import locked
from scoring.domain.year_rules import rules_of
from scoring.enums import SheetState
from scoring.models import ScoreSheet, SheetExtension

RETURNED = "Phiếu được trả lại sau hạn tự chấm; lý do trả lại ghi ở lịch sử của phiếu."


@dataclass(frozen=True)
class Deadline:
    """The due date of self-scoring for one sheet. ``closes``: nothing is taken after the last day."""

    due: date | None
    extended_to: date | None = None
    closes: bool = True

    @property
    def last_day(self) -> date | None:
        """The extension that was granted last holds; without one the bloc's due date."""
        return self.extended_to or self.due

    def is_over(self, on: date) -> bool:
        """Whether ``on`` is after the last day; without a due date never."""
        return self.last_day is not None and on > self.last_day

    def refuses(self, on: date) -> bool:
        return self.closes and self.is_over(on)

    def days_late(self, on: date) -> int | None:
        """Days from the bloc's due date to ``on``, with an extension too; None without a due date."""
        return None if self.due is None else max(0, (on - self.due).days)


def deadline_of(sheet: ScoreSheet) -> Deadline:
    """Two queries at most, none for a bloc-year without a due date."""
    year = sheet.bloc_year
    if year.scores_due is None:
        return Deadline(None)
    latest = SheetExtension.objects.filter(sheet=sheet).order_by("-pk").first()
    return Deadline(year.scores_due, latest.until if latest else None, rules_of(year).closes_on_due)


def extensions_of(bloc_year: BlocYear) -> list[SheetExtension]:
    """All extensions of a bloc-year with their units and grantors, oldest first; one query."""
    rows = SheetExtension.objects.filter(sheet__bloc_year=bloc_year).select_related("sheet__agency", "granted_by")
    return list(rows.order_by("pk"))


def deadline_objection(sheet: ScoreSheet, *, today: date) -> str:
    """The sentence that refuses work on ``sheet`` today: which deadline passed, and whom to ask; or ""."""
    deadline = deadline_of(sheet)
    if not deadline.refuses(today):
        return ""
    what = "được gia hạn đến" if deadline.extended_to else "tự chấm điểm là"
    return (
        f"Đã hết hạn (hạn {what} ngày {day(deadline.last_day)}) nên phiếu không sửa và không gửi được nữa. "
        f"Hãy đề nghị {who_extends(sheet)} gia hạn."
    )


def who_extends(sheet: ScoreSheet) -> str:
    """Whom the unit asks: the head's secretariat; of the head itself, a deputy or the standing body."""
    head = sheet.bloc_year.memberships.filter(role=Role.HEAD).select_related("agency").first()
    if head is None:
        return "Thường trực Hội đồng"
    if head.agency_id == sheet.agency_id:
        return "phó khối hoặc Thường trực Hội đồng"
    return f"thư ký khối ({head.agency.label}) hoặc Thường trực Hội đồng"


def refuse_after_deadline(sheet: ScoreSheet, *, today: date) -> None:
    """TransitionRefused with the sentence of ``deadline_objection``."""
    if objection := deadline_objection(sheet, today=today):
        raise TransitionRefused(objection)


@transaction.atomic
def grant_extension(sheet: ScoreSheet, *, until: date, reason: str, actor: User | None, today: date) -> SheetExtension:
    """Let one unit work on its sheet to the end of ``until``; audited on the sheet, its people are told.

    TransitionRefused without a due date, for a sheet that was sent, without a reason, or for a day
    that has passed or does not lie after the due date, or a second time for the same day and reason.
    """
    row = locked(sheet)
    if row.state != SheetState.DRAFT:
        raise TransitionRefused(
            "Đơn vị đã gửi phiếu nên không cần gia hạn. Nếu phải sửa, hãy trả lại phiếu cho đơn vị."
        )
    due = row.bloc_year.scores_due
    if due is None:
        raise TransitionRefused("Năm thi đua chưa đặt hạn tự chấm điểm nên không có gì để gia hạn.")
    if until <= due:
        raise TransitionRefused(f"Ngày gia hạn phải sau hạn tự chấm điểm ({day(due)}).")
    if until < today:
        raise TransitionRefused(f"Ngày {day(until)} đã qua. Hãy chọn từ hôm nay trở đi.")
    if not tidy(reason):
        raise TransitionRefused("Hãy ghi lý do gia hạn.")
    if SheetExtension.objects.filter(sheet=row, until=until, reason=tidy(reason)[:500]).exists():
        raise TransitionRefused(f"Đã gia hạn đến ngày {day(until)} với lý do này rồi. Hãy tải lại trang.")
    return extend(row, until, tidy(reason)[:500], actor)


def extend(row: ScoreSheet, until: date, reason: str, actor: User | None) -> SheetExtension:
    """The row, its audit entry and the notice; the caller holds the lock and has checked."""
    made = SheetExtension.objects.create(sheet=row, until=until, reason=reason, granted_by=actor)
    audit.record(row, "Gia hạn phiếu chấm điểm", actor=actor, after={"until": until}, reason=reason)
    people = [person for person in agency_people(row) if actor is None or person.pk != actor.pk]
    notify(people, f"{row}: được gia hạn đến hết ngày {day(until)}.", url=row.get_absolute_url())
    return made


def extend_returned(row: ScoreSheet, *, actor: User | None, today: date) -> SheetExtension | None:
    """A sheet that comes back when its unit could no longer write gets the days of an explanation.

    For the return of a sheet alone; the caller holds the lock.
    """
    if not deadline_of(row).refuses(today):
        return None
    until = today + timedelta(days=rules_of(row.bloc_year).explanation_days)
    return extend(row, until, RETURNED, actor)
