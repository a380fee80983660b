"""A reporting round: who has sent, who is late, who is missing, and the reminder to the missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.domain.audit import entries_of, record
from accounts.domain.notices import notify
from accounts.models import User
from blocs.enums import Area, Duty
from blocs.models import Agency, BlocYear, Membership
from blocs.tables.access import access_of
from blocs.tables.agencies import people_of
from khoithidua.web.templatetags.web import day
from reports.domain.rounding.dues import due_for, read_rounds, round_for
from reports.domain.rounding.dues import due_of as due_of
from reports.domain.rounding.reporters import excused_in
from reports.enums import ReportState, ReviewKind
from reports.models import AgencyReport

SENT = (ReportState.SIGNED_OFF, ReportState.RECEIVED)


class ReminderRefused(Exception):
    """No reminder was sent; the message is a sentence that says why."""


@dataclass(frozen=True)
class Cell:
    """One member's report in one round, as far as the reader may know of it."""

    status: str  # sent, late, missing, overdue, returned, draft, elsewhere
    words: str
    report: AgencyReport | None = None

    @property
    def is_sent(self) -> bool:
        return self.status in ("sent", "late")


@dataclass(frozen=True)
class Line:
    membership: Membership
    mid_year: Cell
    annual: Cell
    is_own: bool


@dataclass(frozen=True)
class Round:
    """One of the two rounds, counted over the lines that the reader follows."""

    kind: ReviewKind
    due: date | None
    members: int
    sent: int
    late: int

    @property
    def missing(self) -> int:
        return self.members - self.sent


def board(bloc_year: BlocYear, user: User, *, today: date) -> list[Line]:
    """A line per member that the reader may follow, in seven queries at most.

    Those who run or watch the bloc follow all members; a member follows itself alone, as with
    the reports themselves. Extensions count; who reports in another bloc is asked for nothing here.
    """
    access = access_of(user)
    read_rounds([bloc_year])
    elsewhere = elsewhere_in(bloc_year)
    reports = AgencyReport.objects.visible_to(user).filter(bloc_year=bloc_year)
    found = {(row.agency_id, row.kind): row for row in reports}
    rows = bloc_year.memberships.select_related("agency").in_order()
    if not follows_all(bloc_year, user):
        rows = rows.filter(agency__in=access.agency_ids)

    def cell(row: Membership, kind: ReviewKind) -> Cell:
        report = found.get((row.agency_id, kind))
        if report is None and (bloc := elsewhere.get((kind, row.agency_id))):
            return Cell("elsewhere", f"Gửi báo cáo ở {bloc}")
        return cell_of(report, due_for(bloc_year, kind, row.agency_id), today)

    return [
        Line(row, cell(row, ReviewKind.MID_YEAR), cell(row, ReviewKind.ANNUAL), row.agency_id in access.agency_ids)
        for row in rows
    ]


def elsewhere_in(bloc_year: BlocYear) -> dict[tuple[str, int], str]:
    """(kind, agency) of who reports in another bloc of a province's round, and that bloc; rounds were read."""
    rounds = {found.pk: kind for kind in ReviewKind if (found := round_for(bloc_year, kind))}
    opened = [row for row in bloc_year.report_rounds.all() if row.pk in rounds]
    return {(rounds[pk], agency): bloc for (pk, agency), bloc in excused_in(opened).items() if pk in rounds}


def rounds_of(bloc_year: BlocYear, lines: list[Line]) -> list[Round]:
    """Both rounds counted over ``lines``."""
    columns = {ReviewKind.MID_YEAR: [x.mid_year for x in lines], ReviewKind.ANNUAL: [x.annual for x in lines]}
    columns = {kind: [cell for cell in cells if cell.status != "elsewhere"] for kind, cells in columns.items()}
    return [
        Round(
            kind=kind,
            due=due_of(bloc_year, kind),
            members=len(cells),
            sent=sum(1 for cell in cells if cell.is_sent),
            late=sum(1 for cell in cells if cell.status == "late"),
        )
        for kind, cells in columns.items()
    ]


