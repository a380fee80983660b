"""Lifecycles of a bloc-year and its pledge."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import Lifecycle, Transition
from accounts.models import User
from blocs.enums import ConferenceKind, Duty, PledgeState, Role, YearState
from blocs.models import BlocYear, Pledge
from blocs.tables.agencies import people_of


def members_people(obj: Any) -> Iterable[User]:
    """Officers and leaders of every member of the bloc-year."""
    year = obj if isinstance(obj, BlocYear) else obj.bloc_year
    ids = list(year.memberships.values_list("agency_id", flat=True))
    return people_of(ids, Duty.OFFICER, Duty.LEADER, on=timezone.localdate())


def secretariat_people(obj: Any) -> Iterable[User]:
    """Officers and leaders of the agency that heads the bloc-year of ``obj``."""
    heads = list(obj.bloc_year.memberships.filter(role=Role.HEAD).values_list("agency_id", flat=True))
    return people_of(heads, Duty.OFFICER, Duty.LEADER, on=timezone.localdate())


def agency_people(obj: Any) -> Iterable[User]:
    """Officers and leaders of the agency that ``obj`` (a sheet, a report) belongs to."""
    return people_of([obj.agency_id], Duty.OFFICER, Duty.LEADER, on=timezone.localdate())


def needs_head(year: BlocYear) -> str | None:
    if year.memberships.filter(role=Role.HEAD).exists():
        return None
    return "Khối chưa có trưởng khối. Hãy chọn trưởng khối ở trang Thành viên trước."


def needs_members(year: BlocYear) -> str | None:
    if year.memberships.count() >= 2:
        return None
    return "Khối cần ít nhất hai đơn vị thành viên. Hãy bổ sung ở trang Thành viên."


def needs_open_criteria(year: BlocYear) -> str | None:
    if year.criteria_sets.filter(state__in=["open", "locked"]).exists():
        return None
    return "Chưa có bộ tiêu chí đang áp dụng. Hãy soạn và mở bộ tiêu chí ở trang Tiêu chí trước."


def needs_annual_conference(year: BlocYear) -> str | None:
    # The few conferences of a year are read whole: pages have them prefetched.
    if any(each.kind == ConferenceKind.ANNUAL_REVIEW for each in year.conferences.all()):
        return None
    return "Chưa ghi nhận hội nghị tổng kết năm. Hãy thêm hội nghị ở trang Hội nghị trước."


def needs_next_head(year: BlocYear) -> str | None:
    succession = getattr(year, "succession", None)
    if succession is not None and succession.head_id is not None:
        return None
    return "Chưa có trưởng khối năm sau. Hãy chọn ở trang Bàn giao trước."


def needs_no_open_poll(year: BlocYear) -> str | None:
    """A vote that goes on would decide something in a year that is closed."""
    if year.polls.filter(state="open").exists():
        return "Còn cuộc bỏ phiếu đang mở. Hãy kết thúc và kiểm phiếu, hoặc hủy ở trang Bỏ phiếu trước."
    return None


BLOC_YEAR = Lifecycle(
    (
        Transition(
            "start",
            "Bắt đầu năm thi đua",
            (YearState.PLANNING,),
            YearState.RUNNING,
            "blocs.run_year",
            guards=(needs_head, needs_members),
            audience=members_people,
        ),
        Transition(
            "open_scoring",
            "Mở chấm điểm",
            (YearState.RUNNING,),
            YearState.SCORING,
            "blocs.run_year",
            guards=(needs_open_criteria,),
            audience=members_people,
        ),
        Transition(
            "conclude",
            "Kết thúc tổng kết",
            (YearState.RUNNING, YearState.SCORING),
            YearState.CONCLUDED,
            "blocs.run_year",
            guards=(needs_annual_conference,),
            audience=members_people,
            confirm="Sau khi tổng kết, kết quả được công khai cho các thành viên. Tiếp tục?",
        ),
        Transition(
            "hand_over",
            "Bàn giao cho trưởng khối năm sau",
            (YearState.CONCLUDED,),
            YearState.HANDED_OVER,
            "blocs.run_year",
            guards=(needs_next_head, needs_no_open_poll),
            audience=members_people,
            confirm="Sau khi bàn giao, năm thi đua khép lại và không sửa được nữa. Tiếp tục?",
        ),
        Transition(
            "reopen",
            "Mở lại năm thi đua",
            (YearState.SCORING, YearState.CONCLUDED, YearState.HANDED_OVER),
            YearState.RUNNING,
            "blocs.oversee_year",
            reason_due=True,
            audience=members_people,
            primary=False,
        ),
    )
)


def needs_content(pledge: Pledge) -> str | None:
    if pledge.theme.strip() or pledge.targets.exists():
        return None
    return "Giao ước chưa có nội dung và chỉ tiêu nào. Các đơn vị cần đăng ký chỉ tiêu trước."


def needs_all_signatures(pledge: Pledge) -> str | None:
    missing = unsigned_agencies(pledge)
    return f"Còn thiếu chữ ký của: {', '.join(missing)}." if missing else None


def unsigned_agencies(pledge: Pledge) -> list[str]:
    """Members that have not signed, by their short names."""
    signed = pledge.signatures.values("agency")
    rows = pledge.bloc_year.memberships.exclude(agency__in=signed).select_related("agency").in_order()
    return [row.agency.label for row in rows]


def drop_signatures(pledge: Pledge, actor: User | None, now: datetime) -> None:
    """Signatures stand under one text only: a changed text must be signed again."""
    names = [signature.agency.label for signature in pledge.signatures.select_related("agency")]
    if names:
        audit.record(pledge, "Hủy chữ ký đã có", actor=actor, before={"signatures": names}, after={"signatures": []})
    pledge.signatures.all().delete()
    pledge.signed_on = None
    pledge.save(update_fields=["signed_on"])


def date_pledge(pledge: Pledge, actor: User | None, now: datetime) -> None:
    if pledge.signed_on is None:
        pledge.signed_on = timezone.localdate(now)
        pledge.save(update_fields=["signed_on"])


PLEDGE = Lifecycle(
    (
        Transition(
            "open",
            "Đưa ra ký kết",
            (PledgeState.DRAFT,),
            PledgeState.OPEN,
            "blocs.run_pledge",
            guards=(needs_content,),
            audience=members_people,
            confirm="Các đơn vị sẽ không sửa được kế hoạch chỉ tiêu nữa. Tiếp tục?",
        ),
        Transition(
            "complete",
            "Xác nhận đã ký kết đủ",
            (PledgeState.OPEN,),
            PledgeState.SIGNED,
            "blocs.run_pledge",
            guards=(needs_all_signatures,),
            effect=date_pledge,
            audience=members_people,
        ),
        Transition(
            "withdraw",
            "Rút về dự thảo",
            (PledgeState.OPEN, PledgeState.SIGNED),
            PledgeState.DRAFT,
            "blocs.run_pledge",
            reason_due=True,
            effect=drop_signatures,
            audience=members_people,
            primary=False,
        ),
    )
)


def restore_state(obj: Any, state: str, *, source: str) -> None:
    """Set the state of an imported record, as its file tells it; audited, for importers only."""
    if obj.state == state:
        return
    before = obj.state
    obj.state = state
    obj.save(update_fields=["state"])
    audit.record(obj, f"Nhập từ {source}", actor=None, before={"state": before}, after={"state": state})
