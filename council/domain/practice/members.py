"""Members of the council: who, as what, from when; the standing body keeps the list."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.conflicts import Base, in_words, settle
from blocs.enums import SeatRole
from blocs.models import Council, CouncilMember
from council.domain.practice.writing import locked_council
from khoithidua.web.text import search_key

FIELDS = ("role", "post", "agency", "votes", "position", "since", "until")
ADDED, EDITED, ENDED = "Thêm thành viên Hội đồng", "Sửa thành viên Hội đồng", "Kết thúc nhiệm kỳ thành viên Hội đồng"
SHOWN = 20


def people_matching(council: Council, query: str) -> QuerySet[User]:
    """Active accounts whose names hold every word, without those on the council's list; 20 at most."""
    rows = User.objects.filter(is_active=True).exclude(council_seats__council=council)
    words = search_key(query[:200]).split()
    for word in words:
        rows = rows.filter(search_key__contains=word)
    shown = list(rows.order_by("sort_key", "pk").values_list("pk", flat=True)[:SHOWN]) if words else []
    return User.objects.filter(pk__in=shown).order_by("sort_key", "pk")


@transaction.atomic
def add_member(council: Council, *, user: User, fields: Mapping[str, Any], actor: User) -> CouncilMember:
    """A seat for ``user``. Raises TransitionRefused when there is one, or a second chair at the same time."""
    held = locked_council(council.pk, actor)
    if CouncilMember.objects.filter(council=held, user=user).exists():
        raise TransitionRefused(f"{user} đã có trong danh sách. Hãy sửa nhiệm kỳ ở dòng của người này.")
    made = CouncilMember(council=held, user=user, **{name: fields[name] for name in FIELDS if name in fields})
    refuse_unfit(made)
    made.save()
    audit.record(held, f"{ADDED}: {user}", actor=actor, after=told(made))
    return made


@transaction.atomic
def edit_member(member: CouncilMember, *, fields: Mapping[str, Any], base: Base | None, actor: User) -> CouncilMember:
    """Change role, post, agency, vote, term. Sessions that were called keep the names they had.

    Raises Conflict with both values, TransitionRefused for a second chair or a term that ends before it begins.
    """
    held = locked_council(member.council_id, actor)
    row = CouncilMember.objects.select_for_update(of=("self",)).select_related("user", "agency").get(pk=member.pk)
    old = told(row)
    last = audit.entries_of(held).filter(action=f"{EDITED}: {row.user}").first()
    wanted = {name: fields[name] for name in FIELDS if name in fields}
    changed = settle(row, wanted, base=base, who=last.actor_name if last else "", at=last.at if last else None)
    for name, value in changed.items():
        setattr(row, name, value)
    refuse_unfit(row)
    row.save(update_fields=[*changed])
    audit.record_change(held, f"{EDITED}: {row.user}", actor=actor, before=old, after=told(row))
    return row


@transaction.atomic
def end_term(member: CouncilMember, *, until: date, reason: str, actor: User) -> None:
    """The last day of a member's term; the row stays, for the sessions the member sat in."""
    held = locked_council(member.council_id, actor)
    row = CouncilMember.objects.select_for_update(of=("self",)).select_related("user", "agency").get(pk=member.pk)
    old, row.until = told(row), until
    refuse_unfit(row)
    row.save(update_fields=["until"])
    audit.record_change(held, f"{ENDED}: {row.user}", actor=actor, before=old, after=told(row), reason=reason.strip())


def refuse_unfit(row: CouncilMember) -> None:
    if row.since and row.until and row.until < row.since:
        raise TransitionRefused("Ngày kết thúc không được trước ngày bắt đầu. Hãy sửa một trong hai ngày.")
    if row.role != SeatRole.CHAIR:
        return
    others = CouncilMember.objects.filter(council=row.council_id, role=SeatRole.CHAIR).exclude(pk=row.pk)
    if row.since:
        others = others.filter(Q(until__isnull=True) | Q(until__gte=row.since))
    if row.until:
        others = others.filter(Q(since__isnull=True) | Q(since__lte=row.until))
    if (met := others.select_related("user").first()) is not None:
        raise TransitionRefused(
            f"{met.user} đang là Chủ tịch Hội đồng trong thời gian này. Hãy kết thúc nhiệm kỳ hoặc đổi vai trò của "
            "người đó trước."
        )


def told(row: CouncilMember) -> dict[str, str]:
    return {str(row._meta.get_field(name).verbose_name): in_words(row, name, getattr(row, name)) for name in FIELDS}  # type: ignore[union-attr]


@transaction.atomic
def edit_council(council: Council, *, fields: Mapping[str, Any], base: Base | None, actor: User) -> None:
    """Level, symbol of the number series and seal. The standing agency is the administrator's to set: rights follow
    from it."""
    held = locked_council(council.pk, actor)
    names = ("level", "symbol", "seal")
    old = {name: in_words(held, name, getattr(held, name)) for name in names}
    changed = settle(held, {name: fields[name] for name in names if name in fields}, base=base, who="", at=None)
    for name, value in changed.items():
        setattr(held, name, value)
    held.save(update_fields=[*changed])
    new = {name: in_words(held, name, getattr(held, name)) for name in names}
    audit.record_change(held, "Sửa thông tin Hội đồng", actor=actor, before=old, after=new)
