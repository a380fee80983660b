"""A session with everything that minutes have to tell, voted and concluded through the domain's own verbs."""

from datetime import time
from typing import Any

from council.domain.sessions.workflow import SESSION
from council.domain.votes.entering import Figures, enter_count
from council.domain.votes.rounds import break_tie, prepare_next_round
from council.domain.votes.settling import settle
from council.domain.votes.workflow import BALLOT
from council.models import AgendaItem, Ballot, CouncilSession
from tests.awards_world import award
from tests.council_votes_world import Room, build_room

# Name, award, votes for in round 1 of the thirteen. 80 % of 13 are 11 votes.
# First title, three places: Lan and Bình (one keeps out) pass, Cúc and Dũng are tied at the last place.
# Certificates, one place: Én takes it, Phúc is over, Quý fails. Third title: Sơn passes, Tâm fails twice (8, then 9).
CASES = (
    ("Nguyễn Thị Lan", "cstd-tinh", 13),
    ("Trần Văn Bình", "cstd-tinh", 12),
    ("Lê Thị Cúc", "cstd-tinh", 11),
    ("Phạm Văn Dũng", "cstd-tinh", 11),
    ("Hồ Thị Én", "bk-tinh", 13),
    ("Võ Văn Phúc", "bk-tinh", 12),
    ("Đỗ Thị Quý", "bk-tinh", 8),
    ("Bùi Văn Sơn", "cstd-co-so", 13),
    ("Mai Thị Tâm", "cstd-co-so", 8),
)
SECOND_ROUND = 9
PLACES = {"cstd-tinh": 3, "bk-tinh": 1}
COMMITTEE = [{"name": "Trần Thu Hà", "title": "Phó Giám đốc Sở Tư pháp"}, {"name": "Lê Minh", "title": "Chuyên viên"}]
HEAD: dict[str, Any] = {
    "starts": time(8, 0),
    "ends": time(11, 30),
    "place": "Phòng họp số 1, Ủy ban nhân dân tỉnh Mẫu",
    "clerk": "Đặng Thị Thư",
    "guests": "Đại diện Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    "opening": "Sở Nội vụ báo cáo kết quả thẩm định.\n- Các thành viên thảo luận về tiêu chuẩn.",
    "conclusion": "Giao Sở Nội vụ hoàn thiện hồ sơ, trình ký.",
    "invitation_number": "7",
}


def open_room() -> Room:
    """Eleven of thirteen in the room, one of them by a substitute, two in writing; one keeps out of Bình's case."""
    room = build_room(items=len(CASES), present=11)
    for item, (name, code, _) in zip(room.items(), CASES, strict=True):
        nomination = item.nomination
        nomination.name, nomination.unit, nomination.post = name, "Phòng Nghiệp vụ, Sở Y tế", "Trưởng phòng"
        nomination.award, nomination.summary = award(code), f"Đề tài của {name} được áp dụng."
        nomination.save()
    CouncilSession.objects.filter(pk=room.session.pk).update(**HEAD)
    room.session.refresh_from_db()
    take_seats(room)
    room.recuse(3, room.items()[1])
    return room


def take_seats(room: Room) -> None:
    third = room.seat(2)
    third.attendance, third.substitute_name = "substitute", "Bùi Văn Thay"
    third.authorisation = "Giấy ủy quyền số 12/GUQ-SXD ngày 18/11/2026"
    third.save()
    for number, reason in ((11, "đi công tác"), (12, "nghỉ ốm")):
        seat = room.seat(number)
        seat.attendance, seat.absence_reason = "written", reason
        seat.save()


def of_award(room: Room, code: str) -> list[AgendaItem]:
    return list(room.session.items.filter(nomination__award__code=code).order_by("position"))


def counted_round(room: Room, ballot: Ballot, *yes: int) -> Ballot:
    """The committee's count of a paper round: so many for each case, everybody else who may vote against."""
    rows = list(ballot.rows.order_by("position"))
    counts = {}
    for row, votes in zip(rows, yes, strict=True):
        out = 1 if row.item.nomination.name == "Trần Văn Bình" else 0
        counts[row.pk] = (votes, 13 - out - votes)
    return enter_count(ballot, figures=Figures(13, 13, 0, COMMITTEE), counts=counts, actor=room.secretary)


def vote_all(room: Room) -> None:
    """All rounds, the tie broken by the chair, everything concluded, the session closed."""
    for code in ("cstd-tinh", "bk-tinh", "cstd-co-so"):
        places = {"places": PLACES[code], "places_basis": "Kế hoạch số 15/KH-UBND"} if code in PLACES else {}
        ballot = room.opened(*of_award(room, code), channel="counted", committee=COMMITTEE, **places)
        ballot = counted_round(room, ballot, *(votes for _, each, votes in CASES if each == code))
        if code == "cstd-tinh":
            cuc = ballot.rows.get(item__nomination__name="Lê Thị Cúc").pk
            break_tie(
                ballot,
                chosen=[cuc],
                by="Chủ tịch Hội đồng Ủy viên số 1",
                reason="thành tích nổi bật hơn",
                actor=room.secretary,
            )
    again = prepare_next_round(ballot, actor=room.secretary)
    BALLOT.perform(again, "open", actor=room.secretary)
    counted_round(room, again, SECOND_ROUND)
    settle(room.session, actor=room.secretary)
    room.session.refresh_from_db()
    SESSION.perform(room.session, "close", actor=room.secretary)
    room.session.refresh_from_db()


def told_room() -> Room:
    """The whole story, closed."""
    room = open_room()
    vote_all(room)
    return room
