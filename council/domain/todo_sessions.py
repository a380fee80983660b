"""What sessions ask of people: the standing body calls, opens and closes; members come prepared."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from blocs.tables.access import access_of
from council.enums import SessionKind, SessionState
from council.models import CouncilSession, Seat

SHOWN = 20
S = SessionState
RUNNING = (S.PREPARING, S.CALLED, S.OPEN)


@provides_todos
def sessions_to_run(user: User) -> Iterable[Todo]:
    """For the standing body: sessions to call, to open, to close. One query."""
    councils = access_of(user).standing_ids
    if not councils:
        return
    rows = CouncilSession.objects.filter(council__in=councils, state__in=RUNNING)
    for row in rows.order_by("held_on", "answers_due", "pk")[:SHOWN]:
        yield Todo(words_of(row), row.get_absolute_url(), about=str(row), due=due_of(row))


def words_of(row: CouncilSession) -> str:
    written = row.kind == SessionKind.WRITTEN
    if row.state == S.PREPARING:
        return "Chuẩn bị, gửi lấy ý kiến Hội đồng bằng văn bản" if written else "Chuẩn bị, triệu tập phiên họp Hội đồng"
    if row.state == S.CALLED:
        return "Bắt đầu thu ý kiến bằng văn bản" if written else "Điểm danh, khai mạc phiên họp Hội đồng"
    return "Kết luận, kết thúc phiên họp Hội đồng"


def due_of(row: CouncilSession) -> date | None:
    return row.answers_due if row.kind == SessionKind.WRITTEN else row.held_on


@provides_todos
def sessions_to_attend(user: User) -> Iterable[Todo]:
    """For members and who stands in for one: called sessions, with their materials. One query."""
    if user.pk is None:
        return
    seats = Seat.objects.filter(Q(user=user) | Q(substitute=user)).values("session")
    rows = CouncilSession.objects.filter(pk__in=seats, state=S.CALLED)
    for row in rows.order_by("held_on", "answers_due", "pk")[:SHOWN]:
        written = row.kind == SessionKind.WRITTEN
        text = "Gửi ý kiến bằng văn bản; đọc tài liệu" if written else "Dự phiên họp Hội đồng; đọc tài liệu trước"
        yield Todo(text, row.get_absolute_url(), about=str(row), due=due_of(row))
