"""Who is in a bloc-year and as what: the standing body composes, the head delegates.

Every verb locks the year's row, so two people who change the head wait for each other.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.domain.audit import record, record_change
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain.succession import locked
from blocs.enums import Area, Award, Role, YearState
from blocs.models import Agency, BlocYear, CouncilMember, Delegation, Membership, Observer, Quota
from khoithidua.web.text import tidy

YEAR_FIELDS = ("regulation", "rotation", "pledge_due", "mid_year_due", "scores_due", "annual_due")
GONE = "Đơn vị này vừa được người khác đưa ra khỏi khối. Hãy tải lại trang Thành viên."


@dataclass(frozen=True)
class MemberDetails:
    """What is said of one member. ``position`` None: after the last one."""

    role: str = Role.MEMBER
    position: int | None = None
    person: str = ""
    person_title: str = ""


@transaction.atomic
def edit_year(*, bloc_year: BlocYear, values: Mapping[str, Any], actor: User) -> BlocYear:
    """Change regulation, rotation and deadlines; ``values`` holds names of ``YEAR_FIELDS``."""
    year = locked(bloc_year)
    before = {name: getattr(year, name) for name in YEAR_FIELDS}
    for name in YEAR_FIELDS:
        setattr(year, name, values.get(name, before[name]))
    year.save(update_fields=YEAR_FIELDS)
    after = {name: getattr(year, name) for name in YEAR_FIELDS}
    record_change(year, "Sửa thông tin năm thi đua", actor=actor, before=before, after=after)
    return year


@transaction.atomic
def add_member(*, bloc_year: BlocYear, agency: Agency, details: MemberDetails, actor: User) -> Membership:
    """Take ``agency`` into the bloc-year; a new head replaces the present one, who becomes a member."""
    year = locked(bloc_year)
    if year.memberships.filter(agency=agency).exists():
        raise TransitionRefused(f"{agency.label} đã là thành viên của khối trong năm. Hãy chọn đơn vị khác.")
    if agency.council_id != year.bloc.council_id:
        raise TransitionRefused(f"{agency.label} không thuộc Hội đồng tổ chức khối này. Hãy chọn đơn vị khác.")
    if details.role == Role.HEAD:
        dismiss_head(year, actor=actor)
    row = Membership(bloc_year=year, agency=agency)
    write(row, details)
    row.save()
    record(year, f"Thêm thành viên: {agency.label}"[:200], actor=actor, after=facts(row))
    return row


@transaction.atomic
def change_member(
    *, membership: Membership, details: MemberDetails, actor: User, reason: str = "", seen_head: int | None = None
) -> Membership:
    """Change role, order or the person acting. A new head replaces the present one in the same act.

    ``seen_head`` is the membership that the actor saw as head: when somebody else has changed
    the head since, the act is refused. A running year is never left without a head.
    """
    year = locked(membership.bloc_year)
    row = year.memberships.select_related("agency").filter(pk=membership.pk).first()
    if row is None:
        raise TransitionRefused(GONE)
    check_head(year, row, details.role, seen_head)
    before = facts(row)
    if details.role == Role.HEAD and row.role != Role.HEAD:
        dismiss_head(year, actor=actor, reason=reason)
    write(row, details)
    row.save(update_fields=["role", "position", "person", "person_title"])
    if row.role != Role.DEPUTY:
        row.delegations.all().delete()
    label = f"Sửa thành viên: {row.agency.label}"[:200]
    record_change(year, label, actor=actor, before=before, after=facts(row), reason=reason)
    return row


def check_head(year: BlocYear, row: Membership, role: str, seen_head: int | None) -> None:
    head = year.memberships.filter(role=Role.HEAD).select_related("agency").first()
    becomes_head = role == Role.HEAD and row.role != Role.HEAD
    if becomes_head and seen_head is not None and head is not None and head.pk != seen_head:
        raise TransitionRefused(
            f"Trưởng khối vừa được người khác đổi thành {head.agency.label}. Hãy tải lại trang rồi chọn lại nếu cần."
        )
    if row.role == Role.HEAD and role != Role.HEAD and year.state != YearState.PLANNING:
        raise TransitionRefused(
            "Năm thi đua đã bắt đầu nên khối phải luôn có trưởng khối. Hãy mở đơn vị sẽ thay và chọn vai trò "
            "Trưởng khối cho đơn vị đó; trưởng khối hiện nay tự trở thành thành viên."
        )


def dismiss_head(year: BlocYear, *, actor: User, reason: str = "") -> None:
    """Make the present head an ordinary member, so that another one can take the place."""
    head = year.memberships.filter(role=Role.HEAD).select_related("agency").first()
    if head is None:
        return
    before = facts(head)
    head.role = Role.MEMBER
    head.save(update_fields=["role"])
    label = f"Thôi trưởng khối: {head.agency.label}"[:200]
    record_change(year, label, actor=actor, before=before, after=facts(head), reason=reason)


def write(row: Membership, details: MemberDetails) -> None:
    row.role = details.role
    row.person, row.person_title = tidy(details.person), tidy(details.person_title)
    row.position = next_position(row.bloc_year) if details.position is None else details.position


def next_position(year: BlocYear) -> int:
    last = year.memberships.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def facts(row: Membership) -> dict[str, Any]:
    """A membership as the history tells it."""
    return {
        "role": row.get_role_display(),
        "position": row.position,
        "person": row.person,
        "person_title": row.person_title,
    }


@transaction.atomic
def remove_member(*, membership: Membership, actor: User, reason: str = "") -> None:
    """Take an agency out of the bloc-year; refused once it has left traces in the year's work."""
    year = locked(membership.bloc_year)
    row = year.memberships.select_related("agency").filter(pk=membership.pk).first()
    if row is None:
        raise TransitionRefused(GONE)
    if objection := removal_objection(year, row):
        raise TransitionRefused(objection)
    label = f"Đưa ra khỏi khối: {row.agency.label}"[:200]
    before = facts(row)
    row.delete()
    record(year, label, actor=actor, before=before, reason=reason)


