"""Roll call: who is in the room, by whom, and whether that is enough to begin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.law_days import law_day
from awards.law.votes import national_demand
from council.domain.practice.reading import practice_on
from council.domain.sessions.locking import locked_session
from council.domain.sessions.seats import day_of
from council.enums import AbsentMode, Attendance, ItemOutcome, SessionKind, SessionState
from council.models import BallotVoter, CouncilSession, Practice, Seat
from scoring.enums import PollState

ROLL_STATES = (SessionState.CALLED, SessionState.OPEN)
FIELDS = ("attendance", "substitute", "substitute_name", "authorisation", "absence_reason")


@dataclass(frozen=True)
class Quorum:
    """Members with a vote who are in the room (in person or by a substitute), of all called, and how many it takes.

    None: the council's rules do not say. Opinions sent in writing make nobody present.
    """

    present: int
    total: int
    needed: int | None
    reached: bool | None
    award_needed: int | None
    award_reached: bool | None
    citation: str
    considers_awards: bool = False

    @property
    def holds(self) -> bool:
        """Whether the session may begin: both shares where awards are considered."""
        enough = bool(self.reached)
        if self.considers_awards and self.award_needed is not None:
            return enough and bool(self.award_reached)
        return enough

    @property
    def sentence(self) -> str:
        if self.needed is None:
            return (
                f"Có mặt {self.present}/{self.total} thành viên. Chưa có quy chế của Hội đồng về số thành viên tối "
                "thiểu; hãy ghi ở thẻ Quy chế."
            )
        parts = [f"Có mặt {self.present}/{self.total} thành viên; họp được khi có ít nhất {self.needed}"]
        if self.considers_awards and self.award_needed is not None:
            parts.append(f"phiên xét khen thưởng cần ít nhất {self.award_needed}")
        verdict = "đủ điều kiện họp" if self.holds else f"còn thiếu {self.lacking} người"
        return f"{', '.join(parts)}: {verdict} ({self.citation})."

    @property
    def lacking(self) -> int:
        """How many more have to come."""
        award = self.award_needed or 0 if self.considers_awards else 0
        return max(0, max(self.needed or 0, award) - self.present)


def quorum_of(session: CouncilSession) -> Quorum:
    """Who is there against what the council's rules ask on the session's day. Three queries, integers only."""
    practice = practice_on(session.council_id, day_of(session))
    seats = list(Seat.objects.filter(session=session, votes=True).only("attendance"))
    considers = session.items.exclude(outcome=ItemOutcome.WITHDRAWN).exists()
    return quorum_from(practice, seats, considers_awards=considers)


def quorum_from(practice: Practice | None, seats: Iterable[Seat], *, considers_awards: bool) -> Quorum:
    """2/3 of 13 is 9; 80 % of 13 is 11. A substitute counts where the rules let substitutes vote."""
    rows = list(seats)
    counting = {Attendance.PRESENT}
    if practice is None or practice.substitutes_vote:
        counting.add(Attendance.SUBSTITUTE)
    present, total = sum(row.attendance in counting for row in rows), len(rows)
    if practice is None:
        return Quorum(present, total, None, None, None, None, "", considers_awards)
    needed = -(-total * practice.quorum_part // practice.quorum_whole)
    share = practice.award_quorum
    award_needed = -(-total * share // 100) if share is not None else None
    award_reached = present >= award_needed if award_needed is not None else None
    reached = total > 0 and present >= needed
    return Quorum(present, total, needed, reached, award_needed, award_reached, practice.legal_basis, considers_awards)


@transaction.atomic
def record_attendance(
    seat: Seat,
    *,
    attendance: str,
    actor: User,
    substitute: User | None = None,
    substitute_name: str = "",
    authorisation: str = "",
    absence_reason: str = "",
) -> Seat:
    """Write how a member took part; what belongs to another way of taking part is emptied. Audited on the session.

    Raises TransitionRefused: a substitute without name or written authorisation, or who sits in it already; written
    opinions that neither the council's rules nor the law provide for; an absence without reason; a seat that is
    being voted.
    """
    session = locked_session(seat.session_id, actor=actor, states=ROLL_STATES)
    row = Seat.objects.select_for_update().get(pk=seat.pk)
    refuse_unfit(session, [row], attendance)
    by_other, away = attendance == Attendance.SUBSTITUTE, attendance in (Attendance.ABSENT, Attendance.WRITTEN)
    wanted = {
        "attendance": attendance,
        "substitute": substitute if by_other else None,
        "substitute_name": (substitute_name.strip() or (str(substitute) if substitute else "")) if by_other else "",
        "authorisation": authorisation.strip() if by_other else "",
        "absence_reason": absence_reason.strip() if away else "",
    }
    if by_other:
        refuse_substitute(session, row, wanted)
    if attendance == Attendance.ABSENT and not wanted["absence_reason"]:
        raise TransitionRefused("Hãy ghi lý do vắng mặt để đưa vào biên bản.")
    before = told(row)
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save(update_fields=[*wanted])
    audit.record_change(session, f"Điểm danh: {row.name}", actor=actor, before=before, after=told(row))
    return row


@transaction.atomic
def rest_is_present(session: CouncilSession, *, actor: User) -> int:
    """Everyone nobody has called yet is present; how many that were."""
    row = locked_session(session.pk, actor=actor, states=ROLL_STATES)
    seats = list(row.seats.filter(attendance=Attendance.UNKNOWN))
    refuse_unfit(row, seats, Attendance.PRESENT)
    count = row.seats.filter(attendance=Attendance.UNKNOWN).update(attendance=Attendance.PRESENT)
    if count:
        names = [each.name for each in seats]
        audit.record(row, "Điểm danh: những người còn lại có mặt", actor=actor, after={"có mặt": names})
    return count


def told(row: Seat) -> dict[str, str]:
    return {
        "tham dự": row.get_attendance_display(),
        "người dự thay": row.substitute_name,
        "văn bản ủy quyền": row.authorisation,
        "lý do vắng mặt": row.absence_reason,
    }


def refuse_unfit(session: CouncilSession, seats: list[Seat], attendance: str) -> None:
    if session.kind == SessionKind.WRITTEN:
        raise TransitionRefused("Phiên lấy ý kiến bằng văn bản không họp nên không điểm danh.")
    if attendance == Attendance.WRITTEN:
        practice = practice_on(session.council_id, day_of(session))
        by_rule = practice is not None and practice.absent == AbsentMode.WRITTEN
        if not by_rule and not asked_in_writing(session):
            raise TransitionRefused(
                "Quy chế của Hội đồng không cho thành viên vắng mặt gửi ý kiến bằng văn bản, và không có nội dung nào "
                "phải lấy ý kiến bằng văn bản theo Nghị định 98/2023/NĐ-CP, Điều 30 khoản 7. Hãy ghi «Vắng mặt», hoặc "
                "cập nhật quy chế kèm căn cứ."
            )
    if BallotVoter.objects.filter(seat__in=seats, ballot__state=PollState.OPEN).exists():
        raise TransitionRefused("Đang có lượt biểu quyết mở. Hãy kết thúc lượt đó rồi sửa điểm danh.")


def asked_in_writing(session: CouncilSession) -> bool:
    """Whether something waits here on which the law itself asks absentees in writing (NĐ 98/2023, Điều 30 khoản 7).

    It counts in the rounds on those items alone; the council's rules stay for the others. One query.
    """
    on = day_of(session)
    waiting = session.items.filter(outcome=ItemOutcome.OPEN).select_related("nomination__award", "nomination__dossier")
    asked = ((each.nomination.award.code, law_day(each.nomination.dossier)) for each in waiting)
    demands = (national_demand(code, on, received) for code, received in {*asked})
    return any(found is not None and found.written_allowed for found in demands)


def refuse_substitute(session: CouncilSession, row: Seat, wanted: Mapping[str, object]) -> None:
    """Dự thay: only with a written authorisation (TT 25/2025/TT-BKHCN, Điều 23), and one person for one seat."""
    if not wanted["substitute_name"] or not wanted["authorisation"]:
        raise TransitionRefused("Dự thay phải ghi tên người dự và số, ngày của văn bản ủy quyền.")
    user = wanted["substitute"]
    if not isinstance(user, User):
        return
    others = session.seats.exclude(pk=row.pk)
    if user.pk == row.user_id or others.filter(user=user).exists():
        raise TransitionRefused(f"{user} là thành viên dự phiên họp nên không dự thay được. Hãy chọn người khác.")
    if others.filter(substitute=user).exists():
        raise TransitionRefused(f"{user} đã dự thay một thành viên khác. Mỗi người chỉ dự thay một thành viên.")
