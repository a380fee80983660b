"""What a paper waits for: why one of the year's papers cannot be made yet, and where to see to it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from blocs.enums import ConferenceKind
from blocs.models import BlocYear, Succession
from reports.documents.subjects import paper_polls_of
from scoring.enums import PollMode, PollState, SheetState


@dataclass(frozen=True)
class Missing:
    """A sentence, and the page on which the missing thing is entered."""

    sentence: str
    url: str


def no_movement(year: BlocYear) -> Missing | None:
    if year.movements.exists():
        return None
    return Missing("Chưa ghi phong trào thi đua nào của năm.", reverse("blocs:movements", args=[year.pk]))


def no_conference(year: BlocYear) -> Missing | None:
    if year.conferences.exists():
        return None
    return Missing("Chưa ghi hội nghị nào của năm.", reverse("blocs:conferences", args=[year.pk]))


def no_annual_conference(year: BlocYear) -> Missing | None:
    if year.conferences.filter(kind=ConferenceKind.ANNUAL_REVIEW).exists():
        return None
    return Missing("Chưa ghi nhận hội nghị tổng kết năm.", reverse("blocs:conferences", args=[year.pk]))


def no_consultation(year: BlocYear) -> Missing | None:
    if year.reviews.filter(consulting_since__isnull=False).exists():
        return None
    return Missing("Chưa lấy ý kiến dự thảo báo cáo nào của khối.", reverse("reports:year", args=[year.pk]))


def no_sent_sheet(year: BlocYear) -> Missing | None:
    if year.sheets.exclude(state=SheetState.DRAFT).exists():
        return None
    return Missing("Chưa có phiếu chấm điểm nào được gửi.", reverse("scoring:board", args=[year.pk]))


def no_paper_poll(year: BlocYear) -> Missing | None:
    if paper_polls_of(year):
        return None
    return Missing("Chưa có cuộc bỏ phiếu kín nào dùng phiếu giấy.", reverse("scoring:polls", args=[year.pk]))


def no_counted_ballot(year: BlocYear) -> Missing | None:
    if year.polls.filter(state=PollState.CLOSED, mode=PollMode.SECRET).exists():
        return None
    return Missing("Chưa có cuộc bỏ phiếu kín nào được kiểm phiếu.", reverse("scoring:polls", args=[year.pk]))


def no_proposal(year: BlocYear) -> Missing | None:
    if year.proposals.exists():
        return None
    return Missing("Chưa có đề nghị khen thưởng nào.", reverse("scoring:proposals", args=[year.pk]))


def no_successor(year: BlocYear) -> Missing | None:
    if Succession.objects.filter(bloc_year=year, head__isnull=False).exists():
        return None
    return Missing("Chưa ghi trưởng khối năm sau.", reverse("blocs:succession", args=[year.pk]))


CHECKS: dict[str, Callable[[BlocYear], Missing | None]] = {
    "movement-launch": no_movement,
    "conference-invitation": no_conference,
    "conference-programme": no_conference,
    "review-comments": no_consultation,
    "news": no_conference,
    "score-summary": no_sent_sheet,
    "ballot-form": no_paper_poll,
    "conference-minutes": no_annual_conference,
    "ballot-minutes": no_counted_ballot,
    "proposal-list": no_proposal,
    "handover-minutes": no_successor,
}
# Without these the paper would say nothing: it is not issued either.
HELD_BACK = frozenset({"movement-launch", "conference-invitation", "handover-minutes"})


def missing_for(bloc_year: BlocYear, kind: str) -> Missing | None:
    """What ``kind`` waits for in this year; None when it can be made. One query."""
    check = CHECKS.get(kind)
    return check(bloc_year) if check else None
