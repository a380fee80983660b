"""What stands in the way of sending a sheet, and what is recorded when it goes and when it comes back."""

from datetime import date, datetime

from django.utils import timezone

from accounts.models import User
from scoring.domain.deadlines import deadline_objection, deadline_of, extend_returned
from scoring.domain.lateness import refresh_lateness
from scoring.domain.tree import load_tree
from scoring.enums import CriterionKind, Formula
from scoring.models import ScoreLine, ScoreSheet, SheetExtension


def needs_open_deadline(sheet: ScoreSheet) -> str | None:
    return deadline_objection(sheet, today=timezone.localdate()) or None


def needs_plans(sheet: ScoreSheet) -> str | None:
    """Plans are the secretariat's to write: the unit must know whom to ask."""
    lines = {line.criterion_id: line for line in ScoreLine.objects.filter(sheet=sheet)}
    lacking = [
        node.code
        for node in load_tree(sheet.criteria_set).leaves
        if node.kind == CriterionKind.QUANTITATIVE
        and node.formula != Formula.RELATIVE
        and (line := lines.get(node.id) or ScoreLine()).assigned
        and line.plan is None
        and line.self_points is None
    ]
    if not lacking:
        return None
    return (
        f"Chưa có kế hoạch của tiêu chí {', '.join(lacking)}. Kế hoạch do thư ký khối ghi theo giao ước; "
        "hãy đề nghị thư ký khối ghi trước khi gửi phiếu."
    )


def record_sending(sheet: ScoreSheet, actor: User | None, now: datetime) -> None:
    """When it was first sent, how late against the bloc's due date (an extension excuses, it does not make punctual),
    and what the unit's delays deduct. A sheet that was returned is late again only past the days it then got."""
    on = timezone.localdate(now)
    if sheet.submitted_at is None:
        sheet.submitted_at, sheet.late_days = now, deadline_of(sheet).days_late(on)
    else:
        sheet.late_days = later(sheet.late_days, days_past_return(sheet, on=on))
    sheet.save(update_fields=["submitted_at", "late_days"])
    refresh_lateness(sheet.bloc_year, sheet.agency_id, actor=actor)


def days_past_return(sheet: ScoreSheet, *, on: date) -> int | None:
    """Days from the extension that was granted after the first sending to ``on``; None without one."""
    granted = SheetExtension.objects.filter(sheet=sheet, granted_at__gte=sheet.submitted_at).order_by("pk").last()
    return None if granted is None else max(0, (on - granted.until).days)


def later(first: int | None, again: int | None) -> int | None:
    """The longer of two delays; one that is unknown, or no delay at all, leaves the first."""
    return max(first or 0, again) if again else first


def let_work_again(sheet: ScoreSheet, actor: User | None, now: datetime) -> None:
    """A sheet that comes back after its deadline may be worked on for the days of an explanation."""
    extend_returned(sheet, actor=actor, today=timezone.localdate(now))