def follows_all(bloc_year: BlocYear, user: User) -> bool:
    """Whether the reader may know which members have sent."""
    access = access_of(user)
    return (
        bloc_year.pk in access.runs(Area.REVIEWS) | access.observed_ids
        or bloc_year.bloc.council_id in access.standing_ids
    )


def cell_of(report: AgencyReport | None, due: date | None, today: date) -> Cell:
    if report is not None and report.state in SENT:
        return sent_cell(report, due)
    if report is not None and report.state == ReportState.RETURNED:
        return Cell("returned", "Trả lại để bổ sung", report)
    if report is not None:
        return Cell("draft", "Đang soạn" + overdue_words(due, today), report)
    if due is not None and due < today:
        return Cell("overdue", "Chưa gửi" + overdue_words(due, today))
    return Cell("missing", "Chưa gửi")


def sent_cell(report: AgencyReport, due: date | None) -> Cell:
    words = "Đã tiếp nhận" if report.state == ReportState.RECEIVED else "Đã gửi"
    if report.sent_at is None:
        return Cell("sent", words, report)
    late = days_late(report, due)
    words = f"{words}, gửi ngày {day(report.sent_at)}"
    return Cell("late", f"{words}, muộn {late} ngày", report) if late else Cell("sent", words, report)


def overdue_words(due: date | None, today: date) -> str:
    return f", quá hạn {(today - due).days} ngày" if due is not None and due < today else ""


def days_late(report: AgencyReport, due: date | None) -> int:
    """Days from the deadline to the sending; 0 in time, without a deadline, or when not sent."""
    if report.sent_at is None or due is None:
        return 0
    return max(0, (timezone.localtime(report.sent_at).date() - due).days)


def round_of(bloc_year: BlocYear, kind: ReviewKind, members: int, reports: Iterable[AgencyReport]) -> Round:
    """One round in figures, from reports of this bloc-year already read."""
    sent = [row for row in reports if row.kind == kind and row.state in SENT]
    late = sum(1 for row in sent if days_late(row, due_for(bloc_year, kind, row.agency_id)))
    return Round(kind, due_of(bloc_year, kind), members, len(sent), late)


def missing_agencies(bloc_year: BlocYear, kind: str) -> list[Agency]:
    """Members whose report of ``kind`` has not come, in the bloc's order."""
    came = AgencyReport.objects.filter(bloc_year=bloc_year, kind=kind, state__in=SENT).values("agency")
    rows = bloc_year.memberships.exclude(agency__in=came).select_related("agency").in_order()
    elsewhere = elsewhere_in(bloc_year)
    return [row.agency for row in rows if (kind, row.agency_id) not in elsewhere]


@transaction.atomic
def remind_missing(bloc_year: BlocYear, kind: ReviewKind, *, actor: User, today: date) -> list[Agency]:
    """Tell officers and leaders of the missing members, once a day for each round; audited.

    Answers the agencies reminded. Raises ReminderRefused with a sentence when nobody is
    missing or today's reminder has gone out.
    """
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    action = f"Nhắc gửi báo cáo {kind.label.lower()}"
    if entries_of(bloc_year).filter(action=action, at__date=today).exists():
        raise ReminderRefused("Hôm nay đã nhắc các đơn vị về kỳ báo cáo này. Hãy nhắc lại vào ngày khác.")
    agencies = missing_agencies(bloc_year, kind)
    if not agencies:
        raise ReminderRefused("Tất cả đơn vị đã gửi báo cáo, không cần nhắc.")
    due = due_of(bloc_year, kind)
    until = f", hạn {day(due)}" if due else ""
    people = people_of([agency.pk for agency in agencies], Duty.OFFICER, Duty.LEADER, on=today)
    text = f"Thư ký khối nhắc: đơn vị chưa gửi báo cáo {kind.label.lower()} của {bloc_year}{until}."
    notify(people, text, url=reverse("reports:year", args=[bloc_year.pk]))
    record(bloc_year, action, actor=actor, after={"đơn vị": [agency.name for agency in agencies]})
    return agencies
