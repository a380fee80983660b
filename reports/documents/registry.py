"""Every kind of official paper this product makes, and the one way to make it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from blocs.models import BlocYear
from reports.documents import (
    activity_plan,
    annual_review,
    ballot_form,
    ballot_minutes,
    bloc_regulation,
    comment_summary,
    conference_calls,
    conference_minutes,
    flag_submission,
    handover_minutes,
    mid_year_review,
    movement_launch,
    news,
    pledge,
    proposal_list,
    score_sheet,
    score_summary,
    score_workbook,
    subjects,
)
from reports.documents.bloc import IssueFacts
from reports.documents.blocks import Paper
from reports.documents.docx import paper_docx
from reports.documents.paper_data import paper_data
from reports.documents.pdf import paper_pdf
from reports.documents.subjects import Subject
from reports.documents.workbook import paper_workbook


@dataclass(frozen=True)
class Kind:
    """One kind of paper: collected once as data, composed once, laid out in any format.

    ``abbreviation`` is the letters of its number (NĐ 30/2020, Phụ lục III); a kind without
    them is signed without a number and is not issued from the number book. ``permission`` is
    what somebody must hold on the bloc-year to see its draft. A ``tabular`` one is offered as a workbook
    too: of its tables, or made by ``xlsx`` where that knows more than they show. ``subjects`` lists what a
    paper may be about where a year has several; such a kind's ``collect`` takes the key of one.
    """

    kind: str
    title: str
    collect: Callable[..., Any]
    compose: Callable[[Any, IssueFacts | None], Paper]
    permission: str
    abbreviation: str = ""
    tabular: bool = False
    xlsx: Callable[[Any], bytes] | None = None
    subjects: Callable[[BlocYear], Sequence[Subject]] | None = None

    def facts(self, bloc_year: BlocYear, subject: str = "") -> Any:
        """The collected data; ``subject`` empty is the kind's own choice. Raises NoSubject."""
        return self.collect(bloc_year, subject) if self.subjects else self.collect(bloc_year)


