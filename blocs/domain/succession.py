"""Who leads next year: what rotation suggests, what was agreed, and the handover itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.domain.audit import record_change
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain.workflow import BLOC_YEAR
from blocs.enums import Role, SuccessionMode, YearState
from blocs.models import Agency, BlocYear, Membership, Succession

NO_DEPUTY = "Khối không có phó khối để luân phiên. Hãy chọn trưởng khối năm sau ở trang Bàn giao trước."
NOT_AGREED = "Trưởng khối năm sau do bầu hoặc được phân công. Hãy ghi kết quả ở trang Bàn giao trước."
CLOSED = "Năm thi đua đã bàn giao nên không sửa được nữa. Nếu cần, Thường trực Hội đồng mở lại năm thi đua trước."


@dataclass(frozen=True)
class Agreement:
    """What is agreed about next year's leadership, as the form tells it."""

    mode: str  # a value of ``SuccessionMode``
    head: Agency | None
    deputies: Sequence[Agency] = ()
    handed_over_on: date | None = None
    items: str = ""


@dataclass(frozen=True)
class Lineup:
    """Who heads and who assists, as agencies."""

    head: Agency
    deputies: Sequence[Agency]


def locked(bloc_year: BlocYear) -> BlocYear:
    """The year's row, locked until the transaction ends; TransitionRefused once it is handed over."""
    row = BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    if row.state == YearState.HANDED_OVER:
        raise TransitionRefused(CLOSED)
    return row


def succession_of(bloc_year: BlocYear) -> Succession | None:
    return Succession.objects.filter(bloc_year=bloc_year).select_related("head").prefetch_related("deputies").first()


def suggested_head(memberships: Sequence[Membership]) -> Agency | None:
    """Rotation: the first deputy of this year heads the next (memberships in their order)."""
    return next((row.agency for row in memberships if row.role == Role.DEPUTY), None)


def choices_for(memberships: Sequence[Membership]) -> list[Agency]:
    """Agencies that may lead next year: these members and the successors of those that end."""
    found: dict[int, Agency] = {}
    for row in memberships:
        found[row.agency_id] = row.agency
        if row.agency.successor is not None:
            found[row.agency.successor.pk] = row.agency.successor
    return list(found.values())


def lineup_after(bloc_year: BlocYear) -> Lineup:
    """Next year's head and deputies: as agreed, else by rotation. TransitionRefused when nobody can tell."""
    agreed = succession_of(bloc_year)
    deputies = list(agreed.deputies.all()) if agreed else []
    if agreed is not None and agreed.head is not None:
        return Lineup(agreed.head, deputies)
    if (agreed.mode if agreed else bloc_year.rotation) != SuccessionMode.ROTATION:
        raise TransitionRefused(NOT_AGREED)
    head = suggested_head(list(bloc_year.memberships.select_related("agency").in_order()))
    if head is None:
        raise TransitionRefused(NO_DEPUTY)
    return Lineup(head, [each for each in deputies if each.pk != head.pk])


@transaction.atomic
def agree(*, bloc_year: BlocYear, agreement: Agreement, actor: User) -> Succession:
    """Remember who leads next year. The history of the bloc-year tells what changed."""
    year = locked(bloc_year)
    check(year, agreement)
    row, _ = Succession.objects.get_or_create(bloc_year=year, defaults={"mode": agreement.mode})
    before = facts(succession_of(year))
    row.mode, row.head, row.items = agreement.mode, agreement.head, agreement.items
    row.handed_over_on = agreement.handed_over_on
    row.save(update_fields=["mode", "head", "items", "handed_over_on"])
    row.deputies.set(agreement.deputies)
    record_change(year, "Ghi trưởng khối năm sau", actor=actor, before=before, after=facts(succession_of(year)))
    return row


def check(year: BlocYear, agreement: Agreement) -> None:
    known = {agency.pk for agency in choices_for(list(year.memberships.select_related("agency__successor")))}
    named = [*agreement.deputies, *([agreement.head] if agreement.head else [])]
    strangers = [agency.label for agency in named if agency.pk not in known]
    if strangers:
        raise TransitionRefused(f"Không phải thành viên của khối: {', '.join(strangers)}. Hãy chọn lại.")
    if agreement.head is not None and agreement.head.pk in {agency.pk for agency in agreement.deputies}:
        raise TransitionRefused("Trưởng khối năm sau không đồng thời là phó khối. Hãy bỏ đơn vị này ở phần phó khối.")


def facts(row: Succession | None) -> dict[str, object]:
    if row is None:
        return {}
    return {
        "next_mode": row.get_mode_display(),
        "next_head": row.head.name if row.head else None,
        "next_deputies": [agency.name for agency in row.deputies.all()],
        "handed_over_on": row.handed_over_on,
        "items": row.items,
    }


@transaction.atomic
def hand_over(*, bloc_year: BlocYear, agreement: Agreement, actor: User) -> Succession:
    """Remember the agreement with its day (today when none is given) and close the year.

    Raises PermissionDenied, or TransitionRefused with a sentence; then nothing is remembered.
    """
    today = timezone.localdate()
    day = agreement.handed_over_on or today
    if day > today:
        raise TransitionRefused("Ngày bàn giao không được sau hôm nay. Hãy sửa ngày rồi bàn giao.")
    dated = Agreement(agreement.mode, agreement.head, agreement.deputies, day, agreement.items)
    row = agree(bloc_year=bloc_year, agreement=dated, actor=actor)
    BLOC_YEAR.perform(bloc_year, "hand_over", actor=actor)
    return row


def next_year_of(bloc_year: BlocYear) -> BlocYear | None:
    return BlocYear.objects.filter(bloc=bloc_year.bloc_id, year=bloc_year.year + 1).select_related("bloc").first()
