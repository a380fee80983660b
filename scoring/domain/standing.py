"""The frozen ranking of a bloc-year: locked whole in one transaction, reopened with a reason."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.notices import notify
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain.workflow import members_people
from blocs.enums import YearState
from blocs.models import BlocYear
from scoring.domain.criteria import tree_faults
from scoring.domain.deciding_ties import ties_of
from scoring.domain.frozen import frozen_sentence, refuse_frozen
from scoring.domain.grading_checks import grading_faults
from scoring.domain.ranking import Table, consolidated
from scoring.domain.standing_content import content_of, digest, is_intact
from scoring.domain.workflow import CRITERIA_SET, SCORE_SHEET
from scoring.enums import SetState, SheetState
from scoring.models import CriteriaSet, Disqualification, LockedStanding, ScoreSheet

__all__ = [
    "frozen_sentence",
    "is_intact",
    "lock_objections",
    "lock_standing",
    "refuse_frozen",
    "reopen_standing",
]

TIED = "Còn đơn vị bằng nhau ở hạng {rank}: {names}. Hãy quyết định thứ tự, hoặc xác nhận để các đơn vị đồng hạng."


@transaction.atomic
def lock_standing(bloc_year: BlocYear, *, actor: User | None, confirm_ties: bool = False) -> LockedStanding:
    """Freeze the ranking: every agreed sheet, the criteria set and the whole table with its hash.

    All or nothing, one version at a time; audited on the standing, each sheet and the set. Shared
    ranks are refused unless ``confirm_ties``. TransitionRefused with every sentence of
    ``lock_objections``.
    """
    year = locked_year(bloc_year)
    refuse_frozen(year)
    sheets = list(ScoreSheet.objects.select_for_update().filter(bloc_year=year).order_by("pk"))
    table = consolidated(year)
    if objections := lock_objections(year, table, confirm_ties=confirm_ties):
        raise TransitionRefused(" ".join(objections))
    newest = LockedStanding.objects.filter(bloc_year=year).aggregate(top=Max("version"))["top"] or 0
    now = timezone.now()
    content = content_of(year, table, version=newest + 1, at=now, actor=actor)
    standing = LockedStanding.objects.create(
        bloc_year=year,
        version=newest + 1,
        locked_at=now,
        locked_by=actor,
        content=content,
        sha256=digest(content),
    )
    for sheet in sheets:
        if sheet.state == SheetState.AGREED:
            SCORE_SHEET.perform(sheet, "lock", actor=actor)
    if table.criteria_set is not None and table.criteria_set.state == SetState.OPEN:
        CRITERIA_SET.perform(table.criteria_set, "lock", actor=actor)
    after = {"version": standing.version, "sha256": standing.sha256}
    audit.record(standing, "Khóa kết quả xếp hạng", actor=actor, after=after)
    tell_members(standing, "đã khóa")
    return standing


@transaction.atomic
def reopen_standing(standing: LockedStanding, *, reason: str, actor: User | None) -> None:
    """Take a ranking out of force: its sheets are agreed again, its set open; the version stays readable.

    A reason is due. TransitionRefused without one, twice, or once the year is concluded.
    """
    year = locked_year(standing.bloc_year)
    row = LockedStanding.objects.select_for_update().get(pk=standing.pk)
    reason = reason.strip()
    if row.reopened_at is not None:
        raise TransitionRefused("Kết quả xếp hạng này đã được mở lại. Hãy tải lại trang.")
    if not reason:
        raise TransitionRefused("Hãy ghi lý do mở lại kết quả xếp hạng.")
    if year.state in (YearState.CONCLUDED, YearState.HANDED_OVER):
        raise TransitionRefused(
            f"Năm thi đua đang ở trạng thái «{year.get_state_display()}» nên kết quả đã công khai. "
            "Cơ quan thường trực cần mở lại năm thi đua trước."
        )
    row.reopened_at, row.reopened_by, row.reopen_reason = timezone.now(), actor, reason
    row.save(update_fields=["reopened_at", "reopened_by", "reopen_reason"])
    for sheet in ScoreSheet.objects.filter(bloc_year=year, state=SheetState.LOCKED).order_by("pk"):
        SCORE_SHEET.perform(sheet, "unlock", actor=actor, reason=reason)
    for criteria_set in CriteriaSet.objects.filter(
        bloc_year=year, state=SetState.LOCKED, version=row.content["criteria_set"]["version"]
    ):
        CRITERIA_SET.perform(criteria_set, "unlock", actor=actor, reason=reason)
    after = {"version": row.version, "reopened_at": row.reopened_at}
    audit.record(row, "Mở lại kết quả xếp hạng", actor=actor, after=after, reason=reason)
    tell_members(row, "đã được mở lại")
    standing.refresh_from_db()


def locked_year(bloc_year: BlocYear) -> BlocYear:
    """The row of the year, locked: of two who lock or reopen at once, the second waits."""
    return BlocYear.objects.select_for_update(of=("self",)).select_related("bloc").get(pk=bloc_year.pk)


def tell_members(standing: LockedStanding, what: str) -> None:
    """A notice to the members, once they may see the scores."""
    if standing.bloc_year.scores_published_at is not None:
        notify(members_people(standing.bloc_year), f"{standing} {what}.", url=standing.get_absolute_url())


def lock_objections(bloc_year: BlocYear, table: Table, *, confirm_ties: bool = False) -> list[str]:
    """Every sentence on what keeps the ranking from being locked; empty when nothing does."""
    if bloc_year.state == YearState.HANDED_OVER:
        return ["Năm thi đua đã bàn giao nên không khóa kết quả được nữa."]
    criteria_set = table.criteria_set
    if criteria_set is None or criteria_set.state == SetState.DRAFT:
        return ["Chưa có bộ tiêu chí đang áp dụng nên chưa khóa được kết quả."]
    if not table.rows:
        return ["Chưa có phiếu chấm điểm nào được gửi nên chưa khóa được kết quả."]
    faults = tree_faults(criteria_set)
    faults += grading_faults(criteria_set.grading, tree=table.tree, scale=criteria_set.scale)
    return [
        *(f"Bảng tiêu chí chưa đúng: {fault}" for fault in faults),
        *sheet_objections(bloc_year, table),
        *(() if confirm_ties else tie_objections(table)),
    ]


def sheet_objections(bloc_year: BlocYear, table: Table) -> Iterator[str]:
    """Units without a sheet, unsent sheets, sheets that are not agreed, points that are missing or provisional.

    A unit that never sent its sheet keeps nobody waiting once a ground of disqualification is recorded.
    """
    present = {row.standing.agency.pk for row in table.rows} | {sheet.agency_id for sheet in table.drafts}
    absent = bloc_year.memberships.exclude(agency__in=present).select_related("agency").in_order()
    if names := [member.agency.label for member in absent]:
        yield f"Chưa lập phiếu chấm điểm: {', '.join(names)}."
    excused = excused_drafts(table)
    if names := [sheet.agency.label for sheet in table.drafts if sheet.pk not in excused]:
        yield (
            f"Chưa gửi phiếu chấm điểm: {', '.join(names)}. "
            "Hãy đợi đơn vị gửi, hoặc ghi lý do không xét cho đơn vị không gửi."
        )
    unsettled = [row for row in table.rows if row.state not in (SheetState.AGREED, SheetState.LOCKED)]
    if names := [row.standing.agency.label for row in unsettled]:
        yield f"Phiếu chưa được thống nhất điểm: {', '.join(names)}."
    agreed = [row for row in table.rows if row not in unsettled]
    if names := [row.standing.agency.label for row in agreed if row.standing.missing]:
        yield f"Còn thiếu điểm: {', '.join(names)}."
    if names := [row.standing.agency.label for row in agreed if row.standing.provisional]:
        yield f"Điểm còn tạm tính, chưa được thẩm định hết: {', '.join(names)}."


def excused_drafts(table: Table) -> set[int]:
    """Unsent sheets of units that are out of the ranking anyway."""
    rows = Disqualification.objects.filter(sheet__in=[sheet.pk for sheet in table.drafts])
    return set(rows.values_list("sheet_id", flat=True))


def tie_objections(table: Table) -> Iterator[str]:
    for rows in ties_of(table):
        names = ", ".join(row.standing.agency.label for row in rows)
        yield TIED.format(rank=rows[0].standing.rank, names=names)
