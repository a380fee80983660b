"""Lifecycles of an agency's report and of a bloc's review."""

from datetime import datetime

from accounts.domain.workflow import Lifecycle, Transition
from accounts.models import User
from blocs.domain.workflow import agency_people, members_people, secretariat_people
from reports.domain.asked import asked_of, freeze_known
from reports.domain.consulting import keep_what_was_commented, unanswered
from reports.domain.deadlines import refusal_when_late
from reports.domain.lateness import deduct_lateness
from reports.domain.passages import sections_of
from reports.domain.rounding.dues import refusal_when_closed
from reports.domain.versions import RETURNED, SENT, keep_version
from reports.enums import ReportState, ReviewState
from reports.models import AgencyReport, BlocReview


def needs_report_text(report: AgencyReport) -> str | None:
    if report.passages.exclude(text="").exists():
        return None
    return "Báo cáo chưa có nội dung. Hãy viết ít nhất một mục trước khi gửi."


def needs_what_is_required(report: AgencyReport) -> str | None:
    """Sections and figures that the outline requires; a figure of the records is not the agency's to fill in."""
    if report.round is None:
        return None
    missing = [each.label for each in sections_of(report) if each.required and not each.paragraphs]
    asked = [each for group in asked_of(report).figures.values() for each in group]
    missing += [x.figure.label for x in asked if x.figure.required and not x.is_known and x.value is None]
    if not missing:
        return None
    named = ", ".join(f"«{label}»" for label in missing)
    return f"Còn {len(missing)} nội dung bắt buộc chưa điền: {named}. Hãy điền đủ rồi gửi."


def stamp_sending(report: AgencyReport, actor: User | None, now: datetime) -> None:
    report.sent_at = now
    report.save(update_fields=["sent_at"])
    freeze_known(report)
    keep_version(report, SENT, actor=actor)
    deduct_lateness(report, actor, now)


def keep_what_is_returned(report: AgencyReport, actor: User | None, now: datetime) -> None:
    keep_version(report, RETURNED, actor=actor)


AGENCY_REPORT = Lifecycle(
    (
        Transition(
            "sign_off",
            "Duyệt và gửi báo cáo",
            (ReportState.DRAFT, ReportState.RETURNED),
            ReportState.SIGNED_OFF,
            "reports.sign_off_report",
            guards=(needs_report_text, needs_what_is_required, refusal_when_late, refusal_when_closed),
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
            effect=keep_what_is_returned,
            audience=agency_people,
            primary=False,
        ),
    )
)


def needs_review_text(review: BlocReview) -> str | None:
    if review.passages.exclude(text="").exists():
        return None
    return "Báo cáo chưa có phần viết nào. Hãy viết ít nhất một mục trước khi duyệt."


def keep_approved(review: BlocReview, actor: User | None, now: datetime) -> None:
    """The draft as it was commented on, and as it is approved."""
    keep_what_was_commented(review, actor)
    keep_version(review, "Duyệt báo cáo", actor=actor)


BLOC_REVIEW = Lifecycle(
    (
        Transition(
            "approve",
            "Duyệt báo cáo",
            (ReviewState.DRAFT,),
            ReviewState.APPROVED,
            "reports.approve_review",
            guards=(needs_review_text, unanswered),
            effect=keep_approved,
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
        # The issued paper stays as it is; the corrected review is approved and issued as a new one.
        Transition(
            "correct",
            "Lập báo cáo đính chính",
            (ReviewState.ISSUED,),
            ReviewState.DRAFT,
            "reports.approve_review",
            reason_due=True,
            confirm="Văn bản đã ban hành giữ nguyên; báo cáo được mở lại để sửa và ban hành với số mới. Tiếp tục?",
            primary=False,
        ),
    )
)
