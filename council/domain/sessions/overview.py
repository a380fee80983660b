"""What the page of a session shows at a glance."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from awards.models import AwardForm
from council.domain.decisions.drafting import waiting_of
from council.domain.practice.reading import practice_on
from council.domain.sessions.attending import Quorum, quorum_from
from council.domain.sessions.postings import posting_obstacle
from council.domain.sessions.seats import day_of
from council.enums import Attendance, ItemOutcome, SessionState
from council.models import CouncilSession, Seat


@dataclass(frozen=True)
class AwardLine:
    award: AwardForm
    total: int
    passed: int
    failed: int
    waiting: int


@dataclass(frozen=True)
class Overview:
    """Numbers of the agenda by award, seats, quorum, and what stands in the way; none of it stored."""

    lines: list[AwardLine]
    seats: list[Seat]
    quorum: Quorum
    recused: int
    obstacle: str
    own_seat: Seat | None
    undrafted: int  # passed, in no decision yet; 0 while the session is not over

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def passed(self) -> int:
        return sum(line.passed for line in self.lines)

    @property
    def uncalled(self) -> bool:
        """Whether the roll call has not come to somebody yet."""
        return any(seat.attendance == Attendance.UNKNOWN for seat in self.seats)


def overview_of(session: CouncilSession, user: User) -> Overview:
    """Constant queries for any number of items and seats."""
    seats = list(session.seats.select_related("agency", "substitute"))
    voting = [seat for seat in seats if seat.votes]
    lines = award_lines(session)
    practice = practice_on(session.council_id, day_of(session))
    before = session.state in (SessionState.PREPARING, SessionState.CALLED)
    return Overview(
        lines=lines,
        seats=seats,
        quorum=quorum_from(practice, voting, considers_awards=bool(lines)),
        recused=session.recusals.count(),
        obstacle=posting_obstacle(session) if before else "",
        own_seat=next((seat for seat in seats if user.pk in (seat.user_id, seat.substitute_id)), None),
        undrafted=waiting_of(session).count() if session.state == SessionState.CLOSED else 0,
    )


def award_lines(session: CouncilSession) -> list[AwardLine]:
    """The agenda's groups with their outcomes, the higher award first; withdrawn items are not counted. Two queries."""
    counted = session.items.exclude(outcome=ItemOutcome.WITHDRAWN).order_by().values("nomination__award")
    rows = counted.annotate(
        total=Count("pk"),
        passed=Count("pk", filter=Q(outcome=ItemOutcome.PASSED)),
        failed=Count("pk", filter=Q(outcome=ItemOutcome.FAILED)),
        waiting=Count("pk", filter=Q(outcome=ItemOutcome.OPEN)),
    )
    numbers: dict[int, Any] = {row["nomination__award"]: row for row in rows}
    awards = AwardForm.objects.filter(pk__in=numbers).order_by("position", "pk")
    names = ("total", "passed", "failed", "waiting")
    return [AwardLine(award, *(numbers[award.pk][name] for name in names)) for award in awards]
