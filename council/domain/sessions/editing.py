"""A session is set up and its head is edited; what is open to edit follows its state."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q

from accounts.domain import audit
from accounts.domain.notices import notify
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.conflicts import Base, in_words, settle
from blocs.models import Council
from council.domain.sessions.locking import RUN, locked_session
from council.enums import SessionKind, SessionState
from council.models import CouncilSession

CREATED, EDITED = "Lập phiên họp", "Sửa phiên họp"
HEAD = ("number", "year", "kind")
TIMES = ("held_on", "starts", "place", "answers_due")
WORDS = ("ends", "clerk", "guests", "opening", "conclusion")
FIELDS = (*HEAD, "title", *TIMES, "invitation_number", *WORDS)
# Once it is called its kind and number are known outside; once it is open so is when and where.
EDITABLE: dict[str, tuple[str, ...]] = {
    SessionState.PREPARING: FIELDS,
    SessionState.CALLED: ("title", *TIMES, "invitation_number", *WORDS),
    SessionState.OPEN: WORDS,
    SessionState.CLOSED: WORDS,
    SessionState.CANCELLED: (),
}


def next_number(council_id: int, year: int) -> int:
    """The number after the last session of the year, cancelled ones included."""
    last = CouncilSession.objects.filter(council=council_id, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def create_session(council: Council, *, fields: Mapping[str, Any], actor: User) -> CouncilSession:
    """A session in preparation. Raises PermissionDenied, TransitionRefused when the number is taken in its year."""
    locked = Council.objects.select_for_update().get(pk=council.pk)
    wanted = {name: value for name, value in fields.items() if name in FIELDS}
    made = CouncilSession(council=locked, created_by=actor, **wanted)
    if not actor.has_perm(RUN, made):
        raise PermissionDenied(RUN)
    refuse_taken(made)
    refuse_times(made)
    made.save(force_insert=True)
    audit.record(made, CREATED, actor=actor, after=told(made, [name for name in wanted if getattr(made, name)]))
    return made


@transaction.atomic
def edit_session(session: CouncilSession, *, fields: Mapping[str, Any], base: Base | None, actor: User) -> None:
    """Write the head of the session; the version grows by one. What others changed meanwhile stays.

    Members are told when day, time or place of a called session change. Raises Conflict with both values where both
    changed the same, TransitionRefused for a field that its state closes.
    """
    Council.objects.select_for_update().get(pk=session.council_id)  # the numbers of a year are given one by one
    row = locked_session(session.pk, actor=actor)
    wanted = {name: value for name, value in fields.items() if name in FIELDS}
    last = audit.entries_of(row).filter(action=EDITED).first()
    changed = settle(row, wanted, base=base, who=last.actor_name if last else "", at=last.at if last else None)
    if closed := [name for name in changed if name not in EDITABLE[row.state]]:
        label = row._meta.get_field(closed[0]).verbose_name  # type: ignore[union-attr]
        raise TransitionRefused(f"Phiên họp «{row.get_state_display()}» nên không sửa được «{label}».")
    before = told(row, changed)
    for name, value in changed.items():
        setattr(row, name, value)
    refuse_taken(row)
    refuse_times(row)
    if changed:
        row.version += 1
        row.save(update_fields=[*changed, "version", *(["search_key"] if "title" in changed else [])])
        audit.record(row, EDITED, actor=actor, before=before, after=told(row, changed))
        tell_new_times(row, changed, actor)
    session.refresh_from_db()


def told(row: CouncilSession, names: Any) -> dict[str, str]:
    return {name: in_words(row, name, getattr(row, name)) for name in names}


def refuse_taken(row: CouncilSession) -> None:
    rows = CouncilSession.objects.filter(council=row.council_id, year=row.year, number=row.number)
    if rows.exclude(pk=row.pk).exists():
        free = next_number(row.council_id, row.year)
        raise TransitionRefused(f"Năm {row.year} đã có phiên {row.number}. Hãy ghi số khác, ví dụ {free}.")


def refuse_times(row: CouncilSession) -> None:
    if row.starts and row.ends and row.ends <= row.starts:
        raise TransitionRefused("Phiên họp phải kết thúc sau giờ bắt đầu. Hãy kiểm tra lại hai mốc giờ.")
    if row.kind == SessionKind.WRITTEN and row.held_on:
        raise TransitionRefused("Phiên lấy ý kiến bằng văn bản không có ngày họp. Hãy ghi hạn gửi ý kiến.")


def seated_people(session: CouncilSession) -> list[User]:
    """Who holds a seat in it or stands in for one, active accounts only. One query."""
    mine = Q(pk__in=session.seats.values("user")) | Q(pk__in=session.seats.values("substitute"))
    return list(User.objects.filter(mine, is_active=True))


def tell_new_times(row: CouncilSession, changed: Mapping[str, Any], actor: User) -> None:
    if row.state != SessionState.CALLED or not set(changed) & set(TIMES):
        return
    people = [each for each in seated_people(row) if each.pk != actor.pk]
    notify(people, f"{row}: đã đổi thời gian, địa điểm hoặc hạn gửi ý kiến. Hãy xem lại.", url=row.get_absolute_url())