# In the order of a year's work.
KINDS: dict[str, Kind] = {
    each.kind: each
    for each in (
        Kind(
            "activity-plan",
            "Kế hoạch hoạt động của khối",
            activity_plan.collect,
            activity_plan.compose,
            "reports.read_words",
            activity_plan.ABBREVIATION,
            tabular=True,
        ),
        Kind(
            "regulation",
            "Quy chế tổ chức và hoạt động của khối",
            bloc_regulation.collect,
            bloc_regulation.compose,
            "reports.read_words",
            bloc_regulation.ABBREVIATION,
        ),
        Kind(
            "pledge",
            "Bản giao ước thi đua",
            pledge.collect,
            pledge.compose,
            "blocs.run_pledge",
            tabular=True,
        ),
        Kind(
            "movement-launch",
            "Kế hoạch phát động, triển khai phong trào thi đua",
            movement_launch.collect,
            movement_launch.compose,
            "reports.read_words",
            movement_launch.ABBREVIATION,
            subjects=subjects.movement_subjects,
        ),
        Kind(
            "conference-invitation",
            "Giấy mời hội nghị",
            conference_calls.collect_invitation,
            conference_calls.compose_invitation,
            "reports.read_words",
            conference_calls.ABBREVIATION,
            subjects=subjects.conference_subjects,
        ),
        Kind(
            "conference-programme",
            "Chương trình hội nghị",
            conference_calls.collect_programme,
            conference_calls.compose_programme,
            "reports.read_words",
            tabular=True,
            subjects=subjects.conference_subjects,
        ),
        Kind(
            "mid-year-review",
            "Báo cáo sơ kết 6 tháng đầu năm",
            mid_year_review.collect,
            mid_year_review.compose,
            "reports.compile_review",
            mid_year_review.ABBREVIATION,
            tabular=True,
        ),
        Kind(
            "annual-review",
            "Báo cáo tổng kết năm",
            annual_review.collect,
            annual_review.compose,
            "reports.compile_review",
            annual_review.ABBREVIATION,
            tabular=True,
        ),
        Kind(
            comment_summary.KIND,
            "Bảng tổng hợp ý kiến góp ý dự thảo báo cáo",
            comment_summary.collect,
            comment_summary.compose,
            "reports.compile_review",
            tabular=True,
            subjects=comment_summary.subjects,
        ),
        Kind(
            news.KIND,
            "Tin hội nghị",
            news.collect,
            news.compose,
            "reports.read_words",
            subjects=news.subjects,
        ),
        Kind(
            "score-sheet",
            "Bảng chấm điểm thi đua của một đơn vị",
            score_sheet.collect,
            score_sheet.compose,
            "blocs.run_year",
            tabular=True,
            subjects=subjects.sheet_subjects,
        ),
        Kind(
            "score-summary",
            "Bảng tổng hợp điểm thi đua",
            score_summary.collect,
            score_summary.compose,
            "blocs.run_year",
            tabular=True,
            xlsx=score_workbook.workbook,
        ),
        Kind(
            "ballot-form",
            "Phiếu bầu (bỏ phiếu kín trên giấy)",
            ballot_form.collect,
            ballot_form.compose,
            "reports.read_words",
            subjects=subjects.poll_subjects,
        ),
        Kind(
            "conference-minutes",
            "Biên bản hội nghị tổng kết, bình xét",
            conference_minutes.collect,
            conference_minutes.compose,
            "blocs.run_year",
            conference_minutes.ABBREVIATION,
            tabular=True,
        ),
        Kind(
            "ballot-minutes",
            "Biên bản kiểm phiếu",
            ballot_minutes.collect,
            ballot_minutes.compose,
            "blocs.run_year",
            ballot_minutes.ABBREVIATION,
            tabular=True,
        ),
        Kind(
            "flag-submission",
            "Tờ trình đề nghị tặng cờ thi đua",
            flag_submission.collect,
            flag_submission.compose,
            "blocs.run_year",
            flag_submission.ABBREVIATION,
            tabular=True,
        ),
        Kind(
            "proposal-list",
            "Danh sách đề nghị khen thưởng",
            proposal_list.collect,
            proposal_list.compose,
            "blocs.run_year",
            tabular=True,
        ),
        Kind(
            "handover-minutes",
            "Biên bản bàn giao trưởng khối",
            handover_minutes.collect,
            handover_minutes.compose,
            "reports.read_words",
            handover_minutes.ABBREVIATION,
            tabular=True,
        ),
    )
}


def paper_of(kind: str, bloc_year: BlocYear, *, issue: IssueFacts | None = None, subject: str = "") -> Paper:
    """The paper as data. Raises KeyError for a kind that is not in ``KINDS``, NoSubject for a key of nothing."""
    found = KINDS[kind]
    return found.compose(found.facts(bloc_year, subject), issue)


def render_pdf(kind: str, bloc_year: BlocYear, *, issue: IssueFacts | None = None, subject: str = "") -> bytes:
    """One paper as PDF; a draft without ``issue``. Equal rows give equal bytes.

    Knows no user: the caller has checked ``Kind.permission``. Raises FontsMissing.
    """
    return paper_and_pdf(kind, bloc_year, issue=issue, subject=subject)[1]


def paper_and_pdf(
    kind: str, bloc_year: BlocYear, *, issue: IssueFacts | None = None, subject: str = ""
) -> tuple[Paper, bytes]:
    """The paper as data and as PDF; an issued one is PDF/A-3u with its collected data attached."""
    found = KINDS[kind]
    facts = found.facts(bloc_year, subject)
    paper = found.compose(facts, issue)
    if issue is None:
        return paper, paper_pdf(paper)
    return paper, paper_pdf(paper, code=issue.code, data=paper_data(kind, found.title, facts, issue))


def render_docx(kind: str, bloc_year: BlocYear, *, subject: str = "") -> bytes:
    """One paper as a Word document to work on, marked as a draft. Equal rows give equal bytes. Raises FontsMissing."""
    return paper_docx(paper_of(kind, bloc_year, subject=subject))


def render_xlsx(kind: str, bloc_year: BlocYear, *, subject: str = "") -> bytes | None:
    """One paper as an Excel workbook from the same collected data; None where it has no table (yet)."""
    found = KINDS[kind]
    if not found.tabular:
        return None
    facts = found.facts(bloc_year, subject)
    return found.xlsx(facts) if found.xlsx else paper_workbook(found.compose(facts, None))
