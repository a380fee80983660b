"""What ad-hoc rounds ask of a person; six-month and annual ones stand in ``reports.domain.todo``."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from accounts.domain.todo import Todo
from blocs.enums import Area
from blocs.models import BlocYear, Membership
from blocs.tables.access import Access
from reports.domain.rounding.dues import extended_to
from reports.domain.rounding.reporters import excused_in
from reports.enums import ReportState, RoundKind, RoundState
from reports.models import AgencyReport, ReportRound

NOTICE = timedelta(days=45)
WRITABLE = (ReportState.DRAFT, ReportState.RETURNED)


def asked_elsewhere(members: Sequence[Membership]) -> set[tuple[int, str, int]]:
    """(bloc-year, kind, agency) of who reports in an earlier bloc. Rounds were read; one query for a province's."""
    rounds = {row.pk: row for each in members for row in each.bloc_year.report_rounds.all()}
    excused = excused_in(rounds.values(), {each.agency_id for each in members})
    found = set()
    for pk, agency in excused:
        row = rounds.get(pk)
        if row is not None and row.bloc_year_id is not None and row.kind != RoundKind.AD_HOC:
            found.add((row.bloc_year_id, str(row.kind), agency))
    return found


def ad_hoc_todos(
    access: Access,
    members: Sequence[Membership],
    years: Mapping[int, BlocYear],
    reports: Sequence[AgencyReport],
    today: date,
) -> Iterator[Todo]:
    """To write, to sign off, to receive, for each opened ad-hoc round of these years; rounds were read."""
    opened = {pk: open_rounds(year) for pk, year in years.items()}
    if not any(opened.values()):
        return
    excused = excused_in([row for rows in opened.values() for row in rows], {each.agency_id for each in members})
    found = {(row.round_id, row.agency_id): row for row in reports if row.kind == RoundKind.AD_HOC}
    for member in members:
        for row in opened[member.bloc_year_id]:
            if (row.pk, member.agency_id) not in excused:
                yield from own_todo(access, member, row, found.get((row.pk, member.agency_id)), today)
    for pk in sorted(access.runs(Area.REVIEWS) & years.keys()):
        for row in opened[pk]:
            yield from to_receive(row, years[pk], reports)


def open_rounds(year: BlocYear) -> list[ReportRound]:
    rows = year.report_rounds.all()
    return [row for row in rows if row.kind == RoundKind.AD_HOC and row.state == RoundState.OPEN]


def own_todo(
    access: Access, member: Membership, row: ReportRound, report: AgencyReport | None, today: date
) -> Iterator[Todo]:
    due = extended_to(row, member.agency_id) or row.due
    about = str(member.bloc_year)
    if report is not None and report.state in WRITABLE:
        if member.agency_id in access.signs_for and getattr(report, "has_text", False):
            yield Todo(f"Duyệt và gửi báo cáo «{row.title}»", report.get_absolute_url(), about, due)
        elif member.agency_id in access.officer_of:
            verb = "Bổ sung báo cáo bị trả lại" if report.state == ReportState.RETURNED else "Hoàn thành báo cáo"
            yield Todo(f"{verb} «{row.title}»", report.get_absolute_url(), about, due)
    elif report is None and member.agency_id in access.officer_of and due is not None and due - NOTICE <= today:
        yield Todo(f"Viết báo cáo «{row.title}»", row.get_absolute_url(), about, due)


def to_receive(row: ReportRound, year: BlocYear, reports: Sequence[AgencyReport]) -> Iterator[Todo]:
    waiting = [each for each in reports if each.round_id == row.pk and each.state == ReportState.SIGNED_OFF]
    if waiting:
        url = waiting[0].get_absolute_url() if len(waiting) == 1 else row.get_absolute_url()
        yield Todo(f"Tiếp nhận {len(waiting)} báo cáo «{row.title}»", url, str(year))
