"""The life of a session: preparing, called, open, closed; or cancelled with a reason."""

from collections.abc import Iterable
from datetime import datetime

from accounts.domain.workflow import Lifecycle, Transition
from accounts.models import User
from council.domain.decisions.settling import conclude_settled
from council.domain.practice.reading import members_on, practice_on
from council.domain.sessions.agenda import release_dossiers
from council.domain.sessions.attending import quorum_of
from council.domain.sessions.editing import seated_people
from council.domain.sessions.postings import posting_obstacle
from council.domain.sessions.recusals import recompute
from council.domain.sessions.seats import day_of, seat_members
from council.enums import ItemOutcome, SessionKind, SessionState
from council.models import CouncilSession, Recusal
from scoring.enums import PollState


def needs_practice(session: CouncilSession) -> str | None:
    if practice_on(session.council_id, day_of(session)) is None:
        return "Chưa có quy chế làm việc của Hội đồng cho ngày này (số thành viên tối thiểu). Hãy ghi ở thẻ Quy chế."
    return None


def needs_when_and_where(session: CouncilSession) -> str | None:
    if session.kind == SessionKind.WRITTEN:
        return None if session.answers_due else "Hãy ghi hạn gửi ý kiến bằng văn bản."
    lacking = [
        word
        for word, value in (
            ("ngày họp", session.held_on),
            ("giờ bắt đầu", session.starts),
            ("địa điểm", session.place),
        )
        if not value
    ]
    return f"Hãy ghi {', '.join(lacking)} của phiên họp." if lacking else None


def needs_members(session: CouncilSession) -> str | None:
    members = [each for each in members_on(session.council_id, day_of(session)) if each.votes]
    return None if members else "Hội đồng chưa có thành viên nào có quyền biểu quyết. Hãy thêm ở thẻ Quy chế."


def needs_content(session: CouncilSession) -> str | None:
    if session.kind == SessionKind.WRITTEN and not session.items.filter(outcome=ItemOutcome.OPEN).exists():
        return "Lấy ý kiến bằng văn bản phải có nội dung. Hãy đưa hồ sơ đã thẩm định vào nội dung."
    return None


def needs_postings(session: CouncilSession) -> str | None:
    return posting_obstacle(session) or None


def needs_quorum(session: CouncilSession) -> str | None:
    """A session of written opinions needs nobody in a room."""
    if session.kind == SessionKind.WRITTEN:
        return None
    quorum = quorum_of(session)
    return None if quorum.holds else f"Chưa thể khai mạc. {quorum.sentence}"


def needs_no_ballot(session: CouncilSession) -> str | None:
    count = session.ballots.filter(state__in=(PollState.DRAFT, PollState.OPEN)).count()
    return f"Còn {count} lượt biểu quyết chưa kết thúc. Hãy kiểm phiếu hoặc hủy các lượt đó." if count else None


def needs_all_settled(session: CouncilSession) -> str | None:
    count = session.items.filter(outcome=ItemOutcome.OPEN).count()
    if not count:
        return None
    return f"Còn {count} nội dung chưa kết luận. Hãy biểu quyết, kết luận, hoặc rút các nội dung đó kèm lý do."


def needs_nothing_settled(session: CouncilSession) -> str | None:
    settled = session.items.filter(outcome__in=(ItemOutcome.PASSED, ItemOutcome.FAILED)).exists()
    voted = session.ballots.filter(state__in=(PollState.OPEN, PollState.CLOSED)).exists()
    if settled or voted:
        return "Phiên họp đã biểu quyết hoặc kết luận nên không hủy được. Hãy kết luận các nội dung rồi kết thúc phiên."
    return None


def record_call(session: CouncilSession, actor: User | None, now: datetime) -> None:
    session.called_at = now
    session.save(update_fields=["called_at"])
    seat_members(session)
    recompute(session)


def record_cancel(session: CouncilSession, actor: User | None, now: datetime) -> None:
    """What waited goes back to its dossiers, which can be put in another session."""
    rows = session.items.filter(outcome=ItemOutcome.OPEN)
    dossiers = set(rows.values_list("nomination__dossier_id", flat=True))
    Recusal.objects.filter(item__in=rows).delete()
    rows.update(outcome=ItemOutcome.WITHDRAWN, reason="Phiên họp đã hủy")
    release_dossiers(dossiers, actor=actor, reason=f"{session} đã hủy")


def record_close(session: CouncilSession, actor: User | None, now: datetime) -> None:
    """Dossiers of which nothing passed are at their end; the others wait for their decision."""
    conclude_settled(session.items.values_list("nomination__dossier_id", flat=True), actor=actor)


def called_people(session: CouncilSession) -> Iterable[User]:
    return seated_people(session)


RUN = "council.run_session"
S = SessionState

SESSION = Lifecycle(
    (
        Transition(
            "call",
            "Triệu tập",
            (S.PREPARING,),
            S.CALLED,
            RUN,
            guards=(needs_practice, needs_when_and_where, needs_members, needs_content, needs_postings),
            effect=record_call,
            audience=called_people,
            confirm="Các thành viên Hội đồng sẽ nhận thông báo và xem được nội dung, tài liệu. Tiếp tục?",
        ),
        Transition(
            "open",
            "Khai mạc",
            (S.CALLED,),
            S.OPEN,
            RUN,
            guards=(needs_practice, needs_quorum, needs_postings),
            confirm="Sau khi khai mạc không thêm được nội dung. Tiếp tục?",
        ),
        Transition(
            "close",
            "Kết thúc phiên",
            (S.OPEN,),
            S.CLOSED,
            RUN,
            guards=(needs_no_ballot, needs_all_settled),
            effect=record_close,
            confirm="Phiên đã kết thúc không mở lại được. Tiếp tục?",
        ),
        Transition(
            "cancel",
            "Hủy phiên",
            (S.PREPARING, S.CALLED, S.OPEN),
            S.CANCELLED,
            RUN,
            reason_due=True,
            guards=(needs_nothing_settled,),
            effect=record_cancel,
            audience=called_people,
            primary=False,
        ),
    )
)
