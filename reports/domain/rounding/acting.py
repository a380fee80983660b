"""What happens in an opened round: reports are begun, the missing reminded, more time given."""

from collections.abc import Collection, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.domain.audit import entries_of, record
from accounts.domain.notices import notify
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.enums import Duty
from blocs.models import Agency, BlocYear
from blocs.tables.agencies import people_of
from khoithidua.web.templatetags.web import day
from reports.domain.compiling import open_report, record_opening
from reports.domain.rounding.board import SENT, board_rows
from reports.domain.rounding.dues import round_for
from reports.domain.rounding.founding import locked_round
from reports.domain.rounding.lateness import lateness_corrected
from reports.domain.rounding.reporters import members_of
from reports.domain.rounds import remind_missing
from reports.enums import ReviewKind, RoundKind, RoundState
from reports.models import AgencyReport, ReportRound, RoundExtension

REMINDED, EXTENDED = "Nhắc gửi báo cáo", "Gia hạn gửi báo cáo"
NOT_OPEN = "Đợt báo cáo không ở trạng thái đang nhận báo cáo. Hãy tải lại trang."


@transaction.atomic
def open_in_round(a_round: ReportRound, agency_id: int, *, actor: User) -> AgencyReport:
    """The agency's report in this round: the one there is, or a new draft. Two at once make one.

    Raises TransitionRefused while the round takes none, and for an agency that reports elsewhere or not at all.
    """
    there = AgencyReport.objects.filter(round=a_round, agency=agency_id).first()
    if there is not None:
        return there
    if a_round.state != RoundState.OPEN or a_round.bloc_year is None:
        raise TransitionRefused(NOT_OPEN)
    if not members_of(a_round).filter(agency=agency_id).exists():
        raise TransitionRefused("Đơn vị gửi báo cáo của đợt này ở khối khác. Hãy mở đợt báo cáo ở khối đó.")
    if a_round.kind != RoundKind.AD_HOC:
        report = open_report(a_round.bloc_year, agency_id, a_round.kind, actor=actor)
        AgencyReport.objects.filter(pk=report.pk, round__isnull=True).update(round=a_round)
        report.refresh_from_db()
        return report
    keys = {"bloc_year": a_round.bloc_year, "kind": a_round.kind}
    report, created = AgencyReport.objects.get_or_create(round=a_round, agency_id=agency_id, defaults=keys)
    if created:
        record_opening(report, actor)
    return report


def begin_report(bloc_year: BlocYear, agency_id: int, kind: str, *, actor: User) -> AgencyReport:
    """The agency's six-month or annual report: in the round of this kind where one was opened, else the plain one.

    Raises as ``open_in_round`` where there is a round.
    """
    found = round_for(bloc_year, kind)
    if found is None:
        return open_report(bloc_year, agency_id, kind, actor=actor)
    return open_in_round(found, agency_id, actor=actor)


@transaction.atomic
def remind_in_round(a_round: ReportRound, *, actor: User | None, today: date) -> list[Agency]:
    """Tell officers and leaders of all missing members, once a day for the round; audited. Constant queries.

    Answers the agencies reminded. Raises PermissionDenied, TransitionRefused with a sentence when nobody is missing,
    today's reminder has gone out, or the round takes no reports.
    """
    row = locked_round(a_round.pk, actor, "reports.press_round")
    if row.state != RoundState.OPEN:
        raise TransitionRefused(NOT_OPEN)
    if entries_of(row).filter(action=REMINDED, at__date=today).exists():
        raise TransitionRefused("Hôm nay đã nhắc các đơn vị về đợt báo cáo này. Hãy nhắc lại vào ngày khác.")
    missing = board_rows(row, today=today).exclude(status__in=SENT).order_by("bloc_year__bloc__sort_key", "position")
    agencies = [each.agency for each in missing]
    if not agencies:
        raise TransitionRefused("Tất cả đơn vị đã gửi báo cáo, không cần nhắc.")
    people = people_of([each.pk for each in agencies], Duty.OFFICER, Duty.LEADER, on=today)
    # The province's own page is its standing body's: members find theirs in the list of rounds.
    url = row.get_absolute_url() if row.bloc_year_id is not None else reverse("reports:rounds")
    notify(people, f"{row.title}: đơn vị chưa gửi báo cáo, hạn {day(row.due)}.", url=url)
    record(row, REMINDED, actor=actor, after={"đơn vị": [each.name for each in agencies]})
    return agencies


def remind_kind(bloc_year: BlocYear, kind: ReviewKind, *, actor: User, today: date) -> list[Agency]:
    """The reminder of the year's page: of the round that is open for this kind, else of the plain report.

    One reminder a day either way. Raises as ``remind_in_round``, or ReminderRefused.
    """
    found = round_for(bloc_year, kind)
    if found is not None and found.state == RoundState.OPEN:
        return remind_in_round(found, actor=actor, today=today)
    return remind_missing(bloc_year, kind, actor=actor, today=today)


@transaction.atomic
def extend(
    a_round: ReportRound, agencies: Collection[int], *, due: date, reason: str, actor: User
) -> Sequence[RoundExtension]:
    """More time for these members, with the reason; earlier extensions are kept, the last one counts.

    Days late that score sheets hold by the earlier date are reckoned anew. All or none: raises PermissionDenied,
    TransitionRefused for a closed round, no reason, no member chosen, or a day not after the round's.
    """
    row = locked_round(a_round.pk, actor, "reports.press_round")
    members = list(members_of(row).filter(agency__in=agencies).select_related("agency").in_order())
    refuse_unfit(row, len(members), due, reason)
    ids = [each.agency_id for each in members]
    with lateness_corrected(row.bloc_year, ids, actor=actor):
        made = [
            RoundExtension.objects.create(
                round=row, agency_id=pk, due=due, reason=" ".join(reason.split()), granted_by=actor
            )
            for pk in ids
        ]
    names = [each.agency.name for each in members]
    record(row, EXTENDED, actor=actor, after={"đơn vị": names, "gia hạn đến": day(due)}, reason=reason.strip())
    people = people_of(ids, Duty.OFFICER, Duty.LEADER, on=timezone.localdate())
    notify(people, f"{row.title}: đơn vị được gia hạn gửi báo cáo đến ngày {day(due)}.", url=row.get_absolute_url())
    return made


def refuse_unfit(row: ReportRound, chosen: int, due: date, reason: str) -> None:
    if row.bloc_year_id is None:
        raise TransitionRefused("Hãy gia hạn ở trang đợt báo cáo của từng khối.")
    if row.state != RoundState.OPEN:
        raise TransitionRefused(NOT_OPEN)
    if not chosen:
        raise TransitionRefused("Hãy chọn ít nhất một đơn vị của đợt để gia hạn.")
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do gia hạn.")
    if row.due is not None and due <= row.due:
        raise TransitionRefused(f"Ngày gia hạn phải sau hạn chung của đợt ({day(row.due)}).")


def may_open(user: User, a_round: ReportRound, agency_id: int) -> AgencyReport:
    """The draft that the permission to write is asked for. Raises PermissionDenied for who may not write it."""
    draft = AgencyReport(bloc_year=a_round.bloc_year, agency_id=agency_id, kind=a_round.kind)
    if not user.has_perm("reports.edit_report", draft):
        raise PermissionDenied("reports.edit_report")
    return draft
