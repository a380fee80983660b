"""Who sits in a session: the members in force on its day, with their names as they are then."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.models import User
from council.domain.practice.reading import members_on
from council.domain.sessions.locking import locked_session
from council.domain.sessions.recusals import recompute
from council.enums import Attendance, SessionState
from council.models import CouncilSession, Seat


def day_of(session: CouncilSession) -> date:
    """The day whose rules and members hold: of the meeting, of the last answer, or today while neither is set."""
    return session.held_on or session.answers_due or timezone.localdate()


def seat_members(session: CouncilSession) -> tuple[int, int]:
    """Give a seat to every member in force on the session's day who has none, and take it from who is no longer one.

    A seat with attendance recorded stays. Answers how many came and went. The caller holds the session's row.
    """
    members = list(members_on(session.council_id, day_of(session)))
    seated = set(session.seats.values_list("user_id", flat=True))
    new = [each for each in members if each.user_id not in seated]
    Seat.objects.bulk_create(
        Seat(
            session=session,
            member=each,
            user=each.user,
            name=each.user.full_name,
            post=each.post or each.user.post_title,
            role=each.role,
            agency=each.agency,
            votes=each.votes,
            position=each.position,
        )
        for each in new
    )
    gone = session.seats.filter(attendance=Attendance.UNKNOWN).exclude(user__in=[each.user_id for each in members])
    count = gone.count()
    gone.delete()
    return len(new), count


@transaction.atomic
def update_seats(session: CouncilSession, *, actor: User) -> tuple[int, int]:
    """Bring a called session's seats up to the council's list; recorded in its history. (added, removed)."""
    row = locked_session(session.pk, actor=actor, states=(SessionState.CALLED,))
    added, removed = seat_members(row)
    if added or removed:
        after = {"thêm": added, "bớt": removed}
        audit.record(row, "Cập nhật thành viên dự phiên họp", actor=actor, after=after)
        recompute(row)
    return added, removed
