"""What reports ask of a person: to write, to sign off, to receive, to compile, to approve, to issue."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from blocs.domain.in_play import memberships_in_play
from blocs.enums import Area, YearState
from blocs.models import BlocYear, Membership
from blocs.tables.access import Access, access_of
from reports.domain.rounding.dues import due_for, due_of, read_rounds
from reports.domain.rounding.todo import ad_hoc_todos, asked_elsewhere
from reports.enums import ReportState, ReviewKind, ReviewState
from reports.models import AgencyReport, BlocReview, Passage

LIVE_YEARS = (YearState.RUNNING, YearState.SCORING, YearState.CONCLUDED)
NOTICE = timedelta(days=45)  # a report asks for attention this long before its deadline
WRITABLE = (ReportState.DRAFT, ReportState.RETURNED)


@provides_todos
def report_todos(user: User) -> Iterator[Todo]:
    """Six queries at most besides the years in play, whatever the number of blocs."""
    access = access_of(user)
    members = [each for each in memberships_in_play(user) if each.bloc_year.state in LIVE_YEARS]
    years = {each.bloc_year_id: each.bloc_year for each in members}
    if not years:
        return
    today = timezone.localdate()
    read_rounds(each.bloc_year for each in members)
    written = Passage.objects.filter(report=OuterRef("pk")).exclude(text="")
    found = AgencyReport.objects.visible_to(user).filter(bloc_year__in=years).select_related("agency")
    reports = list(found.annotate(has_text=Exists(written)))
    yield from own_todos(access, members, reports, today)
    yield from to_receive(access, years, reports)
    yield from ad_hoc_todos(access, members, years, reports, today)
    yield from review_todos(access, years, today)


def own_todos(access: Access, members: list[Membership], reports: list[AgencyReport], today: date) -> Iterator[Todo]:
    """Own agencies' reports: to write for officers, to sign off for who signs; one line for who does both."""
    found = {(row.bloc_year_id, row.agency_id, row.kind): row for row in reports}
    elsewhere = asked_elsewhere(members)
    for member in members:
        year = member.bloc_year
        for kind in ReviewKind:
            report = found.get((year.pk, member.agency_id, kind))
            if report is None and (year.pk, kind, member.agency_id) in elsewhere:
                continue
            signs = report is not None and member.agency_id in access.signs_for and is_ready(report)
            if report is not None and signs:
                yield to_sign_off(year, kind, report)
            elif member.agency_id in access.officer_of:
                yield from to_write(member, kind, report, today)


def to_write(member: Membership, kind: ReviewKind, report: AgencyReport | None, today: date) -> Iterator[Todo]:
    year = member.bloc_year
    due = due_for(year, kind, member.agency_id)
    about = str(year)
    words = kind.label.lower()
    if report is None and is_near(due, today):
        yield Todo(f"Viết báo cáo {words} của đơn vị", reverse("reports:year", args=[year.pk]), about, due)
    elif report is not None and report.state == ReportState.RETURNED:
        yield Todo(f"Bổ sung báo cáo {words} bị trả lại", report.get_absolute_url(), about, due)
    elif report is not None and report.state == ReportState.DRAFT:
        yield Todo(f"Hoàn thành báo cáo {words} của đơn vị", report.get_absolute_url(), about, due)


def is_near(due: date | None, today: date) -> bool:
    return due is not None and due - NOTICE <= today


def is_ready(report: AgencyReport) -> bool:
    return report.state in WRITABLE and getattr(report, "has_text", False)


def to_sign_off(year: BlocYear, kind: ReviewKind, report: AgencyReport) -> Todo:
    text = f"Duyệt và gửi báo cáo {kind.label.lower()} của {report.agency.label}"
    return Todo(text, report.get_absolute_url(), str(year), due_for(year, kind, report.agency_id))


def to_receive(access: Access, years: dict[int, BlocYear], reports: list[AgencyReport]) -> Iterator[Todo]:
    """One line for each round with reports waiting."""
    run = access.runs(Area.REVIEWS)
    for pk, year in years.items():
        for kind in ReviewKind if pk in run else ():
            waiting = [
                row for row in reports if (row.bloc_year_id, row.kind, row.state) == (pk, kind, ReportState.SIGNED_OFF)
            ]
            if waiting:
                text = f"Tiếp nhận {len(waiting)} báo cáo {kind.label.lower()} của các đơn vị"
                url = waiting[0].get_absolute_url() if len(waiting) == 1 else reverse("reports:year", args=[pk])
                yield Todo(text, url, str(year))


def review_todos(access: Access, years: dict[int, BlocYear], today: date) -> Iterator[Todo]:
    run = access.runs(Area.REVIEWS) & years.keys()
    if not run:
        return
    found = {(row.bloc_year_id, row.kind): row for row in BlocReview.objects.filter(bloc_year__in=run)}
    for pk in sorted(run):
        for kind in ReviewKind:
            yield from review_todo(access, years[pk], kind, found.get((pk, kind)), today)


def review_todo(
    access: Access, year: BlocYear, kind: ReviewKind, review: BlocReview | None, today: date
) -> Iterator[Todo]:
    due, about, words = due_of(year, kind), str(year), kind.label.lower()
    if review is None:
        if is_near(due, today):
            yield Todo(f"Soạn báo cáo {words} của khối", reverse("reports:year", args=[year.pk]), about, due)
    elif review.state == ReviewState.DRAFT:
        verb = "Hoàn thành và duyệt" if year.pk in access.signs_headed_ids else "Hoàn thành"
        yield Todo(f"{verb} báo cáo {words} của khối", review.get_absolute_url(), about, due)
    elif review.state == ReviewState.APPROVED and year.pk in access.headed_ids:
        yield Todo(f"Ban hành báo cáo {words} của khối", reverse("reports:review-issue", args=[review.pk]), about, due)
