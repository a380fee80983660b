"""Đơn thư of a bloc-year: received, verified, concluded; or stated to be none."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain.editing import refuse_stale
from blocs.domain.snapshots import snapshot
from blocs.models import BlocYear, Petition

FIELDS = ("agency", "received_on", "subject", "status")
SECTION = "petitions"
REASON_DUE = "Hãy ghi căn cứ khi thay đổi tình trạng đơn thư, ví dụ số văn bản kết luận."
NOT_NONE = "Năm nay khối đã ghi nhận đơn thư nên không thể khai là không có. Hãy tải lại trang."


@transaction.atomic
def add_petition(bloc_year: BlocYear, *, fields: Mapping[str, Any], actor: User) -> Petition:
    """Record a petition; the year's section is then stated."""
    year = BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    petition = Petition.objects.create(bloc_year=bloc_year, **{name: fields[name] for name in FIELDS})
    state_section(year)
    audit.record(petition, "Ghi nhận đơn thư", actor=actor, after=snapshot(petition, FIELDS))
    return petition


@transaction.atomic
def change_petition(
    petition: Petition, *, fields: Mapping[str, Any], reason: str, actor: User, seen: int | None = None
) -> Petition:
    """Change a petition. Raises TransitionRefused when its status changes without a reason, Stale when outrun."""
    row = Petition.objects.select_for_update(of=("self",)).select_related("agency").get(pk=petition.pk)
    refuse_stale(row, seen=seen)
    if fields["status"] != row.status and not reason.strip():
        raise TransitionRefused(REASON_DUE)
    before = snapshot(row, FIELDS)
    action = "Thay đổi tình trạng đơn thư" if fields["status"] != row.status else "Sửa đơn thư"
    for name in FIELDS:
        setattr(row, name, fields[name])
    row.save(update_fields=[*FIELDS, "search_key"])
    after = snapshot(row, FIELDS)
    audit.record_change(row, action, actor=actor, before=before, after=after, reason=reason.strip())
    return row


@transaction.atomic
def declare_no_petitions(bloc_year: BlocYear, *, actor: User) -> None:
    """State that the bloc has none. Raises TransitionRefused when one is recorded; twice changes nothing."""
    year = BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    if year.petitions.exists():
        raise TransitionRefused(NOT_NONE)
    if state_section(year):
        audit.record(bloc_year, "Khai không có đơn thư", actor=actor, after={"đơn thư": "không có đơn thư trong kỳ"})


def state_section(year: BlocYear) -> bool:
    """Whether the section had to be added to what the year states."""
    if SECTION in year.stated:
        return False
    year.stated = [*year.stated, SECTION]
    year.save(update_fields=["stated"])
    return True


def is_stated_none(bloc_year: BlocYear) -> bool:
    """The bloc says that it has no petition, which is more than saying nothing."""
    return SECTION in bloc_year.stated and not Petition.objects.filter(bloc_year=bloc_year).exists()
