"""What stands in the way of sending a sheet, and what is recorded when it goes and when it comes back."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from scoring.domain.deadlines import deadline_objection, deadline_of, extend_returned
from scoring.domain.lateness import refresh_lateness
from scoring.domain.tree import load_tree
from scoring.enums import CriterionKind, Formula
from scoring.models import ScoreLine, ScoreSheet


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
    """When it was sent, how late against the bloc's due date (an extension excuses, it does not make punctual),
    and what the unit's delays deduct."""
    sheet.submitted_at = now
    sheet.late_days = deadline_of(sheet).days_late(timezone.localdate(now))
    sheet.save(update_fields=["submitted_at", "late_days"])
    refresh_lateness(sheet.bloc_year, sheet.agency_id, actor=actor)


def let_work_again(sheet: ScoreSheet, actor: User | None, now: datetime) -> None:
    """A sheet that comes back after its deadline may be worked on for the days of an explanation."""
    extend_returned(sheet, actor=actor, today=timezone.localdate(now))
