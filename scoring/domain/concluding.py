"""What is left to do before the bloc's year-end is concluded: a list to work down, nothing is blocked here."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from blocs.enums import ConferenceKind
from blocs.models import BlocYear, Conference, Succession
from scoring.enums import PollState, SheetState
from scoring.models import LockedStanding, Proposal

SETTLED = (SheetState.AGREED, SheetState.LOCKED)


@dataclass(frozen=True)
class Check:
    """One thing of the year-end: what it is, how it stands, where it is done."""

    done: bool
    text: str
    detail: str
    url: str


@dataclass(frozen=True)
class Meeting:
    """The annual conference and what was agreed on next year's leadership, as far as they are on record."""

    conference: Conference | None
    succession: Succession | None


def meeting_of(bloc_year: BlocYear) -> Meeting:
    """At most three queries."""
    successions = Succession.objects.filter(bloc_year=bloc_year).select_related("head").prefetch_related("deputies")
    held = bloc_year.conferences.filter(kind=ConferenceKind.ANNUAL_REVIEW)
    return Meeting(held.last(), successions.first())


def checks_of(
    bloc_year: BlocYear, *, meeting: Meeting, proposals: Sequence[Proposal], unexplained: Sequence[Proposal]
) -> list[Check]:
    """In the order of the work; ``unexplained`` are departures without a reason. Four queries."""
    return [
        sheets_check(bloc_year),
        standing_check(bloc_year),
        polls_check(bloc_year),
        proposals_check(bloc_year, proposals, unexplained),
        publication_check(bloc_year),
        conference_check(bloc_year, meeting.conference),
        succession_check(bloc_year, meeting.succession),
    ]


def sheets_check(bloc_year: BlocYear) -> Check:
    states = list(bloc_year.sheets.values_list("state", flat=True))
    members, settled = bloc_year.memberships.count(), sum(1 for state in states if state in SETTLED)
    return Check(
        bool(states) and settled == len(states) >= members,
        "Thống nhất điểm của mọi đơn vị",
        f"{settled}/{members} phiếu chấm đã thống nhất",
        reverse("scoring:board", args=[bloc_year.pk]),
    )


def standing_check(bloc_year: BlocYear) -> Check:
    locked = LockedStanding.objects.filter(bloc_year=bloc_year, reopened_at=None).defer("content").first()
    detail = f"phiên bản {locked.version}" if locked else "chưa khóa"
    return Check(locked is not None, "Khóa kết quả xếp hạng", detail, reverse("scoring:standing", args=[bloc_year.pk]))


def polls_check(bloc_year: BlocYear) -> Check:
    states = list(bloc_year.polls.exclude(state=PollState.CANCELLED).values_list("state", flat=True))
    waiting = sum(1 for state in states if state != PollState.CLOSED)
    detail = f"{waiting} cuộc chưa kiểm phiếu" if waiting else f"{len(states)} cuộc đã kiểm phiếu"
    return Check(
        bool(states) and not waiting,
        "Bỏ phiếu, biểu quyết và kiểm phiếu",
        detail if states else "chưa ghi cuộc bỏ phiếu nào",
        reverse("scoring:polls", args=[bloc_year.pk]),
    )


def proposals_check(bloc_year: BlocYear, proposals: Sequence[Proposal], unexplained: Sequence[Proposal]) -> Check:
    detail = f"{len(proposals)} đề nghị" if proposals else "chưa có đề nghị"
    if unexplained:
        names = ", ".join(dict.fromkeys(each.agency.label for each in unexplained))
        detail = f"chưa ghi lý do khác thứ tự, chỉ tiêu hoặc kết quả phiếu: {names}"
    return Check(
        bool(proposals) and not unexplained,
        "Đề nghị tặng cờ, khen thưởng, có lý do khi khác thứ tự",
        detail,
        reverse("scoring:proposals", args=[bloc_year.pk]) + "#goi-y",
    )


def publication_check(bloc_year: BlocYear) -> Check:
    done = bloc_year.scores_published_at is not None
    return Check(
        done,
        "Công bố điểm cho các thành viên",
        "đã công bố" if done else "chưa công bố",
        reverse("scoring:board", args=[bloc_year.pk]),
    )


def conference_check(bloc_year: BlocYear, conference: Conference | None) -> Check:
    """The minutes need the day, both hours, the secretary, who came and the conclusions."""
    if conference is None:
        new = reverse("blocs:conferences", args=[bloc_year.pk])
        return Check(False, "Ghi hội nghị tổng kết", "chưa ghi hội nghị", new)
    wanted = (
        ("ngày họp", conference.held_on),
        ("giờ bắt đầu", conference.starts),
        ("giờ kết thúc", conference.ends),
        ("người chủ trì", conference.chair_name),
        ("thư ký", conference.secretary_name),
        ("danh sách dự", conference.attendance_listed),
        ("kết luận", conference.conclusions),
    )
    missing = [word for word, value in wanted if not value]
    detail = f"còn thiếu {', '.join(missing)}" if missing else "đã ghi đủ"
    return Check(not missing, "Ghi hội nghị tổng kết và kết luận", detail, conference.get_absolute_url())


def succession_check(bloc_year: BlocYear, succession: Succession | None) -> Check:
    head = succession.head if succession else None
    return Check(
        head is not None,
        "Chọn trưởng khối, phó khối năm sau",
        head.label if head else "chưa chọn",
        reverse("blocs:succession", args=[bloc_year.pk]),
    )
