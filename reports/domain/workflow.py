"""Lifecycles of an agency's report and of a bloc's review."""

from datetime import datetime

from accounts.domain.workflow import Lifecycle, Transition
from accounts.models import User
from blocs.domain.workflow import agency_people, members_people, secretariat_people
from reports.domain.lateness import deduct_lateness
from reports.enums import ReportState, ReviewState
from reports.models import AgencyReport, BlocReview


def needs_report_text(report: AgencyReport) -> str | None:
    if report.passages.exclude(text="").exists():
        return None
    return "Báo cáo chưa có nội dung. Hãy viết ít nhất một mục trước khi gửi."


def stamp_sending(report: AgencyReport, actor: User | None, now: datetime) -> None:
    report.sent_at = now
    report.save(update_fields=["sent_at"])
    deduct_lateness(report, actor, now)


AGENCY_REPORT = Lifecycle(
    (
        Transition(
            "sign_off",
            "Duyệt và gửi báo cáo",
            (ReportState.DRAFT, ReportState.RETURNED),
            ReportState.SIGNED_OFF,
            "reports.sign_off_report",
            guards=(needs_report_text,),
            effect=stamp_sending,
            audience=secretariat_people,
            confirm="Báo cáo sẽ được gửi tới thư ký khối. Tiếp tục?",
        ),
        Transition(
            "receive",
            "Tiếp nhận báo cáo",
            (ReportState.SIGNED_OFF,),
            ReportState.RECEIVED,
            "reports.receive_report",
            audience=agency_people,
        ),
        Transition(
            "return",
            "Trả lại để bổ sung",
            (ReportState.SIGNED_OFF, ReportState.RECEIVED),
            ReportState.RETURNED,
            "reports.receive_report",
            reason_due=True,
            audience=agency_people,
            primary=False,
        ),
    )
)


def needs_review_text(review: BlocReview) -> str | None:
    if review.passages.exclude(text="").exists():
        return None
    return "Báo cáo chưa có phần viết nào. Hãy viết ít nhất một mục trước khi duyệt."


BLOC_REVIEW = Lifecycle(
    (
        Transition(
            "approve",
            "Duyệt báo cáo",
            (ReviewState.DRAFT,),
            ReviewState.APPROVED,
            "reports.approve_review",
            guards=(needs_review_text,),
            audience=members_people,
        ),
        Transition(
            "reopen",
            "Mở lại để sửa",
            (ReviewState.APPROVED,),
            ReviewState.DRAFT,
            "reports.approve_review",
            reason_due=True,
            primary=False,
        ),
        # Performed by ``reports.domain.issuing.issue_review`` together with number, file and hash.
        Transition(
            "issue",
            "Ban hành",
            (ReviewState.APPROVED,),
            ReviewState.ISSUED,
            "reports.issue",
            audience=members_people,
        ),
    )
)