def removal_objection(year: BlocYear, row: Membership) -> str:
    """Why this member must stay, and what to do instead; empty when it may go."""
    if row.role == Role.HEAD and year.state != YearState.PLANNING:
        return f"{row.agency.label} đang là trưởng khối. Hãy chọn trưởng khối khác trước khi đưa đơn vị này ra."
    if traces := traces_of(year, row.agency_id):
        return (
            f"Không thể đưa {row.agency.label} ra khỏi khối vì đơn vị đã có: {', '.join(traces)}. "
            "Nếu ghi nhầm, hãy xóa các nội dung đó trước; nếu đơn vị ngừng tham gia giữa năm, hãy giữ đơn vị trong "
            "danh sách và không đưa vào năm sau."
        )
    return ""


def traces_of(year: BlocYear, agency_id: int) -> list[str]:
    """What the agency has already left in this year's work, in words."""
    kept = {
        "phiếu chấm điểm": year.sheets,
        "báo cáo": year.agency_reports,
        "đề nghị khen thưởng": year.proposals,
        "kết quả khen thưởng": year.commendations,
        "đơn thư": year.petitions,
    }
    found = [words for words, rows in kept.items() if rows.filter(agency=agency_id).exists()]
    pledge = getattr(year, "pledge", None)
    if pledge is not None and pledge.signatures.filter(agency=agency_id).exists():
        found.append("chữ ký giao ước")
    if pledge is not None and pledge.targets.filter(agency=agency_id).exists():
        found.append("chỉ tiêu giao ước")
    return found


@transaction.atomic
def delegate(*, bloc_year: BlocYear, areas: Mapping[int, Collection[str]], actor: User) -> BlocYear:
    """Set what each deputy may do; ``areas`` maps the deputy's membership to values of ``Area``."""
    year = locked(bloc_year)
    deputies = year.memberships.filter(role=Role.DEPUTY).select_related("agency").prefetch_related("delegations")
    for row in deputies.in_order():
        before = {each.area for each in row.delegations.all()}
        after = {str(area) for area in areas.get(row.pk, ())}
        row.delegations.exclude(area__in=after).delete()
        Delegation.objects.bulk_create(Delegation(membership=row, area=area) for area in sorted(after - before))
        label = f"Ủy quyền cho phó khối: {row.agency.label}"[:200]
        old, new = {"delegations": area_words(before)}, {"delegations": area_words(after)}
        record_change(year, label, actor=actor, before=old, after=new)
    return year


def area_words(areas: Collection[str]) -> list[str]:
    return [str(area.label) for area in Area if area in areas]


@transaction.atomic
def add_observer(*, bloc_year: BlocYear, member: CouncilMember, actor: User) -> Observer:
    """Let a member of the same council follow this bloc-year."""
    year = locked(bloc_year)
    if member.council_id != year.bloc.council_id:
        raise TransitionRefused("Người này không phải thành viên Hội đồng tổ chức khối. Hãy chọn người khác.")
    row, created = Observer.objects.get_or_create(bloc_year=year, member=member)
    if created:
        record(year, "Giao thành viên Hội đồng theo dõi khối", actor=actor, after={"observer": str(member.user)})
    return row


@transaction.atomic
def remove_observer(*, observer: Observer, actor: User, reason: str = "") -> None:
    year = locked(observer.bloc_year)
    name = str(observer.member.user)
    removed, _ = Observer.objects.filter(pk=observer.pk).delete()
    if removed:
        record(
            year, "Thôi giao thành viên Hội đồng theo dõi khối", actor=actor, before={"observer": name}, reason=reason
        )


@transaction.atomic
def set_quotas(*, bloc_year: BlocYear, limits: Mapping[str, int | None], actor: User) -> BlocYear:
    """Set how many of each award the bloc may propose; None means that no limit is known."""
    year = locked(bloc_year)
    before = quota_words(year)
    for award, limit in limits.items():
        if limit is None:
            year.quotas.filter(award=award).delete()
        else:
            Quota.objects.update_or_create(bloc_year=year, award=award, defaults={"limit": limit})
    record_change(
        year,
        "Giao chỉ tiêu khen thưởng",
        actor=actor,
        before={"quota_limits": before},
        after={"quota_limits": quota_words(year)},
    )
    return year


def quota_words(year: BlocYear) -> list[str]:
    limits = {row.award: row.limit for row in year.quotas.all()}
    return [f"{award.label}: {limits[award]}" for award in Award if award in limits]


def details_of(row: Membership) -> MemberDetails:
    return MemberDetails(row.role, row.position, row.person, row.person_title)


def as_initial(row: Membership) -> dict[str, Any]:
    return asdict(details_of(row))
