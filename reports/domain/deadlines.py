"""Whether one report may still be sent, and until when it is due."""

from datetime import date

from django.utils import timezone

from khoithidua.web.templatetags.web import day
from reports.domain.rounding.dues import due_of_report, extended_to
from reports.models import AgencyReport


def due_of_one(report: AgencyReport) -> date | None:
    """As ``due_of_report``, for a report that was read by itself; one query for a report of a round."""
    longer = extended_to(report.round, report.agency_id) if report.round is not None else None
    return longer or due_of_report(report)


def refusal_when_late(report: AgencyReport) -> str | None:
    """A round that takes nothing after its day says so; all others take it and count the days."""
    if report.round is None or not report.round.strict:
        return None
    due = due_of_one(report)
    if due is None or timezone.localdate() <= due:
        return None
    return (
        f"Đợt báo cáo này không nhận báo cáo gửi sau hạn {day(due)}. "
        "Hãy đề nghị cơ quan yêu cầu báo cáo gia hạn cho đơn vị; được gia hạn rồi thì gửi ở đây."
    )
