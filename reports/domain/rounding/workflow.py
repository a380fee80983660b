"""Lifecycle of a reporting round. A province's round takes the rounds that it opened in the blocs along."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from accounts.domain.audit import record
from accounts.domain.workflow import Lifecycle, Transition
from accounts.models import User
from reports.domain.rounding.reporters import members_of, people_in
from reports.enums import ReviewKind, RoundState
from reports.models import AgencyReport, ReportRound, RoundSection

TOGETHER = "Theo đợt báo cáo chung của tỉnh"


def needs_due(row: ReportRound) -> str | None:
    return None if row.due else "Đợt báo cáo chưa có hạn gửi. Hãy bấm Sửa để đặt hạn."


def needs_outline(row: ReportRound) -> str | None:
    if RoundSection.objects.filter(round=row.outline_id).exists():
        return None
    return "Đề cương chưa có mục nào. Hãy soạn đề cương, hoặc lấy bốn mục thường dùng."


def members_told(row: ReportRound) -> Iterable[User]:
    """Officers and leaders of who reports; of a province's round the rounds in the blocs tell them."""
    return () if row.bloc_year_id is None else people_in(members_of(row), timezone.localdate())


def attach_reports(row: ReportRound, actor: User | None, now: datetime) -> None:
    """Six-month and annual reports that were begun before belong to the round from now on."""
    if row.bloc_year_id is None or row.kind not in ReviewKind:
        return
    begun = AgencyReport.objects.filter(bloc_year=row.bloc_year_id, kind=row.kind, round__isnull=True)
    begun = begun.filter(agency__in=members_of(row).values("agency"))
    if count := begun.update(round=row):
        record(row, "Đưa báo cáo đã mở vào đợt", actor=actor, after={"số báo cáo": count})


def close_children(row: ReportRound, actor: User | None, now: datetime) -> None:
    for child in row.children.filter(state=RoundState.OPEN):
        REPORT_ROUND.perform(child, "close", actor=actor)


def reopen_children(row: ReportRound, actor: User | None, now: datetime) -> None:
    for child in row.children.filter(state=RoundState.CLOSED):
        REPORT_ROUND.perform(child, "reopen", actor=actor, reason=TOGETHER)


REPORT_ROUND = Lifecycle(
    (
        Transition(
            "open",
            "Mở nhận báo cáo",
            (RoundState.DRAFT,),
            RoundState.OPEN,
            "reports.run_round",
            guards=(needs_due, needs_outline),
            effect=attach_reports,
            audience=members_told,
            confirm="Các đơn vị sẽ nhận thông báo và bắt đầu viết báo cáo theo đề cương này. Tiếp tục?",
        ),
        Transition(
            "close",
            "Kết thúc nhận báo cáo",
            (RoundState.OPEN,),
            RoundState.CLOSED,
            "reports.run_round",
            effect=close_children,
            confirm="Sau khi kết thúc, đơn vị không gửi thêm báo cáo vào đợt này được. Tiếp tục?",
            primary=False,
        ),
        Transition(
            "reopen",
            "Mở lại để nhận báo cáo",
            (RoundState.CLOSED,),
            RoundState.OPEN,
            "reports.run_round",
            reason_due=True,
            effect=reopen_children,
            audience=members_told,
            primary=False,
        ),
    )
)
