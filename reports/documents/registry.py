"""Every kind of official paper this product makes, and the one way to make it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from blocs.models import BlocYear
from reports.documents import (
    annual_review,
    ballot_minutes,
    conference_minutes,
    flag_submission,
    mid_year_review,
    pledge,
    score_summary,
    score_workbook,
)
from reports.documents.bloc import IssueFacts
from reports.documents.blocks import Paper
from reports.documents.docx import paper_docx
from reports.documents.pdf import paper_pdf
from reports.documents.workbook import paper_workbook


@dataclass(frozen=True)
class Kind:
    """One kind of paper: collected once as data, composed once, laid out in any format.

    ``abbreviation`` is the letters of its number (NĐ 30/2020, Phụ lục III); a kind without
    them is signed without a number and is not issued from the number book. ``permission`` is
    what somebody must hold on the bloc-year to see its draft. A ``tabular`` one is offered as a workbook
    too: of its tables, or made by ``xlsx`` where that knows more than they show.
    """

    kind: str
    title: str
    collect: Callable[[BlocYear], Any]
    compose: Callable[[Any, IssueFacts | None], Paper]
    permission: str
    abbreviation: str = ""
    tabular: bool = False
    xlsx: Callable[[Any], bytes] | None = None


KINDS: dict[str, Kind] = {
    each.kind: each
    for each in (
        Kind(
            "pledge",
            "Bản giao ước thi đua",
            pledge.collect,
            pledge.compose,
            "blocs.run_pledge",
            tabular=True,
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
            "score-summary",
            "Bảng tổng hợp điểm thi đua",
            score_summary.collect,
            score_summary.compose,
            "blocs.run_year",
            tabular=True,
            xlsx=score_workbook.workbook,
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
    )
}


def paper_of(kind: str, bloc_year: BlocYear, *, issue: IssueFacts | None = None) -> Paper:
    """The paper as data. Raises KeyError for a kind that is not in ``KINDS``."""
    found = KINDS[kind]
    return found.compose(found.collect(bloc_year), issue)


def render_pdf(kind: str, bloc_year: BlocYear, *, issue: IssueFacts | None = None) -> bytes:
    """One paper as PDF; a draft without ``issue``. Equal rows give equal bytes.

    Knows no user: the caller has checked ``Kind.permission``. Raises FontsMissing.
    """
    return paper_pdf(paper_of(kind, bloc_year, issue=issue), code=issue.code if issue else "")


def render_docx(kind: str, bloc_year: BlocYear) -> bytes:
    """One paper as a Word document to work on, marked as a draft. Equal rows give equal bytes. Raises FontsMissing."""
    return paper_docx(paper_of(kind, bloc_year))


def render_xlsx(kind: str, bloc_year: BlocYear) -> bytes | None:
    """One paper as an Excel workbook from the same collected data; None where it has no table (yet)."""
    found = KINDS[kind]
    if not found.tabular:
        return None
    facts = found.collect(bloc_year)
    return found.xlsx(facts) if found.xlsx else paper_workbook(found.compose(facts, None))
